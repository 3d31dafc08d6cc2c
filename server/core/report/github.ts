import type { Severity } from '../hazards/finding.ts';
import { oneLine } from '../text/one-line.ts';
import { placeOfError, shownFindings, type LintReport } from './lint-report.ts';

const commands: Readonly<Record<Severity, 'error' | 'warning' | 'notice'>> = { error: 'error', warn: 'warning', info: 'notice' };

/**
 * The findings as workflow commands of GitHub Actions, one a line. The text repeats the place, since the log shows
 * only the text and annotations beyond GitHub's limit per step are shown nowhere else.
 */
export function renderGithub(report: LintReport): string {
  const lines = shownFindings(report).map(({ location, severity, rule, message, path }) => {
    const { file, line, column, endLine, endColumn } = location;
    const way = path.map(step => `${oneLine(step.label)} (${oneLine(step.location.file)}:${step.location.line})`).join(' → ');
    // Columns of a span over several lines are refused.
    const columns: Readonly<Record<string, number>> = line === endLine ? { col: column, endColumn } : {};
    const text = `${oneLine(file)}:${line}:${column} ${oneLine(message)}${way ? `\n${way}` : ''}`;
    return command(commands[severity], { file, line, endLine, ...columns, title: `looplens/${rule}` }, text);
  });
  for (const error of report.errors) {
    const { file, line, column, message } = error;
    lines.push(command('error', { ...(file !== '' && { file }), ...(line > 0 && { line, col: column }), title: 'looplens: not analysed in full' }, `${placeOfError(error)} ${oneLine(message)}`));
  }
  return lines.map(line => `${line}\n`).join('');
}

function command(name: string, properties: Readonly<Record<string, string | number>>, text: string): string {
  const list = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(String(value))}`);
  return `::${name} ${list.join(',')}::${escapeData(text)}`;
}

/** As the runner reads it back: actions/toolkit, core/src/command.ts, escapeData and escapeProperty. */
function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return oneLine(escapeData(text)).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
