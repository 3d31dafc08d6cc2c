import { surroundingAgent, type ExecutionContext } from '../agent.ts';
import { ProgramError } from '../event-loop/engine.ts';
import { await_, ReturnCompletion, type Resumption, type Steps, type Suspension } from '../evaluation/coroutine.ts';
import { ObjectValue, type Value } from '../values.ts';
import { awaitValue, resumeBody } from './async-function-operations.ts';
import { createIteratorResult } from './iterator-operations.ts';
import { describeValue } from './messages.ts';
import { addReactions, newPromise, promiseResolve, rejectPromise, resolvePromise, type PromiseObject } from './promise-operations.ts';

interface AsyncGeneratorRequest {
  readonly completion: Resumption;
  readonly promise: PromiseObject;
}

/** AsyncGenerator instance (ECMA-262 §27.6.3). */
export class AsyncGeneratorObject extends ObjectValue {
  state: 'suspended-start' | 'suspended-yield' | 'executing' | 'draining-queue' | 'completed' = 'suspended-start';
  readonly queue: AsyncGeneratorRequest[] = [];
  constructor(prototype: ObjectValue, readonly context: ExecutionContext, readonly steps: Steps) {
    super(prototype);
  }
  override get kind(): string {
    return 'AsyncGenerator';
  }
}

export function createAsyncGenerator(prototype: ObjectValue, context: ExecutionContext, steps: Steps): AsyncGeneratorObject {
  return new AsyncGeneratorObject(prototype, context, steps);
}

/** AsyncGeneratorYield (ECMA-262 §27.6.3.8), with AsyncGeneratorUnwrapYieldResumption. */
export function* asyncGeneratorYield(value: Value): Steps {
  const resumption = yield { kind: 'yield', value };
  if (resumption.type === 'throw') throw new ProgramError(resumption.value);
  if (resumption.type === 'normal') return resumption.value;
  // UnwrapYieldResumption: a return completion awaits its value; a rejection throws.
  throw new ReturnCompletion(yield* await_(resumption.value));
}

/** %AsyncGeneratorPrototype%.next, .throw and .return (ECMA-262 §27.6.1). */
export function asyncGeneratorRequest(value: Value, completion: Resumption): Value {
  const promise = newPromise();
  if (!(value instanceof AsyncGeneratorObject)) {
    rejectPromise(promise, surroundingAgent.intrinsics.makeError('TypeError', `${completion.type === 'normal' ? 'next' : completion.type} method called on incompatible receiver ${describeValue(value)}`));
    return promise;
  }
  const { state } = value;
  if (completion.type === 'normal' && state === 'completed') {
    resolvePromise(promise, createIteratorResult(undefined, true));
    return promise;
  }
  if (completion.type === 'throw' && (state === 'suspended-start' || state === 'completed')) {
    value.state = 'completed';
    rejectPromise(promise, completion.value);
    return promise;
  }
  value.queue.push({ completion, promise });
  if (completion.type === 'return' && (state === 'suspended-start' || state === 'completed')) {
    value.state = 'draining-queue';
    asyncGeneratorAwaitReturn(value);
  } else if (state === 'suspended-start' || state === 'suspended-yield') asyncGeneratorResume(value, completion);
  return promise;
}

/** AsyncGeneratorResume and the driving of the body. */
function asyncGeneratorResume(generator: AsyncGeneratorObject, completion: Resumption): void {
  generator.state = 'executing';
  let resumption = completion;
  for (;;) {
    let step: IteratorResult<Suspension, unknown>;
    try {
      step = resumeBody(generator.context, generator.steps, resumption);
    } catch (error) {
      if (!(error instanceof ProgramError)) throw error;
      finish(generator, { type: 'throw', value: (error.value as Value) });
      return;
    }
    if (step.done) {
      finish(generator, { type: 'normal', value: step.value as Value });
      return;
    }
    if (step.value.kind === 'await') {
      const thrown = awaitValue(step.value.value, generator.context, next => asyncGeneratorResume(generator, next));
      if (!thrown) return;
      resumption = { type: 'throw', value: (thrown.value as Value) };
      continue;
    }
    // AsyncGeneratorYield step 8: AsyncGeneratorCompleteStep, then go on with the next request at once.
    asyncGeneratorCompleteStep(generator, { type: 'normal', value: step.value.value }, false);
    if (generator.queue.length === 0) {
      generator.state = 'suspended-yield';
      return;
    }
    resumption = generator.queue[0]!.completion;
  }
}

/** AsyncGeneratorStart step 4.g on: the body has ended. */
function finish(generator: AsyncGeneratorObject, result: Resumption): void {
  generator.state = 'draining-queue';
  asyncGeneratorCompleteStep(generator, result, true);
  asyncGeneratorDrainQueue(generator);
}

/** AsyncGeneratorCompleteStep (ECMA-262 §27.6.3.4) */
function asyncGeneratorCompleteStep(generator: AsyncGeneratorObject, completion: Resumption, done: boolean): void {
  const { promise } = generator.queue.shift()!;
  if (completion.type === 'throw') rejectPromise(promise, completion.value);
  else resolvePromise(promise, createIteratorResult(completion.value, done));
}

/** AsyncGeneratorAwaitReturn (ECMA-262 §27.6.3.9) */
function asyncGeneratorAwaitReturn(generator: AsyncGeneratorObject): void {
  const { completion } = generator.queue[0]!;
  const settled = (result: Resumption) => (value: Value): void => {
    asyncGeneratorCompleteStep(generator, { ...result, value }, true);
    asyncGeneratorDrainQueue(generator);
  };
  let promise: ObjectValue;
  try {
    promise = promiseResolve(surroundingAgent.intrinsics.get('%Promise%'), completion.value);
  } catch (error) {
    if (!(error instanceof ProgramError)) throw error;
    settled({ type: 'throw', value: undefined })((error.value as Value));
    return;
  }
  addReactions(promise as PromiseObject, { host: settled({ type: 'normal', value: undefined }) }, { host: settled({ type: 'throw', value: undefined }) }, null);
}

/** AsyncGeneratorDrainQueue (ECMA-262 §27.6.3.10) */
function asyncGeneratorDrainQueue(generator: AsyncGeneratorObject): void {
  while (generator.queue.length > 0) {
    const { completion } = generator.queue[0]!;
    if (completion.type === 'return') {
      asyncGeneratorAwaitReturn(generator);
      return;
    }
    asyncGeneratorCompleteStep(generator, completion.type === 'throw' ? completion : { type: 'normal', value: undefined }, true);
  }
  generator.state = 'completed';
}

