import { throwError } from '../agent.ts';
import { isCallable, isConstructor } from '../function-objects.ts';
import { isAccessor, ObjectValue, sameValue, validateAndApplyPropertyDescriptor, type Descriptor, type PropertyKey, type Value } from '../values.ts';
import { call, construct, createArrayFromList, createListFromArrayLike, fromPropertyDescriptor, getMethod } from './operations-on-objects.ts';
import { toBoolean, toPropertyDescriptor } from './type-conversion.ts';

/** Proxy exotic object (ECMA-262 §10.5). */
export class ProxyObject extends ObjectValue {
  readonly callable: boolean;
  readonly constructible: boolean;
  constructor(public target: ObjectValue | null, public handler: ObjectValue | null) {
    super(null);
    this.callable = isCallable(target);
    this.constructible = isConstructor(target);
  }
  override get kind(): string {
    return 'Proxy';
  }
  override get isExotic(): boolean {
    return true;
  }
  /** The trap and its target; the trap is undefined where the handler has none. */
  trap(name: string): { trap: Value; target: ObjectValue; handler: ObjectValue } {
    if (!this.handler || !this.target) throwError('TypeError', `Cannot perform '${name}' on a proxy that has been revoked`);
    return { trap: getMethod(this.handler, name), target: this.target, handler: this.handler };
  }
  override getPrototypeOf(): ObjectValue | null {
    const { trap, target, handler } = this.trap('getPrototypeOf');
    if (trap === undefined) return target.getPrototypeOf();
    const prototype = call(trap, handler, [target]);
    if (!(prototype instanceof ObjectValue) && prototype !== null) throwError('TypeError', "'getPrototypeOf' on proxy: trap returned neither object nor null");
    if (!target.isExtensible() && prototype !== target.getPrototypeOf()) throwError('TypeError', "'getPrototypeOf' on proxy: proxy target is non-extensible but the trap did not return its actual prototype");
    return prototype;
  }
  override setPrototypeOf(prototype: ObjectValue | null): boolean {
    const { trap, target, handler } = this.trap('setPrototypeOf');
    if (trap === undefined) return target.setPrototypeOf(prototype);
    if (!toBoolean(call(trap, handler, [target, prototype]))) return false;
    if (!target.isExtensible() && prototype !== target.getPrototypeOf()) throwError('TypeError', "'setPrototypeOf' on proxy: trap returned truish for setting a new prototype on the non-extensible proxy target");
    return true;
  }
  override isExtensible(): boolean {
    const { trap, target, handler } = this.trap('isExtensible');
    if (trap === undefined) return target.isExtensible();
    const result = toBoolean(call(trap, handler, [target]));
    if (result !== target.isExtensible()) throwError('TypeError', `'isExtensible' on proxy: trap result does not reflect extensibility of proxy target (which is '${String(target.isExtensible())}')`);
    return result;
  }
  override preventExtensions(): boolean {
    const { trap, target, handler } = this.trap('preventExtensions');
    if (trap === undefined) return target.preventExtensions();
    const result = toBoolean(call(trap, handler, [target]));
    if (result && target.isExtensible()) throwError('TypeError', "'preventExtensions' on proxy: the proxy target is extensible");
    return result;
  }
  override getOwnProperty(key: PropertyKey): Descriptor | undefined {
    const { trap, target, handler } = this.trap('getOwnPropertyDescriptor');
    if (trap === undefined) return target.getOwnProperty(key);
    const result = call(trap, handler, [target, key]);
    if (!(result instanceof ObjectValue) && result !== undefined) throwError('TypeError', `'getOwnPropertyDescriptor' on proxy: trap returned neither object nor undefined for property '${String(key)}'`);
    const own = target.getOwnProperty(key);
    if (result === undefined) {
      if (own && (!own.configurable || !target.isExtensible())) throwError('TypeError', `'getOwnPropertyDescriptor' on proxy: trap returned undefined for property '${String(key)}' which is non-configurable in the proxy target`);
      return undefined;
    }
    const given = toPropertyDescriptor(result);
    const complete: Descriptor = isAccessor(given)
      ? { get: given.get, set: given.set, enumerable: given.enumerable ?? false, configurable: given.configurable ?? false }
      : { value: given.value, writable: given.writable ?? false, enumerable: given.enumerable ?? false, configurable: given.configurable ?? false };
    if (!validateAndApplyPropertyDescriptor(undefined, key, target.isExtensible(), complete, own) || (!complete.configurable && (!own || own.configurable))) throwError('TypeError', `'getOwnPropertyDescriptor' on proxy: trap returned descriptor for property '${String(key)}' that is incompatible with the existing property in the proxy target`);
    return complete;
  }
  override defineOwnProperty(key: PropertyKey, descriptor: Descriptor): boolean {
    const { trap, target, handler } = this.trap('defineProperty');
    if (trap === undefined) return target.defineOwnProperty(key, descriptor);
    if (!toBoolean(call(trap, handler, [target, key, fromPartialDescriptor(descriptor)]))) return false;
    const own = target.getOwnProperty(key);
    if (!own && (!target.isExtensible() || descriptor.configurable === false)) throwError('TypeError', `'defineProperty' on proxy: trap returned truish for adding property '${String(key)}'  to the non-extensible proxy target`);
    if (own && (!validateAndApplyPropertyDescriptor(undefined, key, target.isExtensible(), descriptor, own) || (descriptor.configurable === false && own.configurable))) throwError('TypeError', `'defineProperty' on proxy: trap returned truish for adding property '${String(key)}'  that is incompatible with the existing property in the proxy target`);
    return true;
  }
  override hasProperty(key: PropertyKey): boolean {
    const { trap, target, handler } = this.trap('has');
    if (trap === undefined) return target.hasProperty(key);
    const result = toBoolean(call(trap, handler, [target, key]));
    if (!result) {
      const own = target.getOwnProperty(key);
      if (own && (!own.configurable || !target.isExtensible())) throwError('TypeError', `'has' on proxy: trap returned falsish for property '${String(key)}' which exists in the proxy target as non-configurable`);
    }
    return result;
  }
  override get(key: PropertyKey, receiver: Value): Value {
    const { trap, target, handler } = this.trap('get');
    if (trap === undefined) return target.get(key, receiver);
    const value = call(trap, handler, [target, key, receiver]);
    const own = target.getOwnProperty(key);
    if (own && !own.configurable) {
      if (!isAccessor(own) && !own.writable && !sameValue(value, own.value)) throwError('TypeError', `'get' on proxy: property '${String(key)}' is a read-only and non-configurable data property on the proxy target but the proxy did not return its actual value`);
      if (isAccessor(own) && own.get === undefined && value !== undefined) throwError('TypeError', `'get' on proxy: property '${String(key)}' is a non-configurable accessor property on the proxy target and does not have a getter function, but the trap did not return 'undefined'`);
    }
    return value;
  }
  override set(key: PropertyKey, value: Value, receiver: Value): boolean {
    const { trap, target, handler } = this.trap('set');
    if (trap === undefined) return target.set(key, value, receiver);
    if (!toBoolean(call(trap, handler, [target, key, value, receiver]))) return false;
    const own = target.getOwnProperty(key);
    if (own && !own.configurable) {
      if (!isAccessor(own) && !own.writable && !sameValue(value, own.value)) throwError('TypeError', `'set' on proxy: trap returned truish for property '${String(key)}' which exists in the proxy target as a non-configurable and non-writable data property with a different value`);
      if (isAccessor(own) && own.set === undefined) throwError('TypeError', `'set' on proxy: trap returned truish for property '${String(key)}' which exists in the proxy target as a non-configurable and non-writable accessor property without a setter`);
    }
    return true;
  }
  override delete(key: PropertyKey): boolean {
    const { trap, target, handler } = this.trap('deleteProperty');
    if (trap === undefined) return target.delete(key);
    if (!toBoolean(call(trap, handler, [target, key]))) return false;
    const own = target.getOwnProperty(key);
    if (own && (!own.configurable || !target.isExtensible())) throwError('TypeError', `'deleteProperty' on proxy: trap returned truish for property '${String(key)}' which is non-configurable in the proxy target`);
    return true;
  }
  override ownPropertyKeys(): PropertyKey[] {
    const { trap, target, handler } = this.trap('ownKeys');
    if (trap === undefined) return target.ownPropertyKeys();
    const keys = createListFromArrayLike(call(trap, handler, [target]));
    if (keys.some(key => typeof key !== 'string' && typeof key !== 'symbol')) throwError('TypeError', `${String(keys.find(key => typeof key !== 'string' && typeof key !== 'symbol'))} is not a valid property name`);
    if (new Set(keys).size !== keys.length) throwError('TypeError', "'ownKeys' on proxy: trap returned duplicate entries");
    const targetKeys = target.ownPropertyKeys();
    const missing = targetKeys.find(key => !keys.includes(key) && (!target.isExtensible() || target.getOwnProperty(key)?.configurable === false));
    if (missing !== undefined) throwError('TypeError', `'ownKeys' on proxy: trap result did not include '${String(missing)}'`);
    if (!target.isExtensible() && keys.length !== targetKeys.length) throwError('TypeError', "'ownKeys' on proxy: trap returned extra keys but proxy target is non-extensible");
    return keys as PropertyKey[];
  }
}

function fromPartialDescriptor(descriptor: Descriptor): Value {
  const full = fromPropertyDescriptor(descriptor) as ObjectValue;
  for (const name of ['value', 'writable', 'get', 'set', 'enumerable', 'configurable']) if (!(name in descriptor)) full.delete(name);
  return full;
}

export function isProxy(value: Value): value is ProxyObject {
  return value instanceof ProxyObject;
}

/** [[Call]] §10.5.12 */
export function proxyCall(proxy: ProxyObject, self: Value, args: readonly Value[]): Value {
  const { trap, target, handler } = proxy.trap('apply');
  return trap === undefined ? call(target, self, args) : call(trap, handler, [target, self, createArrayFromList(args)]);
}

/** [[Construct]] §10.5.13 */
export function proxyConstruct(proxy: ProxyObject, args: readonly Value[], newTarget: ObjectValue): ObjectValue {
  const { trap, target, handler } = proxy.trap('construct');
  if (trap === undefined) return construct(target, args, newTarget === proxy ? target : newTarget);
  const object = call(trap, handler, [target, createArrayFromList(args), newTarget]);
  if (!(object instanceof ObjectValue)) throwError('TypeError', 'proxy [[Construct]] must return an object');
  return object;
}
