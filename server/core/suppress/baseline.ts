import type { Finding } from '../hazards/finding.ts';

/** Findings that were there when Looplens was introduced: per file and rule, their fingerprints. */
export interface Baseline {
  readonly version: 1;
  readonly files: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

export const emptyBaseline: Baseline = { version: 1, files: {} };

/** Reads a looplens-suppressions.json; throws an Error that says what is wrong with it. */
export function parseBaseline(text: string): Baseline {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new Error(`is not valid JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  const isTable = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
  if (!isTable(json) || json['version'] !== 1 || !isTable(json['files'])) throw new Error('is no baseline of this version; write it anew with --suppress-all');
  for (const [file, rules] of Object.entries(json['files'])) {
    if (!isTable(rules) || !Object.values(rules).every(list => Array.isArray(list) && list.every(item => typeof item === 'string'))) throw new Error(`has a damaged entry for ${file}; write it anew with --suppress-all`);
  }
  return json as unknown as Baseline;
}

/**
 * Marks what the baseline holds, and says which of its entries no finding matches any more: only for files of which all
 * findings are known (`isJudged`), since a run over some of the files says nothing of the others.
 */
export function applyBaseline(findings: readonly Finding[], baseline: Baseline, isJudged: (file: string) => boolean = () => true): { readonly findings: readonly Finding[]; readonly unmatched: Baseline } {
  const left = new Map<string, Set<string>>();
  const keyOf = (file: string, rule: string): string => `${file}\0${rule}`;
  for (const [file, rules] of Object.entries(baseline.files)) for (const [rule, prints] of Object.entries(rules)) left.set(keyOf(file, rule), new Set(prints));
  const marked = findings.map(finding => {
    const known = left.get(keyOf(finding.location.file, finding.rule));
    if (finding.suppressed || !known?.delete(finding.fingerprint)) return finding;
    return { ...finding, suppressed: { kind: 'baseline' as const, reason: '' } };
  });
  const unmatched: Record<string, Record<string, string[]>> = {};
  for (const [key, prints] of left) {
    const [file, rule] = key.split('\0') as [string, string];
    if (prints.size > 0 && isJudged(file)) (unmatched[file] ??= {})[rule] = [...prints];
  }
  return { findings: marked, unmatched: { version: 1, files: unmatched } };
}

/** The baseline with the findings of the given rules (all where null) added; what comments cover stays out. */
export function extendBaseline(baseline: Baseline, findings: readonly Finding[], rules: readonly string[] | null): Baseline {
  const files: Record<string, Record<string, string[]>> = structuredClone(baseline.files) as Record<string, Record<string, string[]>>;
  for (const finding of findings) {
    if (finding.suppressed?.kind === 'comment' || (rules && !rules.includes(finding.rule))) continue;
    const list = ((files[finding.location.file] ??= {})[finding.rule] ??= []);
    if (!list.includes(finding.fingerprint)) list.push(finding.fingerprint);
  }
  return { version: 1, files };
}

/** The baseline without the entries that nothing matches. */
export function pruneBaseline(baseline: Baseline, unmatched: Baseline): Baseline {
  const files: Record<string, Record<string, string[]>> = {};
  for (const [file, rules] of Object.entries(baseline.files)) {
    for (const [rule, prints] of Object.entries(rules)) {
      const kept = prints.filter(print => !unmatched.files[file]?.[rule]?.includes(print));
      if (kept.length > 0) (files[file] ??= {})[rule] = kept;
    }
  }
  return { version: 1, files };
}

/** The file's text: sorted, so that two runs differ only where the findings do. */
export function renderBaseline(baseline: Baseline): string {
  const sorted = Object.fromEntries(
    Object.entries(baseline.files)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([file, rules]) => [file, Object.fromEntries(Object.entries(rules).sort(([a], [b]) => (a < b ? -1 : 1)).map(([rule, prints]) => [rule, [...prints].sort()]))]),
  );
  return `${JSON.stringify({ version: 1, files: sorted }, null, 2)}\n`;
}
