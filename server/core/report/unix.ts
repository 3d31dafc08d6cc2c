import { oneLine, shownFindings, type LintReport } from './lint-report.ts';

/** One line per finding, `file:line:column: message [severity/rule]`, which editors and `grep` know; then their number. */
export function renderUnix(report: LintReport): string {
  const lines = shownFindings(report).map(({ location, message, severity, rule }) => `${oneLine(location.file)}:${location.line}:${location.column}: ${oneLine(message)} [${severity}/${rule}]`);
  for (const { file, line, column, message } of report.errors) lines.push(`${oneLine(file) || 'looplens'}:${Math.max(1, line)}:${Math.max(1, column)}: ${oneLine(message)} [error/not-analysed]`);
  if (lines.length > 0) lines.push('', `${lines.length} problem${lines.length === 1 ? '' : 's'}`);
  return lines.map(line => `${line}\n`).join('');
}
