import type { OutputLine, OrderRelation, Phase, Step, Timeline } from '../../server/core/order/timeline.ts';

/** Lanes from top to bottom: JavaScript's own turn, the two queues that drain after every callback, then the phases in the order of the loop. */
export const allPhases: readonly Phase[] = ['main', 'nextTick', 'microtask', 'timers', 'pending', 'poll', 'check', 'close', 'exit'];

/** The lanes to draw: all, or those in which a step runs. */
export function lanesOf(steps: readonly Step[], all: boolean): readonly Phase[] {
  if (all) return allPhases;
  const used = new Set(steps.map(step => step.phase));
  return allPhases.filter(phase => used.has(phase));
}

/**
 * What waits in each queue (those with something in them, as in `allPhases`) while `steps[index]` is current, in the order in which it will run: steps that this step or
 * an earlier one has scheduled and that run later. Work that is scheduled and never runs (a cleared timer) is not a
 * step and so not listed.
 */
export function waitingAt(steps: readonly Step[], index: number): ReadonlyMap<Phase, readonly Step[]> {
  const ran = new Set([0, ...steps.slice(0, index + 1).map(step => step.id)]);
  const queues = new Map<Phase, Step[]>(allPhases.map(phase => [phase, []]));
  for (const step of steps.slice(index + 1)) if (step.phase !== 'main' && ran.has(step.scheduledBy)) queues.get(step.phase)?.push(step);
  return new Map([...queues].filter(([, queue]) => queue.length > 0));
}

/** A line of output with the step that writes it (index into the steps). */
export interface ConsoleLine extends OutputLine {
  readonly step: number;
}

/** All output in order; the part that is written when `steps[index]` has run is that with `step <= index`. */
export function consoleLines(steps: readonly Step[]): readonly ConsoleLine[] {
  return steps.flatMap((step, index) => step.output.map(line => ({ ...line, step: index })));
}

/** Index of the step that a place in the code means: the innermost step that holds the line, and of equal ones the next at or after `from`. -1 for none. */
export function stepAt(steps: readonly Step[], file: string, line: number, from: number): number {
  let best = -1;
  let bestSize = Infinity;
  for (let offset = 0; offset < steps.length; offset++) {
    const index = (Math.max(0, from) + offset) % steps.length;
    const { location } = steps[index]!;
    const size = location.endLine - location.line;
    if (location.file === file && location.line <= line && line <= location.endLine && size < bestSize) {
      best = index;
      bestSize = size;
    }
  }
  return best;
}

/** Index in `next` of the step that was `previous[index]`: same label, phase and occurrence, else same label nearest in the code, else the same position. */
export function keepSelection(previous: readonly Step[], index: number, next: readonly Step[]): number {
  const step = previous[index];
  if (!step || next.length === 0) return 0;
  const alike = (other: Step): boolean => other.label === step.label && other.phase === step.phase && other.location.file === step.location.file;
  const distance = (other: Step): number => Math.abs(other.location.line - step.location.line);
  const occurrence = previous.slice(0, index).filter(other => alike(other) && other.location.line === step.location.line).length;
  const candidates = next.flatMap((other, at) => (alike(other) ? [at] : []));
  if (candidates.length === 0) return Math.min(index, next.length - 1);
  const nearest = Math.min(...candidates.map(at => distance(next[at]!)));
  const sameLine = candidates.filter(at => distance(next[at]!) === nearest);
  return sameLine[Math.min(occurrence, sameLine.length - 1)]!;
}

/** Steps that are open among each other for one reason. */
export interface OpenOrder {
  readonly why: string;
  /** Indices into the steps, ascending. */
  readonly steps: readonly number[];
  /** Which of them may swap, as indices. */
  readonly pairs: readonly (readonly [number, number])[];
}

/** The relations `either` joined: those of the same reason that share a step are one open order. */
export function openOrders(order: readonly OrderRelation[], steps: readonly Step[]): readonly OpenOrder[] {
  const indexOf = new Map(steps.map((step, index) => [step.id, index]));
  const groups: { why: string; steps: Set<number>; pairs: (readonly [number, number])[] }[] = [];
  for (const { a, b, relation, why } of order) {
    const first = indexOf.get(a);
    const second = indexOf.get(b);
    if (relation !== 'either' || first === undefined || second === undefined) continue;
    const touching = groups.filter(group => group.why === why && (group.steps.has(first) || group.steps.has(second)));
    const joined = { why, steps: new Set([first, second, ...touching.flatMap(group => [...group.steps])]), pairs: [...touching.flatMap(group => group.pairs), [first, second] as const] };
    for (const group of touching) groups.splice(groups.indexOf(group), 1);
    groups.push(joined);
  }
  return groups.map(({ why, steps: members, pairs }) => ({ why, steps: [...members].sort((x, y) => x - y), pairs })).sort((x, y) => x.steps[0]! - y.steps[0]!);
}

/** The outcome that answers an open order otherwise: one whose choices name the reason, else the next one. */
export function otherOutcome(timeline: Timeline, shown: number, why: string | null): number {
  const { outcomes } = timeline;
  if (outcomes.length < 2) return shown;
  const names = (choice: string): boolean => why !== null && why !== '' && (choice.includes(why) || why.includes(choice));
  const named = outcomes.findIndex((outcome, index) => index !== shown && outcome.choices.some(names) && !outcomes[shown]!.choices.some(choice => outcome.choices.includes(choice) && names(choice)));
  return named >= 0 ? named : (shown + 1) % outcomes.length;
}

/** A line of a comparison: in both, only in the likeliest outcome, only in the other one. */
export interface DiffLine extends OutputLine {
  readonly side: 'both' | 'removed' | 'added';
}

/** The largest table of the comparison; above it lines are compared place by place. */
const largestTable = 4_000_000;

/** Output of another outcome compared with that of the likeliest one: a longest common subsequence of lines. */
export function diffOutput(before: readonly OutputLine[], after: readonly OutputLine[]): readonly DiffLine[] {
  const same = (x: OutputLine, y: OutputLine): boolean => x.text === y.text && x.stream === y.stream;
  const rows = before.length;
  const columns = after.length;
  const result: DiffLine[] = [];
  if (rows * columns > largestTable) {
    for (let i = 0; i < Math.max(rows, columns); i++) {
      const [x, y] = [before[i], after[i]];
      if (x && y && same(x, y)) result.push({ ...x, side: 'both' });
      else {
        if (x) result.push({ ...x, side: 'removed' });
        if (y) result.push({ ...y, side: 'added' });
      }
    }
    return result;
  }
  const width = columns + 1;
  const common = new Uint32Array((rows + 1) * width);
  for (let i = rows - 1; i >= 0; i--) {
    for (let j = columns - 1; j >= 0; j--) {
      common[i * width + j] = same(before[i]!, after[j]!) ? common[(i + 1) * width + j + 1]! + 1 : Math.max(common[(i + 1) * width + j]!, common[i * width + j + 1]!);
    }
  }
  let i = 0;
  let j = 0;
  while (i < rows || j < columns) {
    if (i < rows && j < columns && same(before[i]!, after[j]!)) {
      result.push({ ...before[i]!, side: 'both' });
      i++;
      j++;
    } else if (i < rows && (j === columns || common[(i + 1) * width + j]! >= common[i * width + j + 1]!)) result.push({ ...before[i++]!, side: 'removed' });
    else result.push({ ...after[j++]!, side: 'added' });
  }
  return result;
}

/** A row of the tree table: an iteration (level 1), a phase with what drains after its callbacks (2), a step (3). */
export interface TreeRow {
  readonly key: string;
  readonly level: 1 | 2 | 3;
  readonly iteration: number;
  readonly phase: Phase;
  /** Index into the steps of the step, or of the first step of the group. */
  readonly first: number;
  /** Index of the last step of the group. */
  readonly last: number;
  /** 1-based position among its siblings, and their number. */
  readonly position: number;
  readonly siblings: number;
  readonly parent: string | null;
}

/** All rows of the tree table, parents before children. */
export function treeRows(steps: readonly Step[]): readonly TreeRow[] {
  const iterations = runsOf(steps, 0, steps.length, (step, last) => step.iteration === last.iteration && step.thread === last.thread);
  return iterations.flatMap(([start, end], at): TreeRow[] => {
    const { iteration } = steps[start]!;
    const key = `i${start}`;
    const isDrain = (step: Step): boolean => step.phase === 'nextTick' || step.phase === 'microtask';
    let owner = steps[start]!.phase;
    const phases = runsOf(steps, start, end, step => isDrain(step) || step.phase === owner || ((owner = step.phase), false));
    const rows = phases.flatMap(([from, to], place): TreeRow[] => {
      const group = { iteration, phase: steps[from]!.phase, parent: key };
      const children = Array.from({ length: to - from }, (_, n): TreeRow => ({ key: `s${from + n}`, level: 3, iteration, phase: steps[from + n]!.phase, first: from + n, last: from + n, position: n + 1, siblings: to - from, parent: `p${from}` }));
      return [{ ...group, key: `p${from}`, level: 2, first: from, last: to - 1, position: place + 1, siblings: phases.length }, ...children];
    });
    return [{ key, level: 1, iteration, phase: steps[start]!.phase, first: start, last: end - 1, position: at + 1, siblings: iterations.length, parent: null }, ...rows];
  });
}

/** Splits `steps[from..to)` where `continues` says no; returns [start, end) pairs. */
function runsOf(steps: readonly Step[], from: number, to: number, continues: (step: Step, last: Step) => boolean): [number, number][] {
  const runs: [number, number][] = [];
  for (let index = from; index < to; index++) {
    const last = runs.at(-1);
    if (last && continues(steps[index]!, steps[index - 1]!)) last[1] = index + 1;
    else runs.push([index, index + 1]);
  }
  return runs;
}
