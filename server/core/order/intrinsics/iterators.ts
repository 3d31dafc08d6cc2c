import { surroundingAgent, throwError } from '../agent.ts';
import { BuiltinIterator } from '../exotic-objects.ts';
import { isCallable } from '../function-objects.ts';
import { ArrayObject, hole, ObjectValue, type Value } from '../values.ts';
import { asyncGeneratorRequest } from '../abstract-operations/async-generator-operations.ts';
import { generatorResume } from '../abstract-operations/generator-operations.ts';
import { advance, createIteratorResult, getIteratorDirect, getIteratorFromMethod, iterationDone, iteratorClose, iteratorStepValue, type IteratorRecord } from '../abstract-operations/iterator-operations.ts';
import { call, createArrayFromList, get, getMethod, getPrototypeFromConstructor, lengthOfArrayLike } from '../abstract-operations/operations-on-objects.ts';
import { toBoolean, toIntegerOrInfinity, toNumber } from '../abstract-operations/type-conversion.ts';
import { describeValue } from '../abstract-operations/messages.ts';
import type { Intrinsics } from './intrinsics.ts';

/** The prototype of a kind of builtin iterators: `Array Iterator`, `Map Iterator`… */
export function builtinIterator(intrinsics: Intrinsics, kind: string): ObjectValue {
  const name = `%${kind.replace(/ /g, '')}Prototype%`;
  if (intrinsics.has(name)) return intrinsics.get(name);
  const prototype = new ObjectValue(intrinsics.get('%Iterator.prototype%'));
  intrinsics.define(name, prototype);
  const next = intrinsics.method(prototype, 'next', 0, self => {
    if (!(self instanceof BuiltinIterator) || self.iteratorKind !== kind) throwError('TypeError', `next method called on incompatible receiver ${describeValue(self)}`);
    const step = advance(self);
    return step ? createIteratorResult(step.value, false) : createIteratorResult(undefined, true);
  });
  intrinsics.setNextOf(kind, next);
  intrinsics.value(prototype, Symbol.toStringTag, kind, 'tag');
  if (kind === 'Iterator Helper') {
    intrinsics.method(prototype, 'return', 0, self => {
      if (!(self instanceof BuiltinIterator)) throwError('TypeError', 'not an Iterator Helper');
      const open = self.step !== null;
      self.step = null;
      if (open) self.close?.();
      return createIteratorResult(undefined, true);
    });
  }
  return prototype;
}

/** CreateArrayIterator (ECMA-262 §23.1.5.1) */
export function createArrayIterator(array: ObjectValue, kind: 'key' | 'value' | 'key+value'): BuiltinIterator {
  let index = 0;
  return new BuiltinIterator(builtinIterator(surroundingAgent.intrinsics, 'Array Iterator'), 'Array Iterator', () => {
    if (index >= lengthOfArrayLike(array)) return undefined;
    const at = index++;
    if (kind === 'key') return { value: at };
    const dense = array instanceof ArrayObject ? array.at(at) : hole;
    const value = dense === hole ? get(array, String(at)) : (dense as Value);
    return { value: kind === 'value' ? value : createArrayFromList([at, value]) };
  });
}

/** Iterator, %Iterator.prototype% with its helpers (ECMA-262 §27.1), %AsyncIteratorPrototype%. */
export function createIterator(intrinsics: Intrinsics): void {
  const asyncPrototype = new ObjectValue(intrinsics.get('%Object.prototype%'));
  intrinsics.define('%AsyncIteratorPrototype%', asyncPrototype);
  intrinsics.method(asyncPrototype, Symbol.asyncIterator, 0, self => self);
  const { constructor, prototype } = intrinsics.constructorAndPrototype('Iterator', 0, (_, __, newTarget) => {
    if (!newTarget || newTarget === constructor) throwError('TypeError', 'Abstract class Iterator not directly constructable');
    return new ObjectValue(getPrototypeFromConstructor(newTarget, '%Iterator.prototype%'));
  });
  intrinsics.method(prototype, Symbol.iterator, 0, self => self);
  intrinsics.value(prototype, Symbol.toStringTag, 'Iterator');
  intrinsics.method(prototype, intrinsics.wellKnown.dispose, 0, self => {
    const method = getMethod(self, 'return');
    if (method !== undefined) call(method, self, []);
    return undefined;
  });
  // Node 22 (V8 12.2) brought the helpers.
  if (surroundingAgent.options.node < 22) return;

  const open = (self: Value, fn: Value, name: string): IteratorRecord => {
    if (!(self instanceof ObjectValue)) throwError('TypeError', `Iterator.prototype.${name} called on non-object`);
    if (!isCallable(fn)) throwError('TypeError', `${describeValue(fn)} is not a function`);
    return getIteratorDirect(self);
  };
  const helper = (record: IteratorRecord, step: () => { value: Value } | undefined, close = (): void => iteratorClose(record, undefined)): BuiltinIterator => new BuiltinIterator(builtinIterator(intrinsics, 'Iterator Helper'), 'Iterator Helper', step, close);
  /** Runs the program's callback; closes the iterator when it throws. */
  const guarded = <T>(record: IteratorRecord, run: () => T): T => {
    try {
      return run();
    } catch (error) {
      iteratorClose(record, error);
      throw error;
    }
  };
  const limitOf = (self: Value, limit: Value, name: string): [IteratorRecord, number] => {
    if (!(self instanceof ObjectValue)) throwError('TypeError', `Iterator.prototype.${name} called on non-object`);
    const number = toNumber(limit);
    if (Number.isNaN(number) || toIntegerOrInfinity(number) < 0) throwError('RangeError', `${describeValue(limit)} must be positive`);
    return [getIteratorDirect(self), toIntegerOrInfinity(number)];
  };
  const each = (record: IteratorRecord, visit: (value: Value, index: number) => Value | typeof iterationDone): Value => {
    for (let index = 0; ; index++) {
      const next = iteratorStepValue(record);
      if (next === iterationDone) return undefined;
      surroundingAgent.count();
      const result = guarded(record, () => visit(next as Value, index));
      if (result !== iterationDone) {
        iteratorClose(record, undefined);
        return result as Value;
      }
    }
  };
  intrinsics.methods(prototype, {
    map: [1, (self, [fn]) => {
      const record = open(self, fn, 'map');
      let index = 0;
      return helper(record, () => {
        const next = iteratorStepValue(record);
        return next === iterationDone ? undefined : { value: guarded(record, () => call(fn, undefined, [next as Value, index++])) };
      });
    }],
    filter: [1, (self, [fn]) => {
      const record = open(self, fn, 'filter');
      let index = 0;
      return helper(record, () => {
        for (;;) {
          const next = iteratorStepValue(record);
          if (next === iterationDone) return undefined;
          surroundingAgent.count();
          if (guarded(record, () => toBoolean(call(fn, undefined, [next as Value, index++])))) return { value: next as Value };
        }
      });
    }],
    take: [1, (self, [limit]) => {
      const [record, count] = limitOf(self, limit, 'take');
      let left = count;
      return helper(record, () => {
        if (left <= 0) {
          iteratorClose(record, undefined);
          return undefined;
        }
        left--;
        const next = iteratorStepValue(record);
        return next === iterationDone ? undefined : { value: next as Value };
      });
    }],
    drop: [1, (self, [limit]) => {
      const [record, count] = limitOf(self, limit, 'drop');
      let left = count;
      return helper(record, () => {
        for (; left > 0; left--) {
          surroundingAgent.count();
          if (iteratorStepValue(record) === iterationDone) return undefined;
        }
        const next = iteratorStepValue(record);
        return next === iterationDone ? undefined : { value: next as Value };
      });
    }],
    flatMap: [1, (self, [fn]) => {
      const record = open(self, fn, 'flatMap');
      let inner: IteratorRecord | null = null;
      let index = 0;
      return helper(record, () => {
        for (;;) {
          if (!inner) {
            const next = iteratorStepValue(record);
            if (next === iterationDone) return undefined;
            inner = guarded(record, () => {
              const mapped = call(fn, undefined, [next as Value, index++]);
              if (!(mapped instanceof ObjectValue)) throwError('TypeError', `${describeValue(mapped)} is not an object`);
              const method = getMethod(mapped, Symbol.iterator);
              return method === undefined ? getIteratorDirect(mapped) : getIteratorFromMethod(mapped, method);
            });
          }
          surroundingAgent.count();
          const current: IteratorRecord = inner;
          const next = guarded(record, () => iteratorStepValue(current));
          if (next !== iterationDone) return { value: next as Value };
          inner = null;
        }
      }, () => {
        if (inner) iteratorClose(inner, undefined);
        iteratorClose(record, undefined);
      });
    }],
    reduce: [1, (self, args) => {
      const record = open(self, args[0], 'reduce');
      let accumulator: Value;
      let index = 0;
      if (args.length > 1) accumulator = args[1];
      else {
        const first = iteratorStepValue(record);
        if (first === iterationDone) throwError('TypeError', 'Reduce of a done iterator with no initial value');
        accumulator = first as Value;
        index = 1;
      }
      each(record, value => {
        accumulator = call(args[0], undefined, [accumulator, value, index++]);
        return iterationDone;
      });
      return accumulator;
    }],
    toArray: [0, self => {
      if (!(self instanceof ObjectValue)) throwError('TypeError', 'Iterator.prototype.toArray called on non-object');
      const list: Value[] = [];
      each(getIteratorDirect(self), value => {
        list.push(value);
        return iterationDone;
      });
      return createArrayFromList(list);
    }],
    forEach: [1, (self, [fn]) => each(open(self, fn, 'forEach'), (value, index) => {
      call(fn, undefined, [value, index]);
      return iterationDone;
    })],
    some: [1, (self, [fn]) => each(open(self, fn, 'some'), (value, index) => (toBoolean(call(fn, undefined, [value, index])) ? true : iterationDone)) ?? false],
    every: [1, (self, [fn]) => each(open(self, fn, 'every'), (value, index) => (toBoolean(call(fn, undefined, [value, index])) ? iterationDone : false)) ?? true],
    find: [1, (self, [fn]) => each(open(self, fn, 'find'), (value, index) => (toBoolean(call(fn, undefined, [value, index])) ? value : iterationDone))],
  });
  intrinsics.method(constructor, 'from', 1, (_, [value]) => {
    const method = getMethod(value, Symbol.iterator);
    const record = method === undefined ? getIteratorDirect(value as ObjectValue) : getIteratorFromMethod(value, method);
    for (let p: ObjectValue | null = record.iterator; p; p = p.getPrototypeOf()) if (p === prototype) return record.iterator;
    return helper(record, () => {
      const next = iteratorStepValue(record);
      return next === iterationDone ? undefined : { value: next as Value };
    });
  });
}

/** Generator and async generator prototypes (ECMA-262 §27.5, §27.6). */
export function createGenerators(intrinsics: Intrinsics): void {
  const generator = new ObjectValue(intrinsics.get('%Iterator.prototype%'));
  intrinsics.define('%GeneratorPrototype%', generator);
  intrinsics.methods(generator, {
    next: [1, (self, [value]) => generatorResume(self, { type: 'normal', value }, 'next')],
    return: [1, (self, [value]) => generatorResume(self, { type: 'return', value }, 'return')],
    throw: [1, (self, [value]) => generatorResume(self, { type: 'throw', value }, 'throw')],
  });
  const asyncGenerator = new ObjectValue(intrinsics.get('%AsyncIteratorPrototype%'));
  intrinsics.define('%AsyncGeneratorPrototype%', asyncGenerator);
  intrinsics.methods(asyncGenerator, {
    next: [1, (self, [value]) => asyncGeneratorRequest(self, { type: 'normal', value })],
    return: [1, (self, [value]) => asyncGeneratorRequest(self, { type: 'return', value })],
    throw: [1, (self, [value]) => asyncGeneratorRequest(self, { type: 'throw', value })],
  });
  for (const [prototype, name] of [[generator, 'Generator'], [asyncGenerator, 'AsyncGenerator']] as const) {
    const functions = intrinsics.get(`%${name}Function.prototype%`);
    intrinsics.value(prototype, 'constructor', functions, 'tag');
    intrinsics.value(prototype, Symbol.toStringTag, name, 'tag');
    intrinsics.value(functions, 'prototype', prototype, 'tag');
  }
}

