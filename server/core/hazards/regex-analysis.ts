import type { Literal, Report } from 'scslre';

/** How the time of a regular expression grows with the length of its input, at worst. */
export interface RegexCost {
  /** `exponential`, or the power of the length. */
  readonly growth: 'exponential' | 2 | 3;
  /** It is slow only since each position of the text is tried anew (`\s+$`). */
  readonly byMove: boolean;
  /** A character that repeated makes it slow. */
  readonly character: string;
  /** The repetition that is to blame, as written. */
  readonly quantifier: string;
  /** The same expression without the fault, where it can be had. */
  readonly fixed: string | null;
}

/** Longer expressions are tables that somebody generated; analysing one can take seconds. */
const longest = 600;
const mostKept = 5000;

const known = new Map<string, RegexCost | null>();

/** Whether the text of an expression can be exponential at all: a repetition of a group with a repetition in it. */
export function mayBeExponential(source: string): boolean {
  return /[*+}][^]*\)(?:[*+]|\{\d+,)/.test(source);
}

/** Judges a regular expression; null where its time grows with the length at most. Each is analysed once. */
export function regexCost(source: string, flags: string): RegexCost | null {
  if (source.length > longest || !/[*+]|\{\d+,\}/.test(source) || /y/.test(flags)) return null;
  const key = `/${source}/${flags}`;
  let cost = known.get(key);
  if (cost === undefined) {
    // A server that runs for days sees many edits.
    if (known.size >= mostKept) known.clear();
    known.set(key, (cost = analyseCost({ source, flags })));
  }
  return cost;
}

function analyseCost(literal: Literal): RegexCost | null {
  const reports = reportsOf(literal);
  const worst = reports.find(report => report.exponential) ?? reports.find(report => report.type !== 'Move') ?? reports[0];
  if (!worst) return null;
  const byMove = worst.type === 'Move';
  return {
    growth: worst.exponential ? 'exponential' : !byMove && reports.some(report => report.type === 'Move') ? 3 : 2,
    byMove,
    character: worst.character.pick,
    quantifier: worst.type === 'Trade' ? `${worst.startQuant.raw}…${worst.endQuant.raw}` : worst.type === 'Self' ? worst.parentQuant.raw : worst.quant.raw,
    fixed: fixedLiteral(worst),
  };
}

function reportsOf(literal: Literal): readonly Report[] {
  // 40 ms to load, and needed only where such an expression stands on the way of a request.
  const { analyse } = require('scslre') as typeof import('scslre');
  try {
    return analyse(literal).reports;
  } catch {
    // Text that is no regular expression, or one with syntax that is newer than the analysis.
    return [];
  }
}

function fixedLiteral(report: Report): string | null {
  const fixed = report.fix();
  return fixed && reportsOf(fixed).length === 0 ? String(new RegExp(fixed.source, fixed.flags)) : null;
}
