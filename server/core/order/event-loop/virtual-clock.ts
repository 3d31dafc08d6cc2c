import { certain, cloneZone, constrain, copyInstant, createZone, dropInstant, elapse, leastSince, possible, type Zone } from './zone.ts';

/**
 * What real time may do between two things that the program does. Every instant of a run is known only up to these bounds;
 * an order that they leave open is a choice, one that they imply is certain. Measured on a loaded two-core machine
 * (SEMANTICS S-36, S-45, S-46; the oracle delays the start of the loop by 12 ms and every timer by 25 ms).
 */
export const slack = {
  /** Between two calls of one turn that does not wait for the clock. */
  turn: 2,
  /** The same for a turn that waits for the clock: it may lose the processor meanwhile. */
  busyTurn: 25,
  /** From the end of the main script's body to what comes next. */
  start: 24,
  /** The first write to a stream of the process, which loads the stream. */
  firstWrite: 12,
  /** How late a wake-up may be, and how long a turn of the loop may take beyond what the program's waits demand. */
  wakeUp: 27,
  /** From one phase to the next. */
  phase: 3,
} as const;

/** A moment of the run: an instant of the zone, and ms after it. */
export interface Moment {
  readonly instant: number;
  readonly plus: number;
}

/** Readings of the clock at one place within a turn that are not yet a wait; a real one asks thousands of times per ms. */
const patience = 64;

/** Above this number of live instants, timers of one turn share their start. */
const manyInstants = 40;

/** What the event loops of one program know of time together. */
export class SharedTime {
  zone: Zone = createZone();
  /** Uses of each instant by live timers, operations and phases. */
  readonly uses = new Map<number, number>();
}

/** The clock of one event loop; those of other threads and processes run beside it (SharedTime), ahead or behind. */
export class VirtualClock {
  /** The current time of this loop, an instant that moves. */
  readonly current: number;
  private turnStart: number;
  /** What the turn has waited for on the clock, ms. */
  private waited = 0;
  /** What slow calls of the turn may have taken, ms. */
  private slow = 0;
  private applied = 0;
  /** The turn holds a call whose length only the outside knows. */
  private unbounded = false;
  private lastStart: number | null = null;
  /** Concrete reading for the program: Date.now() and performance.now() move by what they waited for. */
  private reading = 0;
  private readonly origin: number;
  private readonly questions = new Map<unknown, number>();

  /** @param start an instant of `time` at which this clock begins; without one, `time` begins with it */
  constructor(private readonly time = new SharedTime(), start?: number) {
    this.current = start === undefined ? 0 : copyInstant(time.zone, start);
    this.turnStart = this.copyOfNow();
    this.origin = this.copyOfNow();
  }

  private get zone(): Zone {
    return this.time.zone;
  }

  /** A turn begins: what it schedules is counted from here. */
  beginTurn(): void {
    this.settle();
    this.anchor();
  }

  /** Counts from now on: the bounds of the turn before do not apply any more. */
  private anchor(): void {
    this.release(this.turnStart);
    this.turnStart = this.copyOfNow();
    this.waited = 0;
    this.slow = 0;
    this.applied = 0;
    this.lastStart = null;
    this.unbounded = false;
    this.questions.clear();
  }

  /** The time of the call, as `getLibuvNow` would return it; hold and release are the caller's. */
  startInstant(): number {
    this.settle();
    if (this.lastStart !== null && this.zone.bound.length - this.zone.free.length > manyInstants && this.time.uses.has(this.lastStart)) {
      return this.hold(this.lastStart);
    }
    this.lastStart = this.copyOfNow();
    return this.lastStart;
  }

  /** The instant at which the running turn began. */
  startOfTurn(): number {
    return this.hold(this.turnStart);
  }

  /** Brings the zone up to the current point of the turn. */
  settle(): void {
    elapse(this.zone, this.current, this.waited - this.applied, Infinity);
    this.applied = this.waited;
    if (!this.unbounded) constrain(this.zone, this.current, this.turnStart, this.waited + this.slow + (this.waited > 0 ? slack.busyTurn : slack.turn));
  }

  /** What the turn does now may take `most` ms. */
  mayTake(most: number): void {
    this.settle();
    this.slow += most;
  }

  /** The loop takes between 0 and `most` ms until the next phase. */
  pass(most: number): void {
    this.settle();
    elapse(this.zone, this.current, 0, most);
    this.anchor();
  }

  /** Waits until `moment` is reached, and at most `late` ms longer than that, than now, or than one of `others`. */
  waitUntil(moment: Moment, late: number, others: readonly Moment[] = []): void {
    this.waitForOutside([moment, ...others], late);
    constrain(this.zone, moment.instant, this.current, -moment.plus);
    this.reading = Math.max(this.reading, leastSince(this.zone, this.current, this.origin));
  }

  /** Waits for something outside, but at most `late` ms beyond each of the moments, or beyond now where one has passed. */
  waitForOutside(moments: readonly Moment[], late: number): void {
    this.settle();
    const before = copyInstant(this.zone, this.current);
    elapse(this.zone, this.current, 0, Infinity);
    for (const { instant, plus } of moments) {
      if (certain(this.zone, before, instant, plus)) constrain(this.zone, this.current, instant, plus + late);
      else constrain(this.zone, this.current, before, Math.max(0, plus + this.zone.bound[instant]![before]!) + late);
    }
    dropInstant(this.zone, before);
    this.anchor();
  }

  /** The present point of the turn as an instant that stays; released by the caller. */
  instantNow(): number {
    this.settle();
    return this.copyOfNow();
  }

  private copyOfNow(): number {
    return this.hold(copyInstant(this.zone, this.current));
  }

  /** When the moment is reached if nothing is late, ms since the start of the program. */
  nominal(moment: Moment): number {
    return moment.plus - this.zone.bound[this.origin]![moment.instant]!;
  }

  certainlyDue(moment: Moment, at: number = this.current): boolean {
    return certain(this.zone, moment.instant, at, -moment.plus);
  }

  /** Whether the moment may have been reached at `at` (an instant). */
  mayBeDue(moment: Moment, at: number = this.current): boolean {
    return possible(this.zone, moment.instant, at, -moment.plus);
  }

  mayNotBeDue(moment: Moment, at: number = this.current): boolean {
    return possible(this.zone, at, moment.instant, moment.plus - 1);
  }

  /** Takes as known that the moment has been reached at `at`, or not; false when that contradicts what is known. */
  decideDue(moment: Moment, due: boolean, at: number = this.current): boolean {
    return due ? constrain(this.zone, moment.instant, at, -moment.plus) : constrain(this.zone, at, moment.instant, moment.plus - 1);
  }

  /** Whether `a` may be reached before `b`; at a tie `tieToFirst` says who wins. */
  mayPrecede(a: Moment, b: Moment, tieToFirst: boolean): boolean {
    return possible(this.zone, a.instant, b.instant, b.plus - a.plus - (tieToFirst ? 0 : 1));
  }

  /** Takes as known that `a` is reached before `b`; false when that contradicts what is known. */
  decidePrecedes(a: Moment, b: Moment, tieToFirst: boolean): boolean {
    return constrain(this.zone, a.instant, b.instant, b.plus - a.plus - (tieToFirst ? 0 : 1));
  }

  /** Runs a question on a copy of what is known. */
  suppose<T>(question: () => T): T {
    const kept = this.time.zone;
    this.time.zone = cloneZone(kept);
    try {
      return question();
    } finally {
      this.time.zone = kept;
    }
  }

  /** Time that a synchronous wait takes (`Atomics.wait`, execSync of a sleep). */
  waitFor(ms: number): void {
    if (ms <= 0) return;
    this.waited += ms;
    this.reading += ms;
  }

  /** A synchronous call that takes as long as the outside takes (execSync). */
  waitForUnknown(): void {
    this.unbounded = true;
  }

  /**
   * What the program reads from a clock at a place of its text, ms since its start. Asking at one place again and again
   * within a turn is waiting: from then on each question moves the clock by one millisecond, and the turn is known to last
   * that long, less the one that rounding may hide.
   */
  read(place: unknown): number {
    this.reads++;
    const asked = (this.questions.get(place) ?? 0) + 1;
    this.questions.set(place, asked);
    if (asked > patience) {
      this.reading += 1;
      if (asked > patience + 1) this.waited += 1;
    }
    return this.reading;
  }

  /** How often the program has asked. */
  reads = 0;

  hold(instant: number): number {
    const { uses } = this.time;
    uses.set(instant, (uses.get(instant) ?? 0) + 1);
    return instant;
  }

  release(instant: number): void {
    const { uses } = this.time;
    const left = (uses.get(instant) ?? 0) - 1;
    if (left > 0) uses.set(instant, left);
    else {
      uses.delete(instant);
      if (instant !== this.current) dropInstant(this.zone, instant);
      if (this.lastStart === instant) this.lastStart = null;
    }
  }
}
