import { ProgramError } from '../event-loop/engine.ts';
import { ErrorObject } from '../exotic-objects.ts';
import { isCallable } from '../function-objects.ts';
import { inexactMark, ObjectValue, UnknownValue, type Value } from '../values.ts';
import { unknownText } from '../abstract-operations/unknown-values.ts';
import { toNumber, toString } from '../abstract-operations/type-conversion.ts';
import { stringify } from '../intrinsics/json.ts';
import { createInspectContext, inspect, type InspectContext } from './inspect.ts';

/** util.format (Node documentation): %s %d %i %f %j %o %O %c %%; what is left over follows, separated by spaces. */
export function format(args: readonly Value[], context: () => InspectContext = createInspectContext): string {
  const [first] = args;
  const template = typeof first === 'string' ? first : null;
  if (args.length === 1 && template !== null) return template;
  let text = '';
  let used = 0;
  if (template !== null) {
    used = 1;
    text = template.replace(/%([sdifjoOc%])/g, (whole, kind: string) => {
      if (kind === '%') return args.length === 1 ? whole : '%';
      if (used >= args.length) return whole;
      return formatPlaceholder(kind, args[used++], context);
    });
  }
  for (const value of args.slice(used)) {
    const shown = typeof value === 'string' ? value : value instanceof UnknownValue ? unknownText(value) : inspect(value, context());
    text += used === 0 ? shown : ` ${shown}`;
    used = 1;
  }
  return text;
}

function formatPlaceholder(kind: string, value: Value, context: () => InspectContext): string {
  switch (kind) {
    case 's':
      if (value instanceof UnknownValue) return unknownText(value);
      if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value);
      if (typeof value === 'bigint') return `${value}n`;
      if (!(value instanceof ObjectValue)) return String(value as string);
      return hasOwnToString(value) ? toString(value) : inspect(value, { ...context(), depth: 0, colors: false, compact: 3 });
    case 'd': return number(value, converted => converted);
    case 'i': return number(value, converted => Math.trunc(converted), true);
    case 'f': return value instanceof UnknownValue ? unknownText(value) : typeof value === 'symbol' ? 'NaN' : String(parseFloat(value instanceof ObjectValue ? toString(value) : String(value as string)));
    case 'j':
      try {
        const json = stringify(value, undefined, undefined);
        return json instanceof UnknownValue ? unknownText(json) : String(json as string);
      } catch (error) {
        if (error instanceof ProgramError && error.value instanceof ObjectValue && /circular structure/.test(String(error.value.properties.get('message')?.value))) return '[Circular]';
        throw error;
      }
    case 'o': return inspect(value, { ...context(), showHidden: true, showProxy: true, depth: 4 });
    case 'O': return inspect(value, context());
    default: return '';
  }
}

function number(value: Value, convert: (number: number) => number, integer = false): string {
  if (value instanceof UnknownValue) return unknownText(value);
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'symbol') return 'NaN';
  if (value instanceof ObjectValue) return integer ? String(parseInt(toString(value), 10)) : 'NaN';
  const converted = convert(integer ? parseInt(String(value as string), 10) : toNumber(value));
  return Object.is(converted, -0) ? '-0' : String(converted);
}

/** hasBuiltInToString, turned round: an object whose class gives it a toString of its own, and errors with theirs. */
function hasOwnToString(object: ObjectValue): boolean {
  if (object instanceof ErrorObject && !object.properties.has('toString')) {
    const prototype = object.getPrototypeOf();
    return Boolean(prototype && prototypeHasToString(prototype));
  }
  return prototypeHasToString(object);
}

function prototypeHasToString(object: ObjectValue): boolean {
  for (let o: ObjectValue | null = object; o; o = o.getPrototypeOf()) {
    const own = o.getOwnProperty('toString')?.value;
    if (own !== undefined) return isCallable(own) && own.kind === 'Function' && 'node' in own;
  }
  return false;
}

/** Removes the marks of inexact text. */
export function withoutMarks(text: string): string {
  return text.replaceAll(inexactMark, '');
}
