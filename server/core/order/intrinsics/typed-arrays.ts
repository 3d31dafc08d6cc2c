import { BudgetEnd, surroundingAgent, throwError } from '../agent.ts';
import { chargeHeap, isArrayIndex, ObjectValue, sortedKeys, UnknownValue, type Descriptor, type PropertyKey, type Value } from '../values.ts';
import { call, get, getMethod, getPrototypeFromConstructor, speciesConstructor, construct } from '../abstract-operations/operations-on-objects.ts';
import { forEachOf } from '../abstract-operations/iterator-operations.ts';
import { toAbsoluteIndex, toBigInt, toIndex, toIntegerOrInfinity, toNumber, toObject } from '../abstract-operations/type-conversion.ts';
import { createArrayIterator } from './iterators.ts';
import { sortValues } from './array.ts';
import type { Intrinsics } from './intrinsics.ts';

export class ArrayBufferObject extends ObjectValue {
  constructor(prototype: ObjectValue | null, public bytes: Uint8Array, readonly shared = false) {
    super(prototype);
    chargeHeap(bytes.length >> 3);
  }
  /** What its bytes are where nobody knows them (random bytes, compressed ones): reading one gives an unknown value. */
  unknownBytes: string | null = null;
  /** Nor is it known how many there are. */
  unknownLength = false;
  override get kind(): string {
    return this.shared ? 'SharedArrayBuffer' : 'ArrayBuffer';
  }
}

export class DataViewObject extends ObjectValue {
  constructor(prototype: ObjectValue | null, readonly buffer: ArrayBufferObject, readonly byteOffset: number, readonly byteLength: number) {
    super(prototype);
  }
  override get kind(): string {
    return 'DataView';
  }
}

const hostTypes = { Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array, Float32Array, Float64Array, BigInt64Array, BigUint64Array } as const;
type TypeName = keyof typeof hostTypes;
type HostArray = { [index: number]: number | bigint; readonly length: number; readonly BYTES_PER_ELEMENT: number; readonly byteOffset: number; readonly byteLength: number };

/** TypedArray exotic object (ECMA-262 §10.4.5) over a host array that the program never sees. */
export class TypedArrayObject extends ObjectValue {
  constructor(prototype: ObjectValue | null, readonly type: TypeName, readonly buffer: ArrayBufferObject, readonly host: HostArray) {
    super(prototype);
  }
  override get kind(): string {
    return this.type;
  }
  override get isExotic(): boolean {
    return true;
  }
  elements(): Value[] {
    return Array.from(this.host as ArrayLike<number | bigint>, element => this.open(element));
  }
  /** An element as the program sees it. */
  private open(element: number | bigint | undefined): Value {
    const { unknownBytes } = this.buffer;
    return unknownBytes === null ? element : new UnknownValue(`one of ${unknownBytes}`, typeof element as 'number');
  }
  /** Writes elements from `start` on; where they are all that the buffer holds, what was in it before is no matter. */
  rewrite(start: number, count: number, write: () => void): void {
    if (start === 0 && count === this.host.length && this.host.byteLength === this.buffer.bytes.length) this.buffer.unknownBytes = null;
    write();
  }
  /** Its length as the program sees it; the machine's libraries work with the likely one. */
  shownLength(length: number): Value {
    return this.buffer.unknownLength && !surroundingAgent.inLibrary ? new UnknownValue(`the number of ${this.buffer.unknownBytes}`, 'number') : length;
  }
  private numeric(key: PropertyKey): number | null {
    if (typeof key !== 'string') return null;
    if (isArrayIndex(key)) return Number(key);
    return key === '-0' || (String(Number(key)) === key && key !== 'Infinity' && key !== '-Infinity' && key !== 'NaN') ? -1 : null;
  }
  convert(value: Value): number | bigint {
    return this.type.startsWith('Big') ? toBigInt(value) : toNumber(value);
  }
  override getOwnProperty(key: PropertyKey): Descriptor | undefined {
    const index = this.numeric(key);
    if (index === null) return this.properties.get(key);
    return index >= 0 && index < this.host.length ? { value: this.open(this.host[index]), writable: true, enumerable: true, configurable: true } : undefined;
  }
  override hasProperty(key: PropertyKey): boolean {
    const index = this.numeric(key);
    if (index !== null) return index >= 0 && index < this.host.length;
    return this.properties.has(key) || (this.prototype !== null && this.prototype.hasProperty(key));
  }
  override get(key: PropertyKey, receiver: Value): Value {
    const index = this.numeric(key);
    return index !== null ? (index >= 0 && index < this.host.length ? this.open(this.host[index]) : undefined) : super.get(key, receiver);
  }
  override set(key: PropertyKey, value: Value, receiver: Value): boolean {
    const index = this.numeric(key);
    if (index === null) return super.set(key, value, receiver);
    if (value instanceof UnknownValue) {
      this.buffer.unknownBytes ??= value.origin;
      return true;
    }
    const element = this.convert(value);
    if (index >= 0 && index < this.host.length) this.host[index] = element;
    return true;
  }
  override defineOwnProperty(key: PropertyKey, descriptor: Descriptor): boolean {
    const index = this.numeric(key);
    if (index === null) return super.defineOwnProperty(key, descriptor);
    if (index < 0 || index >= this.host.length || descriptor.configurable === false || descriptor.enumerable === false || descriptor.writable === false || 'get' in descriptor || 'set' in descriptor) return false;
    if ('value' in descriptor) this.host[index] = this.convert(descriptor.value);
    return true;
  }
  override delete(key: PropertyKey): boolean {
    const index = this.numeric(key);
    return index === null ? super.delete(key) : !(index >= 0 && index < this.host.length);
  }
  override ownPropertyKeys(): PropertyKey[] {
    return [...Array.from({ length: this.host.length }, (_, i) => String(i)), ...sortedKeys(this.properties.keys())];
  }
}

const largestBuffer = 50_000_000;

function allocateBytes(length: number): Uint8Array {
  // Whether there is memory for it depends on the machine.
  if (length > largestBuffer) throw new BudgetEnd(`the budget for buffers ended at one of ${length} bytes`);
  return new Uint8Array(length);
}

/** ArrayBuffer, SharedArrayBuffer and DataView (ECMA-262 §25.1 to §25.3). */
export function createArrayBuffers(intrinsics: Intrinsics): void {
  for (const name of ['ArrayBuffer', 'SharedArrayBuffer'] as const) {
    const { constructor, prototype } = intrinsics.constructorAndPrototype(name, 1, (_, [length], newTarget) => {
      if (!newTarget) throwError('TypeError', `Constructor ${name} requires 'new'`);
      return new ArrayBufferObject(getPrototypeFromConstructor(newTarget, `%${name}.prototype%`), allocateBytes(toIndex(length, 'array buffer length')), name === 'SharedArrayBuffer');
    });
    intrinsics.species(constructor);
    const self = (value: Value): ArrayBufferObject => {
      if (!(value instanceof ArrayBufferObject)) throwError('TypeError', `Receiver is not an ${name}`);
      return value;
    };
    intrinsics.getter(prototype, 'byteLength', value => self(value).bytes.length);
    intrinsics.method(prototype, 'slice', 2, (value, [start, end]) => {
      const { bytes, unknownBytes } = self(value);
      const part = new ArrayBufferObject(prototype, bytes.slice(toAbsoluteIndex(start, bytes.length, 0), toAbsoluteIndex(end, bytes.length, bytes.length)), name === 'SharedArrayBuffer');
      part.unknownBytes = unknownBytes;
      return part;
    });
    intrinsics.value(prototype, Symbol.toStringTag, name, 'tag');
    if (name === 'ArrayBuffer') intrinsics.method(constructor, 'isView', 1, (_, [value]) => value instanceof TypedArrayObject || value instanceof DataViewObject);
  }
  const { prototype } = intrinsics.constructorAndPrototype('DataView', 1, (_, [buffer, offset, length], newTarget) => {
    if (!newTarget) throwError('TypeError', "Constructor DataView requires 'new'");
    if (!(buffer instanceof ArrayBufferObject)) throwError('TypeError', 'First argument to DataView constructor must be an ArrayBuffer');
    const start = toIndex(offset, 'offset');
    const size = length === undefined ? buffer.bytes.length - start : toIndex(length, 'DataView length');
    if (start + size > buffer.bytes.length) throwError('RangeError', `Start offset ${start} is outside the bounds of the buffer`);
    return new DataViewObject(getPrototypeFromConstructor(newTarget, '%DataView.prototype%'), buffer, start, size);
  });
  const view = (value: Value): DataViewObject => {
    if (!(value instanceof DataViewObject)) throwError('TypeError', 'Receiver is not a DataView');
    return value;
  };
  for (const name of ['buffer', 'byteLength', 'byteOffset'] as const) intrinsics.getter(prototype, name, value => view(value)[name]);
  for (const type of ['Int8', 'Uint8', 'Int16', 'Uint16', 'Int32', 'Uint32', 'Float32', 'Float64', 'BigInt64', 'BigUint64'] as const) {
    const host = (value: Value): DataView => {
      const { buffer, byteOffset, byteLength } = view(value);
      return new DataView(buffer.bytes.buffer, buffer.bytes.byteOffset + byteOffset, byteLength);
    };
    const guarded = <T>(run: () => T): T => {
      try {
        return run();
      } catch (error) {
        if (error instanceof RangeError) throwError('RangeError', 'Offset is outside the bounds of the DataView');
        throw error;
      }
    };
    intrinsics.method(prototype, `get${type}`, 1, (value, [offset, little]) => {
      const element = guarded(() => host(value)[`get${type}`](toIndex(offset), Boolean(little)));
      const { unknownBytes } = view(value).buffer;
      return unknownBytes === null ? element : new UnknownValue(`one of ${unknownBytes}`, typeof element as 'number');
    });
    intrinsics.method(prototype, `set${type}`, 2, (value, [offset, element, little]) => {
      const at = toIndex(offset);
      const converted = type.startsWith('Big') ? toBigInt(element) : toNumber(element);
      guarded(() => (host(value)[`set${type}`] as (at: number, value: number | bigint, little: boolean) => void)(at, converted, Boolean(little)));
      return undefined;
    });
  }
  intrinsics.value(prototype, Symbol.toStringTag, 'DataView', 'tag');
}

/** %TypedArray% and its subclasses (ECMA-262 §23.2). */
export function createTypedArrays(intrinsics: Intrinsics): void {
  const base = intrinsics.constructorAndPrototype('TypedArray', 0, () => throwError('TypeError', 'Abstract class TypedArray not directly constructable'));
  intrinsics.species(base.constructor);
  const self = (value: Value): TypedArrayObject => {
    if (!(value instanceof TypedArrayObject)) throwError('TypeError', 'this is not a typed array.');
    return value;
  };
  const proto = base.prototype;
  intrinsics.getter(proto, 'buffer', value => self(value).buffer);
  intrinsics.getter(proto, 'byteLength', value => self(value).shownLength(self(value).host.byteLength));
  intrinsics.getter(proto, 'byteOffset', value => self(value).host.byteOffset - self(value).buffer.bytes.byteOffset);
  intrinsics.getter(proto, 'length', value => self(value).shownLength(self(value).host.length));
  intrinsics.getter(proto, Symbol.toStringTag as unknown as string, value => (value instanceof TypedArrayObject ? value.type : undefined));

  const create = (type: TypeName, buffer: ArrayBufferObject, offset: number, length: number, prototype: ObjectValue): TypedArrayObject =>
    new TypedArrayObject(prototype, type, buffer, new hostTypes[type](buffer.bytes.buffer as ArrayBuffer, buffer.bytes.byteOffset + offset, length) as unknown as HostArray);
  const ofLength = (type: TypeName, length: number, prototype: ObjectValue = intrinsics.get(`%${type}.prototype%`)): TypedArrayObject =>
    create(type, new ArrayBufferObject(intrinsics.get('%ArrayBuffer.prototype%'), allocateBytes(length * hostTypes[type].BYTES_PER_ELEMENT)), 0, length, prototype);
  /** TypedArraySpeciesCreate */
  const like = (array: TypedArrayObject, length: number): TypedArrayObject => {
    const constructor = speciesConstructor(array, intrinsics.get(`%${array.type}%`));
    return constructor === intrinsics.get(`%${array.type}%`) ? ofLength(array.type, length) : self(construct(constructor, [length]));
  };

  for (const type of Object.keys(hostTypes) as TypeName[]) {
    const size = hostTypes[type].BYTES_PER_ELEMENT;
    const { constructor, prototype } = intrinsics.constructorAndPrototype(type, 3, (_, [first, offset, length], newTarget) => {
      if (!newTarget) throwError('TypeError', `Constructor ${type} requires 'new'`);
      const own = getPrototypeFromConstructor(newTarget, `%${type}.prototype%`);
      if (!(first instanceof ObjectValue)) return ofLength(type, toIndex(first, 'typed array length'), own);
      if (first instanceof ArrayBufferObject) {
        const start = toIndex(offset, 'offset');
        if (start % size !== 0) throwError('RangeError', `start offset of ${type} should be a multiple of ${size}`);
        const count = length === undefined ? (first.bytes.length - start) / size : toIndex(length, 'typed array length');
        if (!Number.isInteger(count)) throwError('RangeError', `byte length of ${type} should be a multiple of ${size}`);
        if (start + count * size > first.bytes.length) throwError('RangeError', `Invalid typed array length: ${count}`);
        return create(type, first, start, count, own);
      }
      const values = listFrom(first);
      const array = ofLength(type, values.length, own);
      values.forEach((value, index) => array.set(String(index), value, array));
      return array;
    }, { parent: base.constructor, prototypeParent: proto });
    intrinsics.value(constructor, 'BYTES_PER_ELEMENT', size, 'constant');
    intrinsics.value(prototype, 'BYTES_PER_ELEMENT', size, 'constant');
  }
  intrinsics.methods(base.constructor, {
    from: [1, (constructor, [items, mapper, thisArgument]) => {
      const values = listFrom(toObject(items)).map((value, index) => (mapper === undefined ? value : call(mapper, thisArgument, [value, index])));
      return fill(self(construct(constructor, [values.length])), values);
    }],
    of: [0, (constructor, values) => fill(self(construct(constructor, [values.length])), values)],
  });
  const fill = (array: TypedArrayObject, values: readonly Value[]): TypedArrayObject => {
    values.forEach((value, index) => array.set(String(index), value, array));
    return array;
  };
  // Methods that read as those of Array do share their code; those that make a new array have their own.
  const arrayPrototype = intrinsics.get('%Array.prototype%');
  for (const name of ['at', 'every', 'fill', 'find', 'findIndex', 'findLast', 'findLastIndex', 'forEach', 'includes', 'indexOf', 'join', 'lastIndexOf', 'reduce', 'reduceRight', 'reverse', 'some', 'copyWithin', 'toLocaleString']) {
    const shared = arrayPrototype.properties.get(name)!.value;
    intrinsics.method(proto, name, get(shared as ObjectValue, 'length') as number, (value, args) => call(shared, self(value), args));
  }
  const fillShared = proto.properties.get('fill')!.value;
  intrinsics.method(proto, 'fill', 1, (value, args) => {
    const array = self(value);
    if (args.length === 1 || (args[1] === 0 && args[2] === array.host.length)) array.rewrite(0, array.host.length, () => void call(fillShared, array, args));
    else call(fillShared, array, args);
    return array;
  });
  intrinsics.value(proto, 'toString', arrayPrototype.properties.get('toString')!.value);
  intrinsics.methods(proto, {
    entries: [0, value => createArrayIterator(self(value), 'key+value')],
    keys: [0, value => createArrayIterator(self(value), 'key')],
    values: [0, value => createArrayIterator(self(value), 'value')],
    filter: [1, (value, [fn, thisArgument]) => {
      const array = self(value);
      const kept = array.elements().filter((item, index) => Boolean(call(fn, thisArgument, [item, index, array])));
      return fill(like(array, kept.length), kept);
    }],
    map: [1, (value, [fn, thisArgument]) => {
      const array = self(value);
      const mapped = like(array, array.host.length);
      array.elements().forEach((item, index) => mapped.set(String(index), call(fn, thisArgument, [item, index, array]), mapped));
      return mapped;
    }],
    set: [1, (value, [source, offset]) => {
      const array = self(value);
      const start = toIntegerOrInfinity(offset);
      const values = listFrom(toObject(source));
      if (start < 0 || values.length + start > array.host.length) throwError('RangeError', 'offset is out of bounds');
      array.rewrite(start, values.length, () => values.forEach((item, index) => array.set(String(start + index), item, array)));
      return undefined;
    }],
    slice: [2, (value, [start, end]) => {
      const array = self(value);
      const kept = array.elements().slice(toAbsoluteIndex(start, array.host.length, 0), toAbsoluteIndex(end, array.host.length, array.host.length));
      return fill(like(array, kept.length), kept);
    }],
    sort: [1, (value, [comparator]) => {
      const array = self(value);
      const sorted = comparator === undefined ? sortedElements(array) : sortValues(array.elements(), comparator);
      return fill(array, sorted);
    }],
    subarray: [2, (value, [start, end]) => {
      const array = self(value);
      const first = toAbsoluteIndex(start, array.host.length, 0);
      const length = Math.max(0, toAbsoluteIndex(end, array.host.length, array.host.length) - first);
      const offset = array.host.byteOffset - array.buffer.bytes.byteOffset + first * array.host.BYTES_PER_ELEMENT;
      const constructor = speciesConstructor(array, intrinsics.get(`%${array.type}%`));
      return construct(constructor, [array.buffer, offset, length]);
    }],
    toReversed: [0, value => fill(ofLength(self(value).type, self(value).host.length), self(value).elements().reverse())],
    toSorted: [1, (value, [comparator]) => {
      const array = self(value);
      return fill(ofLength(array.type, array.host.length), comparator === undefined ? sortedElements(array) : sortValues(array.elements(), comparator));
    }],
    with: [2, (value, [index, item]) => {
      const array = self(value);
      const list: Value[] = array.elements();
      const at = toIntegerOrInfinity(index) < 0 ? list.length + toIntegerOrInfinity(index) : toIntegerOrInfinity(index);
      if (at < 0 || at >= list.length) throwError('RangeError', 'Invalid typed array index');
      list[at] = item;
      return fill(ofLength(array.type, list.length), list);
    }],
  });
  intrinsics.value(proto, Symbol.iterator, proto.properties.get('values')!.value);
}

/** In the order of numbers; bytes that are not known stay so in any order. */
function sortedElements(array: TypedArrayObject): Value[] {
  return array.buffer.unknownBytes !== null ? array.elements() : (array.elements() as (number | bigint)[]).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

/** Elements of an iterable or array-like. */
function listFrom(source: ObjectValue): Value[] {
  if (source instanceof TypedArrayObject) return source.elements();
  if (getMethod(source, Symbol.iterator) !== undefined) {
    const list: Value[] = [];
    forEachOf(source, value => void list.push(value));
    return list;
  }
  const length = toNumber(get(source, 'length'));
  if (length > largestBuffer) throwError('RangeError', `Invalid typed array length: ${length}`);
  return Array.from({ length: Number.isNaN(length) ? 0 : length }, (_, index) => get(source, String(index)));
}

