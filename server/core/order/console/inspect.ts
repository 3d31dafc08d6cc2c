import { surroundingAgent } from '../agent.ts';
import { ProgramError } from '../event-loop/engine.ts';
import { BuiltinIterator, DateObject, ErrorObject, MapObject, PrimitiveWrapper, RegExpObject, SetObject, WeakObject } from '../exotic-objects.ts';
import { ECMAScriptFunction, FunctionObject, isCallable } from '../function-objects.ts';
import { ArrayObject, isAccessor, isArrayIndex, ObjectValue, UnknownValue, type Descriptor, type PropertyKey, type Value } from '../values.ts';
import { call, createDataProperty, get, instanceofOperator, ordinaryObjectCreate } from '../abstract-operations/operations-on-objects.ts';
import { ProxyObject } from '../abstract-operations/proxy-objects.ts';
import { PromiseObject } from '../abstract-operations/promise-operations.ts';
import { unknownText } from '../abstract-operations/unknown-values.ts';
import { toString } from '../abstract-operations/type-conversion.ts';
import { ArrayBufferObject, DataViewObject, TypedArrayObject } from '../intrinsics/typed-arrays.ts';
import { dateText } from '../intrinsics/date.ts';
import { ModuleNamespace } from '../modules/module-namespace.ts';
import { quote, reduceToSingleString } from './layout.ts';

/** Options of util.inspect (Node documentation, "util.inspect(object[, options])"). */
export interface InspectContext {
  readonly depth: number | null;
  readonly showHidden: boolean;
  readonly showProxy: boolean;
  readonly customInspect: boolean;
  readonly maxArrayLength: number;
  readonly maxStringLength: number;
  readonly breakLength: number;
  readonly compact: number | boolean;
  readonly sorted: boolean | ObjectValue;
  readonly getters: boolean;
  readonly colors: boolean;
  /** What the program passed, for custom inspect functions. */
  readonly given: ObjectValue | null;
  seen: ObjectValue[];
  circular: Map<ObjectValue, number> | null;
  indentationLvl: number;
  currentDepth: number;
}

export function createInspectContext(options: Value = undefined): InspectContext {
  const read = (name: string): Value => (options instanceof ObjectValue ? get(options, name) : undefined);
  const number = (name: string, fallback: number): number => {
    const value = read(name);
    return value === null ? Infinity : typeof value === 'number' ? value : fallback;
  };
  const depth = read('depth');
  const compact = read('compact');
  const sorted = read('sorted');
  return {
    depth: depth === null ? null : typeof depth === 'number' ? depth : 2,
    showHidden: Boolean(read('showHidden')), showProxy: Boolean(read('showProxy')), customInspect: read('customInspect') !== false,
    maxArrayLength: number('maxArrayLength', 100), maxStringLength: number('maxStringLength', 10000), breakLength: number('breakLength', 80),
    compact: typeof compact === 'number' || typeof compact === 'boolean' ? compact : 3,
    sorted: isCallable(sorted) ? sorted : Boolean(sorted), getters: Boolean(read('getters')), colors: Boolean(read('colors')),
    given: options instanceof ObjectValue ? options : null,
    seen: [], circular: null, indentationLvl: 0, currentDepth: 0,
  };
}

/** util.inspect: the text that Node shows for a value. */
export function inspect(value: Value, context: InspectContext = createInspectContext()): string {
  return formatValue(context, value, 0, false);
}

/** ANSI colours of util.inspect's default styles. */
const styles: Readonly<Record<string, readonly [number, number]>> = { special: [36, 39], number: [33, 39], bigint: [33, 39], boolean: [33, 39], undefined: [90, 39], null: [1, 22], string: [32, 39], symbol: [32, 39], date: [35, 39], regexp: [31, 39] };

function stylize(context: InspectContext, text: string, style: string): string {
  const codes = context.colors ? styles[style] : undefined;
  return codes ? `\u001b[${codes[0]}m${text}\u001b[${codes[1]}m` : text;
}

function formatPrimitive(context: InspectContext, value: Value): string {
  if (typeof value === 'string') {
    let text = value;
    let trailer = '';
    if (text.length > context.maxStringLength) {
      const remaining = text.length - context.maxStringLength;
      text = text.slice(0, context.maxStringLength);
      trailer = `... ${remaining} more character${remaining > 1 ? 's' : ''}`;
    }
    if (context.compact !== true && text.length > 16 && text.length > context.breakLength - context.indentationLvl - 4) {
      return text.split(/(?<=\n)/).map(line => stylize(context, quote(line), 'string')).join(` +\n${' '.repeat(context.indentationLvl + 2)}`) + trailer;
    }
    return stylize(context, quote(text), 'string') + trailer;
  }
  if (value instanceof UnknownValue) return value.type === 'string' ? `'${unknownText(value)}'` : unknownText(value);
  if (typeof value === 'number') return stylize(context, Object.is(value, -0) ? '-0' : String(value), 'number');
  if (typeof value === 'bigint') return stylize(context, `${value}n`, 'bigint');
  if (typeof value === 'symbol') return stylize(context, String(value), 'symbol');
  return stylize(context, String(value), value === null ? 'null' : typeof value);
}

function formatValue(context: InspectContext, value: Value, recurseTimes: number, inArray: boolean): string {
  if (!(value instanceof ObjectValue)) return formatPrimitive(context, value);
  surroundingAgent.count();
  let target: ObjectValue = value;
  if (value instanceof ProxyObject) {
    if (!value.target || !value.handler) return '<Revoked Proxy>';
    if (context.showProxy) {
      context.indentationLvl += 2;
      const parts = [formatValue(context, value.target, recurseTimes, false), formatValue(context, value.handler, recurseTimes, false)];
      context.indentationLvl -= 2;
      return reduceToSingleString(context, parts, '', ['Proxy [', ']'], false, recurseTimes, null);
    }
    while (target instanceof ProxyObject && target.target) target = target.target;
  }
  if (context.customInspect) {
    const custom = readSafely(target, inspectCustom());
    if (isCallable(custom) && custom !== inspectFunction()) {
      const depth = context.depth === null ? null : context.depth - recurseTimes;
      const result = call(custom, value, [depth, customOptions(context, depth), inspectFunction()]);
      if (result !== value) {
        if (!(result instanceof ObjectValue)) return typeof result === 'string' ? result.replaceAll('\n', `\n${' '.repeat(context.indentationLvl)}`) : formatPrimitive(context, result);
        return formatValue(context, result, recurseTimes, false);
      }
    }
  }
  if (context.seen.includes(target)) {
    context.circular ??= new Map();
    let index = context.circular.get(target);
    if (index === undefined) context.circular.set(target, (index = context.circular.size + 1));
    return stylize(context, `[Circular *${index}]`, 'special');
  }
  return formatRaw(context, target, recurseTimes, inArray);
}

function inspectCustom(): symbol {
  const { globalSymbols } = surroundingAgent;
  let symbol = globalSymbols.get('nodejs.util.inspect.custom');
  if (!symbol) globalSymbols.set('nodejs.util.inspect.custom', (symbol = Symbol('nodejs.util.inspect.custom')));
  return symbol;
}

function inspectFunction(): ObjectValue {
  return surroundingAgent.intrinsics.get('%inspect%');
}

function customOptions(context: InspectContext, depth: number | null): ObjectValue {
  const options = ordinaryObjectCreate();
  for (const [key, value] of Object.entries({ depth, showHidden: context.showHidden, colors: context.colors, customInspect: context.customInspect, showProxy: context.showProxy, maxArrayLength: context.maxArrayLength, maxStringLength: context.maxStringLength, breakLength: context.breakLength, compact: context.compact, getters: context.getters, sorted: context.sorted })) createDataProperty(options, key, value);
  createDataProperty(options, 'stylize', surroundingAgent.intrinsics.builtin('stylize', 2, (_, [text, style]) => (typeof text === 'string' && typeof style === 'string' ? stylize(context, text, style) : text)));
  return options;
}

function readSafely(object: ObjectValue, key: PropertyKey): Value {
  try {
    return get(object, key);
  } catch (error) {
    if (error instanceof ProgramError) return undefined;
    throw error;
  }
}

/** getConstructorName: the nearest `constructor` on the prototype chain; null for objects without one. */
function constructorNameOf(object: ObjectValue): string | null {
  for (let o: ObjectValue | null = object; o; o = o.prototype) {
    const own = o.getOwnProperty('constructor');
    const value = own?.value;
    if (value instanceof FunctionObject) {
      const name = value.getOwnProperty('name')?.value;
      if (typeof name === 'string' && name !== '' && isInstance(object, value)) return name;
    }
  }
  return null;
}

/** isInstanceof: `instanceof`, where an error is false. */
function isInstance(object: ObjectValue, constructor: ObjectValue): boolean {
  try {
    return instanceofOperator(object, constructor) === true;
  } catch (error) {
    if (!(error instanceof ProgramError)) throw error;
    return false;
  }
}

function prefixOf(constructor: string | null, tag: string, fallback: string, size = ''): string {
  if (constructor === null) return tag !== '' && fallback !== tag ? `[${fallback}${size}: null prototype] [${tag}] ` : `[${fallback}${size}: null prototype] `;
  return tag !== '' && constructor !== tag ? `${constructor}${size} [${tag}] ` : `${constructor}${size} `;
}

function keysOf(context: InspectContext, object: ObjectValue, skipIndices: boolean): PropertyKey[] {
  const keys = object.ownPropertyKeys().filter(key => !(skipIndices && isArrayIndex(key)));
  return context.showHidden ? keys : keys.filter(key => object.getOwnProperty(key)?.enumerable);
}

type Entries = (context: InspectContext, recurseTimes: number) => string[];

function formatRaw(context: InspectContext, value: ObjectValue, recurseTimes: number, inArray: boolean): string {
  const constructor = constructorNameOf(value);
  const tagValue = readSafely(value, Symbol.toStringTag);
  const tag = typeof tagValue === 'string' && tagValue !== '' && tagValue !== constructor ? tagValue : '';
  let keys: PropertyKey[];
  let base = '';
  let braces: [string, string] = ['{', '}'];
  let entries: Entries = () => [];
  let isList = false;
  const each = (values: readonly Value[]): Entries => (ctx, depth) => limited(ctx, values, item => formatValue(ctx, item, depth, false));

  if (value instanceof ArrayObject) {
    keys = keysOf(context, value, true).filter(key => key !== 'length' || context.showHidden);
    const prefix = constructor !== 'Array' || tag !== '' ? prefixOf(constructor, tag, 'Array', `(${value.length})`) : '';
    braces = [`${prefix}[`, ']'];
    if (value.length === 0 && keys.length === 0) return `${braces[0]}]`;
    isList = true;
    entries = (ctx, depth) => formatArray(ctx, value, depth);
  } else if (value instanceof SetObject) {
    keys = keysOf(context, value, false);
    const prefix = prefixOf(constructor, tag, 'Set', `(${value.data.size})`);
    if (value.data.size === 0 && keys.length === 0) return `${prefix}{}`;
    braces = [`${prefix}{`, '}'];
    entries = (ctx, depth) => nested(ctx, () => limited(ctx, [...value.data.live()].map(entry => entry.key), item => formatValue(ctx, item, depth, false)));
  } else if (value instanceof MapObject) {
    keys = keysOf(context, value, false);
    const prefix = prefixOf(constructor, tag, 'Map', `(${value.data.size})`);
    if (value.data.size === 0 && keys.length === 0) return `${prefix}{}`;
    braces = [`${prefix}{`, '}'];
    entries = (ctx, depth) => nested(ctx, () => limited(ctx, [...value.data.live()], entry => `${formatValue(ctx, entry.key, depth, false)} => ${formatValue(ctx, entry.value, depth, false)}`));
  } else if (value instanceof TypedArrayObject) {
    keys = keysOf(context, value, true);
    const list = value.elements();
    braces = [`${prefixOf(constructor, tag, value.kind, `(${list.length})`)}[`, ']'];
    if (list.length === 0 && keys.length === 0) return `${braces[0]}]`;
    isList = true;
    entries = (ctx, _depth) => limited(ctx, list, item => formatPrimitive(ctx, item));
  } else if (value instanceof BuiltinIterator && /^(Map|Set) Iterator$/.test(value.iteratorKind)) {
    keys = keysOf(context, value, false);
    braces = [`[${value.iteratorKind}] {`, '}'];
    entries = each([]);
  } else {
    keys = keysOf(context, value, false);
    if (value.kind === 'Arguments') {
      keys = keys.filter(key => !isArrayIndex(key));
      braces = ['[Arguments] [', ']'];
      const list = value.ownPropertyKeys().filter(isArrayIndex).map(key => get(value, key));
      if (list.length === 0 && keys.length === 0) return '[Arguments] []';
      isList = true;
      entries = each(list);
    } else if (value instanceof FunctionObject) {
      base = functionBase(value, constructor, tag);
      if (keys.length === 0) return stylize(context, base, 'special');
    } else if (value instanceof RegExpObject) {
      base = toString(call(surroundingAgent.intrinsics.get('%RegExp.prototype%').properties.get('toString')!.value, value, []));
      if (constructor !== 'RegExp') base = `${prefixOf(constructor, tag, 'RegExp')}${base}`;
      if (keys.length === 0 || tooDeep(context, recurseTimes)) return stylize(context, base, 'regexp');
    } else if (value instanceof DateObject) {
      base = dateText(value);
      if (constructor !== 'Date') base = `${prefixOf(constructor, tag, 'Date')}${base}`;
      if (keys.length === 0) return stylize(context, base, 'date');
    } else if (value instanceof ErrorObject) {
      base = formatError(context, value, constructor, tag, keys);
      if (keys.length === 0) return base;
    } else if (value instanceof ArrayBufferObject) {
      if (tag !== '' || constructor !== null) braces = [`${prefixOf(constructor, tag, 'ArrayBuffer')}{`, '}'];
      const bytes = value.bytes;
      entries = () => [`[Uint8Contents]: <${[...bytes.slice(0, context.maxArrayLength)].map(byte => byte.toString(16).padStart(2, '0')).join(' ')}${bytes.length > context.maxArrayLength ? ` ... ${bytes.length - context.maxArrayLength} more byte${bytes.length - context.maxArrayLength > 1 ? 's' : ''}` : ''}>`, `byteLength: ${stylize(context, String(bytes.length), 'number')}`];
    } else if (value instanceof DataViewObject) {
      braces = [`${prefixOf(constructor, tag, 'DataView')}{`, '}'];
      entries = (ctx, depth) => [`byteLength: ${value.byteLength}`, `byteOffset: ${value.byteOffset}`, `buffer: ${nested(ctx, () => [formatValue(ctx, value.buffer, depth, false)])[0]!}`];
    } else if (value instanceof PromiseObject) {
      braces = [`${prefixOf(constructor, tag, 'Promise')}{`, '}'];
      entries = (ctx, depth) => {
        if (value.state === 'pending') return [stylize(ctx, '<pending>', 'special')];
        const text = nested(ctx, () => [formatValue(ctx, value.result, depth, false)])[0]!;
        return [value.state === 'rejected' ? `${stylize(ctx, '<rejected>', 'special')} ${text}` : text];
      };
    } else if (value instanceof WeakObject) {
      braces = [`${prefixOf(constructor, tag, value.kind)}{`, '}'];
      entries = (ctx, depth) => (value.kind === 'WeakRef' ? [formatValue(ctx, value.data.get('target'), depth, false)] : value.kind === 'FinalizationRegistry' ? [] : [stylize(ctx, '<items unknown>', 'special')]);
      if (value.kind === 'FinalizationRegistry' && keys.length === 0) return `${braces[0]}}`;
    } else if (value instanceof ModuleNamespace) {
      braces = ['[Module: null prototype] {', '}'];
      entries = (ctx, depth) => keys.splice(0).filter(key => typeof key === 'string').map(key => {
        try {
          return formatProperty(ctx, value, depth, key, false);
        } catch (error) {
          if (error instanceof ProgramError) return `${String(key)}: ${stylize(ctx, '<uninitialized>', 'special')}`;
          throw error;
        }
      });
    } else if (value instanceof PrimitiveWrapper) {
      base = boxedBase(context, value, keys, constructor, tag);
      keys = typeof value.data === 'string' ? keys.filter(key => !isArrayIndex(key)) : keys;
      if (keys.length === 0) return stylize(context, base, typeof value.data);
    } else {
      if (constructor === 'Object' && tag === '') {
        if (keys.length === 0) return '{}';
      } else {
        const kindTag = value.kind === 'Generator' || value.kind === 'AsyncGenerator' ? prefixOf(constructor, tag, 'Object').replace(/^Object /, 'Object ') : prefixOf(constructor, tag, 'Object');
        braces = [`${kindTag}{`, '}'];
        if (keys.length === 0) return `${braces[0]}}`;
      }
    }
  }
  if (tooDeep(context, recurseTimes)) {
    const name = value instanceof ArrayObject ? (constructor === null ? prefixOf(constructor, tag, 'Array').slice(0, -1) : constructor) : prefixOf(constructor, tag, 'Object').slice(0, -1);
    return stylize(context, constructor === null ? `[${name}]` : `[${name}]`, 'special');
  }
  const depth = recurseTimes + 1;
  context.seen.push(value);
  context.currentDepth = depth;
  let output: string[];
  try {
    output = entries(context, depth);
    for (const key of keys) output.push(formatProperty(context, value, depth, key, false));
  } finally {
    context.seen.pop();
  }
  const reference = context.circular?.get(value);
  if (reference !== undefined) {
    const text = stylize(context, `<ref *${reference}>`, 'special');
    if (context.compact !== true) base = base === '' ? text : `${text} ${base}`;
    else braces[0] = `${text} ${braces[0]}`;
  }
  if (context.sorted && !isList) {
    if (context.sorted === true) output.sort();
    else {
      const { sorted } = context;
      output.sort((a, b) => Number(call(sorted, undefined, [a, b])));
    }
  }
  void inArray;
  return reduceToSingleString(context, output, base, braces, isList, depth, isList ? value : null);
}

function tooDeep(context: InspectContext, recurseTimes: number): boolean {
  return context.depth !== null && recurseTimes > context.depth;
}

function nested(context: InspectContext, run: () => string[]): string[] {
  context.indentationLvl += 2;
  const output = run();
  context.indentationLvl -= 2;
  return output;
}

function limited<T>(context: InspectContext, values: readonly T[], format: (value: T) => string): string[] {
  const shown = values.slice(0, Math.max(0, context.maxArrayLength)).map(format);
  return withRemaining(shown, values.length - shown.length);
}

function withRemaining(output: string[], remaining: number): string[] {
  if (remaining > 0) output.push(`... ${remaining} more item${remaining > 1 ? 's' : ''}`);
  return output;
}

/** formatArray and formatSpecialArray: holes are counted together. */
function formatArray(context: InspectContext, array: ArrayObject, recurseTimes: number): string[] {
  const output: string[] = [];
  const limit = Math.min(Math.max(0, context.maxArrayLength), array.length);
  let index = 0;
  for (; index < array.length && output.length < limit; index++) {
    if (array.getOwnProperty(String(index))) {
      output.push(formatProperty(context, array, recurseTimes, String(index), true));
      continue;
    }
    let end = index + 1;
    while (end < array.length && !array.getOwnProperty(String(end))) end++;
    output.push(stylize(context, `<${end - index} empty item${end - index > 1 ? 's' : ''}>`, 'undefined'));
    index = end - 1;
  }
  return withRemaining(output, array.length - index);
}

function formatProperty(context: InspectContext, object: ObjectValue, recurseTimes: number, key: PropertyKey, element: boolean): string {
  const descriptor: Descriptor = object.getOwnProperty(key) ?? { value: get(object, key), enumerable: true };
  let text: string;
  if (!isAccessor(descriptor)) {
    context.indentationLvl += 2;
    text = formatValue(context, descriptor.value, recurseTimes, element);
    context.indentationLvl -= 2;
  } else if (descriptor.get) {
    const label = descriptor.set ? 'Getter/Setter' : 'Getter';
    text = stylize(context, `[${label}]`, 'special');
    if (context.getters) {
      try {
        const value = call(descriptor.get, object, []);
        context.indentationLvl += 2;
        text = value instanceof ObjectValue ? `${stylize(context, `[${label}]`, 'special')} ${formatValue(context, value, recurseTimes, false)}` : `${stylize(context, `[${label}:`, 'special')} ${formatPrimitive(context, value)}${stylize(context, ']', 'special')}`;
        context.indentationLvl -= 2;
      } catch (error) {
        if (!(error instanceof ProgramError)) throw error;
        text = `[${label}: <Inspection threw>]`;
      }
    }
  } else text = descriptor.set ? stylize(context, '[Setter]', 'special') : stylize(context, 'undefined', 'undefined');
  if (element) return text;
  let name: string;
  // Node 24 leaves the brackets away.
  if (typeof key === 'symbol') name = surroundingAgent.options.node >= 24 && descriptor.enumerable ? stylize(context, String(key), 'symbol') : `[${stylize(context, String(key), 'symbol')}]`;
  else if (key === '__proto__') name = "['__proto__']";
  else if (!descriptor.enumerable) name = `[${key}]`;
  else name = /^[a-zA-Z_][a-zA-Z_0-9]*$/.test(key) ? key : stylize(context, quote(key), 'string');
  return `${name}: ${text}`;
}

function functionBase(fn: FunctionObject, constructor: string | null, tag: string): string {
  const nameValue = fn.getOwnProperty('name')?.value;
  const name = typeof nameValue === 'string' ? nameValue : '';
  if (fn instanceof ECMAScriptFunction && fn.isClassConstructor) {
    let text = `[class ${name === '' ? '(anonymous)' : name}`;
    if (constructor !== 'Function' && constructor !== null) text += ` [${constructor}]`;
    if (tag !== '' && constructor !== tag) text += ` [${tag}]`;
    const parent = fn.getPrototypeOf();
    const parentName = parent?.getOwnProperty('name')?.value;
    if (constructor === null) text += ' extends null';
    else if (typeof parentName === 'string' && parentName !== '') text += ` extends ${parentName}`;
    return `${text}]`;
  }
  const node = fn instanceof ECMAScriptFunction ? fn.node : null;
  const type = `${node?.async ? 'Async' : ''}${node?.generator ? 'Generator' : ''}Function`;
  let text = `[${type}${constructor === null ? ' (null prototype)' : ''}${name === '' ? ' (anonymous)' : `: ${name}`}]`;
  if (constructor !== type && constructor !== null) text += ` ${constructor}`;
  if (tag !== '' && constructor !== tag && tag !== type) text += ` [${tag}]`;
  return text;
}

function boxedBase(context: InspectContext, value: PrimitiveWrapper, keys: readonly PropertyKey[], constructor: string | null, tag: string): string {
  const type = value.kind;
  let base = `[${type}`;
  if (type !== constructor) base += constructor === null ? ' (null prototype)' : ` (${constructor})`;
  base += `: ${formatPrimitive({ ...context, colors: false }, value.data as Value)}]`;
  if (tag !== '' && tag !== constructor) base += ` [${tag}]`;
  void keys;
  return base;
}

/** formatError: the stack, improved by the class's name, without keys that it repeats. */
function formatError(context: InspectContext, error: ObjectValue, constructor: string | null, tag: string, keys: PropertyKey[]): string {
  const nameValue = readSafely(error, 'name');
  const name = nameValue === undefined || nameValue === null ? 'Error' : nameValue instanceof ObjectValue ? 'Error' : String(nameValue as string);
  const stackValue = readSafely(error, 'stack');
  const messageValue = readSafely(error, 'message');
  const message = typeof messageValue === 'string' ? messageValue : '';
  let stack = typeof stackValue === 'string' && stackValue !== '' ? stackValue : stackValue instanceof UnknownValue ? unknownText(stackValue) : stackValue && !(stackValue instanceof ObjectValue) ? String(stackValue) : message === '' ? name : `${name}: ${message}`;
  if (!context.showHidden) {
    for (const key of ['name', 'message', 'stack']) {
      const index = keys.indexOf(key);
      if (index < 0) continue;
      const own = readSafely(error, key);
      if (!(own instanceof ObjectValue) && stack.includes(own instanceof UnknownValue ? unknownText(own) : String(own as string))) keys.splice(index, 1);
    }
  }
  if (error.hasProperty('cause') && !keys.includes('cause')) keys.push('cause');
  if (readSafely(error, 'errors') instanceof ArrayObject && !keys.includes('errors')) keys.push('errors');
  stack = improveStack(stack, constructor, name, tag);
  let position = message === '' ? -1 : stack.indexOf(message);
  if (position !== -1) position += message.length;
  const start = stack.indexOf('\n    at', position);
  if (start === -1) stack = `[${stack}]`;
  if (context.indentationLvl !== 0) stack = stack.replaceAll('\n', `\n${' '.repeat(context.indentationLvl)}`);
  return stack;
}

function improveStack(stack: string, constructor: string | null, name: string, tag: string): string {
  let { length } = name;
  if (constructor !== null && !(name.endsWith('Error') && stack.startsWith(name) && (stack.length === length || stack[length] === ':' || stack[length] === '\n'))) return stack;
  let fallback = 'Error';
  if (constructor === null) {
    const found = /^([A-Z][a-z_ A-Z0-9[\]()-]+)(?::|\n {4}at)/.exec(stack) ?? /^([a-z_A-Z0-9-]*Error)$/.exec(stack);
    fallback = found?.[1] ?? '';
    length = fallback.length;
    if (fallback === '') fallback = 'Error';
  }
  const prefix = prefixOf(constructor, tag, fallback).slice(0, -1);
  if (name === prefix) return stack;
  if (prefix.includes(name)) return length === 0 ? `${prefix}: ${stack}` : `${prefix}${stack.slice(length)}`;
  return `${prefix} [${name}]${stack.slice(length)}`;
}

