import { surroundingAgent } from '../agent.ts';
import { ProgramError } from '../event-loop/engine.ts';
import { ObjectValue, type Value } from '../values.ts';
import { createIteratorResult, iteratorClose, type IteratorRecord } from './iterator-operations.ts';
import { call, createBuiltinFunction, get, getMethod, ordinaryObjectCreate } from './operations-on-objects.ts';
import { addReactions, newPromise, promiseResolve, rejectPromise, resolvePromise, type PromiseObject } from './promise-operations.ts';
import { toBoolean } from './type-conversion.ts';

/** CreateAsyncFromSyncIterator (ECMA-262 §27.1.6.1): an async iterator over a sync one; each value is awaited. */
export function createAsyncFromSyncIterator(sync: IteratorRecord): IteratorRecord {
  const iterator = ordinaryObjectCreate(surroundingAgent.intrinsics.get('%AsyncIteratorPrototype%'));
  const next = method('next', (promise, args) => asyncFromSyncIteratorContinuation(call(sync.next, sync.iterator, args), promise, sync, true));
  iterator.properties.set('next', { value: next, writable: true, enumerable: false, configurable: true });
  iterator.properties.set('return', { value: method('return', (promise, args) => {
    const fn = getMethod(sync.iterator, 'return');
    if (fn === undefined) resolvePromise(promise, createIteratorResult(args[0], true));
    else asyncFromSyncIteratorContinuation(call(fn, sync.iterator, args), promise, sync, false);
  }), writable: true, enumerable: false, configurable: true });
  iterator.properties.set('throw', { value: method('throw', (promise, args) => {
    const fn = getMethod(sync.iterator, 'throw');
    if (fn === undefined) {
      sync.done = true;
      iteratorClose(sync, undefined);
      rejectPromise(promise, surroundingAgent.intrinsics.makeError('TypeError', "The iterator does not provide a 'throw' method"));
    } else asyncFromSyncIteratorContinuation(call(fn, sync.iterator, args), promise, sync, true);
  }), writable: true, enumerable: false, configurable: true });
  return { iterator, next, done: false };
}

function method(name: string, run: (promise: PromiseObject, args: readonly Value[]) => void): ObjectValue {
  return createBuiltinFunction(name, 1, (_, args) => {
    const promise = newPromise();
    try {
      run(promise, args);
    } catch (error) {
      // IfAbruptRejectPromise
      if (!(error instanceof ProgramError)) throw error;
      rejectPromise(promise, (error.value as Value));
    }
    return promise;
  });
}

/** AsyncFromSyncIteratorContinuation (ECMA-262 §27.1.6.4) */
function asyncFromSyncIteratorContinuation(result: Value, promise: PromiseObject, sync: IteratorRecord, closeOnRejection: boolean): void {
  if (!(result instanceof ObjectValue)) {
    rejectPromise(promise, surroundingAgent.intrinsics.makeError('TypeError', `Iterator result ${String(result)} is not an object`));
    return;
  }
  // 2. Let done be Completion(IteratorComplete(result)).
  const done = toBoolean(get(result, 'done'));
  // 4. Let value be Completion(IteratorValue(result)).
  const value = get(result, 'value');
  // 6. Let valueWrapper be Completion(PromiseResolve(%Promise%, value)).
  let wrapper: ObjectValue;
  try {
    wrapper = promiseResolve(surroundingAgent.intrinsics.get('%Promise%'), value);
  } catch (error) {
    if (!done && closeOnRejection && error instanceof ProgramError && closes()) iteratorClose(sync, error);
    throw error;
  }
  // 13. PerformPromiseThen(valueWrapper, onFulfilled, onRejected, promiseCapability).
  addReactions(wrapper as PromiseObject,
    { host: settled => resolvePromise(promise, createIteratorResult(settled, done)) },
    { host: reason => {
      if (!done && closeOnRejection && closes()) iteratorClose(sync, new ProgramError(reason));
      rejectPromise(promise, reason);
    } }, null);
}

/** Closing the sync iterator when a value rejects came with V8 13 (ECMA-262 PR 2600). */
function closes(): boolean {
  return surroundingAgent.options.node >= 24;
}
