import type { ModuleFacts } from '../facts/module-facts.ts';
import type { Finding, SourceLocation } from '../hazards/finding.ts';
import { eslintRules } from './eslint-rules.ts';

/** A comment that switches rules off. Lines are 1-based. */
export interface DisableComment {
  readonly kind: 'disable' | 'enable' | 'disable-line' | 'disable-next-line';
  /** Rule ids; empty for all. */
  readonly rules: readonly string[];
  /** What follows ` -- `. */
  readonly reason: string;
  readonly line: number;
  readonly endLine: number;
  readonly location: SourceLocation;
  /** Written for ESLint: it covers what its rules and ours both find, and is never told to cover nothing. */
  readonly foreign?: true;
}

const directive = /^\s*(looplens|eslint)-(disable-next-line|disable-line|disable|enable)(?![\w-])([\s\S]*)$/;

/** Reads the comments of a file that start with `looplens-disable` or `looplens-enable`, and those for ESLint that name a rule of the same meaning. */
export function parseDisableComments(module: ModuleFacts, locate: (range: readonly [number, number]) => SourceLocation): DisableComment[] {
  return module.directiveComments.flatMap(({ value, block, range }) => {
    const match = directive.exec(value);
    if (!match) return [];
    const foreign = match[1] === 'eslint';
    const kind = match[2] as DisableComment['kind'];
    // A range is opened and closed by block comments only, as in ESLint.
    if (!block && (kind === 'disable' || kind === 'enable')) return [];
    const [names = '', ...reason] = match[3]!.trimStart().split(/\s--\s|^--\s/);
    const location = locate(range);
    const named = names.split(/[\s,]+/).filter(name => name !== '');
    const rules = foreign ? named.flatMap(name => eslintRules[name.slice(name.lastIndexOf('/') + 1)] ?? []) : named;
    // Everything of ESLint's is switched off for many reasons: that says nothing of ours.
    if (foreign && rules.length === 0 && (kind !== 'enable' || named.length > 0)) return [];
    return [{ kind, rules, ...(foreign && { foreign }), reason: reason.join(' -- ').trim(), line: location.line, endLine: location.endLine, location }];
  });
}

export interface Suppressed {
  /** All findings; those that a comment covers carry it. */
  readonly findings: readonly Finding[];
  /** Comments (or single rules in them) that cover nothing. */
  readonly unused: readonly { readonly comment: DisableComment; readonly rule: string | null }[];
}

/** Marks the findings of one file that its comments cover, and finds the comments that cover nothing. */
export function applyDisableComments(findings: readonly Finding[], comments: readonly DisableComment[]): Suppressed {
  const used = new Set<string>();
  const keyOf = (index: number, rule: string | null): string => `${index} ${rule ?? ''}`;
  const coverOf = (finding: Finding): DisableComment | null => {
    for (const [index, comment] of comments.entries()) {
      const { line } = finding.location;
      const named = comment.rules.includes(finding.rule);
      if (!named && comment.rules.length > 0) continue;
      const covers =
        comment.kind === 'disable-line' ? comment.line === line : comment.kind === 'disable-next-line' ? comment.endLine + 1 === line : comment.kind === 'disable' && comment.line <= line && !isEnabledAgain(comments, comment, finding);
      if (!covers) continue;
      used.add(keyOf(index, named ? finding.rule : null));
      return comment;
    }
    return null;
  };
  const marked = findings.map(finding => {
    const comment = coverOf(finding);
    return comment ? { ...finding, suppressed: { kind: 'comment' as const, reason: comment.reason } } : finding;
  });
  const unused = comments.flatMap((comment, index) => {
    if (comment.kind === 'enable' || comment.foreign) return [];
    const names = comment.rules.length > 0 ? comment.rules : [null];
    return names.filter(rule => !used.has(keyOf(index, rule))).map(rule => ({ comment, rule }));
  });
  return { findings: marked, unused };
}

function isEnabledAgain(comments: readonly DisableComment[], disable: DisableComment, finding: Finding): boolean {
  return comments.some(comment => comment.kind === 'enable' && comment.foreign === disable.foreign && comment.location.start > disable.location.start && comment.location.start < finding.location.start && (comment.rules.length === 0 || comment.rules.includes(finding.rule)));
}
