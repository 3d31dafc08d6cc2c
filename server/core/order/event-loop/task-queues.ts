import { RecurrenceWatch } from '../recurrence.ts';
import { ProgramError, type Engine, type Task } from './engine.ts';

/** What waits for something that never comes, as the end of a sentence. */
export function inVain(waiting: readonly string[]): string {
  const [first = '', ...more] = waiting;
  if (waiting.length === 0) return '';
  return more.length === 0 ? `; ${first} waits in vain` : `; ${waiting.length > 4 ? `${waiting.slice(0, 4).join(', ')} and others` : `${waiting.slice(0, -1).join(', ')} and ${more.at(-1)}`} wait in vain`;
}

/** Ticks and jobs of one drain from which on it is watched. */
const drainsWatched = 200;

/** A promise rejected without a handler, and whether 'unhandledRejection' was emitted for it. */
interface Unhandled {
  readonly promise: unknown;
  readonly reason: unknown;
  warned: boolean;
}

/**
 * The nextTick queue and the drain that follows every callback: lib/internal/process/task_queues.js, lib/internal/process/
 * promises.js and `InternalCallbackScope::Close` of src/api/callback.cc.
 */
export class TaskQueues {
  private readonly ticks: Task[] = [];
  private readonly maybeUnhandled = new Map<unknown, Unhandled>();
  private readonly pendingUnhandled: Unhandled[] = [];
  private readonly handledLate: Unhandled[] = [];
  /** Set when 'exit' is emitted: nextTick schedules nothing from then on (SEMANTICS S-8). */
  exiting = false;
  /** Callbacks that the loop has called. */
  entered = 0;

  /** What the rest of the loop holds, in words, and how much was ever put into it. */
  rest: { waiting(): readonly string[]; started(): readonly number[] } = { waiting: () => [], started: () => [] };
  private watch: RecurrenceWatch | null = null;

  constructor(private readonly engine: Engine) {}

  /** Before each tick and job of one drain: a drain whose state comes back never ends. */
  private observe(queue: 'nextTick' | 'microtask'): void {
    this.watch ??= new RecurrenceWatch(drainsWatched);
    const recurs = this.watch.observe(() => this.engine.state([this.ticks, this.pendingUnhandled, this.handledLate, ...this.rest.started()]));
    if (!recurs) return;
    this.engine.repeats(`the ${queue} queue never becomes empty: timers, poll and check are never reached again${inVain(this.rest.waiting())}`);
  }

  nextTick(task: Task): void {
    if (!this.exiting) this.ticks.push(task);
  }

  get hasTickScheduled(): boolean {
    return this.ticks.length > 0;
  }

  private get hasRejectionToWarn(): boolean {
    return this.pendingUnhandled.length > 0 || this.handledLate.length > 0;
  }

  /** HostPromiseRejectionTracker "reject". */
  unhandledRejection(promise: unknown, reason: unknown): void {
    const entry: Unhandled = { promise, reason, warned: false };
    this.maybeUnhandled.set(promise, entry);
    this.pendingUnhandled.push(entry);
  }

  /** HostPromiseRejectionTracker "handle". */
  handledRejection(promise: unknown): void {
    const entry = this.maybeUnhandled.get(promise);
    if (entry === undefined) return;
    this.maybeUnhandled.delete(promise);
    if (entry.warned) this.handledLate.push(entry);
  }

  /** V8's microtask checkpoint: an exception in one job is reported, the others go on (SEMANTICS S-71, d18). */
  runMicrotasks(): void {
    for (;;) {
      try {
        if (this.engine.hasMicrotasks) this.observe('microtask');
        if (!this.engine.runMicrotask()) return;
      } catch (error) {
        if (!(error instanceof ProgramError)) throw error;
        this.engine.uncaught(error.value, 'uncaughtException');
      }
    }
  }

  /** `processTicksAndRejections`. An exception of a tick leaves the others in the queue. */
  private processTicksAndRejections(): void {
    do {
      for (let tick = this.ticks.shift(); tick !== undefined; tick = this.ticks.shift()) {
        this.engine.step('nextTick', tick.origin, tick.run);
        if (this.ticks.length > 0) this.observe('nextTick');
      }
      this.runMicrotasks();
    } while (this.ticks.length > 0 || this.processPromiseRejections());
  }

  /** `processPromiseRejections`: all pending ones back to back; true when something may have been queued meanwhile. */
  private processPromiseRejections(): boolean {
    let queued = this.handledLate.length > 0;
    for (let late = this.handledLate.shift(); late !== undefined; late = this.handledLate.shift()) {
      this.engine.emitRejection('rejectionHandled', late.promise, late.reason);
    }
    for (let left = this.pendingUnhandled.length; left > 0; left--) {
      const entry = this.pendingUnhandled.shift()!;
      if (!this.maybeUnhandled.has(entry.promise)) continue;
      entry.warned = true;
      this.engine.emitRejection('unhandledRejection', entry.promise, entry.reason);
      queued = true;
    }
    return queued || this.pendingUnhandled.length > 0;
  }

  /** `runNextTicks`, and the end of every callback scope. Throws `ProgramError` when a tick did. */
  runNextTicks(): void {
    if (!this.hasTickScheduled && !this.hasRejectionToWarn) this.runMicrotasks();
    if (!this.hasTickScheduled && !this.hasRejectionToWarn) return;
    this.processTicksAndRejections();
  }

  /**
   * One callback from the loop (`MakeCallback`): the callback, then the drain. What throws is an uncaught exception; after
   * one that was handled nothing is drained until the next callback scope ends (SEMANTICS S-71).
   * @returns false when something threw.
   */
  makeCallback(body: () => void): boolean {
    this.entered++;
    this.watch = null;
    this.engine.tick();
    return this.guarded(() => {
      body();
      this.runNextTicks();
    });
  }

  /** Runs `body`; a `ProgramError` goes to the uncaught-exception handlers. Returns false when there was one. */
  guarded(body: () => void): boolean {
    try {
      body();
      return true;
    } catch (error) {
      if (!(error instanceof ProgramError)) throw error;
      this.engine.uncaught(error.value, 'uncaughtException');
      return false;
    }
  }
}
