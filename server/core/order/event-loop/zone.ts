/**
 * A difference-bound matrix over instants in milliseconds, as timed automata use it: `bound[i][j]` is the most that
 * instant i may lie after instant j. Instant 0 is the current time of the first event loop. The matrix is kept closed (every
 * bound is the tightest that the others imply), so a question is one look-up. Instants are integers, as `uv_now` is.
 */
export interface Zone {
  readonly bound: number[][];
  readonly free: number[];
}

export function createZone(): Zone {
  return { bound: [[0]], free: [] };
}

export function cloneZone(zone: Zone): Zone {
  return { bound: zone.bound.map(row => row.slice()), free: zone.free.slice() };
}

/** A new instant, equal to `instant`; returns its index. */
export function copyInstant(zone: Zone, instant: number): number {
  const { bound, free } = zone;
  const created = free.pop() ?? bound.length;
  if (created === bound.length) {
    for (const row of bound) row.push(0);
    bound.push(new Array<number>(created + 1).fill(0));
  }
  const source = bound[instant]!;
  const row = bound[created]!;
  for (let j = 0; j < bound.length; j++) {
    row[j] = source[j]!;
    bound[j]![created] = bound[j]![instant]!;
  }
  row[instant] = 0;
  row[created] = 0;
  bound[instant]![created] = 0;
  return created;
}

/** Forgets an instant; its index may be given out again. */
export function dropInstant(zone: Zone, instant: number): void {
  zone.free.push(instant);
  for (let j = 0; j < zone.bound.length; j++) {
    if (j === instant) continue;
    zone.bound[instant]![j] = Infinity;
    zone.bound[j]![instant] = Infinity;
  }
}

/** Moves the instant `now`, a current time, between `least` and `most` ms on. */
export function elapse(zone: Zone, now: number, least: number, most: number): void {
  const row = zone.bound[now]!;
  for (let j = 0; j < row.length; j++) {
    if (j === now) continue;
    row[j] = row[j]! + most;
    zone.bound[j]![now] = zone.bound[j]![now]! - least;
  }
}

/** Whether instant `i` may lie at most `most` ms after instant `j` (negative: at least that much before it). */
export function possible(zone: Zone, i: number, j: number, most: number): boolean {
  return i === j ? most >= 0 : zone.bound[j]![i]! + most >= 0;
}

/** Whether instant `i` certainly lies at most `most` ms after instant `j`. */
export function certain(zone: Zone, i: number, j: number, most: number): boolean {
  return i === j ? most >= 0 : zone.bound[i]![j]! <= most;
}

/** Adds "`i` is at most `most` ms after `j`". Returns false when that contradicts what is known (the zone is then unusable). */
export function constrain(zone: Zone, i: number, j: number, most: number): boolean {
  if (!possible(zone, i, j, most)) return false;
  if (i === j || zone.bound[i]![j]! <= most) return true;
  const { bound } = zone;
  const n = bound.length;
  const rowJ = bound[j]!;
  for (let a = 0; a < n; a++) {
    const toI = a === i ? 0 : bound[a]![i]!;
    if (toI === Infinity) continue;
    const row = bound[a]!;
    for (let b = 0; b < n; b++) {
      const through = toI + most + (b === j ? 0 : rowJ[b]!);
      if (a !== b && through < row[b]!) row[b] = through;
    }
  }
  return true;
}

/** Least ms that the instant `now` lies after `instant`. */
export function leastSince(zone: Zone, now: number, instant: number): number {
  return instant === now ? 0 : -zone.bound[instant]![now]!;
}
