import { surroundingAgent, throwError } from '../agent.ts';
import { ProgramError } from '../event-loop/engine.ts';
import { PrimitiveWrapper } from '../exotic-objects.ts';
import { isCallable } from '../function-objects.ts';
import { chargeHeap, ObjectValue, UnknownValue, type PropertyKey, type Value } from '../values.ts';
import { call, createArrayFromList, createDataProperty, enumerableOwnProperties, get, getV, lengthOfArrayLike, ordinaryObjectCreate } from '../abstract-operations/operations-on-objects.ts';
import { constructorName } from '../abstract-operations/messages.ts';
import { toIntegerOrInfinity, toNumber, toString } from '../abstract-operations/type-conversion.ts';
import { textOf } from '../evaluation/operators.ts';
import { isArray } from './array.ts';
import type { Intrinsics } from './intrinsics.ts';

/** JSON (ECMA-262 §25.5) */
export function createJson(intrinsics: Intrinsics): void {
  const json = ordinaryObjectCreate();
  intrinsics.define('%JSON%', json);
  intrinsics.value(json, Symbol.toStringTag, 'JSON', 'tag');
  intrinsics.methods(json, {
    parse: [2, (_, [text, reviver]) => {
      const value = parseJson(toString(text));
      if (!isCallable(reviver)) return value;
      const root = ordinaryObjectCreate();
      createDataProperty(root, '', value);
      return internalize(root, '', reviver);
    }],
    stringify: [3, (_, [value, replacer, space]) => stringify(value, replacer, space)],
  });
}

/** Parses JSON text with the host's parser, whose result is plain data, and builds the program's objects from it. Throws the program's SyntaxError. */
export function parseJson(text: string): Value {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    if (error instanceof RangeError) throw error;
    throw syntaxError((error as Error).message, text);
  }
  return fromHostData(data);
}

/** The SyntaxError as V8 words it: Node 20 gives the position, from 22 on also line and column; 18 has other texts. */
function syntaxError(hostMessage: string, text: string): ProgramError {
  const { intrinsics, options: { node } } = surroundingAgent;
  const message = hostMessage.replace(/ \(line \d+ column \d+\)$/, '');
  const position = /at position (\d+)$/.exec(message)?.[1];
  const before = text.slice(0, Number(position)).split('\n');
  const error = intrinsics.makeError('SyntaxError', node >= 22 && position !== undefined ? `${message} (line ${before.length} column ${before.at(-1)!.length + 1})` : message);
  if (node < 20 && message !== 'Unexpected end of JSON input') intrinsics.value(error, 'message', new UnknownValue('the message of a JSON error', 'string', message));
  return new ProgramError(error);
}

/** Objects of the program for plain data of the host. */
export function fromHostData(data: unknown): Value {
  if (Array.isArray(data)) return createArrayFromList(data.map(item => fromHostData(item)));
  if (data === null || typeof data !== 'object') return data as Value;
  const object = ordinaryObjectCreate();
  for (const key of Object.keys(data)) createDataProperty(object, key, fromHostData((data as Record<string, unknown>)[key]));
  return object;
}

/** InternalizeJSONProperty (ECMA-262 §25.5.1.1) */
function internalize(holder: ObjectValue, name: PropertyKey, reviver: ObjectValue): Value {
  const value = get(holder, name);
  if (value instanceof ObjectValue) {
    const keys = isArray(value) ? Array.from({ length: lengthOfArrayLike(value) }, (_, i) => String(i)) : enumerableOwnProperties(value, 'key') as string[];
    for (const key of keys) {
      const element = internalize(value, key, reviver);
      if (element === undefined) value.delete(key);
      else createDataProperty(value, key, element);
    }
  }
  return call(reviver, holder, [name as string, value]);
}

/** JSON.stringify (ECMA-262 §25.5.2); unknown values stand as marked text. */
export function stringify(value: Value, replacer: Value, space: Value): Value {
  let unknown: UnknownValue | null = null;
  const stack: { object: ObjectValue; key: string }[] = [];
  const replacerFunction = isCallable(replacer) ? replacer : null;
  const propertyList = !replacerFunction && isArray(replacer)
    ? [...new Set(Array.from({ length: lengthOfArrayLike(replacer as ObjectValue) }, (_, i) => get(replacer as ObjectValue, String(i))).filter(item => typeof item === 'string' || typeof item === 'number' || item instanceof PrimitiveWrapper).map(item => toString(item)))]
    : null;
  const plainSpace = space instanceof PrimitiveWrapper ? space.data : space;
  const gap = typeof plainSpace === 'number' ? ' '.repeat(Math.max(0, Math.min(10, toIntegerOrInfinity(plainSpace)))) : typeof plainSpace === 'string' ? plainSpace.slice(0, 10) : '';

  const serialize = (holder: ObjectValue | null, key: string, given: Value, indent: string): string | undefined => {
    surroundingAgent.count();
    let item = given;
    if (item instanceof ObjectValue || typeof item === 'bigint') {
      const toJson = getV(item, 'toJSON');
      if (isCallable(toJson)) item = call(toJson, item, [key]);
    }
    if (replacerFunction) {
      if (!holder) {
        holder = ordinaryObjectCreate();
        createDataProperty(holder, key, item);
      }
      item = call(replacerFunction, holder, [key, item]);
    }
    if (item instanceof PrimitiveWrapper) item = typeof item.data === 'number' ? toNumber(item) : typeof item.data === 'string' ? toString(item) : (item.data as Value);
    if (item instanceof UnknownValue) {
      unknown = item;
      return item.type === 'string' ? `"${textOf(item)}"` : textOf(item);
    }
    if (item === null) return 'null';
    if (typeof item === 'boolean') return String(item);
    if (typeof item === 'string') return JSON.stringify(item);
    if (typeof item === 'number') return Number.isFinite(item) ? String(item) : 'null';
    if (typeof item === 'bigint') throwError('TypeError', 'Do not know how to serialize a BigInt');
    if (!(item instanceof ObjectValue) || isCallable(item)) return undefined;
    const cycleStart = stack.findIndex(entry => entry.object === item);
    if (cycleStart >= 0) throwError('TypeError', circularMessage(stack.slice(cycleStart), key));
    stack.push({ object: item, key });
    const inner = indent + gap;
    const parts: string[] = [];
    const array = isArray(item);
    if (array) {
      const length = lengthOfArrayLike(item);
      for (let i = 0; i < length; i++) parts.push(serialize(item, String(i), get(item, String(i)), inner) ?? 'null');
    } else {
      for (const name of propertyList ?? (enumerableOwnProperties(item, 'key') as string[])) {
        const text = serialize(item, name, get(item, name), inner);
        if (text !== undefined) parts.push(`${JSON.stringify(name)}:${gap === '' ? '' : ' '}${text}`);
      }
    }
    stack.pop();
    chargeHeap(parts.length);
    const [open, close] = array ? '[]' : '{}';
    if (parts.length === 0) return `${open}${close}`;
    return gap === '' ? `${open}${parts.join(',')}${close}` : `${open}\n${inner}${parts.join(`,\n${inner}`)}\n${indent}${close}`;
  };
  const result = serialize(null, '', value, '');
  return unknown && result !== undefined ? new UnknownValue(`JSON with ${(unknown as UnknownValue).origin}`, 'string', result) : result;
}

/** V8's message names the cycle. */
function circularMessage(cycle: readonly { object: ObjectValue; key: string }[], closing: string): string {
  const property = (key: string): string => (/^\d+$/.test(key) ? `index ${key}` : `property '${key}'`);
  const lines = [`Converting circular structure to JSON\n    --> starting at object with constructor '${constructorName(cycle[0]!.object)}'`];
  const between = cycle.slice(1);
  if (between.length > 0) lines.push(`    |     ${property(between[0]!.key)} -> object with constructor '${constructorName(between[0]!.object)}'`);
  if (between.length > 2) lines.push('    |     ...');
  if (between.length > 1) lines.push(`    |     ${property(between.at(-1)!.key)} -> object with constructor '${constructorName(between.at(-1)!.object)}'`);
  lines.push(`    --- ${property(closing)} closes the circle`);
  return lines.join('\n');
}
