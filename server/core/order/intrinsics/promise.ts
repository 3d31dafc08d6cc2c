import { surroundingAgent, throwError } from '../agent.ts';
import { ProgramError } from '../event-loop/engine.ts';
import { isCallable, isConstructor } from '../function-objects.ts';
import { ObjectValue, UnknownValue, type Value } from '../values.ts';
import { call, createArrayFromList, createDataPropertyOrThrow, get, getPrototypeFromConstructor, invoke, ordinaryObjectCreate, speciesConstructor } from '../abstract-operations/operations-on-objects.ts';
import { getIterator, iterationDone, iteratorClose, iteratorStepValue, type IteratorRecord } from '../abstract-operations/iterator-operations.ts';
import { describeValue } from '../abstract-operations/messages.ts';
import { createResolvingFunctions, newPromiseCapability, performPromiseThen, PromiseObject, promiseResolve, stepLocations, type PromiseCapability } from '../abstract-operations/promise-operations.ts';
import type { Intrinsics } from './intrinsics.ts';

/** Promise (ECMA-262 §27.2) */
export function createPromise(intrinsics: Intrinsics): void {
  const { constructor, prototype } = intrinsics.constructorAndPrototype('Promise', 1, (_, [executor], newTarget) => {
    if (!newTarget) throwError('TypeError', "Promise constructor cannot be invoked without 'new'");
    if (!isCallable(executor)) throwError('TypeError', `Promise resolver ${describeValue(executor)} is not a function`);
    const promise = new PromiseObject(getPrototypeFromConstructor(newTarget, '%Promise.prototype%'));
    const { resolve, reject } = createResolvingFunctions(promise);
    try {
      call(executor, undefined, [resolve, reject]);
    } catch (error) {
      if (!(error instanceof ProgramError)) throw error;
      call(reject, undefined, [(error.value as Value)]);
    }
    return promise;
  });
  intrinsics.species(constructor);
  const { node } = surroundingAgent.options;
  /** What a reaction is called that `catch` or `finally` registers. */
  let labelOfThen = 'then';

  intrinsics.method(prototype, 'then', 2, (self, [onFulfilled, onRejected]) => {
    if (!(self instanceof PromiseObject)) throwError('TypeError', `Method Promise.prototype.then called on incompatible receiver ${describeValue(self)}`);
    const capability = newPromiseCapability(speciesConstructor(self, constructor));
    performPromiseThen(self, onFulfilled, onRejected, capability, labelOfThen);
    return capability.promise;
  });
  const labelled = <T>(label: string, run: () => T): T => {
    labelOfThen = label;
    try {
      return run();
    } finally {
      labelOfThen = 'then';
    }
  };
  intrinsics.method(prototype, 'catch', 1, (self, [onRejected]) => labelled('catch', () => invoke(self, 'then', [undefined, onRejected])));
  intrinsics.method(prototype, 'finally', 1, (self, [onFinally]) => {
    if (!(self instanceof ObjectValue)) throwError('TypeError', 'Promise.prototype.finally called on a non-object');
    const C = speciesConstructor(self, constructor);
    if (!isCallable(onFinally)) return labelled('finally', () => invoke(self, 'then', [onFinally, onFinally]));
    const thenFinally = intrinsics.builtin('', 1, (_, [value]) => {
      const result = call(onFinally, undefined, []);
      const promise = promiseResolve(C, result);
      return invoke(promise, 'then', [intrinsics.builtin('', 0, () => value)]);
    });
    const catchFinally = intrinsics.builtin('', 1, (_, [reason]) => {
      const result = call(onFinally, undefined, []);
      const promise = promiseResolve(C, result);
      return invoke(promise, 'then', [intrinsics.builtin('', 0, () => {
        throw new ProgramError(reason);
      })]);
    });
    stepLocations.set(thenFinally, onFinally);
    stepLocations.set(catchFinally, onFinally);
    return labelled('finally', () => invoke(self, 'then', [thenFinally, catchFinally]));
  });
  intrinsics.value(prototype, Symbol.toStringTag, 'Promise', 'tag');

  intrinsics.methods(constructor, {
    resolve: [1, (self, [value]) => {
      if (!(self instanceof ObjectValue)) throwError('TypeError', 'PromiseResolve called on non-object');
      return promiseResolve(self, value);
    }],
    reject: [1, (self, [reason]) => {
      const capability = newPromiseCapability(self);
      call(capability.reject, undefined, [reason]);
      return capability.promise;
    }],
    all: [1, (self, [iterable]) => combine(self, iterable, (values, capability) => ({
      fulfilled: index => once(value => values.set(index, value, true)),
      rejected: () => capability.reject,
    }), (values, capability) => call(capability.resolve, undefined, [createArrayFromList(values)]))],
    allSettled: [1, (self, [iterable]) => combine(self, iterable, values => ({
      fulfilled: (index, done) => once(value => values.set(index, record('fulfilled', 'value', value), true), done),
      rejected: (index, done) => once(reason => values.set(index, record('rejected', 'reason', reason), true), done),
    }), (values, capability) => call(capability.resolve, undefined, [createArrayFromList(values)]))],
    any: [1, (self, [iterable]) => combine(self, iterable, (values, capability) => ({
      fulfilled: () => capability.resolve,
      rejected: index => once(reason => values.set(index, reason, true)),
    }), (errors, capability) => {
      const error = intrinsics.makeError('AggregateError', 'All promises were rejected');
      intrinsics.value(error, 'errors', createArrayFromList(errors));
      return call(capability.reject, undefined, [error]);
    })],
    race: [1, (self, [iterable]) => combine(self, iterable, (_, capability) => ({ fulfilled: () => capability.resolve, rejected: () => capability.reject }), null)],
    ...(node >= 22 ? { withResolvers: [0, (self: Value): Value => {
      const { promise, resolve, reject } = newPromiseCapability(self);
      const result = ordinaryObjectCreate();
      createDataPropertyOrThrow(result, 'promise', promise);
      createDataPropertyOrThrow(result, 'resolve', resolve);
      createDataPropertyOrThrow(result, 'reject', reject);
      return result;
    }] as const } : {}),
    ...(node >= 24 ? { try: [1, (self: Value, [fn, ...args]: readonly Value[]): Value => {
      if (!(self instanceof ObjectValue)) throwError('TypeError', 'Promise.try called on non-object');
      const capability = newPromiseCapability(self);
      try {
        call(capability.resolve, undefined, [call(fn, undefined, args)]);
      } catch (error) {
        if (!(error instanceof ProgramError)) throw error;
        call(capability.reject, undefined, [(error.value as Value)]);
      }
      return capability.promise;
    }] as const } : {}),
  });

  const record = (status: string, name: string, value: Value): ObjectValue => {
    const object = ordinaryObjectCreate();
    createDataPropertyOrThrow(object, 'status', status);
    createDataPropertyOrThrow(object, name, value);
    return object;
  };
  const once = (run: (value: Value) => void, called: { done: boolean } = { done: false }): ObjectValue => intrinsics.builtin('', 1, (_, [value]) => {
    if (!called.done) {
      called.done = true;
      run(value);
    }
    return undefined;
  });
}

interface Values {
  set(index: number, value: Value, settles: boolean): void;
}

interface ElementFunctions {
  fulfilled(index: number, called: { done: boolean }): Value;
  rejected(index: number, called: { done: boolean }): Value;
}

/**
 * Promise.all, allSettled, any and race (ECMA-262 §27.2.4): PerformPromiseAll and its siblings.
 * @param complete what happens when all elements are there; null for race
 */
function combine(self: Value, iterable: Value, elements: (values: Values, capability: PromiseCapability) => ElementFunctions, complete: ((values: Value[], capability: PromiseCapability) => void) | null): Value {
  const capability = newPromiseCapability(self);
  const C = self as ObjectValue;
  if (iterable instanceof UnknownValue) {
    surroundingAgent.incomplete(`a combinator over ${iterable.origin}, whose elements are unknown`);
    return capability.promise;
  }
  let record: IteratorRecord | null = null;
  try {
    const promiseResolveFunction = get(C, 'resolve');
    if (!isConstructor(C) || !isCallable(promiseResolveFunction)) throwError('TypeError', 'Promise resolve or reject function is not callable');
    record = getIterator(iterable, 'sync');
    const list: Value[] = [];
    let remaining = 1;
    const values: Values = { set(index, value) {
      list[index] = value;
      if (--remaining === 0) complete?.(list, capability);
    } };
    const functions = elements(values, capability);
    for (let index = 0; ; index++) {
      const next = iteratorStepValue(record);
      if (next === iterationDone) {
        if (--remaining === 0) complete?.(list, capability);
        return capability.promise;
      }
      surroundingAgent.count();
      list.push(undefined);
      const promise = call(promiseResolveFunction, C, [next as Value]);
      remaining++;
      const called = { done: false };
      invoke(promise, 'then', [functions.fulfilled(index, called), functions.rejected(index, called)]);
    }
  } catch (error) {
    // IfAbruptRejectPromise, after IteratorClose where the iterator is not done
    if (!(error instanceof ProgramError)) throw error;
    let failure = error;
    if (record && !record.done) {
      try {
        iteratorClose(record, error);
      } catch (other) {
        if (!(other instanceof ProgramError)) throw other;
        failure = other;
      }
    }
    call(capability.reject, undefined, [(failure.value as Value)]);
    return capability.promise;
  }
}
