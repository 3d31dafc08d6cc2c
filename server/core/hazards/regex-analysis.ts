import { RegExpParser, type AST } from '@eslint-community/regexpp';
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
/** So many looks at parts of an expression are worth one finding: a fifth of a second. One that takes more is not judged. */
const mostSteps = 1_000_000;

const known = new Map<string, RegexCost | null>();

/** Whether the text of an expression can be exponential at all: a repetition of a group with a repetition in it. */
export function mayBeExponential(source: string): boolean {
  const first = source.search(/[*+}]/);
  return first >= 0 && /\)(?:[*+]|\{\d+,)/.test(source.slice(first + 1));
}

/** Judges a regular expression; null where its time grows with the length at most, and where judging it takes too many steps. Each is analysed once. */
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
  if (!reports.some(report => report.exponential)) {
    const cost = boundedCost(literal);
    if (cost) return cost;
  }
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

/** `([a-z]{2,4})+`: parts of several lengths, repeated. */
const repeatedParts = /\((?:\?:)?[^()|]*?\{(\d+),(\d+)\}[^()|]*\)(?:[*+]|\{\d+,\})/;

/**
 * scslre looks at repetitions without an end only. A text can be cut into parts of two to four characters in exponentially many ways
 * too; whether the cuts are free tells the analysis of the same expression with parts of any length.
 */
function boundedCost({ source, flags }: Literal): RegexCost | null {
  const [quantifier, least, most] = repeatedParts.exec(source) ?? [];
  if (quantifier === undefined || Number(least) >= Number(most)) return null;
  const widened = quantifier.replace(/\{(\d+),\d+\}/, (_, low: string) => (low === '0' ? '*' : '+'));
  const worst = reportsOf({ source: source.replace(quantifier, () => widened), flags }).find(report => report.exponential);
  return worst ? { growth: 'exponential', byMove: false, character: worst.character.pick, quantifier, fixed: null } : null;
}

function reportsOf(literal: Literal): readonly Report[] {
  // 40 ms to load, and needed only where such an expression stands on the way of a request.
  const { analyse } = require('scslre') as typeof import('scslre');
  try {
    const { pattern, flags } = new RegExpParser().parseLiteral(`/${literal.source}/${literal.flags}`);
    countSteps(pattern, mostSteps);
    return analyse({ pattern, flags }).reports;
  } catch {
    // Text that is no regular expression, one with syntax that is newer than the analysis, or one that takes too many steps.
    return [];
  }
}

const childKeys = ['alternatives', 'elements', 'element'] as const;

/**
 * Lets every look at the children of a part of the expression count, and throws at the one beyond the limit: the analysis has none
 * itself, its work grows exponentially with nested repetitions, and a limit of time would make answers depend on the machine.
 */
function countSteps(pattern: AST.Pattern, limit: number): void {
  let steps = 0;
  const nodes: object[] = [pattern];
  while (nodes.length > 0) {
    const node = nodes.pop()! as Record<string, unknown>;
    for (const key of childKeys) {
      if (!(key in node)) continue;
      let value = node[key];
      nodes.push(...([] as unknown[]).concat(value).filter(item => typeof item === 'object' && item !== null) as object[]);
      Object.defineProperty(node, key, {
        configurable: true,
        enumerable: true,
        get() {
          if (++steps > limit) throw new RangeError('the expression takes too many steps to judge');
          return value;
        },
        set(next: unknown) {
          value = next;
        },
      });
    }
  }
}

function fixedLiteral(report: Report): string | null {
  const fixed = report.fix();
  return fixed && reportsOf(fixed).length === 0 ? String(new RegExp(fixed.source, fixed.flags)) : null;
}
