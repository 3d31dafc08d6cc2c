import type { Engine, Task } from './engine.ts';
import type { TaskQueues } from './task-queues.ts';
import { slack, type Moment, type VirtualClock } from './virtual-clock.ts';

/** What an operation outside of JavaScript is, as far as order is concerned. */
export interface OperationKind {
  /** `fs.readFile (line 3)`: what a reason calls it. */
  readonly name: string;
  /** Check phases that pass at least before the callback (SEMANTICS S-50). */
  readonly rounds: number;
  /** Ms after which the operation is done on any machine; Infinity when only the outside knows. */
  readonly within: number;
  /** Ms that the operation takes at least (a child's `sleep`, a timer of another thread). */
  readonly atLeast?: number;
  /** Takes a thread of the pool for its whole length: the fifth waits for one of the first four (S-48). */
  readonly pool: boolean;
  /** Operations of one channel complete in the order in which they were started (messages of a port, bytes of a socket). */
  readonly channel?: unknown;
  /** Channels whose operations all complete before it. */
  readonly behind?: readonly unknown[];
}

/** A pending operation. */
export interface Operation extends OperationKind {
  /** Completes the operation: calls the callback with the result. */
  readonly task: Task;
  ref: boolean;
  /** Whether nobody would notice its callback if it came now: then it comes without a question. */
  readonly silent?: () => boolean;
  /** The instant from which `atLeast` and `within` count, held for the operation; without one, that of the call. */
  readonly since?: number;
}

interface Pending {
  readonly operation: Operation;
  /** Poll phase from which on it may complete. */
  from: number;
  readonly submitted: number;
}

/** The poll phase: completions of libuv's thread pool, sockets, pipes, signals, messages (uv__io_poll, uv__work_done). */
export class Poll {
  private pending: Pending[] = [];
  private round = 0;
  /** Operations that were ever started. */
  started = 0;

  constructor(
    private readonly engine: Engine,
    private readonly clock: VirtualClock,
    private readonly queues: TaskQueues,
    private readonly threads: () => number,
  ) {}

  start(operation: Operation): void {
    this.started++;
    this.pending.push({
      operation,
      from: this.round + 1 + operation.rounds,
      submitted: operation.since ?? this.clock.startInstant(),
    });
  }

  /** Forgets an operation, as closing its handle does. */
  cancel(operation: Operation): void {
    const index = this.pending.findIndex(one => one.operation === operation);
    if (index < 0) return;
    this.clock.release(this.pending[index]!.submitted);
    this.pending.splice(index, 1);
  }

  /** The first pending operation of a channel. */
  nextOf(channel: unknown): Operation | null {
    return this.pending.find(one => one.operation.channel === channel)?.operation ?? null;
  }

  /** What is pending, in words. */
  get waiting(): readonly string[] {
    return this.pending.map(one => this.engine.describe(one.operation.task.origin));
  }

  get alive(): boolean {
    return this.pending.some(one => one.operation.ref);
  }

  get pendingAny(): boolean {
    return this.pending.length > 0;
  }

  private deadline(one: Pending): Moment {
    return { instant: one.submitted, plus: one.operation.within };
  }

  /** In line for a thread: FIFO, `threads` at a time; and behind its predecessors in its channel. */
  private blocked(one: Pending): boolean {
    if (one.operation.behind?.some(channel => this.nextOf(channel) !== null) === true) return true;
    let ahead = 0;
    for (const other of this.pending) {
      if (other === one) break;
      if (one.operation.channel !== undefined && other.operation.channel === one.operation.channel) return true;
      if (one.operation.pool && other.operation.pool && other.operation.rounds === 0) ahead++;
    }
    return one.operation.pool && ahead >= this.threads();
  }

  /** The moment before which it cannot complete. */
  private earliest(one: Pending): Moment | null {
    const { atLeast } = one.operation;
    return atLeast === undefined ? null : { instant: one.submitted, plus: atLeast };
  }

  private enabled(): Pending[] {
    return this.pending.filter(one => {
      if (one.from > this.round || this.blocked(one)) return false;
      const earliest = this.earliest(one);
      return earliest === null || this.clock.mayBeDue(earliest);
    });
  }

  /** Those that may complete while the loop waits, at most until one of the moments. */
  private awaited(moments: readonly Moment[]): Pending[] {
    return this.pending.filter(one => {
      if (this.blocked(one)) return false;
      const earliest = this.earliest(one);
      return earliest === null || moments.every(({ instant, plus }) => this.clock.mayPrecede(earliest, { instant, plus: plus + slack.wakeUp }, true));
    });
  }

  /** When the first operation may complete: moments, null where any time will do; empty without operations. */
  earliestMoments(): readonly (Moment | null)[] {
    return this.pending.filter(one => !this.blocked(one)).map(one => this.earliest(one));
  }

  /** The moments at which an operation is done on any machine. */
  deadlines(): readonly Moment[] {
    return this.pending.filter(one => one.operation.within < Infinity && !this.blocked(one)).map(one => this.deadline(one));
  }

  /** Of an operation of several rounds each takes a turn of the pool of its own, which may miss any poll phase. */
  private certainlyDone(one: Pending): boolean {
    return one.operation.rounds <= 0 && one.operation.within < Infinity && this.clock.certainlyDue(this.deadline(one));
  }

  /** One poll phase that does not wait: immediates or close callbacks are pending. */
  runWithoutWaiting(): void {
    this.round++;
    for (;;) {
      const enabled = this.enabled();
      const taken = this.choose(enabled, !enabled.some(one => this.certainlyDone(one)));
      if (taken === null) return;
      this.complete(taken);
    }
  }

  /**
   * A poll phase that waits for the first completion or the first timer, then runs what else is done.
   * @param timers the moments at which the first timer may be due; empty without timers
   * @param nextTimer decides which of them it is
   * @param competes whether something could run between this poll phase and the next
   * @param others moments that other event loops will not let pass
   */
  runWaiting(timers: readonly Moment[], nextTimer: () => Moment | null, competes: () => boolean, others: readonly Moment[]): void {
    this.round++;
    // While the loop waits, any number of iterations passes: operations of several rounds get through them.
    for (const one of this.pending) one.from = 0;
    const enabled = this.awaited([...timers, ...others]);
    const mayTimeOut = timers.some(moment =>
      others.every(other => this.clock.mayPrecede(moment, { instant: other.instant, plus: other.plus + slack.wakeUp }, true)) && enabled.every(one => one.operation.within === Infinity || this.clock.mayPrecede(moment, this.deadline(one), true)));
    const first = this.choose(enabled, mayTimeOut);
    if (first === null) {
      const moment = nextTimer();
      if (moment !== null) this.clock.waitUntil(moment, slack.wakeUp, others);
      return;
    }
    this.clock.waitForOutside([...timers, ...others, ...(first.operation.within < Infinity ? [this.deadline(first)] : [])], slack.wakeUp);
    this.complete(first);
    for (;;) {
      const more = this.enabled();
      const done = more.some(one => this.certainlyDone(one));
      if (more.length === 0 || !(done || competes())) return;
      const taken = this.choose(more, !done);
      if (taken === null) return;
      this.complete(taken);
    }
  }

  private choose(enabled: readonly Pending[], orNone: boolean): Pending | null {
    if (enabled.length === 0) return null;
    const silent = enabled.find(one => one.operation.silent?.() === true);
    if (silent) return silent;
    if (enabled.length === 1 && !orNone) return enabled[0]!;
    const plain = enabled.map(one => this.engine.describe(one.operation.task.origin));
    const names = enabled.map((one, index) => this.engine.describe(one.operation.task.origin, plain.indexOf(plain[index]!) !== plain.lastIndexOf(plain[index]!)));
    const options = orNone ? [...names, 'none of them yet'] : names;
    const why = enabled.length === 1 ? `whether ${names[0]} is complete when the loop polls` : `which completes first: ${names.join(' or ')}`;
    return enabled[this.engine.choose(why, options)] ?? null;
  }

  private complete(one: Pending): void {
    const earliest = this.earliest(one);
    if (earliest !== null) this.clock.decideDue(earliest, true);
    this.cancel(one.operation);
    this.queues.makeCallback(() => {
      this.clock.beginTurn();
      this.engine.step('poll', one.operation.task.origin, one.operation.task.run);
    });
  }
}
