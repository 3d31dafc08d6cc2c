import { oneLine } from '../text/one-line.ts';
import { shownFindings, type LintReport } from './lint-report.ts';
import { word } from './words.ts';

/** One line per finding, `file:line:column: message [severity/rule]`, which editors and `grep` know; then their number. */
export function renderUnix(report: LintReport): string {
  const lines = shownFindings(report).map(({ location, message, severity, rule }) => `${oneLine(location.file)}:${location.line}:${location.column}: ${oneLine(message)} [${severity}/${rule}]`);
  for (const { file, line, column, message } of report.errors) lines.push(`${oneLine(file)}:${Math.max(1, line)}:${Math.max(1, column)}: ${oneLine(message)} [error/not-analysed]`);
  if (lines.length > 0) lines.push('', word(report.locale, lines.length === 1 ? 'problems1' : 'problems', { count: lines.length }));
  return lines.map(line => `${line}\n`).join('');
}
