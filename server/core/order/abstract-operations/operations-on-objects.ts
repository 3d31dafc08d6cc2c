import { BudgetEnd, surroundingAgent, throwError } from '../agent.ts';
import { ProgramError } from '../event-loop/engine.ts';
import { callECMAScriptFunction, constructECMAScriptFunction } from '../evaluation/functions.ts';
import { BoundFunction, BuiltinFunction, ECMAScriptFunction, isCallable, isConstructor, type BuiltinSteps } from '../function-objects.ts';
import { ArrayObject, ObjectValue, UnknownValue, hole, isAccessor, setCallHook, sortedKeys, type Descriptor, type PropertyKey, type Value } from '../values.ts';
import { isProxy, proxyCall, proxyConstruct } from './proxy-objects.ts';
import { callUnknown, unknownMember } from './unknown-values.ts';
import { toLength, toObject, toPropertyDescriptor } from './type-conversion.ts';
import { describeValue } from './messages.ts';
import { computesOnly, openObject } from './start-up.ts';
import { UnknownOperand } from './unknown-values.ts';

/** Get (ECMA-262 §7.3.2) */
export function get(object: ObjectValue, key: PropertyKey): Value {
  return object.get(key, object);
}

/** GetV (ECMA-262 §7.3.3): like Get, on any value. */
export function getV(value: Value, key: PropertyKey): Value {
  if (value instanceof ObjectValue) return value.get(key, value);
  if (value instanceof UnknownValue) return unknownMember(value, key);
  if (typeof value === 'string') {
    if (key === 'length') return value.length;
    if (typeof key === 'string') {
      const index = Number(key);
      if (index >= 0 && index < value.length && String(index) === key) return value[index];
    }
  }
  if (value === undefined || value === null) throwError('TypeError', `Cannot read properties of ${String(value)} (reading '${String(key)}')`);
  return prototypeOfPrimitive(value).get(key, value);
}

/** The prototype of what ToObject would make of a primitive. */
export function prototypeOfPrimitive(value: string | number | boolean | bigint | symbol): ObjectValue {
  const { intrinsics } = surroundingAgent;
  switch (typeof value) {
    case 'string': return intrinsics.get('%String.prototype%');
    case 'number': return intrinsics.get('%Number.prototype%');
    case 'boolean': return intrinsics.get('%Boolean.prototype%');
    case 'bigint': return intrinsics.get('%BigInt.prototype%');
    default: return intrinsics.get('%Symbol.prototype%');
  }
}

/** Set (ECMA-262 §7.3.4) with Throw true. */
export function set(object: ObjectValue, key: PropertyKey, value: Value): void {
  if (!object.set(key, value, object)) throwReadOnly(object, key);
}

export function throwReadOnly(object: ObjectValue, key: PropertyKey): never {
  const own = object.getOwnProperty(key);
  const shown = typeof key === 'symbol' ? String(key) : `'${key}'`;
  if (own && isAccessor(own)) throwError('TypeError', `Cannot set property ${String(key)} of ${describeValue(object)} which has only a getter`);
  if (!own) {
    for (let p = object.getPrototypeOf(); p; p = p.getPrototypeOf()) {
      const inherited = p.getOwnProperty(key);
      if (inherited && isAccessor(inherited)) throwError('TypeError', `Cannot set property ${String(key)} of ${describeValue(object)} which has only a getter`);
      if (inherited) break;
    }
    if (!object.isExtensible()) throwError('TypeError', `Cannot add property ${String(key)}, object is not extensible`);
  }
  throwError('TypeError', `Cannot assign to read only property ${shown} of object '${describeValue(object)}'`);
}

/** CreateDataProperty (ECMA-262 §7.3.5) */
export function createDataProperty(object: ObjectValue, key: PropertyKey, value: Value): boolean {
  return object.defineOwnProperty(key, { value, writable: true, enumerable: true, configurable: true });
}

export function createDataPropertyOrThrow(object: ObjectValue, key: PropertyKey, value: Value): void {
  if (!createDataProperty(object, key, value)) throwError('TypeError', object.isExtensible() ? `Cannot redefine property: ${String(key)}` : `Cannot add property ${String(key)}, object is not extensible`);
}

/** DefinePropertyOrThrow (ECMA-262 §7.3.8) */
export function definePropertyOrThrow(object: ObjectValue, key: PropertyKey, descriptor: Descriptor): void {
  if (!object.defineOwnProperty(key, descriptor)) throwError('TypeError', object.isExtensible() || object.getOwnProperty(key) ? `Cannot redefine property: ${String(key)}` : `Cannot define property ${String(key)}, object is not extensible`);
}

/** DeletePropertyOrThrow (ECMA-262 §7.3.9) */
export function deletePropertyOrThrow(object: ObjectValue, key: PropertyKey): void {
  if (!object.delete(key)) throwError('TypeError', `Cannot delete property '${String(key)}' of ${describeValue(object)}`);
}

/** GetMethod (ECMA-262 §7.3.10) */
export function getMethod(value: Value, key: PropertyKey): Value {
  const fn = getV(value, key);
  if (fn === undefined || fn === null) return undefined;
  if (fn instanceof UnknownValue) return fn;
  if (!isCallable(fn)) throwError('TypeError', `${describeValue(fn)} is not a function`);
  return fn;
}

/** Call (ECMA-262 §7.3.13) */
export function call(fn: Value, self: Value, args: readonly Value[]): Value {
  if (fn instanceof ECMAScriptFunction) return hasEffects(fn) ? withoutEffects(fn) : callECMAScriptFunction(fn, self, args);
  if (fn instanceof BuiltinFunction) return callBuiltin(fn, self, args, undefined);
  if (fn instanceof BoundFunction) return call(fn.target, fn.boundThis, [...fn.boundArguments, ...args]);
  if (fn instanceof UnknownValue) return callUnknown(fn, args);
  if (isProxy(fn) && fn.callable) return proxyCall(fn, self, args);
  throwError('TypeError', `${describeValue(fn)} is not a function`);
}
setCallHook(call);

/** Whether a function of Node's own does more than compute, where the program's start-up is only looked at. */
export function hasEffects({ unit }: ECMAScriptFunction): boolean {
  return surroundingAgent.startingUp > 0 && unit.internal && !surroundingAgent.inLibrary && !computesOnly(unit.file);
}

/** What such a call has given by now. */
function withoutEffects(fn: ECMAScriptFunction): UnknownValue {
  return new UnknownValue(`${String(fn.properties.get('name')?.value ?? '')}()`);
}

/** Frames of builtins count for depth too: `[].map` within `[].map`… */
function callBuiltin(fn: BuiltinFunction, self: Value, args: readonly Value[], newTarget: ObjectValue | undefined): Value {
  const agent = surroundingAgent;
  const { contexts } = agent;
  if (contexts.length >= agent.options.budget.depth) throwStackOverflow();
  const depth = contexts.length;
  try {
    return fn.steps(self, args, newTarget);
  } catch (error) {
    contexts.length = depth;
    if (error instanceof UnknownOperand) return error.resultOf(fn);
    throw hostError(error);
  }
}

/** A stack overflow or string overflow of the host becomes the program's RangeError and an honest mark. */
export function hostError(error: unknown): unknown {
  if (error instanceof RangeError) {
    if (/call stack/.test(error.message)) return stackOverflow();
    if (/string length/i.test(error.message)) return new BudgetEnd('a string grew beyond the heap budget');
  }
  return error;
}

function stackOverflow(): ProgramError {
  surroundingAgent.incompleteText('the call stack of the program grew beyond the depth budget');
  return new ProgramError(surroundingAgent.intrinsics.makeError('RangeError', 'Maximum call stack size exceeded'));
}

export function throwStackOverflow(): never {
  throw stackOverflow();
}

/** Construct (ECMA-262 §7.3.14) */
export function construct(fn: Value, args: readonly Value[] = [], newTarget: ObjectValue = fn as ObjectValue): ObjectValue {
  if (fn instanceof ECMAScriptFunction && fn.isConstructor && hasEffects(fn)) throw new UnknownOperand(new UnknownValue(`new ${String(fn.properties.get('name')?.value ?? '')}()`, 'object'), 'object');
  if (fn instanceof ECMAScriptFunction && fn.isConstructor) return constructECMAScriptFunction(fn, args, newTarget);
  if (fn instanceof BuiltinFunction && fn.constructible) return callBuiltin(fn, undefined, args, newTarget) as ObjectValue;
  if (fn instanceof BoundFunction && fn.isConstructor) return construct(fn.target, [...fn.boundArguments, ...args], newTarget === fn ? fn.target : newTarget);
  if (isProxy(fn) && fn.constructible) return proxyConstruct(fn, args, newTarget);
  throwError('TypeError', `${describeValue(fn)} is not a constructor`);
}

/** SetIntegrityLevel (ECMA-262 §7.3.15) */
export function setIntegrityLevel(object: ObjectValue, level: 'sealed' | 'frozen'): boolean {
  if (!object.preventExtensions()) return false;
  for (const key of object.ownPropertyKeys()) {
    if (level === 'sealed') {
      definePropertyOrThrow(object, key, { configurable: false });
      continue;
    }
    const current = object.getOwnProperty(key);
    if (current) definePropertyOrThrow(object, key, isAccessor(current) ? { configurable: false } : { configurable: false, writable: false });
  }
  return true;
}

/** TestIntegrityLevel (ECMA-262 §7.3.16) */
export function testIntegrityLevel(object: ObjectValue, level: 'sealed' | 'frozen'): boolean {
  if (object.isExtensible()) return false;
  return object.ownPropertyKeys().every(key => {
    const own = object.getOwnProperty(key);
    return !own || (!own.configurable && (level === 'sealed' || isAccessor(own) || !own.writable));
  });
}

/** OrdinaryObjectCreate(%Object.prototype%) */
export function ordinaryObjectCreate(prototype: ObjectValue | null = surroundingAgent.intrinsics.get('%Object.prototype%')): ObjectValue {
  return new ObjectValue(prototype);
}

/** CreateArrayFromList (ECMA-262 §7.3.17) */
export function createArrayFromList(values: readonly (Value | typeof hole)[]): ArrayObject {
  const array = new ArrayObject(surroundingAgent.intrinsics.get('%Array.prototype%'));
  surroundingAgent.allocate(values.length);
  array.elements = values.slice();
  array.length = values.length;
  return array;
}

/** LengthOfArrayLike (ECMA-262 §7.3.18) */
export function lengthOfArrayLike(object: ObjectValue): number {
  return object instanceof ArrayObject ? object.length : toLength(get(object, 'length'));
}

/** CreateListFromArrayLike (ECMA-262 §7.3.19) */
export function createListFromArrayLike(value: Value): Value[] {
  if (!(value instanceof ObjectValue)) throwError('TypeError', 'CreateListFromArrayLike called on non-object');
  const length = lengthOfArrayLike(value);
  surroundingAgent.allocate(length);
  const list: Value[] = [];
  for (let i = 0; i < length; i++) list.push(get(value, String(i)));
  return list;
}

/** Invoke (ECMA-262 §7.3.20) */
export function invoke(value: Value, key: PropertyKey, args: readonly Value[] = []): Value {
  const fn = getV(value, key);
  if (!isCallable(fn) && !(fn instanceof UnknownValue)) throwError('TypeError', `${describeValue(value)}.${String(key)} is not a function`);
  return call(fn, value, args);
}

/** OrdinaryHasInstance (ECMA-262 §7.3.21) */
export function ordinaryHasInstance(constructor: Value, object: Value): boolean {
  if (!isCallable(constructor)) return false;
  if (constructor instanceof BoundFunction) return instanceofOperator(object, constructor.target);
  if (!(object instanceof ObjectValue)) return false;
  const prototype = get(constructor, 'prototype');
  if (!(prototype instanceof ObjectValue)) throwError('TypeError', `Function has non-object prototype '${describeValue(prototype)}' in instanceof check`);
  for (let o = object.getPrototypeOf(); o !== null; o = o.getPrototypeOf()) if (o === prototype) return true;
  return false;
}

/** InstanceofOperator (ECMA-262 §13.10.2) */
export function instanceofOperator(value: Value, target: Value): boolean {
  if (!(target instanceof ObjectValue)) throwError('TypeError', "Right-hand side of 'instanceof' is not an object");
  const handler = getMethod(target, Symbol.hasInstance);
  if (handler !== undefined) return Boolean(call(handler, target, [value]));
  if (!isCallable(target)) throwError('TypeError', "Right-hand side of 'instanceof' is not callable");
  return ordinaryHasInstance(target, value);
}

/** SpeciesConstructor (ECMA-262 §7.3.22) */
export function speciesConstructor(object: ObjectValue, defaultConstructor: ObjectValue): ObjectValue {
  const constructor = get(object, 'constructor');
  if (constructor === undefined || constructor === defaultConstructor && !constructor.isExotic && constructor.properties.get(Symbol.species)?.get === speciesGetter()) return defaultConstructor;
  if (!(constructor instanceof ObjectValue)) throwError('TypeError', 'The .constructor property is not an object');
  const species = get(constructor, Symbol.species);
  if (species === undefined || species === null) return defaultConstructor;
  if (isConstructor(species)) return species;
  throwError('TypeError', 'object.constructor[Symbol.species] is not a constructor');
}

function speciesGetter(): ObjectValue {
  return surroundingAgent.intrinsics.get('%speciesGetter%');
}

/** EnumerableOwnProperties (ECMA-262 §7.3.23) */
export function enumerableOwnProperties(object: ObjectValue, kind: 'key' | 'value' | 'key+value'): Value[] {
  const list: Value[] = [];
  for (const key of object.ownPropertyKeys()) {
    if (typeof key === 'symbol') continue;
    const own = object.getOwnProperty(key);
    if (!own?.enumerable) continue;
    if (kind === 'key') list.push(key);
    else {
      const value = get(object, key);
      list.push(kind === 'value' ? value : createArrayFromList([key, value]));
    }
  }
  return list;
}

/** CopyDataProperties (ECMA-262 §7.3.25) */
export function copyDataProperties(target: ObjectValue, source: Value, excluded: readonly PropertyKey[] = []): void {
  if (source === undefined || source === null) return;
  if (source instanceof UnknownValue) {
    if (source.type === 'undefined') return;
    if (surroundingAgent.withoutProgram) copyUnknown(target, source);
    else surroundingAgent.incomplete(`the properties of ${source.origin} are copied, which are unknown`);
    return;
  }
  const from = toObject(source);
  const owner = surroundingAgent.withoutProgram ? surroundingAgent.openObjects.get(from) : undefined;
  if (owner) copyUnknown(target, owner);
  for (const key of owner ? sortedKeys(from.properties.keys()) : from.ownPropertyKeys()) {
    if (excluded.includes(key)) continue;
    if (from.getOwnProperty(key)?.enumerable) createDataPropertyOrThrow(target, key, get(from, key));
  }
}

/** Any property of the target may come from the unknown object now, and there may be more. */
function copyUnknown(target: ObjectValue, source: UnknownValue): void {
  for (const [key, property] of target.properties) if ('value' in property) property.value = new UnknownValue(`${source.origin}.${String(key)}`);
  openObject(target, source.origin);
}

/** GetPrototypeFromConstructor (ECMA-262 §10.1.14) */
export function getPrototypeFromConstructor(constructor: ObjectValue, intrinsicDefault: string): ObjectValue {
  const prototype = get(constructor, 'prototype');
  return prototype instanceof ObjectValue ? prototype : surroundingAgent.intrinsics.get(intrinsicDefault);
}

/** CreateBuiltinFunction (ECMA-262 §10.3.4) */
export function createBuiltinFunction(name: PropertyKey, length: number, steps: BuiltinSteps, options: { constructible?: boolean; prefix?: 'get' | 'set' } = {}): BuiltinFunction {
  const text = typeof name === 'symbol' ? (name.description === undefined ? '' : `[${name.description}]`) : name;
  const fn = new BuiltinFunction(surroundingAgent.intrinsics.get('%Function.prototype%'), steps, options.constructible ?? false, text);
  fn.properties.set('length', { value: length, writable: false, enumerable: false, configurable: true });
  fn.properties.set('name', { value: options.prefix ? `${options.prefix} ${text}` : text, writable: false, enumerable: false, configurable: true });
  return fn;
}

/** FromPropertyDescriptor (ECMA-262 §6.2.6.4) */
export function fromPropertyDescriptor(descriptor: Descriptor | undefined): Value {
  if (!descriptor) return undefined;
  const object = ordinaryObjectCreate();
  if (isAccessor(descriptor)) {
    createDataProperty(object, 'get', descriptor.get);
    createDataProperty(object, 'set', descriptor.set);
  } else {
    createDataProperty(object, 'value', descriptor.value);
    createDataProperty(object, 'writable', descriptor.writable);
  }
  createDataProperty(object, 'enumerable', descriptor.enumerable);
  createDataProperty(object, 'configurable', descriptor.configurable);
  return object;
}

export { toPropertyDescriptor };
