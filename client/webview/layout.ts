import { actionLine } from './actions.ts';
import type { Phase, Step } from '../../server/core/order/timeline.ts';
import type { OpenOrder } from './model.ts';

/** Sizes of the drawing, px. */
export const sizes = {
  ruler: 46,
  bracketRow: 26,
  lane: 64,
  cardHeight: 54,
  cardMin: 104,
  cardMax: 236,
  /** From the start of a step to that of the next, in another lane and in the same one. */
  advance: 54,
  gap: 12,
  iterationGap: 22,
  iterationMin: 120,
  margin: 16,
} as const;

/** Rows of brackets that are drawn; further open orders share the last one. */
const mostBracketRows = 3;

/** A step's card. `x` is its place in the run: cards may overlap in width, their left edges never coincide. */
export interface Card {
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

export interface IterationColumn {
  readonly iteration: number;
  readonly first: number;
  readonly last: number;
  readonly x: number;
  readonly width: number;
}

export interface Bracket {
  readonly order: OpenOrder;
  readonly x1: number;
  readonly x2: number;
  readonly row: number;
}

export interface Layout {
  readonly lanes: readonly Phase[];
  /** Parallel to the steps; `x` ascending. */
  readonly cards: readonly Card[];
  readonly iterations: readonly IterationColumn[];
  readonly brackets: readonly Bracket[];
  /** Where the first lane starts. */
  readonly top: number;
  readonly laneHeight: number;
  readonly width: number;
  readonly height: number;
}

/**
 * Places the steps: lanes from top to bottom, iterations from left to right, every step right of the one that runs
 * before it, and no two cards of a lane over each other.
 * @param measure px that a text of the card takes
 * @param height px that the drawing should fill; lanes grow to it
 */
export function layOut(steps: readonly Step[], lanes: readonly Phase[], open: readonly OpenOrder[], measure: (text: string, code: boolean) => number, height = 0): Layout {
  const laneEnds = new Map<Phase, number>();
  const xs: { x: number; width: number }[] = [];
  const iterations: { iteration: number; first: number; last: number; x: number; width: number }[] = [];
  let furthest: number = sizes.margin;
  let x: number = sizes.margin;
  const inOrder = new Set(open.flatMap(order => [...order.steps]));
  steps.forEach((step, index) => {
    const width = cardWidth(step, inOrder.has(index), measure);
    const column = iterations.at(-1);
    if (!column || column.iteration !== step.iteration || steps[column.first]!.thread !== step.thread) {
      if (column) column.width = Math.max(sizes.iterationMin, furthest - column.x + sizes.margin);
      const start = column ? column.x + column.width : 0;
      iterations.push({ iteration: step.iteration, first: index, last: index, x: start, width: 0 });
      x = start + (column ? sizes.iterationGap : sizes.margin);
      laneEnds.clear();
    } else {
      column.last = index;
      x = Math.max(x + sizes.advance, (laneEnds.get(step.phase) ?? -Infinity) + sizes.gap);
    }
    xs.push({ x, width });
    laneEnds.set(step.phase, x + width);
    furthest = Math.max(furthest, x + width);
  });
  const last = iterations.at(-1);
  if (last) last.width = Math.max(sizes.iterationMin, furthest - last.x + sizes.margin);

  const brackets = placeBrackets(open, xs);
  const rows = Math.max(0, ...brackets.map(bracket => bracket.row + 1));
  const top = sizes.ruler + rows * sizes.bracketRow + (rows ? 6 : 0);
  const laneHeight = Math.max(sizes.lane, Math.min(104, Math.floor((height - top - 2) / Math.max(1, lanes.length))));
  const laneY = new Map(lanes.map((phase, lane) => [phase, top + lane * laneHeight + (laneHeight - sizes.cardHeight) / 2]));
  return {
    lanes,
    cards: xs.map((card, index) => ({ ...card, y: laneY.get(steps[index]!.phase) ?? top })),
    iterations,
    brackets,
    top,
    laneHeight,
    width: last ? last.x + last.width : 0,
    height: top + lanes.length * laneHeight,
  };
}

/** Px of the badge that holds the number of a step. */
export function badgeWidth(id: number): number {
  return Math.max(18, 8 + String(id).length * 7);
}

function cardWidth(step: Step, open: boolean, measure: (text: string, code: boolean) => number): number {
  const first = step.output[0]?.text ?? (step.actions?.[0] ? actionLine(step.actions[0]) : '');
  return Math.round(Math.min(sizes.cardMax, Math.max(sizes.cardMin, measure(step.label, false) + badgeWidth(step.id) + (open ? 46 : 30), measure(first, true) + 40)));
}

/** Brackets from the first to the last step of each open order, those that overlap in rows of their own. */
function placeBrackets(open: readonly OpenOrder[], cards: readonly { readonly x: number }[]): Bracket[] {
  const ends: number[] = [];
  return open.map(order => {
    const x1 = cards[order.steps[0]!]!.x;
    const x2 = cards[order.steps.at(-1)!]!.x;
    const free = ends.findIndex(end => end < x1);
    const row = free >= 0 ? free : Math.min(ends.length, mostBracketRows - 1);
    ends[row] = Math.max(ends[row] ?? 0, x2 + 24);
    return { order, x1, x2, row };
  });
}

/** [first, last + 1) of the ascending cards of which something may show between two x positions. */
export function visibleRange(cards: readonly Card[], left: number, right: number): [number, number] {
  const firstNotBefore = (x: number): number => {
    let low = 0;
    let high = cards.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (cards[middle]!.x < x) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return [firstNotBefore(left - sizes.cardMax), firstNotBefore(right)];
}
