import { oneLine, placeOfError, shownFindings, type LintReport } from './lint-report.ts';
import { plain, renderSummary } from './stylish.ts';
import { word } from './words.ts';

/** The worst of the findings that a job summary shows. */
const mostFindings = 10;
const rank = { error: 0, warn: 1, info: 2 } as const;

/** A summary for pull requests and job pages: the counts, then a table of the ten worst findings with their paths. */
export function renderMarkdown(report: LintReport): string {
  const { locale } = report;
  const shown = [...shownFindings(report)].sort((a, b) => rank[a.severity] - rank[b.severity]);
  const lines = [`## ${word(locale, 'heading')}`, '', ...renderSummary(report, plain).trimEnd().split('\n').map(escape).flatMap(line => [line, ''])];
  if (shown.length > 0) {
    lines.push(`| ${['severity', 'where', 'rule', 'what'].map(key => word(locale, key as 'where')).join(' | ')} |`, '| --- | --- | --- | --- |');
    for (const { location, severity, rule, message, path } of shown.slice(0, mostFindings)) {
      const way = path.map(step => `${escape(step.label)} (${escape(`${step.location.file}:${step.location.line}`)})`).join(' → ');
      lines.push(`| ${word(locale, severity)} | ${escape(`${location.file}:${location.line}`)} | ${rule} | ${escape(message)}${way ? `<br><sub>${way}</sub>` : ''} |`);
    }
    lines.push('');
    if (shown.length > mostFindings) lines.push(word(locale, 'more', { count: shown.length - mostFindings }), '');
  }
  for (const error of report.errors.slice(0, mostFindings)) lines.push(`- ${escape(placeOfError(error))} ${word(locale, 'notAnalysed')}: ${escape(error.message)}`);
  return `${lines.join('\n').trimEnd()}\n`;
}

/** Text that Markdown takes as it is: names and messages hold what files and code say, also HTML, links and table bars. Code spans of messages stay. */
function escape(text: string): string {
  const parts = oneLine(text).split(/(`[^`]+`)/);
  return parts
    .map((part, index) => {
      const html = part.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
      if (index % 2 === 1) return `<code>${html.slice(1, -1).replace(/[\\|*_[\]!~@#:]/g, character => `&#${character.codePointAt(0)};`)}</code>`;
      // `@name` would notify somebody, `#1` link an issue, `://` make a link.
      return html.replace(/[\\`*_[\]{}!|~#]/g, '\\$&').replaceAll('@', '&#64;').replaceAll('://', ':&#47;&#47;');
    })
    .join('');
}
