import type { TimelineLocation } from './timeline.ts';
/** Symbols of the program are host symbols: opaque, and properties live in maps that the host never looks into. */
export type PropertyKey = string | symbol;

/** ECMA-262 §6.1: a language value; beside those, a value of which only something is known. */
export type Value = undefined | null | boolean | number | bigint | string | symbol | ObjectValue | UnknownValue;

/** Property Descriptor (ECMA-262 §6.2.6); absent fields are undefined, `has` says which of value, get, set are there. */
export interface Descriptor {
  value?: Value;
  writable?: boolean;
  get?: ObjectValue | undefined;
  set?: ObjectValue | undefined;
  enumerable?: boolean;
  configurable?: boolean;
}

/** What is known of a value that the program does not determine. */
export class UnknownValue {
  /**
   * @param origin what it is, in the user's words: `req.query.id`
   * @param type what `typeof` says, `any` where that is open
   * @param likely the value that it has if nothing is late (clock readings), or the text that stands for it
   */
  constructor(
    public origin: string,
    readonly type: 'any' | 'undefined' | 'boolean' | 'number' | 'bigint' | 'string' | 'symbol' | 'object' | 'function' = 'any',
    readonly likely?: number | string | boolean | bigint,
  ) {}
  /** Decided once: whether it is truthy. */
  truthy: boolean | undefined;
  /** The unknown value that it was read from, and by which name. */
  member: { readonly owner: UnknownValue; readonly key: PropertyKey } | undefined;
  /** The promise that it is taken for where it is awaited. */
  promise: ObjectValue | undefined;
  /** Where unknown code returned it. */
  place: TimelineLocation | null | undefined;
  /** It came out of such a promise. */
  settled = false;
  /** What it was called before the program gave it a name: `User.findById()` of `user`. */
  made: string | undefined;
  /** A collection of the language whose contents are not known: its methods are those of the language. */
  like: 'Array' | 'Map' | 'Set' | 'WeakMap' | 'WeakSet' | undefined;
}

/** Marks text that is not exact within a string (private use area): stack frames, printed unknowns. */
export const inexactMark = '\uF8FE';

/** Called for each object that is made, with its cost in units of the heap budget. */
export type Allocate = (units: number) => void;
let allocate: Allocate = () => {};
export function setAllocator(allocator: Allocate): void {
  allocate = allocator;
}
export function chargeHeap(units: number): void {
  allocate(units);
}

export function isArrayIndex(key: PropertyKey): key is string {
  if (typeof key !== 'string') return false;
  const first = key.charCodeAt(0);
  if (!(first >= 48 && first <= 57) || key.length > 10) return false;
  const index = Number(key);
  return index < 4294967295 && String(index) === key;
}

/** ECMA-262 §10.1: an ordinary object; exotic objects override its internal methods. */
export class ObjectValue {
  properties = new Map<PropertyKey, Descriptor>();
  extensible = true;
  /** Private names (ECMA-262 §6.2.12), by identity. */
  privateElements: Map<PrivateName, PrivateElement> | undefined;

  constructor(public prototype: ObjectValue | null) {
    allocate(1);
  }

  /** An object as a literal makes it. */
  get isPlain(): boolean {
    return this.kind === 'Object' && this.prototype?.prototype === null;
  }
  /** What inspect and Object.prototype.toString call it; exotic classes override it. */
  get kind(): string {
    return 'Object';
  }
  getPrototypeOf(): ObjectValue | null {
    return this.prototype;
  }
  /** OrdinarySetPrototypeOf §10.1.2.1 */
  setPrototypeOf(prototype: ObjectValue | null): boolean {
    if (prototype === this.prototype) return true;
    if (!this.extensible) return false;
    for (let p = prototype; p !== null; p = p.prototype) {
      if (p === this) return false;
      if (p.kind === 'Proxy') break;
    }
    this.prototype = prototype;
    return true;
  }
  isExtensible(): boolean {
    return this.extensible;
  }
  preventExtensions(): boolean {
    this.extensible = false;
    return true;
  }
  getOwnProperty(key: PropertyKey): Descriptor | undefined {
    return this.properties.get(key);
  }
  defineOwnProperty(key: PropertyKey, descriptor: Descriptor): boolean {
    return validateAndApplyPropertyDescriptor(this, key, this.isExtensible(), descriptor, this.getOwnProperty(key));
  }
  hasProperty(key: PropertyKey): boolean {
    for (let object: ObjectValue | null = this; object !== null; object = object.getPrototypeOf()) {
      if (object !== this && object.isExotic) return object.hasProperty(key);
      if (object.getOwnProperty(key)) return true;
    }
    return absence.mayHave(this, key);
  }
  /** True where internal methods differ from the ordinary ones, so that lookups must go through them. */
  get isExotic(): boolean {
    return false;
  }
  /** OrdinaryGet §10.1.8.1 */
  get(key: PropertyKey, receiver: Value): Value {
    let object: ObjectValue = this;
    for (;;) {
      const own = object.getOwnProperty(key);
      if (own) {
        if (own.get !== undefined) return callHook(own.get, receiver, []);
        if ('set' in own) return undefined;
        return own.value;
      }
      const parent = object.getPrototypeOf();
      if (parent === null) return absence.read(receiver, key);
      if (parent.isExotic) return parent.get(key, receiver);
      object = parent;
    }
  }
  /** OrdinarySet §10.1.9.1 */
  set(key: PropertyKey, value: Value, receiver: Value): boolean {
    // 1. Let ownDesc be ? O.[[GetOwnProperty]](P).
    let own = this.getOwnProperty(key);
    if (own === undefined) {
      const parent = this.getPrototypeOf();
      if (parent !== null) return parent.set(key, value, receiver);
      own = { value: undefined, writable: true, enumerable: true, configurable: true };
    }
    if (!isAccessor(own)) {
      if (!own.writable) return false;
      if (!(receiver instanceof ObjectValue)) return false;
      const existing = receiver.getOwnProperty(key);
      if (existing !== undefined) {
        if (isAccessor(existing) || !existing.writable) return false;
        if (existing === receiver.properties.get(key) && !receiver.isExotic) {
          existing.value = value;
          return true;
        }
        return receiver.defineOwnProperty(key, { value });
      }
      return receiver.defineOwnProperty(key, { value, writable: true, enumerable: true, configurable: true });
    }
    if (own.set === undefined) return false;
    callHook(own.set, receiver, [value]);
    return true;
  }
  delete(key: PropertyKey): boolean {
    const own = this.getOwnProperty(key);
    if (own === undefined) return true;
    if (!own.configurable) return false;
    this.properties.delete(key);
    return true;
  }
  /** OrdinaryOwnPropertyKeys §10.1.11.1: indices ascending, strings, symbols. */
  ownPropertyKeys(): PropertyKey[] {
    absence.enumerated(this);
    return sortedKeys(this.properties.keys());
  }
}

/** What is asked where a name was not found: a real object of Node may have it. */
export interface Absence {
  /** The value of a property that no object of the chain has. */
  read(receiver: Value, key: PropertyKey): Value;
  /** Whether the object, or one that it inherits from, may have it in Node. */
  mayHave(object: ObjectValue, key: PropertyKey): boolean;
  /** The own keys of the object are listed. */
  enumerated(object: ObjectValue): void;
}

/** Set once by builtin-members/: values.ts knows objects, not Node. */
export let absence: Absence = { read: () => undefined, mayHave: () => false, enumerated: () => {} };
export function setAbsence(given: Absence): void {
  absence = given;
}

export function sortedKeys(keys: Iterable<PropertyKey>): PropertyKey[] {
  const indices: string[] = [];
  const strings: PropertyKey[] = [];
  const symbols: PropertyKey[] = [];
  for (const key of keys) {
    if (typeof key === 'symbol') symbols.push(key);
    else if (isArrayIndex(key)) indices.push(key);
    else strings.push(key);
  }
  if (indices.length > 1) indices.sort((a, b) => Number(a) - Number(b));
  return indices.length === 0 && symbols.length === 0 ? strings : [...indices, ...strings, ...symbols];
}

export function isAccessor(descriptor: Descriptor): boolean {
  return 'get' in descriptor || 'set' in descriptor;
}

/** Set once by operations-on-objects: values.ts knows objects, not calls. */
let callHook: (fn: Value, self: Value, args: readonly Value[]) => Value = () => undefined;
export function setCallHook(call: typeof callHook): void {
  callHook = call;
}

export function sameValue(a: Value, b: Value): boolean {
  return Object.is(a, b);
}

/** ValidateAndApplyPropertyDescriptor §10.1.6.3 */
export function validateAndApplyPropertyDescriptor(object: ObjectValue | undefined, key: PropertyKey, extensible: boolean, descriptor: Descriptor, current: Descriptor | undefined): boolean {
  // 2. If current is undefined, then
  if (current === undefined) {
    if (!extensible) return false;
    if (object) {
      allocate(1);
      object.properties.set(key, isAccessor(descriptor)
        ? { get: descriptor.get, set: descriptor.set, enumerable: descriptor.enumerable ?? false, configurable: descriptor.configurable ?? false }
        : { value: descriptor.value, writable: descriptor.writable ?? false, enumerable: descriptor.enumerable ?? false, configurable: descriptor.configurable ?? false });
    }
    return true;
  }
  // 5. If current.[[Configurable]] is false, then
  if (!current.configurable) {
    if (descriptor.configurable) return false;
    if (descriptor.enumerable !== undefined && descriptor.enumerable !== current.enumerable) return false;
    const generic = !isAccessor(descriptor) && !('value' in descriptor) && !('writable' in descriptor);
    if (!generic && isAccessor(descriptor) !== isAccessor(current)) return false;
    if (isAccessor(current)) {
      if ('get' in descriptor && descriptor.get !== current.get) return false;
      if ('set' in descriptor && descriptor.set !== current.set) return false;
    } else if (!current.writable) {
      if (descriptor.writable) return false;
      if ('value' in descriptor && !sameValue(descriptor.value, current.value)) return false;
    }
  }
  if (!object) return true;
  const enumerable = descriptor.enumerable ?? current.enumerable!;
  const configurable = descriptor.configurable ?? current.configurable!;
  if (isAccessor(descriptor)) {
    const accessor = isAccessor(current);
    object.properties.set(key, {
      get: 'get' in descriptor ? descriptor.get : accessor ? current.get : undefined,
      set: 'set' in descriptor ? descriptor.set : accessor ? current.set : undefined,
      enumerable, configurable,
    });
  } else if (isAccessor(current) && ('value' in descriptor || 'writable' in descriptor)) {
    object.properties.set(key, { value: descriptor.value, writable: descriptor.writable ?? false, enumerable, configurable });
  } else if (isAccessor(current)) {
    object.properties.set(key, { get: current.get, set: current.set, enumerable, configurable });
  } else {
    object.properties.set(key, { value: 'value' in descriptor ? descriptor.value : current.value, writable: descriptor.writable ?? current.writable!, enumerable, configurable });
  }
  return true;
}

/** A private name `#x` of one evaluation of a class. */
export class PrivateName {
  constructor(readonly description: string) {}
}

export interface PrivateElement {
  kind: 'field' | 'method' | 'accessor';
  value?: Value;
  get?: ObjectValue | undefined;
  set?: ObjectValue | undefined;
}

/** A hole of an array's dense elements. */
export const hole = Symbol('hole');

/** Array exotic object (ECMA-262 §10.4.2). Elements are dense while all are plain data properties. */
export class ArrayObject extends ObjectValue {
  /** Null once an element has other attributes than the default ones. */
  elements: (Value | typeof hole)[] | null = [];
  length = 0;
  lengthWritable = true;
  override get kind(): string {
    return 'Array';
  }
  override get isExotic(): boolean {
    return true;
  }
  override hasProperty(key: PropertyKey): boolean {
    if (this.getOwnProperty(key)) return true;
    return this.prototype !== null && this.prototype.hasProperty(key);
  }
  /** Moves the elements into the property map. */
  private slow(): void {
    if (!this.elements) return;
    const elements = this.elements;
    this.elements = null;
    elements.forEach((value, index) => {
      if (value !== hole) this.properties.set(String(index), { value: value as Value, writable: true, enumerable: true, configurable: true });
    });
  }
  override preventExtensions(): boolean {
    this.slow();
    return super.preventExtensions();
  }
  override getOwnProperty(key: PropertyKey): Descriptor | undefined {
    if (key === 'length') return { value: this.length, writable: this.lengthWritable, enumerable: false, configurable: false };
    if (this.elements && isArrayIndex(key)) {
      const index = Number(key);
      const value = index < this.elements.length ? this.elements[index] : hole;
      return value === hole ? undefined : { value: value as Value, writable: true, enumerable: true, configurable: true };
    }
    return this.properties.get(key);
  }
  override get(key: PropertyKey, receiver: Value): Value {
    if (key === 'length') return this.length;
    if (this.elements && isArrayIndex(key)) {
      const index = Number(key);
      const value = index < this.elements.length ? this.elements[index] : hole;
      if (value !== hole) return value as Value;
      return this.prototype === null ? undefined : this.prototype.get(key, receiver);
    }
    return super.get(key, receiver);
  }
  override defineOwnProperty(key: PropertyKey, descriptor: Descriptor): boolean {
    if (key === 'length') return this.setLength(descriptor);
    if (!isArrayIndex(key)) return validateAndApplyPropertyDescriptor(this, key, this.extensible, descriptor, this.properties.get(key));
    const index = Number(key);
    if (index >= this.length && !this.lengthWritable) return false;
    if (this.elements) {
      const present = index < this.elements.length && this.elements[index] !== hole;
      const plain = !isAccessor(descriptor) && (present
        ? descriptor.writable !== false && descriptor.enumerable !== false && descriptor.configurable !== false
        : descriptor.writable === true && descriptor.enumerable === true && descriptor.configurable === true);
      if (plain && index <= this.elements.length + 1024) {
        if (!present) {
          allocate(1);
          while (this.elements.length < index) this.elements.push(hole);
        }
        if (!present || 'value' in descriptor) this.elements[index] = descriptor.value;
        if (index >= this.length) this.length = index + 1;
        return true;
      }
      this.slow();
    }
    if (!validateAndApplyPropertyDescriptor(this, key, this.extensible, descriptor, this.properties.get(key))) return false;
    if (index >= this.length) this.length = index + 1;
    return true;
  }
  override set(key: PropertyKey, value: Value, receiver: Value): boolean {
    if (receiver === this && this.elements && isArrayIndex(key)) {
      const index = Number(key);
      if (index < this.elements.length && this.elements[index] !== hole) {
        this.elements[index] = value;
        return true;
      }
    }
    return super.set(key, value, receiver);
  }
  override delete(key: PropertyKey): boolean {
    if (key === 'length') return false;
    if (this.elements && isArrayIndex(key)) {
      const index = Number(key);
      if (index < this.elements.length) this.elements[index] = hole;
      return true;
    }
    return super.delete(key);
  }
  override ownPropertyKeys(): PropertyKey[] {
    const keys: PropertyKey[] = [];
    this.elements?.forEach((value, index) => value !== hole && keys.push(String(index)));
    const rest = sortedKeys(this.properties.keys());
    const firstName = rest.findIndex(key => !isArrayIndex(key));
    const names = firstName < 0 ? rest.length : firstName;
    return [...keys, ...rest.slice(0, names), 'length', ...rest.slice(names)];
  }
  /** ArraySetLength §10.4.2.4, for a length that is already a number. */
  private setLength(descriptor: Descriptor): boolean {
    if (isAccessor(descriptor) || descriptor.configurable || descriptor.enumerable) return false;
    if ('value' in descriptor) {
      const length = descriptor.value as number;
      if (length !== this.length) {
        if (!this.lengthWritable) return false;
        if (length < this.length) {
          if (this.elements) this.elements.length = Math.min(this.elements.length, length);
          else {
            for (let index = this.length - 1; index >= length; index--) {
              if (this.properties.has(String(index)) && !super.delete(String(index))) {
                this.length = index + 1;
                if (descriptor.writable === false) this.lengthWritable = false;
                return false;
              }
            }
          }
        } else if (this.elements && length > this.elements.length + 100_000) this.slow();
        this.length = length;
      }
    }
    if (descriptor.writable === false) {
      this.slow();
      this.lengthWritable = false;
    } else if (descriptor.writable === true && !this.lengthWritable) return false;
    return true;
  }
  /** A dense element for the evaluator's fast path; `hole` where the general path is needed. */
  at(index: number): Value | typeof hole {
    if (this.elements === null || !(index >= 0 && index < this.elements.length) || !Number.isInteger(index)) return hole;
    return this.elements[index];
  }
}
