import type { TSESTree } from '../../syntax/source-file.ts';
import { surroundingAgent, throwError } from '../agent.ts';
import { ProgramError } from '../event-loop/engine.ts';
import { ReturnCompletion, await_, type Steps } from '../evaluation/coroutine.ts';
import { BuiltinIterator } from '../exotic-objects.ts';
import { isCallable } from '../function-objects.ts';
import { ObjectValue, UnknownValue, type Value } from '../values.ts';
import { createAsyncFromSyncIterator } from './async-from-sync-iterator.ts';
import { describeValue, printCallee } from './messages.ts';
import { call, get, getMethod, getV, ordinaryObjectCreate } from './operations-on-objects.ts';
import { toBoolean } from './type-conversion.ts';
import { UnknownOperand } from './unknown-values.ts';

/** Iterator Record (ECMA-262 §7.4.1) */
export interface IteratorRecord {
  readonly iterator: ObjectValue;
  readonly next: Value;
  done: boolean;
}

/** No more elements. */
export const iterationDone = Symbol('done');

/** GetIterator (ECMA-262 §7.4.4). @param source where the value stands, for the message */
export function getIterator(value: Value, kind: 'sync' | 'async', source?: TSESTree.Node): IteratorRecord {
  if (value instanceof UnknownValue) throw new UnknownOperand(value, 'object');
  if (kind === 'async') {
    const method = value === undefined || value === null ? undefined : getMethod(value, Symbol.asyncIterator);
    if (method !== undefined) return getIteratorFromMethod(value, method);
    const syncMethod = value === undefined || value === null ? undefined : getMethod(value, Symbol.iterator);
    if (syncMethod === undefined) throwError('TypeError', `${shown(value, source)} is not async iterable`);
    return createAsyncFromSyncIterator(getIteratorFromMethod(value, syncMethod));
  }
  const method = value === undefined || value === null ? undefined : getV(value, Symbol.iterator);
  if (method === undefined || method === null || !isCallable(method)) throwError('TypeError', notIterable(value, source));
  return getIteratorFromMethod(value, method);
}

function shown(value: Value, source: TSESTree.Node | undefined): string {
  return source ? printCallee(source) : typeof value === 'object' && value !== null ? describeValue(value) : typeof value === 'function' ? 'function' : String(value as string);
}

function notIterable(value: Value, source: TSESTree.Node | undefined): string {
  const text = shown(value, source);
  if ((value === undefined || value === null) && (!source || source.type === 'Identifier' && source.name === 'undefined')) return `${String(value)} is not iterable${source ? '' : ' (cannot read property Symbol(Symbol.iterator))'}`;
  return `${text === '(intermediate value)' && source ? (source.type === 'ObjectExpression' ? (source.properties.length === 0 ? '{}' : '{(intermediate value)}') : text) : text} is not iterable`;
}

export function getIteratorFromMethod(value: Value, method: Value): IteratorRecord {
  const iterator = call(method, value, []);
  if (!(iterator instanceof ObjectValue)) throwError('TypeError', `Result of the Symbol.iterator method is not an object`);
  return { iterator, next: get(iterator, 'next'), done: false };
}

/** GetIteratorDirect (ECMA-262 §7.4.2) */
export function getIteratorDirect(iterator: ObjectValue): IteratorRecord {
  return { iterator, next: get(iterator, 'next'), done: false };
}

/** IteratorStepValue (ECMA-262 §7.4.10); a builtin iterator whose `next` is its own is asked directly. */
export function iteratorStepValue(record: IteratorRecord): Value | typeof iterationDone {
  const { iterator } = record;
  if (iterator instanceof BuiltinIterator && record.next === surroundingAgent.intrinsics.nextOf(iterator.iteratorKind)) {
    const step = iterator.running ? undefined : advance(iterator);
    if (step) return step.value;
    record.done = true;
    return iterationDone;
  }
  try {
    const result = call(record.next, iterator, []);
    if (!(result instanceof ObjectValue)) throwError('TypeError', `Iterator result ${describeValue(result)} is not an object`);
    if (toBoolean(get(result, 'done'))) {
      record.done = true;
      return iterationDone;
    }
    return get(result, 'value');
  } catch (error) {
    record.done = true;
    throw error;
  }
}

/** One step of a builtin iterator; undefined at its end, after which it stays there. */
export function advance(iterator: BuiltinIterator): { value: Value } | undefined {
  if (iterator.running) throwError('TypeError', 'Generator is already running');
  if (!iterator.step) return undefined;
  iterator.running = true;
  iterator.started = true;
  try {
    const step = iterator.step();
    if (!step) iterator.step = null;
    return step;
  } catch (error) {
    iterator.step = null;
    throw error;
  } finally {
    iterator.running = false;
  }
}

/** One step of `for await`: Await of the result of next (ECMA-262 §14.7.5.7 step 6). */
export function* asyncIteratorStep(record: IteratorRecord): Steps<Value | typeof iterationDone> {
  const result = yield* await_(call(record.next, record.iterator, []));
  if (!(result instanceof ObjectValue)) throwError('TypeError', `Iterator result ${describeValue(result)} is not an object`);
  return toBoolean(get(result, 'done')) ? iterationDone : get(result, 'value');
}

/** IteratorClose (ECMA-262 §7.4.11): an exception under way wins over what `return` does. */
export function iteratorClose(record: IteratorRecord, failure: unknown): void {
  if (failure !== undefined && !(failure instanceof ProgramError) && !(failure instanceof ReturnCompletion)) return;
  record.done = true;
  try {
    const method = getMethod(record.iterator, 'return');
    if (method === undefined) return;
    const result = call(method, record.iterator, []);
    if (!(failure instanceof ProgramError) && !(result instanceof ObjectValue)) throwError('TypeError', `${describeValue(result)} is not an object`);
  } catch (error) {
    if (!(failure instanceof ProgramError && error instanceof ProgramError)) throw error;
  }
}

/** Calls `visit` for each element; closes the iterator when it throws. */
export function forEachOf(iterable: Value, visit: (value: Value) => void): void {
  const record = getIterator(iterable, 'sync');
  for (;;) {
    const next = iteratorStepValue(record);
    if (next === iterationDone) return;
    surroundingAgent.count();
    try {
      visit(next as Value);
    } catch (error) {
      iteratorClose(record, error);
      throw error;
    }
  }
}

/** CreateIterResultObject (ECMA-262 §7.4.14) */
export function createIteratorResult(value: Value, done: boolean): ObjectValue {
  const result = ordinaryObjectCreate();
  result.properties.set('value', { value, writable: true, enumerable: true, configurable: true });
  result.properties.set('done', { value: done, writable: true, enumerable: true, configurable: true });
  return result;
}
