import type { Severity } from '../hazards/finding.ts';
import { oneLine } from '../text/one-line.ts';
import { compareImpact } from './groups.ts';
import { placeOfError, shownFindings, type LintReport } from './lint-report.ts';

/** A language model reads all that it is given: beyond this many findings the rest is counted, worst first. */
const mostFindings = 50;
/** UTF-16 units of an answer of a tool. */
const mostCharacters = 20_000;

/**
 * The findings for a program that reads text by the token: no frames, no colours, one block of few lines each, worst first; then what to
 * run for more. Always English, as the names in it are.
 */
export function renderAgent(report: Pick<LintReport, 'files' | 'analysed' | 'findings' | 'errors'>): string {
  const shown = [...shownFindings(report)].sort(compareImpact);
  const blocks = shown.slice(0, mostFindings).map(({ location, severity, confidence, rule, message, path, fixes }) => {
    const way = path.map(step => `${oneLine(step.label)} (${oneLine(step.location.file)}:${step.location.line})`).join(' > ');
    const [fix] = fixes;
    return [
      `${oneLine(location.file)}:${location.line}:${location.column} ${severity} ${rule} (${confidence}): ${oneLine(message)}`,
      ...(way ? [`  path: ${way}`] : []),
      ...(fix ? [`  ${fix.kind === 'safe' ? 'fix' : 'suggestion'}: ${oneLine(fix.title)} (looplens lint ${fix.kind === 'safe' ? '--fix' : '--fix-suggestions'})`] : []),
    ].join('\n');
  });
  if (shown.length > mostFindings) blocks.push(`${shown.length - mostFindings} more findings; narrow with paths, --only <rule> or --severity error`);
  for (const error of report.errors) blocks.push(`${placeOfError(error)} not analysed in full: ${oneLine(error.message)}`);
  const count = (severity: Severity): number => shown.filter(finding => finding.severity === severity).length;
  const rules = [...new Set(shown.map(finding => finding.rule))];
  blocks.push(`${count('error')} errors, ${count('warn')} warnings, ${count('info')} info; ${report.files} files reported, ${report.analysed} analysed${rules.length > 0 ? `\nwhy and how to fix: looplens rules ${rules[0]!}${rules.length > 1 ? ` (also: ${rules.slice(1, 10).join(', ')})` : ''}` : ''}`);
  return `${blocks.join('\n')}\n`;
}

/** The text at the length that a model is given at most: it pays for every character. What is cut is said. */
export function cutForModel(text: string): string {
  return text.length <= mostCharacters ? text : `${text.slice(0, mostCharacters)}\n… ${text.length - mostCharacters} more characters`;
}
