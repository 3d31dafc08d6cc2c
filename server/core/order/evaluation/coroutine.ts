import { ProgramError } from '../event-loop/engine.ts';
import type { Value } from '../values.ts';

/** What a running body hands out when it stops: the operand of `await` or of `yield`. */
export interface Suspension {
  readonly kind: 'await' | 'yield';
  readonly value: Value;
}

/** How a stopped body goes on (a completion of ECMA-262 §6.2.4). */
export interface Resumption {
  readonly type: 'normal' | 'throw' | 'return';
  readonly value: Value;
}

/** Evaluation that may stop at `await` and `yield`. */
export type Steps<T = Value> = Generator<Suspension, T, Resumption>;

/** `generator.return(v)` at a yield: passes through `finally`, but no `catch` sees it. */
export class ReturnCompletion {
  constructor(readonly value: Value) {}
}

/** Runs evaluation that is known not to stop. */
export function drive<T>(steps: Steps<T>): T {
  const { done, value } = steps.next();
  if (!done) throw new Error('evaluation stopped where nothing awaits or yields');
  return value;
}

/** Gives a value out and takes up the resumption. */
export function* suspend(kind: 'await' | 'yield', value: Value): Steps {
  const resumption = yield { kind, value };
  if (resumption.type === 'throw') throw new ProgramError(resumption.value);
  if (resumption.type === 'return') throw new ReturnCompletion(resumption.value);
  return resumption.value;
}

/** Await (ECMA-262 §27.7.5.3); the driver of the body does the promise part. */
export function await_(value: Value): Steps {
  return suspend('await', value);
}

/** An abrupt completion of a statement other than throw. */
export interface Completion {
  readonly type: 'break' | 'continue' | 'return';
  readonly label: string | undefined;
  readonly value: Value;
}
