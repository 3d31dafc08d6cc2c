import { surroundingAgent } from '../agent.ts';
import { ObjectValue, UnknownValue, type Descriptor, type PropertyKey, type Value } from '../values.ts';
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
  ...errorNames.filter(name => name !== 'SuppressedError'), ...typedArrayNames.slice(1), ...bufferNames, ...functionNames, 'console'];

/** The global object: its properties are made when they are first used. */
export class GlobalObject extends ObjectValue {
  private readonly lazy = new Map<PropertyKey, () => Value>();

  constructor(prototype: ObjectValue) {
    super(prototype);
    const { intrinsics, options } = surroundingAgent;
    for (const name of globalNames) this.lazy.set(name, () => intrinsics.get(`%${name}%`));
    if (options.node >= 22) this.lazy.set('Iterator', () => intrinsics.get('%Iterator%'));
    if (options.node >= 24) this.lazy.set('SuppressedError', () => intrinsics.get('%SuppressedError%'));
    this.lazy.set('Intl', () => {
      surroundingAgent.incomplete('Intl');
      return new UnknownValue('Intl', 'object');
    });
    for (const name of ['Atomics', 'WebAssembly']) {
      this.lazy.set(name, () => {
        surroundingAgent.incomplete(name);
        return new UnknownValue(name, 'object');
      });
    }
    for (const name of ['globalThis', 'global']) this.properties.set(name, { value: this, writable: true, enumerable: false, configurable: true });
    for (const [name, value] of [['undefined', undefined], ['NaN', NaN], ['Infinity', Infinity]] as const) this.properties.set(name, { value, writable: false, enumerable: false, configurable: false });
  }
  /** What Node adds. */
  addLazily(properties: ReadonlyMap<string, () => unknown>): void {
    for (const [name, make] of properties) this.lazy.set(name, make as () => Value);
  }
  override getOwnProperty(key: PropertyKey): Descriptor | undefined {
    const make = this.lazy.get(key);
    if (make) {
      this.lazy.delete(key);
      if (!this.properties.has(key)) this.properties.set(key, { value: make(), writable: true, enumerable: false, configurable: true });
    }
    return this.properties.get(key);
  }
  override ownPropertyKeys(): PropertyKey[] {
    for (const key of [...this.lazy.keys()]) this.getOwnProperty(key);
    return super.ownPropertyKeys();
  }
  override hasProperty(key: PropertyKey): boolean {
    return this.lazy.has(key) || super.hasProperty(key);
  }
}
