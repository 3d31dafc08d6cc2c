import type { Engine, Task } from './engine.ts';
import type { TaskQueues } from './task-queues.ts';
import { slack, type Moment, type VirtualClock } from './virtual-clock.ts';

/** A timer of the program. Made by the binding; `list` and `start` belong to the lists. */
export interface Timer {
  /** Calls `_onTimeout` with its arguments. */
  readonly task: Task;
  /** Delay in ms after coercion: 1 to 2^31-1. */
  ms: number;
  /** Asked after the callback: whether the timer re-arms itself. */
  readonly repeats: () => boolean;
  ref: boolean;
  list: TimersList | null;
  /** `_idleStart`, an instant of the clock. */
  start: number;
}

/** FIFO list of the timers of one duration (lib/internal/timers.js `TimersList`). */
interface TimersList {
  readonly ms: number;
  readonly timers: Timer[];
  /** Stays when the head is cleared; moves only when the list is reached. */
  expiry: Moment;
  id: number;
}

/** SEMANTICS S-31: below 1, not a number or beyond 2^31-1 is 1; fractions are cut off. */
export function coerceDelay(after: number): number {
  return after >= 1 && after <= 2 ** 31 - 1 ? Math.trunc(after) : 1;
}

export class Timers {
  private readonly lists = new Map<number, TimersList>();
  private nextListId = 0;
  private running: TimersList | null = null;
  /** `now` of the timers phase that runs: one sample for the whole phase (SEMANTICS S-34). */
  private sampled: number | null = null;
  /** The clock when a timer was armed last in the drain that ends a timers phase (`uv_update_time` of `getLibuvNow`). */
  private armedInDrain: number | null = null;
  private draining = false;

  /** @param competes whether something else can run between now and the moment at which a timer is due */
  constructor(
    private readonly engine: Engine,
    private readonly clock: VirtualClock,
    private readonly queues: TaskQueues,
    private readonly competes: (moment: Moment) => boolean,
  ) {}

  /** Timers that were ever armed. */
  armed = 0;

  /** What is armed, in words. */
  get waiting(): readonly string[] {
    return [...this.lists.values()].flatMap(list => list.timers.map(timer => this.engine.describe(timer.task.origin)));
  }

  /** The only timer there is; null where there are none or several. */
  get only(): Timer | null {
    const [list, ...others] = [...this.lists.values()];
    return list !== undefined && others.length === 0 && list.timers.length === 1 ? list.timers[0]! : null;
  }

  get empty(): boolean {
    return this.lists.size === 0;
  }

  get alive(): boolean {
    for (const list of this.lists.values()) if (list.timers.some(timer => timer.ref)) return true;
    return false;
  }

  /** `insert`: appends to the list of its duration, with the time of the call or a given start. */
  insert(timer: Timer, start = this.clock.startInstant()): void {
    this.armed++;
    if (this.draining) this.noteArmed(start);
    let list = this.lists.get(timer.ms);
    if (list === undefined) {
      list = { ms: timer.ms, timers: [], expiry: { instant: this.clock.hold(start), plus: timer.ms }, id: this.nextListId++ };
      this.lists.set(timer.ms, list);
    }
    list.timers.push(timer);
    timer.list = list;
    timer.start = start;
  }

  /** Takes a timer out of its list, if it is in one. */
  remove(timer: Timer): void {
    const { list } = timer;
    if (list === null) return;
    list.timers.splice(list.timers.indexOf(timer), 1);
    timer.list = null;
    this.clock.release(timer.start);
    if (list.timers.length === 0 && list !== this.running) this.drop(list);
  }

  private drop(list: TimersList): void {
    this.lists.delete(list.ms);
    this.clock.release(list.expiry.instant);
  }

  /** Decides which list expires first and returns when. Asks only where the clock leaves it open; null without timers. */
  nextExpiry(): Moment | null {
    return this.peek()?.expiry ?? null;
  }

  /** The moments of all lists that may expire first. */
  possibleExpiries(): readonly Moment[] {
    return this.candidates().map(list => list.expiry);
  }

  /** The lists that may be at the head of the priority queue (`compareTimersLists`: by expiry, then id), likeliest first. */
  private candidates(): TimersList[] {
    const all = [...this.lists.values()];
    if (all.length < 2) return all;
    const precedes = (a: TimersList, b: TimersList) => a === b || this.clock.mayPrecede(a.expiry, b.expiry, a.id < b.id);
    const pairwise = all.filter(list => all.every(other => precedes(list, other)));
    if (pairwise.length < 2) return pairwise;
    return pairwise
      .filter(list => this.clock.suppose(() => this.decideFirst(list)))
      .sort((a, b) => this.clock.nominal(a.expiry) - this.clock.nominal(b.expiry) || a.id - b.id);
  }

  /** Takes as known that `list` is at the head; false when that contradicts what is known. */
  private decideFirst(list: TimersList): boolean {
    for (const other of this.lists.values()) {
      if (other !== list && !this.clock.decidePrecedes(list.expiry, other.expiry, list.id < other.id)) return false;
    }
    return true;
  }

  private peek(): TimersList | null {
    const candidates = this.candidates();
    const head = candidates.length < 2 ? candidates[0] : candidates[this.engine.choose(
      `which timer is due first, ${candidates.map(list => this.describe(list)).join(' or ')}`,
      candidates.map(list => this.describe(list)))];
    if (head === undefined) return null;
    this.decideFirst(head);
    return head;
  }

  private describe(list: TimersList): string {
    const head = list.timers[0];
    return head === undefined ? `a ${list.ms} ms timer` : this.engine.describe(head.task.origin);
  }

  /**
   * The timers phase: `uv__run_timers`. What the drain behind the last callback arms moves libuv's clock, so before
   * libuv 1.48 (Node 22) its loop may find the handle of Node's timers due once more.
   */
  run(): void {
    do this.runTimers(); while (this.engine.node < 22 && this.dueAgain());
  }

  /**
   * src/env.cc `RunTimers` around `processTimers`, which goes on with the same sample of the time after an exception
   * (SEMANTICS S-71: the next timer runs before the ticks of the one that threw).
   */
  private runTimers(): void {
    let ran = false;
    const enter = () => {
      if (!ran) this.engine.tick();
      ran = true;
    };
    while (!this.queues.guarded(() => this.processTimers(enter)));
    this.draining = true;
    try {
      if (ran) this.queues.guarded(() => this.queues.runNextTicks());
    } finally {
      this.draining = false;
    }
    if (this.sampled !== null) this.clock.release(this.sampled);
    this.sampled = null;
  }

  private noteArmed(start: number): void {
    if (this.armedInDrain !== null) this.clock.release(this.armedInDrain);
    this.armedInDrain = this.clock.hold(start);
  }

  /** Whether a timer is due at the time when the drain armed its last one. */
  private dueAgain(): boolean {
    const at = this.armedInDrain;
    if (at === null) return false;
    this.armedInDrain = null;
    const lists = this.candidates().filter(list => this.clock.mayBeDue(list.expiry, at));
    let due = lists.some(list => this.competes(list.expiry));
    if (due && lists.every(list => this.clock.mayNotBeDue(list.expiry, at))) {
      due = this.engine.choose(`whether ${lists.map(list => this.describe(list)).join(' or ')} is due when the timers phase ends`, ['not due yet', 'it is due']) === 1;
      // Of several, the phase that runs again decides which it is.
      if (!due || lists.length === 1) for (const list of lists) this.clock.decideDue(list.expiry, due, at);
    }
    this.clock.release(at);
    return due;
  }

  /** `processTimers`. */
  private processTimers(enter: () => void): void {
    let ranAtLeastOneList = false;
    for (let list = this.peekDue(); list !== null; list = this.peekDue()) {
      if (ranAtLeastOneList) this.queues.runNextTicks();
      ranAtLeastOneList = true;
      // A tick may have emptied the list.
      if (this.lists.get(list.ms) === list) this.listOnTimeout(list, enter);
    }
  }

  /** `listOnTimeout`: all due timers of the list, draining before each further one (SEMANTICS S-5, S-33). */
  private listOnTimeout(list: TimersList, enter: () => void): void {
    this.running = list;
    let ranAtLeastOneTimer = false;
    try {
      for (let timer = list.timers[0]; timer !== undefined; timer = list.timers[0]) {
        const moment: Moment = { instant: timer.start, plus: list.ms };
        const others = () => [...this.lists.values()].some(other => other !== list && this.clock.mayPrecede(other.expiry, moment, true));
        if (!this.isDue(list, moment, () => this.competes(moment) || others())) {
          this.clock.hold(moment.instant);
          this.clock.release(list.expiry.instant);
          list.expiry = moment;
          list.id = this.nextListId++;
          return;
        }
        if (ranAtLeastOneTimer) this.queues.runNextTicks();
        ranAtLeastOneTimer = true;
        if (timer.list !== list) continue;
        this.remove(timer);
        enter();
        this.call(timer);
      }
    } finally {
      this.running = null;
      if (list.timers.length === 0 && this.lists.get(list.ms) === list) this.drop(list);
    }
  }

  /** The callback; an interval starts again from the time before it (SEMANTICS S-37). */
  private call(timer: Timer): void {
    this.queues.entered++;
    this.clock.beginTurn();
    const start = this.clock.startOfTurn();
    try {
      this.engine.step('timers', timer.task.origin, timer.task.run);
    } finally {
      if (timer.list === null && timer.repeats()) this.insert(timer, start);
      else this.clock.release(start);
    }
  }

  /** The head of the queue if it is due at the sampled time. One question decides which list it is and whether it is due. */
  private peekDue(): TimersList | null {
    const at = this.sampled ?? this.clock.current;
    const candidates = this.candidates();
    const mayBeDue = candidates.filter(list => this.clock.mayBeDue(list.expiry, at));
    if (mayBeDue.length === 0) return null;
    const seen = candidates.some(list => this.competes(list.expiry));
    if (!seen) {
      // Nothing can come between: whether the same timers phase or the next one reaches it cannot be told apart.
      if (this.sampled === null && !candidates.some(list => this.clock.certainlyDue(list.expiry, at))) return null;
      const list = this.peek();
      return list !== null && this.isDue(list, list.expiry, () => false) ? list : null;
    }
    const noneDue = this.clock.suppose(() => [...this.lists.values()].every(list => this.clock.decideDue(list.expiry, false, at)));
    const alternatives = mayBeDue.filter(list => this.clock.suppose(() => this.decideFirst(list) && this.clock.decideDue(list.expiry, true, at)));
    let taken: TimersList | null;
    if (alternatives.length + Number(noneDue) < 2) taken = alternatives[0] ?? null;
    else {
      const options: (TimersList | null)[] = [...alternatives];
      if (noneDue) {
        if (alternatives[0]!.ms > 2) options.unshift(null);
        else options.push(null);
      }
      const names = alternatives.map(list => this.describe(list));
      const where = this.sampled === null ? 'when the loop gets to its timers' : 'in the same timers phase';
      const why = noneDue ? `whether ${names.join(' or ')} is due ${where}` : `which timer is due first, ${names.join(' or ')}`;
      taken = options[this.engine.choose(why, options.map(list => (list === null ? 'not due yet' : `${this.describe(list)} is due`)))]!;
    }
    if (taken === null) {
      for (const list of this.lists.values()) this.clock.decideDue(list.expiry, false, at);
      return null;
    }
    this.decideFirst(taken);
    this.clock.decideDue(taken.expiry, true, at);
    this.sample();
    return taken;
  }

  /** Whether a timer of the list that runs is due at the sample; `seen` says whether anybody could tell. */
  private isDue(list: TimersList, moment: Moment, seen: () => boolean): boolean {
    const at = this.sampled ?? this.clock.current;
    if (!this.clock.mayBeDue(moment, at)) return false;
    if (this.clock.mayNotBeDue(moment, at)) {
      if (seen()) {
        const due = this.engine.choose(`whether ${this.describe(list)} is due in the same timers phase`, ['it is due', 'not due yet']) === 0;
        this.clock.decideDue(moment, due, at);
        if (!due) return false;
      } else {
        this.clock.waitUntil(moment, slack.wakeUp);
        if (this.sampled !== null) this.clock.release(this.sampled);
        this.sampled = null;
      }
    }
    this.sample();
    return true;
  }

  private sample(): void {
    this.sampled ??= this.clock.instantNow();
  }
}
