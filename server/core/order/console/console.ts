import { surroundingAgent } from '../agent.ts';
import { MapObject, SetObject } from '../exotic-objects.ts';
import { ArrayObject, inexactMark, isArrayIndex, ObjectValue, UnknownValue, type Value } from '../values.ts';
import { get, ordinaryObjectCreate } from '../abstract-operations/operations-on-objects.ts';
import { toBoolean, toString } from '../abstract-operations/type-conversion.ts';
import { unknownText } from '../abstract-operations/unknown-values.ts';
import { installErrorStack, type Intrinsics } from '../intrinsics/intrinsics.ts';
import { format } from './format.ts';
import { createInspectContext, inspect, type InspectContext } from './inspect.ts';
import { stringWidth } from './layout.ts';

/** The global console (Node documentation, "Console"): its methods are bound to it. */
export function createConsole(intrinsics: Intrinsics): void {
  const console = ordinaryObjectCreate();
  intrinsics.define('%console%', console);
  let indentation = '';
  const counts = new Map<string, number>();
  const timers = new Set<string>();

  const write = (stream: 'stdout' | 'stderr', text: string): void => {
    const indented = indentation === '' ? text : indentation + text.replaceAll('\n', `\n${indentation}`);
    surroundingAgent.write(stream, `${indented}\n`);
  };
  // A group narrows the lines that inspect may fill.
  const context = (): InspectContext => createInspectContext();
  const print = (stream: 'stdout' | 'stderr') => (args: readonly Value[]): void => write(stream, format(args, context));
  const log = print('stdout');
  const error = print('stderr');
  const label = (value: Value): string => (value === undefined ? 'default' : value instanceof UnknownValue ? unknownText(value) : toString(value));
  const define = (name: string, run: (args: readonly Value[]) => void): void => {
    const fn = intrinsics.builtin(name, 0, (_, args) => {
      run(args);
      return undefined;
    });
    console.properties.set(name, { value: fn, writable: true, enumerable: true, configurable: true });
  };

  for (const name of ['log', 'debug', 'info', 'dirxml']) define(name, log);
  for (const name of ['error', 'warn']) define(name, error);
  define('dir', ([value, options]) => write('stdout', inspect(value, { ...createInspectContext(options), customInspect: false })));
  define('trace', args => {
    const trace = new ObjectValue(null);
    installErrorStack(trace);
    const stack = String(trace.properties.get('stack')!.value);
    const text = format(args, context);
    write('stderr', `Trace${text === '' ? '' : `: ${text}`}${stack.slice(stack.indexOf('\n'))}`);
  });
  define('assert', ([condition, ...args]) => {
    if (toBoolean(condition)) return;
    if (typeof args[0] === 'string') error([`Assertion failed: ${args[0]}`, ...args.slice(1)]);
    else error(['Assertion failed', ...args]);
  });
  define('clear', () => {});
  define('count', ([name]) => {
    const key = label(name);
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    log([`${key}: ${count}`]);
  });
  define('countReset', ([name]) => void counts.delete(label(name)));
  const group = (args: readonly Value[]): void => {
    if (args.length > 0) log(args);
    indentation += '  ';
  };
  define('group', group);
  define('groupCollapsed', group);
  define('groupEnd', () => {
    indentation = indentation.slice(2);
  });
  define('time', ([name]) => void timers.add(label(name)));
  define('timeEnd', ([name]) => {
    if (timers.delete(label(name))) write('stdout', `${label(name)}: ${inexactMark}0.1ms`);
  });
  define('timeLog', ([name, ...args]) => {
    if (timers.has(label(name))) write('stdout', `${label(name)}: ${inexactMark}0.1ms${args.length > 0 ? ` ${format(args, context)}` : ''}`);
  });
  define('timeStamp', () => {});
  define('profile', () => {});
  define('profileEnd', () => {});
  define('table', ([data, properties]) => {
    if (!(data instanceof ObjectValue)) log([data]);
    else write('stdout', table(data, properties));
  });
  intrinsics.value(console, Symbol.toStringTag, 'console', 'tag');
}

/** console.table: index column, a column for each key, and one for values that are no objects. */
function table(data: ObjectValue, properties: Value): string {
  const cell = (value: Value): string => inspect(value, { ...createInspectContext(), maxArrayLength: 3, breakLength: Infinity, depth: value instanceof ObjectValue && value.kind !== 'Array' && [...value.ownPropertyKeys()].length > 2 ? -1 : 0 });
  const isMap = data instanceof MapObject;
  const rows: [string, Value][] = isMap
    ? []
    : data instanceof SetObject
      ? [...data.data.live()].map(({ key }, index) => [String(index), key])
      : data.ownPropertyKeys().filter((key): key is string => typeof key === 'string' && data.getOwnProperty(key)?.enumerable === true).map(key => [key, get(data, key)]);
  if (isMap) {
    const entries = [...data.data.live()];
    return renderTable(['(iteration index)', 'Key', 'Values'], entries.map(({ key, value }, index) => [String(index), cell(key), cell(value)]));
  }
  const columns: string[] = [];
  const wanted = properties instanceof ArrayObject ? (properties.elements as Value[]).map(item => toString(item)) : null;
  let hasValues = false;
  const cells = rows.map(([, value]) => {
    const row = new Map<string, string>();
    if (value instanceof ObjectValue && value.kind !== 'Function') {
      for (const key of wanted ?? (value.ownPropertyKeys().filter(key => typeof key === 'string' && value.getOwnProperty(key)?.enumerable) as string[])) {
        if (!columns.includes(key)) columns.push(key);
        if (value.getOwnProperty(key)) row.set(key, cell(get(value, key)));
      }
    } else hasValues = true;
    return row;
  });
  const header = [data instanceof SetObject ? '(iteration index)' : '(index)', ...(wanted ?? columns.sort((a, b) => (isArrayIndex(a) && isArrayIndex(b) ? Number(a) - Number(b) : 0))), ...(hasValues ? ['Values'] : [])];
  const body = rows.map(([key, value], index) => [key, ...header.slice(1, hasValues ? -1 : undefined).map(column => cells[index]!.get(column) ?? ''), ...(hasValues ? [value instanceof ObjectValue && value.kind !== 'Function' ? '' : cell(value)] : [])]);
  return renderTable(header, body);
}

/** lib/internal/cli_table.js: cells were centred in Node 18, since then they stand left. */
function renderTable(header: readonly string[], body: readonly (readonly string[])[]): string {
  const widths = header.map((text, column) => Math.max(stringWidth(text), ...body.map(row => stringWidth(row[column] ?? ''))) + 2);
  const centred = surroundingAgent.options.node < 20;
  const line = (cells: readonly string[]): string => `│${cells.map((text, column) => {
    const free = widths[column]! - stringWidth(text);
    const left = centred ? Math.floor(free / 2) : 1;
    return ' '.repeat(left) + text + ' '.repeat(free - left);
  }).join('│')}│`;
  const rule = (left: string, middle: string, right: string): string => left + widths.map(width => '─'.repeat(width)).join(middle) + right;
  return [rule('┌', '┬', '┐'), line(header), rule('├', '┼', '┤'), ...body.map(line), rule('└', '┴', '┘')].join('\n');
}
