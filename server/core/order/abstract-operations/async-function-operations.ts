import { locationOf, surroundingAgent, type ExecutionContext } from '../agent.ts';
import { ProgramError } from '../event-loop/engine.ts';
import { hostError, throwStackOverflow } from './operations-on-objects.ts';
import { ReturnCompletion, type Resumption, type Steps, type Suspension } from '../evaluation/coroutine.ts';
import { capture } from '../recurrence.ts';
import type { ObjectValue, Value } from '../values.ts';
import { noteAwait, noteEnd } from './step-actions.ts';
import { addReactions, newPromise, promiseResolve, rejectPromise, resolvePromise, PromiseObject, type ReactionOrigin } from './promise-operations.ts';

/** Runs a stopped body until it stops again or ends. Throws ProgramError for what leaves it. */
export function resumeBody(context: ExecutionContext, steps: Steps<unknown>, resumption: Resumption): IteratorResult<Suspension, unknown> {
  const { contexts, options, reach } = surroundingAgent;
  reach.waiting.delete(context);
  const depth = contexts.length;
  if (depth >= options.budget.depth) throwStackOverflow();
  contexts.push(context);
  try {
    return steps.next(resumption);
  } catch (error) {
    if (error instanceof ReturnCompletion) return { done: true, value: error.value };
    throw error instanceof ProgramError ? error : hostError(error);
  } finally {
    contexts.length = depth;
  }
}

/** What the continuation after an await is called. */
function continuationOrigin(context: ExecutionContext): ReactionOrigin {
  const { unit, node, fn } = context;
  const name = fn?.properties.get('name')?.value;
  const label = fn ? `${typeof name === 'string' && name !== '' && name !== 'default' ? name : fn === surroundingAgent.entryFunction ? 'handler' : 'async function'} continues` : 'module continues';
  if (!unit || unit.internal || !node) return { label, location: surroundingAgent.userLocation() };
  return { label, location: locationOf(unit, node), resumes: `await at line ${node.loc.start.line}` };
}

/**
 * Await (ECMA-262 §27.7.5.3), steps 2 to 9.
 * @returns what PromiseResolve threw, to be thrown into the body; null where the body now waits
 */
export function awaitValue(value: Value, context: ExecutionContext, resume: (resumption: Resumption) => void): ProgramError | null {
  let promise: ObjectValue;
  try {
    promise = promiseResolve(surroundingAgent.intrinsics.get('%Promise%'), value);
  } catch (error) {
    if (error instanceof ProgramError) return error;
    throw error;
  }
  if (surroundingAgent.withoutProgram) noteAwait(promise);
  if (context.node) surroundingAgent.reach.waiting.set(context, context.node);
  addReactions(promise as PromiseObject,
    { host: capture((result: Value) => resume({ type: 'normal', value: result }), resume, 'normal') },
    { host: capture((reason: Value) => resume({ type: 'throw', value: reason }), resume, 'throw') },
    null, continuationOrigin(context));
  return null;
}

/** AsyncFunctionStart (ECMA-262 §27.7.5.1): the promise of the call. */
export function asyncFunctionStart(_fn: ObjectValue | null, context: ExecutionContext, steps: Steps): PromiseObject {
  const promise = newPromise();
  const isEntry = context.fn !== null && context.fn === surroundingAgent.entryFunction;
  runAsyncBlock(context, steps, value => {
    if (isEntry && !(value instanceof PromiseObject)) noteEnd('returns', value);
    resolvePromise(promise, value);
  }, reason => {
    if (isEntry) noteEnd('throws', reason);
    rejectPromise(promise, reason);
  }, promise);
  return promise;
}

/** AsyncBlockStart (ECMA-262 §27.7.5.2) */
export function runAsyncBlock(context: ExecutionContext, steps: Steps<unknown>, resolve: (value: Value) => void, reject: (reason: Value) => void, promise: PromiseObject | null = null): void {
  const resume = capture((first: Resumption): void => {
    let resumption = first;
    for (;;) {
      let step: IteratorResult<Suspension, unknown>;
      try {
        step = resumeBody(context, steps, resumption);
      } catch (error) {
        if (!(error instanceof ProgramError)) throw error;
        reject(error.value as Value);
        return;
      }
      if (step.done) {
        resolve(step.value as Value);
        return;
      }
      const thrown = awaitValue(step.value.value, context, resume);
      if (!thrown) return;
      resumption = { type: 'throw', value: (thrown.value as Value) };
    }
  }, context, promise ?? steps);
  resume({ type: 'normal', value: undefined });
}
