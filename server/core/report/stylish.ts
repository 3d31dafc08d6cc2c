import type { Finding, Severity } from '../hazards/finding.ts';
import { displayWidth } from '../text/display-width.ts';
import { createLineIndex } from '../text/line-index.ts';
import { oneLine } from '../text/one-line.ts';
import { compareImpact, groupFindings, type FindingGroup } from './groups.ts';
import { placeOfError, shownFindings, type LintReport } from './lint-report.ts';
import { counted, filesText, word } from './words.ts';

/** How text is dressed; the identity on anything but a terminal. */
export interface Style {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly red: (text: string) => string;
  readonly yellow: (text: string) => string;
  readonly blue: (text: string) => string;
  readonly green: (text: string) => string;
  readonly underline: (text: string) => string;
  readonly link: (text: string, url: string) => string;
}

const same = (text: string): string => text;
export const plain: Style = { bold: same, dim: same, red: same, yellow: same, blue: same, green: same, underline: same, link: same };

/** So many causes are shown in full on the first page, and so many more in a line each. */
const shownInFull = 10;
const shownInLines = 40;
/** Places of a cause that are named beside the worst one. */
const namedPlaces = 4;

/**
 * Output for people: the worst causes with their code and the way there, the others in a line each; then a summary. With `view: 'all'` each finding, the worst
 * first, with `file` in the order of the files.
 */
export function renderStylish(report: LintReport, style: Style): string {
  const shown = shownFindings(report);
  const blocks = report.view === 'page' ? renderPage(shown, report, style) : (report.view === 'all' ? [...shown].sort(compareImpact) : shown).map(finding => renderFinding(finding, report, style));
  for (const error of report.errors) blocks.push(`${style.bold(placeOfError(error))}  ${style.red(word(report.locale, error.rule === undefined ? 'notAnalysed' : 'failed'))}\n  ${oneLine(error.message)}\n`);
  return [...blocks, renderSummary(report, style)].join('\n');
}

function renderPage(shown: readonly Finding[], report: LintReport, style: Style): string[] {
  const groups = groupFindings(shown);
  const { locale } = report;
  const blocks = groups.slice(0, shownInFull).map(group => renderFinding(group.worst, report, style) + renderPlaces(group, report, style));
  const further = groups.slice(shownInFull, shownInFull + shownInLines).map(group => renderLine(group, report, style));
  const rest = groups.slice(shownInFull + shownInLines);
  if (rest.length > 0) further.push(style.dim(word(locale, 'moreCauses', { count: rest.length, findings: rest.reduce((sum, group) => sum + group.findings.length, 0) })));
  if (further.length > 0) blocks.push(`${further.join('\n')}\n`);
  return blocks;
}

/** Where else a cause shows. */
function renderPlaces({ worst, findings }: FindingGroup, { locale }: LintReport, style: Style): string {
  const others = findings.filter(finding => finding !== worst);
  if (others.length === 0) return '';
  const places = others.slice(0, namedPlaces).map(({ location }) => `${oneLine(location.file)}:${location.line}`).join(', ');
  const more = others.length - namedPlaces;
  return `\n  ${style.dim(word(locale, others.length === 1 ? 'sameCause1' : 'sameCause', { count: others.length, places: more > 0 ? `${places}, ${word(locale, 'more', { count: more })}` : places }))}\n`;
}

function renderLine({ worst, findings }: FindingGroup, { locale }: LintReport, style: Style): string {
  const { location } = worst;
  const count = findings.length > 1 ? style.dim(` ×${findings.length}`) : '';
  return `${paint(worst.severity, style)(word(locale, worst.severity))}  ${oneLine(location.file)}:${location.line}  ${firstSentence(oneLine(worst.message))}  ${style.dim(worst.rule)}${count}`;
}

/** What happens, without what to do about it; never longer than a line or two. */
function firstSentence(text: string): string {
  const end = /[.。](?= |$)|。/.exec(text)?.index;
  const sentence = end === undefined ? text : text.slice(0, end + 1);
  return sentence.length > frameWidth ? `${sentence.slice(0, frameWidth)}…` : sentence;
}

function paint(severity: Severity, style: Style): (text: string) => string {
  return severity === 'error' ? style.red : severity === 'warn' ? style.yellow : style.blue;
}

function renderFinding(finding: Finding, report: LintReport, style: Style): string {
  const { location } = finding;
  const colour = paint(finding.severity, style);
  const lines = [
    `${style.bold(`${oneLine(location.file)}:${location.line}:${location.column}`)}  ${colour(word(report.locale, finding.severity))}  ${style.dim(style.link(finding.rule, report.ruleHelp(finding.rule)))}${finding.confidence === 'certain' ? '' : style.dim(`  (${word(report.locale, finding.confidence)})`)}`,
    `  ${oneLine(finding.message)}`,
    ...renderFrame(finding, report.text(location.file), style),
  ];
  if (finding.path.length > 0) {
    lines.push('');
    finding.path.forEach((step, index) => {
      const arrow = index === 0 ? '  ' : '→ ';
      lines.push(`  ${style.dim(arrow)}${oneLine(step.label)}  ${style.dim(`${oneLine(step.location.file)}:${step.location.line}`)}`);
    });
  }
  const [fix] = finding.fixes;
  if (fix) lines.push('', `  ${style.green(word(report.locale, fix.kind === 'safe' ? 'fix' : 'suggestion'))}  ${oneLine(fix.title)}`);
  return `${lines.join('\n')}\n`;
}

/** How many names of folders the summary shows. */
const mostNames = 3;

function coverageTexts({ coverage, locale }: LintReport): string[] {
  const { leftOut, generated, partly } = coverage;
  const names = [...new Set(leftOut.map(folder => folder.slice(folder.lastIndexOf('/') + 1)))].sort();
  const shown = `${names.slice(0, mostNames).join(', ')}${names.length > mostNames ? ', …' : ''}`;
  return [
    ...(leftOut.length > 0 ? [word(locale, leftOut.length === 1 ? 'leftOut1' : 'leftOut', { count: leftOut.length, names: oneLine(shown) })] : []),
    ...(generated.length > 0 ? [word(locale, generated.length === 1 ? 'generated1' : 'generated', { count: generated.length })] : []),
    ...(partly.length > 0 ? [word(locale, 'partly', { count: partly.length })] : []),
  ];
}

/** Lines longer than this are cut around the span: minified code has lines of megabytes. */
const frameWidth = 120;

function renderFrame(finding: Finding, text: string | null, style: Style): string[] {
  if (text === null) return [];
  const { location } = finding;
  const starts = createLineIndex(text).lineStarts;
  const lineText = (line: number): string => text.slice(starts[line - 1]!, starts[line] ?? text.length).replace(/[\r\n\u2028\u2029]{1,2}$/, '');
  const width = String(location.line + 1).length;
  const gutter = (line: number | null): string => style.dim(`  ${(line === null ? '' : String(line)).padStart(width)} | `);
  const frame: string[] = [''];
  const from = Math.max(1, location.line - 1);
  const to = Math.min(starts.length, location.line + 1);
  const cut = location.column > frameWidth ? location.column - 40 : 0;
  for (let line = from; line <= to; line++) {
    const content = lineText(line);
    frame.push(gutter(line) + printable(content.slice(cut, cut + frameWidth)));
    if (line !== location.line) continue;
    const endColumn = location.endLine === location.line ? location.endColumn : content.length + 1;
    const before = displayWidth(printable(content.slice(cut, location.column - 1)));
    const marked = displayWidth(printable(content.slice(location.column - 1, Math.min(endColumn - 1, cut + frameWidth))));
    frame.push(gutter(null) + ' '.repeat(before) + paint(finding.severity, style)('~'.repeat(Math.max(1, marked))));
  }
  return frame;
}

/** Tabs as two blanks, anything else that a terminal would act on as a replacement character. */
function printable(text: string): string {
  return oneLine(text.replaceAll('\t', '  '));
}

/** The line that ends a report: how many of what, in how many files, how long. */
export function renderSummary(report: LintReport, style: Style): string {
  const { locale } = report;
  const shown = shownFindings(report);
  const count = (severity: Severity): number => shown.filter(finding => finding.severity === severity).length;
  const parts = (['error', 'warn', 'info'] as const).flatMap(severity => (count(severity) > 0 ? [paint(severity, style)(counted(locale, severity, count(severity)))] : []));
  const suppressed = report.findings.length - shown.length;
  const comma = locale === 'zh-cn' ? '，' : ', ';
  const found = parts.length > 0 ? parts.join(comma) : style.green(word(locale, 'nothingFound'));
  const { files, analysed, durationMs } = report;
  const extra = [
    analysed > files ? word(locale, 'ofAnalysed', { files: filesText(locale, files), count: files, analysed }) : filesText(locale, files),
    ...coverageTexts(report),
    ...(suppressed > 0 ? [word(locale, 'suppressed', { count: suppressed })] : []),
    word(locale, 'seconds', { seconds: (durationMs / 1000).toFixed(durationMs < 10_000 ? 2 : 1) }),
  ].join(comma);
  const safe = shown.filter(finding => finding.fixes.some(fix => fix.kind === 'safe')).length;
  const failed = report.errors.length > 0 ? `${style.red(word(locale, 'notAnalysedCount', { count: report.errors.length }))}${comma}` : '';
  const details = style.dim(locale === 'zh-cn' ? `（${extra}）` : `(${extra})`);
  const causes = groupFindings(shown).length;
  const hidden = report.view === 'page' && shown.length > Math.min(causes, shownInFull) ? `${word(locale, 'causes', { count: causes, findings: shown.length })}\n` : '';
  return `${failed}${found}${locale === 'zh-cn' ? '' : ' '}${details}\n${hidden}${safe > 0 ? `${word(locale, 'fixable', { count: safe })}\n` : ''}`;
}
