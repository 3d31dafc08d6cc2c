import { RecurrenceWatch } from '../recurrence.ts';
import { ProcessExit, type Engine, type Task } from './engine.ts';
import { Immediates } from './immediates.ts';
import { Poll } from './poll.ts';
import { TaskQueues } from './task-queues.ts';
import { Timers } from './timers.ts';
import { slack, VirtualClock, type Moment } from './virtual-clock.ts';

/** What goes on beside an event loop: other threads and processes of the program. */
export interface Company {
  /** Whether one of them may go on before the moment. */
  mayGoOnBefore(moment: Moment): boolean;
}

/** The course of an event loop, up to its next poll phase; it goes on with the moments that other loops will not let pass. Returns the exit code, or null when the process would wait for ever. */
export type LoopCourse = Generator<void, number | null, readonly Moment[]>;

/** How the main script is entered (SEMANTICS S-10 to S-17). */
export interface Main {
  readonly task: Task;
  /** CommonJS: in a turn of its own. Module: `task` puts the evaluation into the microtask queue. */
  readonly module: boolean;
  /**
   * 'poll': the loader reads the file asynchronously, so the body runs in the poll phase (S-15); workers always do (S-17).
   * A function that the loop calls starts in the phase of its role, and the loop goes on from there.
   */
  readonly startsIn: 'main' | 'timers' | 'poll' | 'check' | 'close';
}

/** Iterations from which on the loop is watched for going round. */
const iterationsWatched = 30;

/** Iterations after which a run that does nothing new is given up. */
const manyIterations = 20_000;

/** Node's event loop: libuv's `uv_run` within src/api/embed_helpers.cc `SpinEventLoop`. */
export class EventLoop {
  readonly queues: TaskQueues;
  readonly timers: Timers;
  readonly immediates: Immediates;
  readonly poll: Poll;
  private readonly closing: Task[] = [];
  private readonly pending: Task[] = [];
  private handles = 0;
  /** The signal that ended the loop, if one did. */
  /** Whether the program or an error ended the process before the loop had nothing left to do. */
  wasEnded = false;
  signal: string | null = null;
  private hasWritten = false;

  /** @param poolThreads number of threads of the pool, asked when the first operation waits for one (UV_THREADPOOL_SIZE) */
  constructor(private readonly engine: Engine, poolThreads: () => number = () => 4, readonly clock = new VirtualClock(), private readonly company: Company = { mayGoOnBefore: () => false }) {
    this.queues = new TaskQueues(engine);
    this.immediates = new Immediates(engine, this.clock, this.queues);
    this.poll = new Poll(engine, this.clock, this.queues, poolThreads);
    this.timers = new Timers(engine, this.clock, this.queues, moment => this.competes(moment));
    this.queues.rest = { waiting: () => this.waiting, started: () => [this.timers.armed, this.immediates.added, this.poll.started, this.closing.length, this.pending.length, this.handles, this.clock.reads] };
  }

  /** The program wrote to one of its streams: the first write of a process is slow. */
  wroteOutput(): void {
    if (this.hasWritten) return;
    this.hasWritten = true;
    this.clock.mayTake(slack.firstWrite);
  }

  /** Keeps the loop alive, or ceases to: a listening server, an open pipe, a child. */
  ref(count: 1 | -1): void {
    this.handles += count;
  }

  /** `uv_close`: the callback runs in the close phase of this iteration (SEMANTICS S-57). */
  close(task: Task): void {
    this.closing.push(task);
  }

  /** `uv__io_feed`: a callback of the pending phase, such as a shutdown that needs no waiting. */
  feed(task: Task): void {
    this.pending.push(task);
  }

  /** What waits in the loop, in words. */
  get waiting(): readonly string[] {
    return [...this.timers.waiting, ...this.immediates.waitingOnes.map(one => this.engine.describe(one.task.origin)), ...this.poll.waiting];
  }

  /** An iteration begins: one that holds nothing but immediates, or one interval, and has come to the state of an earlier one, is followed by others like it. */
  private observe(watch: RecurrenceWatch): void {
    if (this.poll.pendingAny || this.pending.length > 0 || this.closing.length > 0 || this.handles > 0 || this.company.mayGoOnBefore(this.present)) return;
    const { only } = this.timers;
    const isInterval = only !== null && !this.immediates.pending && only.repeats();
    if (!isInterval && !(this.timers.empty && this.immediates.pending)) return;
    const roots = isInterval ? [only.task.run, only.ms, only.ref] : [this.immediates.waitingOnes];
    const recurs = watch.observe(() => this.engine.state(roots));
    if (recurs) this.engine.repeats(isInterval ? `${this.engine.describe(only.task.origin)} does the same each time, and nothing else is left` : 'the check phase queues an immediate for the next iteration each time, and nothing else is left');
  }

  /** `uv__loop_alive`. */
  get alive(): boolean {
    return this.handles > 0 || this.pending.length > 0 || this.closing.length > 0 || this.immediates.alive || this.timers.alive || this.poll.alive;
  }

  /** How many callbacks the loop has called so far. */
  get callbacks(): number {
    return this.queues.entered;
  }

  /** The moments at which the loop goes on by itself, at the earliest; null among them is any time. Empty: only others can wake it. */
  earliestMoments(): readonly (Moment | null)[] {
    return [...(this.mustNotWait ? [this.present] : []), ...this.timers.possibleExpiries(), ...this.poll.earliestMoments()];
  }

  /** The moments that the loop does not let pass without going on. */
  deadlines(): readonly Moment[] {
    return [...(this.mustNotWait ? [this.present] : []), ...this.timers.possibleExpiries(), ...this.poll.deadlines()];
  }

  private get present(): Moment {
    return { instant: this.clock.current, plus: 0 };
  }

  /** Runs the program to its end, and pauses before each poll phase. */
  *run(main: Main): LoopCourse {
    try {
      this.enterMain(main);
      let timersDone = main.startsIn === 'timers' || (main.startsIn !== 'main' && this.timersLast);
      do {
        if (!(yield* this.uvRun(timersDone))) return null;
        timersDone = false;
        this.queues.makeCallback(() => {
          this.clock.beginTurn();
          this.engine.emitExit('beforeExit');
        });
      } while (this.alive);
      return this.exit();
    } catch (error) {
      if (!(error instanceof ProcessExit)) throw error;
      this.signal = error.signal;
      this.wasEnded = !this.queues.exiting;
      return error.code;
    }
  }

  private enterMain(main: Main): void {
    const enter = () => {
      if (main.module) main.task.run();
      else this.engine.step('main', main.task.origin, main.task.run);
    };
    if (main.startsIn !== 'main') {
      this.engine.iteration();
      this.queues.makeCallback(() => {
        this.clock.beginTurn();
        enter();
      });
      if (main.startsIn === 'poll') {
        this.platformTask();
        this.immediates.run();
      }
      if (main.startsIn === 'timers') return;
      this.runClosing();
      // `uv_run` looks whether the loop is alive only after them.
      if (this.timersLast) this.timersPhase();
      return;
    }
    // src/api/callback.cc: the scope around main drains even after an exception that a handler took (S-71, m33).
    this.queues.guarded(enter);
    if (!main.module) this.bodyEnded();
    this.queues.guarded(() => this.queues.runNextTicks());
    this.clock.pass(slack.phase);
  }

  /** The body of the main script or module has run: before the next job, tick or phase the processor may be away. */
  bodyEnded(): void {
    this.clock.pass(slack.start);
  }

  /**
   * `uv_run(UV_RUN_DEFAULT)`, or its rest where the timers of the present iteration have been run. Returns false when nothing can ever happen
   * although handles are open.
   */
  private *uvRun(timersDone: boolean): Generator<void, boolean, readonly Moment[]> {
    const { timersLast } = this;
    if (timersLast && !timersDone && this.alive) this.timersPhase();
    const watch = new RecurrenceWatch(iterationsWatched);
    for (let iterations = 0; this.alive; iterations++) {
      this.observe(watch);
      if (iterations > manyIterations) {
        this.engine.incomplete(`the loop has not ended after ${manyIterations} iterations`);
        return false;
      }
      const goesOn = timersDone && !timersLast && iterations === 0;
      if (!goesOn) this.engine.iteration();
      if (!timersLast && !goesOn) this.timersPhase();
      if (!(yield* this.pollPhase())) return false;
      this.check();
      if (timersLast) this.timersPhase();
    }
    return true;
  }

  /** libuv 1.45 (Node 20.3) moved the timers to the end of the iteration (S-38). */
  private get timersLast(): boolean {
    return this.engine.node >= 20;
  }

  private timersPhase(): void {
    this.clock.pass(slack.phase);
    this.timers.run();
  }

  /** `uv__run_pending`. */
  private runPending(): void {
    for (let left = this.pending.length; left > 0; left--) {
      const task = this.pending.shift()!;
      this.queues.makeCallback(() => {
        this.clock.beginTurn();
        this.engine.step('pending', task.origin, task.run);
      });
    }
  }

  /** Pending callbacks and poll; libuv 1.45 runs what the poll made pending at once. Returns false when nothing can happen. */
  private *pollPhase(): Generator<void, boolean, readonly Moment[]> {
    this.runPending();
    const others = yield;
    this.platformTask();
    const happened = this.ioPoll(others);
    this.platformTask();
    if (this.engine.node >= 20) for (let round = 0; round < 8 && this.pending.length > 0; round++) this.runPending();
    return happened;
  }

  /** Whether the next poll phase will not wait, since something else is to run. */
  get mustNotWait(): boolean {
    return this.pending.length > 0 || this.immediates.alive || this.closing.length > 0 || !this.alive;
  }

  /**
   * Ticks that an uncaught exception has left behind run when the next callback scope ends. A foreground task of V8 (garbage
   * collection, compilation) opens one, too: src/node_platform.cc `RunForegroundTask`, called from its uv_async_t. Where
   * one of 60,000 random programs showed it, a loop that starts 12 ms late shows it in most runs.
   */
  private platformTask(): void {
    if (!this.queues.hasTickScheduled) return;
    const why = 'whether V8 has a task of its own for the loop, behind which the ticks run that the exception left in the queue';
    if (this.engine.choose(why, ['it has none', 'it has one']) === 1) this.queues.makeCallback(() => {});
  }

  private ioPoll(others: readonly Moment[]): boolean {
    if (this.mustNotWait) {
      this.poll.runWithoutWaiting();
      return true;
    }
    if (this.timers.empty && !this.poll.pendingAny && !this.immediates.pending) return false;
    this.poll.runWaiting(this.timers.possibleExpiries(), () => this.timers.nextExpiry(), () =>
      this.immediates.pending || this.pending.length > 0 || this.closing.length > 0 || this.timers.possibleExpiries().some(moment => this.clock.mayBeDue(moment)), others);
    return true;
  }

  /** Check phase and close callbacks. */
  private check(): void {
    this.immediates.run();
    this.runClosing();
  }

  private runClosing(): void {
    for (let left = this.closing.length; left > 0; left--) {
      const task = this.closing.shift()!;
      this.queues.makeCallback(() => {
        this.clock.beginTurn();
        this.engine.step('close', task.origin, task.run);
      });
    }
  }

  /** Whether it can be told apart if a timer is due at once or in the next timers phase. */
  private competes(moment: Moment): boolean {
    // What waits to be drained may yet queue something.
    return this.company.mayGoOnBefore({ instant: moment.instant, plus: moment.plus + slack.wakeUp }) || this.queues.hasTickScheduled || this.engine.hasMicrotasks || this.immediates.pending || this.pending.length > 0 || this.closing.length > 0 || this.poll.pendingAny || !this.alive;
  }

  /** `EmitProcessExit`: ticks are dropped, promise jobs still run (SEMANTICS S-73). */
  private exit(): number {
    this.queues.exiting = true;
    const code = this.engine.emitExit('exit');
    this.queues.runMicrotasks();
    return code;
  }
}
