import type { NodeMajor } from '../run.ts';
import type { Engine, Task } from './engine.ts';
import { ProgramError } from './engine.ts';
import type { TaskQueues } from './task-queues.ts';
import type { VirtualClock } from './virtual-clock.ts';

export interface Immediate {
  readonly task: Task;
  ref: boolean;
  /** Cleared or run. */
  destroyed: boolean;
}

/** The check phase: lib/internal/timers.js `processImmediate`, src/env.cc `CheckImmediate`. */
export class Immediates {
  private queue: Immediate[] = [];
  /** What is left of a batch in which one threw (`outstandingQueue`). */
  private outstanding: Immediate[] = [];

  constructor(
    private readonly engine: Engine,
    private readonly clock: VirtualClock,
    private readonly queues: TaskQueues,
  ) {}

  /** Immediates that were ever queued. */
  added = 0;

  /** Those that wait for the next check phase. */
  get waitingOnes(): readonly Immediate[] {
    return this.queue.filter(one => !one.destroyed);
  }

  add(immediate: Immediate): void {
    this.added++;
    this.queue.push(immediate);
  }

  get pending(): boolean {
    return this.queue.some(one => !one.destroyed);
  }

  /** A ref'd immediate keeps the loop alive and keeps poll from waiting. */
  get alive(): boolean {
    return this.queue.some(one => !one.destroyed && one.ref);
  }

  run(): void {
    if (!this.pending && !this.queues.hasTickScheduled) return;
    // Before Node 26.4 the native immediates open a callback scope first, which drains what an exception left behind
    // (SEMANTICS S-71; src/env.cc `RunAndClearNativeImmediates`).
    if (drainsBeforeImmediates(this.engine.node)) this.queues.guarded(() => this.queues.runNextTicks());
    if (!this.pending) return;
    while (!this.queues.makeCallback(() => this.processImmediate()) && this.outstanding.length > 0);
  }

  /** A snapshot: what a callback adds waits for the next iteration (SEMANTICS S-43). */
  private processImmediate(): void {
    if (this.outstanding.length === 0) {
      this.outstanding = this.queue;
      this.queue = [];
    }
    let ranAtLeastOneImmediate = false;
    for (let immediate = this.outstanding.shift(); immediate !== undefined; immediate = this.outstanding.shift()) {
      if (immediate.destroyed) continue;
      if (ranAtLeastOneImmediate) {
        try {
          this.queues.runNextTicks();
        } catch (error) {
          if (error instanceof ProgramError) this.outstanding.unshift(immediate);
          throw error;
        }
        // A tick may have cleared it.
        if (immediate.destroyed) continue;
      }
      ranAtLeastOneImmediate = true;
      immediate.destroyed = true;
      this.clock.beginTurn();
      this.engine.step('check', immediate.task.origin, immediate.task.run);
    }
  }
}

function drainsBeforeImmediates(node: NodeMajor): boolean {
  return node < 26;
}
