import type { Severity } from '../hazards/finding.ts';
import { oneLine } from '../text/one-line.ts';
import { compareText, shownFindings, type LintReport } from './lint-report.ts';
import { xmlAttribute } from './xml.ts';

const severities: Readonly<Record<Severity, 'error' | 'warning' | 'info'>> = { error: 'error', warn: 'warning', info: 'info' };

/** The findings as Checkstyle's XML, which Jenkins, SonarQube and reviewdog read: a `file` per file, an `error` per finding. */
export function renderCheckstyle(report: LintReport): string {
  const entries = [
    ...shownFindings(report).map(({ location, severity, rule, message, path }) => {
      const way = path.map(step => `${step.label} (${step.location.file}:${step.location.line})`).join(' → ');
      return { file: location.file, line: location.line, column: location.column, severity: severities[severity], message: way ? `${message} ${way}` : message, source: `looplens.${rule}` };
    }),
    ...report.errors.map(({ file, line, column, message }) => ({ file: file || 'looplens', line: Math.max(1, line), column: Math.max(1, column), severity: 'error', message, source: 'looplens.not-analysed' })),
  ];
  const files = [...new Set(entries.map(entry => entry.file))].sort(compareText);
  const lines = files.flatMap(file => [
    `  <file name="${xmlAttribute(file)}">`,
    ...entries.filter(entry => entry.file === file).map(entry => `    <error line="${entry.line}" column="${entry.column}" severity="${entry.severity}" message="${xmlAttribute(oneLine(entry.message))}" source="${entry.source}"/>`),
    '  </file>',
  ]);
  return ['<?xml version="1.0" encoding="UTF-8"?>', '<checkstyle version="8.0">', ...lines, '</checkstyle>', ''].join('\n');
}
