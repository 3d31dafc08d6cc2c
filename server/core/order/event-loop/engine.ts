import type { NodeMajor } from '../run.ts';
import type { Phase } from '../timeline.ts';

/** Who scheduled a callback, and what to call it; made and understood by the machine only. */
export type Origin = unknown;

/** A callback that waits in one of the loop's queues. */
export interface Task {
  readonly origin: Origin;
  /** Runs the callback up to its return. Throws `ProgramError` for what the program did not catch. */
  readonly run: () => void;
}

/** An exception that left a callback of the program. */
export class ProgramError {
  constructor(readonly value: unknown) {}
}

/** `process.exit()` or a fatal error: the run is over with this code. */
export class ProcessExit {
  /** @param signal what killed it, if a signal did */
  constructor(readonly code: number, readonly signal: string | null = null) {}
}

/** What the loop needs of the machine. */
export interface Engine {
  readonly node: NodeMajor;
  /** The index of one of the alternatives; called only where the outside world decides and more than one is possible. */
  choose(why: string, alternatives: readonly string[]): number;
  /** Records a step of the timeline around `run`. */
  step(phase: Phase, origin: Origin, run: () => void): void;
  /** Runs the first job of the microtask queue; false when the queue is empty. Throws `ProgramError` when the job did. */
  runMicrotask(): boolean;
  /** Whether the microtask queue holds a job. */
  readonly hasMicrotasks: boolean;
  /** `process._fatalException`: monitor, handlers, or the end. Throws `ProcessExit` when nobody handles the error. */
  uncaught(error: unknown, origin: 'uncaughtException' | 'unhandledRejection'): void;
  /** Emits 'unhandledRejection' or 'rejectionHandled'; for the first, applies the default when nobody listens. */
  emitRejection(kind: 'unhandledRejection' | 'rejectionHandled', promise: unknown, reason: unknown): void;
  /** Emits 'beforeExit' or 'exit'; returns the exit code that the process has then. */
  emitExit(event: 'beforeExit' | 'exit'): number;
  /** Says that the answer is not the whole truth. */
  incomplete(reason: string): void;
  /** The state that decides how the queues go on, where `roots` wait; null where it cannot be told. */
  state(roots: readonly unknown[]): string | null;
  /** The run is known to go round for ever: ends it. */
  repeats(what: string): never;
  /** A new turn of the loop, or a new entry from the loop into JavaScript, begins. */
  iteration(): void;
  tick(): void;
  /** What a task is called in a sentence: `the 5 ms timer (line 3)`. */
  describe(origin: Origin, withColumn?: boolean): string;
}
