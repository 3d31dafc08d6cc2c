import { plainJson } from '../text/one-line.ts';
import type { LintReport } from './lint-report.ts';

/** The findings as one JSON object: the contract of `looplens lint --format json`, schema version 1 (docs/cli.md). */
export function renderJson(report: LintReport): string {
  const { tool, files, durationMs, findings, errors, coverage } = report;
  return plainJson({
    schemaVersion: 1,
    tool,
    files,
    durationMs: Math.round(durationMs),
    findings: findings.map(finding => ({
      rule: finding.rule,
      severity: finding.severity,
      confidence: finding.confidence,
      category: finding.category,
      message: finding.message,
      file: finding.location.file,
      line: finding.location.line,
      column: finding.location.column,
      endLine: finding.location.endLine,
      endColumn: finding.location.endColumn,
      role: finding.role,
      path: finding.path.map(({ location, label }) => ({ file: location.file, line: location.line, column: location.column, endLine: location.endLine, endColumn: location.endColumn, label })),
      fixes: finding.fixes,
      impact: finding.impact,
      group: finding.group,
      fingerprint: finding.fingerprint,
      suppressed: finding.suppressed,
    })),
    errors: errors.map(({ file, line, column, message, kind, rule }) => ({ ...(rule !== undefined && { rule }), file, line, column, message, kind })),
    coverage,
  });
}
