import { surroundingAgent, throwError } from '../agent.ts';
import { ProgramError } from '../event-loop/engine.ts';
import { await_, type Steps } from '../evaluation/coroutine.ts';
import { isCallable } from '../function-objects.ts';
import { ObjectValue, UnknownValue, type Value } from '../values.ts';
import { call, getV } from './operations-on-objects.ts';

/** DisposableResource Record (tc39/proposal-explicit-resource-management). */
export interface DisposableResource {
  readonly value: Value;
  readonly hint: 'sync' | 'async';
  readonly method: ObjectValue | null;
  /** `await using` fell back to Symbol.dispose: its result is not awaited. */
  readonly fallback: boolean;
}

/** CreateDisposableResource; null for `using x = null`. */
export function createDisposableResource(value: Value, hint: 'sync' | 'async'): DisposableResource | null {
  if (value === null || value === undefined) return hint === 'sync' ? null : { value: undefined, hint, method: null, fallback: false };
  if (value instanceof UnknownValue) {
    surroundingAgent.incomplete(`${value.origin} is disposed of, which is unknown`);
    return null;
  }
  if (!(value instanceof ObjectValue)) throwError('TypeError', 'Symbol.dispose is not a function');
  const { wellKnown } = surroundingAgent.intrinsics;
  let method = hint === 'async' ? getV(value, wellKnown.asyncDispose) : undefined;
  let fallback = false;
  if (method === undefined || method === null) {
    method = getV(value, wellKnown.dispose);
    fallback = hint === 'async';
  }
  if (!isCallable(method)) throwError('TypeError', `Symbol(Symbol.${hint === 'async' ? 'asyncDispose' : 'dispose'}) is not a function`);
  return { value, hint, method, fallback };
}

/** DisposeResources: last in, first out; failures nest in SuppressedError. */
export function* disposeResources(resources: readonly DisposableResource[], failure: ProgramError | null): Steps<ProgramError | null> {
  let current = failure;
  let needsAwait = false;
  let hasAwaited = false;
  for (const { hint, method, value, fallback } of [...resources].reverse()) {
    if (hint === 'sync' && needsAwait && !hasAwaited) {
      yield* await_(undefined);
      needsAwait = false;
    }
    if (!method) {
      needsAwait = true;
      continue;
    }
    try {
      const result = call(method, value, []);
      if (hint === 'async') {
        if (fallback) {
          needsAwait = true;
          continue;
        }
        hasAwaited = true;
        yield* await_(result);
      }
    } catch (error) {
      if (!(error instanceof ProgramError)) throw error;
      current = current ? new ProgramError(surroundingAgent.intrinsics.makeSuppressedError(error.value as Value, (current.value as Value))) : error;
    }
  }
  if (needsAwait && !hasAwaited) yield* await_(undefined);
  return current;
}
