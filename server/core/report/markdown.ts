import { messageToMarkdown } from '../text/markdown.ts';
import { compareImpact } from './groups.ts';
import { placeOfError, shownFindings, type LintReport } from './lint-report.ts';
import { plain, renderSummary } from './stylish.ts';
import { word } from './words.ts';

/** The worst of the findings that a job summary shows. */
const mostFindings = 10;

/** A summary for pull requests and job pages: the counts, then a table of the ten worst findings with their paths. */
export function renderMarkdown(report: LintReport): string {
  const { locale } = report;
  const shown = [...shownFindings(report)].sort(compareImpact);
  const lines = [`## ${word(locale, 'heading')}`, '', ...renderSummary(report, plain).trimEnd().split('\n').map(inCell).flatMap(line => [line, ''])];
  if (shown.length > 0) {
    lines.push(`| ${['severity', 'where', 'rule', 'what'].map(key => word(locale, key as 'where')).join(' | ')} |`, '| --- | --- | --- | --- |');
    for (const { location, severity, rule, message, path } of shown.slice(0, mostFindings)) {
      const way = path.map(step => `${inCell(step.label)} (${inCell(`${step.location.file}:${step.location.line}`)})`).join(' → ');
      lines.push(`| ${word(locale, severity)} | ${inCell(`${location.file}:${location.line}`)} | ${rule} | ${inCell(message)}${way ? `<br><sub>${way}</sub>` : ''} |`);
    }
    lines.push('');
    if (shown.length > mostFindings) lines.push(word(locale, 'more', { count: shown.length - mostFindings }), '');
  }
  for (const error of report.errors.slice(0, mostFindings)) lines.push(`- ${inCell(placeOfError(error))} ${word(locale, 'notAnalysed')}: ${inCell(error.message)}`);
  return `${lines.join('\n').trimEnd()}\n`;
}

function inCell(text: string): string {
  return messageToMarkdown(text, true);
}
