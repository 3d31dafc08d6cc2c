import { surroundingAgent, throwError } from '../agent.ts';
import { ProgramError } from '../event-loop/engine.ts';
import { ReturnCompletion, await_, type Steps } from '../evaluation/coroutine.ts';
import { isStrictlyEqual, textOf } from '../evaluation/operators.ts';
import { isCallable, isConstructor } from '../function-objects.ts';
import { ArrayObject, hole, ObjectValue, UnknownValue, type Value } from '../values.ts';
import { asyncFunctionStart } from '../abstract-operations/async-function-operations.ts';
import { asyncIteratorStep, getIteratorFromMethod, iterationDone, iteratorClose, iteratorStepValue } from '../abstract-operations/iterator-operations.ts';
import { createAsyncFromSyncIterator } from '../abstract-operations/async-from-sync-iterator.ts';
import { describeValue } from '../abstract-operations/messages.ts';
import { isProxy } from '../abstract-operations/proxy-objects.ts';
import { call, construct, createArrayFromList, createDataPropertyOrThrow, deletePropertyOrThrow, get, getMethod, getPrototypeFromConstructor, invoke, lengthOfArrayLike, set } from '../abstract-operations/operations-on-objects.ts';
import { toAbsoluteIndex, toBoolean, toIntegerOrInfinity, toNumber, toObject, toString } from '../abstract-operations/type-conversion.ts';
import { objectToString } from './object.ts';
import { createArrayIterator } from './iterators.ts';
import type { Intrinsics } from './intrinsics.ts';

/** IsArray (ECMA-262 §7.2.2) */
export function isArray(value: Value): boolean {
  if (isProxy(value)) return value.target !== null && isArray(value.target);
  return value instanceof ArrayObject;
}

/** ArrayCreate (ECMA-262 §10.4.2.2) */
export function arrayCreate(length: number, prototype: ObjectValue = surroundingAgent.intrinsics.get('%Array.prototype%')): ArrayObject {
  if (length > 4294967295) throwError('RangeError', 'Invalid array length');
  const array = new ArrayObject(prototype);
  if (length > 0) array.defineOwnProperty('length', { value: length });
  return array;
}

/** ArraySpeciesCreate (ECMA-262 §10.4.2.3) */
function arraySpeciesCreate(original: ObjectValue, length: number): ObjectValue {
  if (!isArray(original)) return arrayCreate(length);
  let constructor = get(original, 'constructor');
  if (constructor instanceof ObjectValue) {
    constructor = get(constructor, Symbol.species);
    if (constructor === null) constructor = undefined;
  }
  if (constructor === undefined || constructor === surroundingAgent.intrinsics.get('%Array%')) return arrayCreate(length);
  if (!isConstructor(constructor)) throwError('TypeError', 'object.constructor[Symbol.species] is not a constructor');
  return construct(constructor, [length]);
}

function setLength(object: ObjectValue, length: number): void {
  if (object instanceof ArrayObject) {
    if (!object.defineOwnProperty('length', { value: length })) throwError('TypeError', "Cannot assign to read only property 'length' of object '[object Array]'");
  } else set(object, 'length', length);
}

function callable(fn: Value): ObjectValue {
  if (!isCallable(fn)) throwError('TypeError', `${describeValue(fn)} is not a function`);
  return fn;
}

/** The element, and whether it is there. */
function element(object: ObjectValue, index: number): { value: Value } | undefined {
  if (object instanceof ArrayObject) {
    const dense = object.at(index);
    if (dense !== hole) return { value: dense as Value };
  }
  const key = String(index);
  return object.hasProperty(key) ? { value: get(object, key) } : undefined;
}

/** Calls `visit(value, index)` for each element that is there. */
function eachElement(object: ObjectValue, length: number, visit: (value: Value, index: number) => boolean | void, backwards = false): void {
  for (let n = 0; n < length; n++) {
    surroundingAgent.count();
    const index = backwards ? length - 1 - n : n;
    const found = element(object, index);
    if (found && visit(found.value, index) === false) return;
  }
}

function valueAt(object: ObjectValue, index: number): Value {
  const dense = object instanceof ArrayObject ? object.at(index) : hole;
  return dense === hole ? get(object, String(index)) : (dense as Value);
}

function listOf(object: ObjectValue): Value[] {
  const list: Value[] = [];
  const length = lengthOfArrayLike(object);
  surroundingAgent.allocate(length);
  for (let i = 0; i < length; i++) list.push(valueAt(object, i));
  return list;
}

/** SortIndexedProperties with CompareArrayElements (ECMA-262 §23.1.3.30): a stable merge sort, so a comparator sees what V8's would only in number. */
export function sortValues(values: Value[], comparator: Value): Value[] {
  const defined = values.filter(value => value !== undefined);
  const undefinedCount = values.length - defined.length;
  const texts = comparator === undefined ? new Map<Value, string>(defined.map(value => [value, value instanceof UnknownValue ? textOf(value) : toString(value)])) : null;
  if (texts && defined.some(value => value instanceof UnknownValue)) surroundingAgent.incomplete('sorting unknown values');
  const compare = (a: Value, b: Value): number => {
    surroundingAgent.count();
    if (texts) return texts.get(a)! < texts.get(b)! ? -1 : texts.get(a)! > texts.get(b)! ? 1 : 0;
    const result = call(comparator, undefined, [a, b]);
    if (result instanceof UnknownValue) {
      surroundingAgent.incomplete('sorting by an unknown comparison');
      return 0;
    }
    const number = toNumber(result);
    return Number.isNaN(number) ? 0 : number;
  };
  return [...binaryInsertionOrMerge(defined, compare), ...new Array<Value>(undefinedCount).fill(undefined)];
}

/** TimSort's order of comparisons for short runs (V8's third_party/v8/builtins/array-sort.tq): run count, then binary insertion. */
function binaryInsertionOrMerge(values: Value[], compare: (a: Value, b: Value) => number): Value[] {
  if (values.length < 2) return values;
  if (values.length > 32) {
    const middle = values.length >> 1;
    const left = binaryInsertionOrMerge(values.slice(0, middle), compare);
    const right = binaryInsertionOrMerge(values.slice(middle), compare);
    const merged: Value[] = [];
    let i = 0;
    let j = 0;
    while (i < left.length && j < right.length) merged.push(compare(right[j]!, left[i]!) < 0 ? right[j++] : left[i++]);
    return [...merged, ...left.slice(i), ...right.slice(j)];
  }
  const work = values.slice();
  // CountAndMakeRun
  let run = 2;
  const descending = compare(work[1], work[0]) < 0;
  while (run < work.length) {
    const order = compare(work[run], work[run - 1]);
    if (descending ? order >= 0 : order < 0) break;
    run++;
  }
  if (descending) work.splice(0, run, ...work.slice(0, run).reverse());
  // BinaryInsertionSort
  for (let start = run; start < work.length; start++) {
    let left = 0;
    let right = start;
    const pivot = work[start];
    while (left < right) {
      const middle = left + ((right - left) >> 1);
      if (compare(pivot, work[middle]) < 0) right = middle;
      else left = middle + 1;
    }
    work.splice(start, 1);
    work.splice(left, 0, pivot);
  }
  return work;
}

/** Array (ECMA-262 §23.1) */
export function createArray(intrinsics: Intrinsics): void {
  const { constructor, prototype } = intrinsics.constructorAndPrototype('Array', 1, (_, args, newTarget = constructor) => {
    const own = newTarget === constructor ? undefined : getPrototypeFromConstructor(newTarget, '%Array.prototype%');
    if (args.length === 1 && typeof args[0] === 'number') {
      const length = args[0];
      if (length >>> 0 !== length) throwError('RangeError', 'Invalid array length');
      return arrayCreate(length, own);
    }
    const array = createArrayFromList(args);
    if (own) array.prototype = own;
    return array;
  }, { prototype: new ArrayObject(intrinsics.get('%Object.prototype%')) });
  intrinsics.species(constructor);

  const create = (self: Value, length?: number): ObjectValue => (isConstructor(self) && self !== constructor ? construct(self, length === undefined ? [] : [length]) : arrayCreate(0));
  intrinsics.methods(constructor, {
    isArray: [1, (_, [value]) => isArray(value)],
    of: [0, (self, args) => {
      const array = create(self, args.length);
      args.forEach((value, index) => createDataPropertyOrThrow(array, String(index), value));
      setLength(array, args.length);
      return array;
    }],
    from: [1, (self, [items, mapper, thisArgument]) => {
      if (mapper !== undefined) callable(mapper);
      const map = (value: Value, index: number): Value => (mapper === undefined ? value : call(mapper, thisArgument, [value, index]));
      const method = items === undefined || items === null ? undefined : getMethod(items, Symbol.iterator);
      if (method !== undefined) {
        const array = create(self);
        const record = getIteratorFromMethod(items, method);
        for (let index = 0; ; index++) {
          const next = iteratorStepValue(record);
          if (next === iterationDone) {
            setLength(array, index);
            return array;
          }
          surroundingAgent.count();
          try {
            createDataPropertyOrThrow(array, String(index), map(next as Value, index));
          } catch (error) {
            iteratorClose(record, error);
            throw error;
          }
        }
      }
      const source = toObject(items);
      const length = lengthOfArrayLike(source);
      const array = create(self, length);
      for (let index = 0; index < length; index++) {
        surroundingAgent.count();
        createDataPropertyOrThrow(array, String(index), map(valueAt(source, index), index));
      }
      setLength(array, length);
      return array;
    }],
  });
  if (surroundingAgent.options.node >= 22) {
    intrinsics.method(constructor, 'fromAsync', 1, (self, [items, mapper, thisArgument]) => {
      const context = { fn: null, unit: null, strict: true, env: surroundingAgent.globalEnv, varEnv: surroundingAgent.globalEnv, privateEnv: null, node: null, coroutine: 'async' as const };
      return asyncFunctionStart(null, context, fromAsync(self, items, mapper, thisArgument));
    });
  }

  const iterate = (name: string, run: (object: ObjectValue, length: number, fn: (value: Value, index: number) => Value) => Value) => [1, (self: Value, [fn, thisArgument]: readonly Value[]): Value => {
    const object = toObject(self);
    const length = lengthOfArrayLike(object);
    callable(fn);
    return run(object, length, (value, index) => call(fn, thisArgument, [value, index, object]));
  }] as const;
  const find = (name: string, wantsIndex: boolean, backwards: boolean) => iterate(name, (object, length, fn) => {
    for (let n = 0; n < length; n++) {
      surroundingAgent.count();
      const index = backwards ? length - 1 - n : n;
      const value = valueAt(object, index);
      if (toBoolean(fn(value, index))) return wantsIndex ? index : value;
    }
    return wantsIndex ? -1 : undefined;
  });
  const reduce = (backwards: boolean) => [1, (self: Value, args: readonly Value[]): Value => {
    const object = toObject(self);
    const length = lengthOfArrayLike(object);
    const fn = callable(args[0]);
    let has = args.length > 1;
    let accumulator = args[1];
    eachElement(object, length, (value, index) => {
      accumulator = has ? call(fn, undefined, [accumulator, value, index, object]) : value;
      has = true;
    }, backwards);
    if (!has) throwError('TypeError', 'Reduce of empty array with no initial value');
    return accumulator;
  }] as const;
  const flatten = (target: Value[], source: ObjectValue, depth: number, map: ((value: Value, index: number) => Value) | null): void => {
    eachElement(source, lengthOfArrayLike(source), (value, index) => {
      const item = map ? map(value, index) : value;
      if (depth > 0 && isArray(item)) flatten(target, item as ObjectValue, depth - 1, null);
      else target.push(item);
    });
  };

  intrinsics.methods(prototype, {
    at: [1, (self, [index]) => {
      const object = toObject(self);
      const length = lengthOfArrayLike(object);
      const relative = toIntegerOrInfinity(index);
      const at = relative < 0 ? length + relative : relative;
      return at < 0 || at >= length ? undefined : valueAt(object, at);
    }],
    concat: [1, (self, args) => {
      const first = toObject(self);
      const result = arraySpeciesCreate(first, 0);
      let n = 0;
      for (const item of [first, ...args]) {
        const spreadable = item instanceof ObjectValue ? get(item, Symbol.isConcatSpreadable) : false;
        if (item instanceof ObjectValue && (spreadable === undefined ? isArray(item) : toBoolean(spreadable))) {
          const length = lengthOfArrayLike(item);
          eachElement(item, length, (value, index) => createDataPropertyOrThrow(result, String(n + index), value));
          n += length;
        } else createDataPropertyOrThrow(result, String(n++), item);
      }
      setLength(result, n);
      return result;
    }],
    copyWithin: [2, (self, [target, start, end]) => {
      const object = toObject(self);
      const length = lengthOfArrayLike(object);
      const list = listOf(object);
      list.copyWithin(toAbsoluteIndex(target, length, 0), toAbsoluteIndex(start, length, 0), toAbsoluteIndex(end, length, length));
      list.forEach((value, index) => set(object, String(index), value));
      return object;
    }],
    every: iterate('every', (object, length, fn) => {
      let all = true;
      eachElement(object, length, (value, index) => (all = toBoolean(fn(value, index))));
      return all;
    }),
    fill: [1, (self, [value, start, end]) => {
      const object = toObject(self);
      const length = lengthOfArrayLike(object);
      const last = toAbsoluteIndex(end, length, length);
      for (let i = toAbsoluteIndex(start, length, 0); i < last; i++) {
        surroundingAgent.count();
        set(object, String(i), value);
      }
      return object;
    }],
    filter: iterate('filter', (object, length, fn) => {
      const result = arraySpeciesCreate(object, 0);
      let n = 0;
      eachElement(object, length, (value, index) => {
        if (toBoolean(fn(value, index))) createDataPropertyOrThrow(result, String(n++), value);
      });
      return result;
    }),
    find: find('find', false, false),
    findIndex: find('findIndex', true, false),
    findLast: find('findLast', false, true),
    findLastIndex: find('findLastIndex', true, true),
    flat: [0, (self, [depth]) => {
      const list: Value[] = [];
      flatten(list, toObject(self), depth === undefined ? 1 : toIntegerOrInfinity(depth), null);
      return createArrayFromList(list);
    }],
    flatMap: iterate('flatMap', (object, _length, fn) => {
      const list: Value[] = [];
      flatten(list, object, 1, fn);
      return createArrayFromList(list);
    }),
    forEach: iterate('forEach', (object, length, fn) => {
      eachElement(object, length, (value, index) => void fn(value, index));
      return undefined;
    }),
    includes: [1, (self, [wanted, from]) => {
      const object = toObject(self);
      const length = lengthOfArrayLike(object);
      for (let i = toAbsoluteIndex(from, length, 0); i < length; i++) {
        const value = valueAt(object, i);
        if (value === wanted || (Number.isNaN(value) && Number.isNaN(wanted))) return true;
      }
      return false;
    }],
    indexOf: [1, (self, [wanted, from]) => {
      const object = toObject(self);
      const length = lengthOfArrayLike(object);
      for (let i = toAbsoluteIndex(from, length, 0); i < length; i++) {
        const found = element(object, i);
        if (found && isStrictlyEqual(found.value, wanted)) return i;
      }
      return -1;
    }],
    join: [1, (self, [separator]) => join(toObject(self), separator === undefined ? ',' : toString(separator))],
    keys: [0, self => createArrayIterator(toObject(self), 'key')],
    entries: [0, self => createArrayIterator(toObject(self), 'key+value')],
    lastIndexOf: [1, (self, args) => {
      const object = toObject(self);
      const length = lengthOfArrayLike(object);
      const from = args.length > 1 ? toIntegerOrInfinity(args[1]) : length - 1;
      for (let i = from < 0 ? length + from : Math.min(from, length - 1); i >= 0; i--) {
        const found = element(object, i);
        if (found && isStrictlyEqual(found.value, args[0])) return i;
      }
      return -1;
    }],
    map: iterate('map', (object, length, fn) => {
      const result = arraySpeciesCreate(object, length);
      eachElement(object, length, (value, index) => createDataPropertyOrThrow(result, String(index), fn(value, index)));
      return result;
    }),
    pop: [0, self => {
      const object = toObject(self);
      if (object instanceof ArrayObject && object.elements && object.length === object.elements.length && object.lengthWritable && object.length > 0 && object.elements[object.length - 1] !== hole) {
        object.length--;
        return object.elements.pop() as Value;
      }
      const length = lengthOfArrayLike(object);
      if (length === 0) {
        setLength(object, 0);
        return undefined;
      }
      const value = get(object, String(length - 1));
      deletePropertyOrThrow(object, String(length - 1));
      setLength(object, length - 1);
      return value;
    }],
    push: [1, (self, args) => {
      const object = toObject(self);
      if (object instanceof ArrayObject && object.elements && object.length === object.elements.length && object.lengthWritable && object.extensible) {
        surroundingAgent.allocate(args.length);
        for (const value of args) object.elements.push(value);
        return (object.length += args.length);
      }
      let length = lengthOfArrayLike(object);
      for (const value of args) set(object, String(length++), value);
      setLength(object, length);
      return length;
    }],
    reduce: reduce(false),
    reduceRight: reduce(true),
    reverse: [0, self => {
      const object = toObject(self);
      listOf(object).reverse().forEach((value, index) => set(object, String(index), value));
      return object;
    }],
    shift: [0, self => {
      const object = toObject(self);
      if (object instanceof ArrayObject && object.elements && object.length === object.elements.length && object.lengthWritable && object.length > 0 && !object.elements.includes(hole)) {
        object.length--;
        return object.elements.shift() as Value;
      }
      const length = lengthOfArrayLike(object);
      if (length === 0) {
        setLength(object, 0);
        return undefined;
      }
      const first = get(object, '0');
      moveElements(object, 1, 0, length - 1);
      deletePropertyOrThrow(object, String(length - 1));
      setLength(object, length - 1);
      return first;
    }],
    slice: [2, (self, [start, end]) => {
      const object = toObject(self);
      const length = lengthOfArrayLike(object);
      const from = toAbsoluteIndex(start, length, 0);
      const to = toAbsoluteIndex(end, length, length);
      const result = arraySpeciesCreate(object, Math.max(0, to - from));
      for (let i = from; i < to; i++) {
        surroundingAgent.count();
        const found = element(object, i);
        if (found) createDataPropertyOrThrow(result, String(i - from), found.value);
      }
      setLength(result, Math.max(0, to - from));
      return result;
    }],
    some: iterate('some', (object, length, fn) => {
      let any = false;
      eachElement(object, length, (value, index) => !(any = toBoolean(fn(value, index))));
      return any;
    }),
    sort: [1, (self, [comparator]) => {
      if (comparator !== undefined) callable(comparator);
      const object = toObject(self);
      const length = lengthOfArrayLike(object);
      const present: Value[] = [];
      eachElement(object, length, value => void present.push(value));
      sortValues(present, comparator).forEach((value, index) => set(object, String(index), value));
      for (let i = present.length; i < length; i++) if (object.hasProperty(String(i))) deletePropertyOrThrow(object, String(i));
      return object;
    }],
    splice: [2, (self, args) => {
      const object = toObject(self);
      const length = lengthOfArrayLike(object);
      const start = toAbsoluteIndex(args[0], length, 0);
      const count = args.length === 0 ? 0 : args.length === 1 ? length - start : Math.min(Math.max(toIntegerOrInfinity(args[1]), 0), length - start);
      const items = args.slice(2);
      const removed = arraySpeciesCreate(object, count);
      for (let i = 0; i < count; i++) {
        const found = element(object, start + i);
        if (found) createDataPropertyOrThrow(removed, String(i), found.value);
      }
      setLength(removed, count);
      if (items.length !== count) {
        moveElements(object, start + count, start + items.length, length - start - count);
        for (let i = length - 1; i >= length - count + items.length; i--) deletePropertyOrThrow(object, String(i));
      }
      items.forEach((value, index) => set(object, String(start + index), value));
      setLength(object, length - count + items.length);
      return removed;
    }],
    toLocaleString: [0, self => {
      const object = toObject(self);
      return listOf(object).map(value => (value === undefined || value === null ? '' : toString(invoke(value, 'toLocaleString')))).join(',');
    }],
    toReversed: [0, self => createArrayFromList(listOf(toObject(self)).reverse())],
    toSorted: [1, (self, [comparator]) => {
      if (comparator !== undefined) callable(comparator);
      return createArrayFromList(sortValues(listOf(toObject(self)), comparator));
    }],
    toSpliced: [2, (self, args) => {
      const list = listOf(toObject(self));
      const start = toAbsoluteIndex(args[0], list.length, 0);
      list.splice(start, args.length === 1 ? list.length : args.length === 0 ? 0 : Math.max(0, toIntegerOrInfinity(args[1])), ...args.slice(2));
      return createArrayFromList(list);
    }],
    toString: [0, self => {
      const object = toObject(self);
      const fn = get(object, 'join');
      return isCallable(fn) ? call(fn, object, []) : objectToString(object);
    }],
    unshift: [1, (self, args) => {
      const object = toObject(self);
      const length = lengthOfArrayLike(object);
      if (args.length > 0) {
        moveElements(object, 0, args.length, length);
        args.forEach((value, index) => set(object, String(index), value));
      }
      setLength(object, length + args.length);
      return length + args.length;
    }],
    values: [0, self => createArrayIterator(toObject(self), 'value')],
    with: [2, (self, [index, value]) => {
      const list = listOf(toObject(self));
      const relative = toIntegerOrInfinity(index);
      const at = relative < 0 ? list.length + relative : relative;
      if (at < 0 || at >= list.length) throwError('RangeError', 'Invalid index : ' + String(relative));
      list[at] = value;
      return createArrayFromList(list);
    }],
  });
  const values = prototype.properties.get('values')!.value as ObjectValue;
  const unscopables = new ObjectValue(null);
  for (const name of ['at', 'copyWithin', 'entries', 'fill', 'find', 'findIndex', 'findLast', 'findLastIndex', 'flat', 'flatMap', 'includes', 'keys', ...(surroundingAgent.options.node >= 22 ? ['toReversed', 'toSorted', 'toSpliced', 'values'] : surroundingAgent.options.node >= 20 ? ['values', 'toReversed', 'toSorted', 'toSpliced'] : ['values'])]) {
    unscopables.properties.set(name, { value: true, writable: true, enumerable: true, configurable: true });
  }
  intrinsics.value(prototype, Symbol.unscopables, unscopables, 'tag');
  intrinsics.define('%Array.prototype.values%', values);
  intrinsics.value(prototype, Symbol.iterator, values);
}

/** Moves `count` elements from one index to another, holes with them. */
function moveElements(object: ObjectValue, from: number, to: number, count: number): void {
  for (let n = 0; n < count; n++) {
    surroundingAgent.count();
    const i = from < to ? count - 1 - n : n;
    const found = element(object, from + i);
    if (found) set(object, String(to + i), found.value);
    else deletePropertyOrThrow(object, String(to + i));
  }
}

/** Objects whose join is under way: a cycle prints as nothing, as in V8. */
const joining = new Set<ObjectValue>();

function join(object: ObjectValue, separator: string): Value {
  if (joining.has(object)) return '';
  joining.add(object);
  try {
    let unknown: UnknownValue | null = null;
    const texts = listOf(object).map(value => {
      if (value === undefined || value === null) return '';
      if (!(value instanceof UnknownValue)) return toString(value);
      unknown = value;
      return textOf(value);
    });
    surroundingAgent.allocate(texts.reduce((sum, text) => sum + text.length, 0) >> 3);
    const text = texts.join(separator);
    return unknown ? new UnknownValue(`a text with ${(unknown as UnknownValue).origin}`, 'string', text) : text;
  } finally {
    joining.delete(object);
  }
}

/** Array.fromAsync (ECMA-262 §23.1.2.2) */
function* fromAsync(self: Value, items: Value, mapper: Value, thisArgument: Value): Steps {
  if (mapper !== undefined) callable(mapper);
  const asyncMethod = getMethod(items, Symbol.asyncIterator);
  const syncMethod = asyncMethod === undefined ? getMethod(items, Symbol.iterator) : undefined;
  const constructor = isConstructor(self) ? self : surroundingAgent.intrinsics.get('%Array%');
  if (asyncMethod !== undefined || syncMethod !== undefined) {
    const array = construct(constructor, []);
    const record = asyncMethod !== undefined ? getIteratorFromMethod(items, asyncMethod) : createAsyncFromSyncIterator(getIteratorFromMethod(items, syncMethod));
    for (let index = 0; ; index++) {
      const next = yield* asyncIteratorStep(record);
      if (next === iterationDone) {
        setLength(array, index);
        return array;
      }
      try {
        let value = next as Value;
        if (mapper !== undefined) value = yield* await_(call(mapper, thisArgument, [value, index]));
        createDataPropertyOrThrow(array, String(index), value);
      } catch (error) {
        if (error instanceof ProgramError || error instanceof ReturnCompletion) {
          const close = getMethod(record.iterator, 'return');
          if (close !== undefined) yield* await_(call(close, record.iterator, []));
        }
        throw error;
      }
    }
  }
  const source = toObject(items);
  const length = lengthOfArrayLike(source);
  const array = construct(constructor, [length]);
  for (let index = 0; index < length; index++) {
    let value = yield* await_(get(source, String(index)));
    if (mapper !== undefined) value = yield* await_(call(mapper, thisArgument, [value, index]));
    createDataPropertyOrThrow(array, String(index), value);
  }
  setLength(array, length);
  return array;
}

