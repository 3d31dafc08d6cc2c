import { surroundingAgent, throwError } from '../agent.ts';
import { isCallable } from '../function-objects.ts';
import { PrimitiveWrapper, StringObject } from '../exotic-objects.ts';
import { ObjectValue, UnknownValue, type Descriptor, type PropertyKey, type Value } from '../values.ts';
import { call, get, getMethod } from './operations-on-objects.ts';
import { decideTruthiness, UnknownOperand } from './unknown-values.ts';

export type Primitive = undefined | null | boolean | number | bigint | string | symbol;

/** ToPrimitive (ECMA-262 §7.1.1); an unknown stays one. */
export function toPrimitive(input: Value, preferredType: 'default' | 'string' | 'number' = 'default'): Primitive | UnknownValue {
  if (!(input instanceof ObjectValue)) return input;
  const exotic = getMethod(input, Symbol.toPrimitive);
  if (exotic !== undefined) {
    const result = call(exotic, input, [preferredType]);
    if (!(result instanceof ObjectValue)) return result;
    throwError('TypeError', 'Cannot convert object to primitive value');
  }
  // OrdinaryToPrimitive §7.1.1.1
  for (const name of preferredType === 'string' ? ['toString', 'valueOf'] : ['valueOf', 'toString']) {
    const method = get(input, name);
    if (isCallable(method)) {
      const result = call(method, input, []);
      if (!(result instanceof ObjectValue)) return result;
    }
  }
  throwError('TypeError', 'Cannot convert object to primitive value');
}

/** ToBoolean (ECMA-262 §7.1.2) */
export function toBoolean(value: Value): boolean {
  if (typeof value === 'boolean') return value;
  if (value instanceof ObjectValue) return true;
  if (value instanceof UnknownValue) return decideTruthiness(value);
  return Boolean(value);
}

/** ToNumeric (ECMA-262 §7.1.3) */
export function toNumeric(value: Value): number | bigint | UnknownValue {
  const primitive = toPrimitive(value, 'number');
  if (typeof primitive === 'bigint' || primitive instanceof UnknownValue) return primitive;
  return toNumber(primitive);
}

/** ToNumber (ECMA-262 §7.1.4). Throws UnknownOperand for an unknown. */
export function toNumber(value: Value): number {
  if (typeof value === 'number') return value;
  if (value instanceof UnknownValue) {
    if (typeof value.likely === 'number' && value.type === 'number') throw new UnknownOperand(value, 'number');
    throw new UnknownOperand(value, 'number');
  }
  if (typeof value === 'symbol') throwError('TypeError', 'Cannot convert a Symbol value to a number');
  if (typeof value === 'bigint') throwError('TypeError', 'Cannot convert a BigInt value to a number');
  if (value instanceof ObjectValue) return toNumber(toPrimitive(value, 'number'));
  return Number(value);
}

/** ToIntegerOrInfinity (ECMA-262 §7.1.5) */
export function toIntegerOrInfinity(value: Value): number {
  const number = toNumber(value);
  return Number.isNaN(number) ? 0 : Math.trunc(number) + 0;
}

export function toInt32(value: Value): number {
  return toNumber(value) | 0;
}
export function toUint32(value: Value): number {
  return toNumber(value) >>> 0;
}

/** ToBigInt (ECMA-262 §7.1.13) */
export function toBigInt(value: Value): bigint {
  const primitive = toPrimitive(value, 'number');
  if (primitive instanceof UnknownValue) throw new UnknownOperand(primitive, 'number');
  if (typeof primitive === 'bigint') return primitive;
  if (typeof primitive === 'boolean') return primitive ? 1n : 0n;
  if (typeof primitive === 'string') {
    try {
      return BigInt(primitive);
    } catch {
      throwError('SyntaxError', `Cannot convert ${primitive} to a BigInt`);
    }
  }
  throwError('TypeError', `Cannot convert ${String(primitive)} to a BigInt`);
}

/** ToString (ECMA-262 §7.1.17). Throws UnknownOperand for an unknown. */
export function toString(value: Value): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  if (value instanceof UnknownValue) throw new UnknownOperand(value);
  if (typeof value === 'symbol') throwError('TypeError', 'Cannot convert a Symbol value to a string');
  if (value instanceof ObjectValue) return toString(toPrimitive(value, 'string'));
  return String(value);
}

/** ToObject (ECMA-262 §7.1.18) */
export function toObject(value: Value): ObjectValue {
  if (value instanceof ObjectValue) return value;
  if (value === undefined || value === null) throwError('TypeError', 'Cannot convert undefined or null to object');
  if (value instanceof UnknownValue) throw new UnknownOperand(value, 'object');
  const { intrinsics } = surroundingAgent;
  switch (typeof value) {
    case 'string': return new StringObject(intrinsics.get('%String.prototype%'), value);
    case 'number': return new PrimitiveWrapper(intrinsics.get('%Number.prototype%'), value);
    case 'boolean': return new PrimitiveWrapper(intrinsics.get('%Boolean.prototype%'), value);
    case 'bigint': return new PrimitiveWrapper(intrinsics.get('%BigInt.prototype%'), value);
    default: return new PrimitiveWrapper(intrinsics.get('%Symbol.prototype%'), value as symbol);
  }
}

/** ToPropertyKey (ECMA-262 §7.1.19) */
export function toPropertyKey(value: Value): PropertyKey {
  if (typeof value === 'string' || typeof value === 'symbol') return value;
  if (typeof value === 'number') return String(value);
  const key = toPrimitive(value, 'string');
  if (key instanceof UnknownValue) {
    if (surroundingAgent.withoutProgram) return `[${key.origin}]`;
    throw new UnknownOperand(key);
  }
  return typeof key === 'symbol' ? key : toString(key);
}

/** ToLength (ECMA-262 §7.1.20) */
export function toLength(value: Value): number {
  const length = toIntegerOrInfinity(value);
  return length <= 0 ? 0 : Math.min(length, Number.MAX_SAFE_INTEGER);
}

/** ToIndex (ECMA-262 §7.1.22) */
export function toIndex(value: Value, what = 'index'): number {
  const index = toIntegerOrInfinity(value);
  if (index < 0 || index > Number.MAX_SAFE_INTEGER) throwError('RangeError', `Invalid ${what}`);
  return index;
}

/** A relative index argument (`slice`, `at`): negative counts from the end. */
export function toAbsoluteIndex(value: Value, length: number, ifUndefined: number): number {
  if (value === undefined) return ifUndefined;
  const relative = toIntegerOrInfinity(value);
  return relative < 0 ? Math.max(length + relative, 0) : Math.min(relative, length);
}

/** ToPropertyDescriptor (ECMA-262 §6.2.6.5) */
export function toPropertyDescriptor(value: Value): Descriptor {
  if (!(value instanceof ObjectValue)) throwError('TypeError', `Property description must be an object: ${typeof value === 'symbol' ? String(value) : toString(value as Primitive)}`);
  const descriptor: Descriptor = {};
  if (value.hasProperty('enumerable')) descriptor.enumerable = toBoolean(get(value, 'enumerable'));
  if (value.hasProperty('configurable')) descriptor.configurable = toBoolean(get(value, 'configurable'));
  if (value.hasProperty('value')) descriptor.value = get(value, 'value');
  if (value.hasProperty('writable')) descriptor.writable = toBoolean(get(value, 'writable'));
  for (const name of ['get', 'set'] as const) {
    if (!value.hasProperty(name)) continue;
    const fn = get(value, name);
    if (fn !== undefined && !isCallable(fn)) throwError('TypeError', `${name === 'get' ? 'Getter' : 'Setter'} must be a function: ${fn instanceof ObjectValue ? '#<Object>' : String(fn as Primitive)}`);
    descriptor[name] = fn as ObjectValue | undefined;
  }
  if (('get' in descriptor || 'set' in descriptor) && ('value' in descriptor || 'writable' in descriptor)) throwError('TypeError', 'Invalid property descriptor. Cannot both specify accessors and a value or writable attribute');
  return descriptor;
}
