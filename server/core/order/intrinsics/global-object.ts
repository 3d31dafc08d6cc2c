import { surroundingAgent } from '../agent.ts';
import { completeMembers, LazyProperty } from '../builtin-members/complete-members.ts';
import { membersOf } from '../builtin-members/member-table.ts';
import { ObjectValue, type Value } from '../values.ts';
import { createConsole } from '../console/console.ts';
import { createInspect } from '../console/bindings.ts';
import { createArray } from './array.ts';
import { createMap, createSet, createWeak } from './collections.ts';
import { createDate } from './date.ts';
import { createErrors } from './error.ts';
import type { IntrinsicGroup } from './intrinsics.ts';
import { createGenerators, createIterator } from './iterators.ts';
import { createJson } from './json.ts';
import { createFunction, createObject, createProxy, createReflect } from './object.ts';
import { createBigInt, createBoolean, createGlobalFunctions, createMath, createNumber, createSymbol } from './primitives.ts';
import { createPromise } from './promise.ts';
import { createRegExpIntrinsics } from './regexp.ts';
import { createString } from './string.ts';
import { createArrayBuffers, createTypedArrays } from './typed-arrays.ts';

const errorNames = ['Error', 'EvalError', 'RangeError', 'ReferenceError', 'SyntaxError', 'TypeError', 'URIError', 'AggregateError', 'SuppressedError'];
const typedArrayNames = ['TypedArray', 'Int8Array', 'Uint8Array', 'Uint8ClampedArray', 'Int16Array', 'Uint16Array', 'Int32Array', 'Uint32Array', 'Float32Array', 'Float64Array', 'BigInt64Array', 'BigUint64Array'];
const bufferNames = ['ArrayBuffer', 'SharedArrayBuffer', 'DataView'];
const functionNames = ['parseInt', 'parseFloat', 'isNaN', 'isFinite', 'encodeURIComponent', 'encodeURI', 'decodeURIComponent', 'decodeURI', 'escape', 'unescape', 'eval'];

const all = (names: readonly string[], group: IntrinsicGroup): Record<string, IntrinsicGroup> => Object.fromEntries(names.map(name => [name, group]));

/** Which group makes an intrinsic, by the name's first part. */
export const intrinsicGroups: Readonly<Record<string, IntrinsicGroup>> = {
  Object: createObject, Function: createFunction, AsyncFunction: createFunction, GeneratorFunction: createFunction, AsyncGeneratorFunction: createFunction,
  speciesGetter: createArray,
  Array: createArray, Boolean: createBoolean, Symbol: createSymbol, Number: createNumber, BigInt: createBigInt, String: createString, Math: createMath,
  Map: createMap, Set: createSet, ...all(['WeakMap', 'WeakSet', 'WeakRef', 'FinalizationRegistry'], createWeak),
  Promise: createPromise, Iterator: createIterator, AsyncIteratorPrototype: createIterator, GeneratorPrototype: createGenerators, AsyncGeneratorPrototype: createGenerators,
  JSON: createJson, Reflect: createReflect, Proxy: createProxy, RegExp: createRegExpIntrinsics, Date: createDate,
  ...all(errorNames, createErrors), ...all(typedArrayNames, createTypedArrays), ...all(bufferNames, createArrayBuffers), ...all(functionNames, createGlobalFunctions),
  console: createConsole, inspect: createInspect,
};

/** Properties of the global object of every JavaScript (ECMA-262 §19). */
const globalNames = ['Object', 'Function', 'Array', 'Boolean', 'Symbol', 'Number', 'BigInt', 'String', 'Math', 'Map', 'Set', 'WeakMap', 'WeakSet', 'WeakRef', 'FinalizationRegistry', 'Promise', 'JSON', 'Reflect', 'Proxy', 'RegExp', 'Date',
  'Iterator', ...errorNames, ...typedArrayNames.slice(1), ...bufferNames, ...functionNames, 'console'];

/** The global object with what every JavaScript of the version has, each made when it is first read. */
export function createGlobalObject(): ObjectValue {
  const { intrinsics } = surroundingAgent;
  const globalObject = new ObjectValue(intrinsics.get('%Object.prototype%'));
  for (const name of ['globalThis', 'global']) globalObject.properties.set(name, { value: globalObject, writable: true, enumerable: false, configurable: true });
  for (const [name, value] of [['undefined', undefined], ['NaN', NaN], ['Infinity', Infinity]] as const) globalObject.properties.set(name, { value, writable: false, enumerable: false, configurable: false });
  addLazily(globalObject, new Map(globalNames.map(name => [name, () => intrinsics.get(`%${name}%`)])));
  return globalObject;
}

/** Adds what Node adds: what the machine has of it, by name, and the names of the rest. */
export function addNodeGlobals(globalObject: ObjectValue, makers: ReadonlyMap<string, () => unknown>): void {
  addLazily(globalObject, makers as ReadonlyMap<string, () => Value>);
  completeMembers(globalObject, 'global');
}

function addLazily(globalObject: ObjectValue, makers: ReadonlyMap<string, () => Value>): void {
  for (const member of membersOf('global', surroundingAgent.options.node) ?? []) {
    const make = makers.get(member.name);
    if (!make || globalObject.properties.has(member.name)) continue;
    globalObject.properties.set(member.name, new LazyProperty(() => {
      const value = make();
      if (value instanceof ObjectValue) completeMembers(value, member.child);
      return { value, lasting: true };
    }, member.kind === 'accessor' || member.writable, member.enumerable, member.configurable));
  }
}
