import type { Finding, Severity } from '../hazards/finding.ts';
import { compareText } from './lint-report.ts';

/** Findings with one cause, the worst first. */
export interface FindingGroup {
  readonly worst: Finding;
  readonly findings: readonly Finding[];
}

const severityRank: Readonly<Record<Severity, number>> = { error: 0, warn: 1, info: 2 };

/** The finding that matters more comes first: by severity, then by impact, then by place. */
export function compareImpact(a: Finding, b: Finding): number {
  return (
    severityRank[a.severity] - severityRank[b.severity] ||
    b.impact.rank - a.impact.rank ||
    compareText(a.location.file, b.location.file) ||
    a.location.line - b.location.line ||
    a.location.column - b.location.column ||
    compareText(a.rule, b.rule)
  );
}

/** The findings by their cause, the group with the worst finding first. */
export function groupFindings(findings: readonly Finding[]): readonly FindingGroup[] {
  const groups = new Map<string, Finding[]>();
  for (const finding of [...findings].sort(compareImpact)) {
    const key = finding.group === null ? `f ${finding.fingerprint} ${finding.location.file}` : `g ${finding.group}`;
    const group = groups.get(key);
    if (group) group.push(finding);
    else groups.set(key, [finding]);
  }
  return [...groups.values()].map(list => ({ worst: list[0]!, findings: list }));
}
