import { labelText } from '../hazards/label-words.ts';
import type { Locale } from '../hazards/messages.ts';
import type { Outcome, Step, Timeline } from '../order/timeline.ts';
import { displayWidth } from '../text/display-width.ts';
import { storyLines } from './story-text.ts';
import { groupTitle, outputText, phaseGroups, placeText, timelineIn } from './timeline-words.ts';
import { word } from './words.ts';

/** How parts of the text are marked, on a terminal with colours. */
export interface TextStyle {
  title(text: string): string;
  faint(text: string): string;
  output(text: string): string;
  warning(text: string): string;
}

const same = (text: string): string => text;
/** No marks at all. */
export const plainStyle: TextStyle = { title: same, faint: same, output: same, warning: same };

/** Outcomes that are written out, and lines of each. */
const shownOutcomes = 8;
const shownLines = 40;
const widestLabel = 44;

/**
 * The timeline for a person: headings per iteration and phase, one line per step, under it where its place is open,
 * and at the end the other outcomes. Ends with a newline.
 */
export function renderTimelineText(original: Timeline, style: TextStyle = plainStyle, locale: Locale = 'en'): string {
  const timeline = timelineIn(original, locale);
  if (timeline.title !== undefined) return `${storyLines(timeline, style, locale).join('\n').trimEnd()}\n`;
  const lines = [...header(timeline, style, locale), ''];
  const rows = timeline.steps.map(step => row(timeline, step, locale));
  const widths = [0, 1, 2, 3].map(column => Math.min(widestLabel, Math.max(0, ...rows.map(cells => displayWidth(cells[column]!)))));
  for (const group of phaseGroups(timeline.steps)) {
    lines.push(style.title(groupTitle(group, locale)));
    for (const step of group.steps) {
      const cells = row(timeline, step, locale).map((cell, column) => (column === 0 ? cell.padStart(widths[0]!) : padded(cell, widths[column]!)));
      const output = step.output.map(line => style.output(outputText(line, locale))).join(style.faint(' ⏎ '));
      lines.push(`${step.certainty === 'sometimes' ? style.warning('? ') : '  '}${cells[0]}  ${style.faint(cells[1]!)}  ${cells[2]}  ${style.faint(cells[3]!)}${output && `  → ${output}`}`.trimEnd());
      const indent = ' '.repeat(4 + widths[0]!);
      for (const [why, others] of openOrders(timeline, step)) lines.push(indent + style.warning(word(locale, 'openOrder', { others: others.join(', '), why })));
    }
    lines.push('');
  }
  if (timeline.steps.some(step => step.certainty === 'sometimes')) lines.push(`${style.warning('?')} ${style.faint(word(locale, 'notAlways'))}`, '');
  lines.push(...outcomesText(timeline, style, locale));
  const { handlers = [] } = timeline;
  if (handlers.length > 0) lines.push('', style.title(word(locale, 'handlersHere')), ...handlers.map(({ title, location }) => `  ${labelText(title, locale)}${style.faint(`  ${location.file}:${location.line}`)}`));
  return `${lines.join('\n').trimEnd()}\n`;
}

/** The text with blanks up to a width in columns. */
function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - displayWidth(text)));
}

function header(timeline: Timeline, style: TextStyle, locale: Locale): string[] {
  const { outcomes, complete, incompleteBecause } = timeline;
  const lines = [`${style.title(timeline.file)} ${style.faint(`· Node ${timeline.node}, ${timeline.module === 'module' ? word(locale, 'esModule') : 'CommonJS'}`)}`];
  const count = outcomes.length;
  if (complete) {
    const text = count > 1 ? 'severalOrders' : timeline.steps.some(step => step.certainty === 'sometimes') ? 'alwaysPrints' : 'alwaysThis';
    lines.push(word(locale, text, count > 1 ? { count } : {}));
  } else {
    const others = style.warning(word(locale, 'othersPossible'));
    lines.push(word(locale, count === 0 ? 'foundNone' : count === 1 ? 'foundOne' : 'foundSome', { count, others }));
    for (const reason of incompleteBecause) lines.push(`  - ${reason}`);
  }
  for (const assumption of timeline.assumptions ?? []) lines.push(style.faint(word(locale, 'providedThat', { assumption })));
  return lines;
}

/** Number, queue, what and where, and who scheduled it. */
function row(timeline: Timeline, step: Step, locale: Locale): [string, string, string, string] {
  const what = `${step.resumes ? word(locale, 'resumes', { label: step.label, what: step.resumes }) : step.label}${locale === 'zh-cn' ? '，' : ', '}${placeText(timeline, step.location, locale)}`;
  const by = step.scheduledBy > 0 ? `← ${step.scheduledBy}${step.scheduledAt ? ` (${placeText(timeline, step.scheduledAt, locale)})` : ''}` : '';
  return [String(step.id), step.phase, what, by];
}

/** Steps before this one in the likeliest run that may as well follow it, by reason. */
function openOrders(timeline: Timeline, step: Step): Map<string, number[]> {
  const reasons = new Map<string, number[]>();
  for (const { a, b, relation, why } of timeline.order) {
    if (b === step.id && relation === 'either') reasons.set(why, [...(reasons.get(why) ?? []), a]);
  }
  return reasons;
}

function outcomesText(timeline: Timeline, style: TextStyle, locale: Locale): string[] {
  const { outcomes } = timeline;
  if (outcomes.length === 1) return ending(timeline, outcomes[0]!, locale);
  const lines: string[] = [];
  outcomes.slice(0, shownOutcomes).forEach((outcome, index) => {
    lines.push(style.title(`${word(locale, 'outcomeOf', { n: index + 1, count: outcomes.length })}${index === 0 ? word(locale, 'likeliest') : ''}`));
    for (const condition of outcome.conditions?.map(text => word(locale, 'if', { text })) ?? outcome.choices) lines.push(`  ${style.faint('·')} ${condition}`);
    for (const line of outcome.output.slice(0, shownLines)) lines.push(`    ${style.output(outputText(line, locale))}`);
    if (outcome.output.length > shownLines) lines.push(style.faint(`    ${word(locale, 'moreLines', { count: outcome.output.length - shownLines })}`));
    lines.push(...ending(timeline, outcome, locale), '');
  });
  if (outcomes.length > shownOutcomes) lines.push(style.faint(word(locale, 'moreOutcomes', { count: outcomes.length - shownOutcomes })));
  return lines;
}

function ending(timeline: Timeline, outcome: Outcome, locale: Locale): string[] {
  const unreached = (outcome.neverReached ?? []).map(({ location, because, waitsAt }) => `  ${word(locale, because === 'ended' ? 'endedBefore' : 'neverSettles', { place: placeText(timeline, location, locale), at: placeText(timeline, waitsAt, locale) })}`);
  return [...unreached, ...endOf(timeline, outcome, locale)];
}

function endOf(timeline: Timeline, { exitCode, end, endBecause, failure }: Outcome, locale: Locale): string[] {
  if (end === 'cut off') return [`  ${word(locale, 'cutOff')}`];
  if (end === 'repeats') return [`  ${endBecause === undefined ? word(locale, 'repeats') : word(locale, 'repeatsBecause', { because: endBecause })}`];
  if (end === 'waits' || exitCode === null) return [`  ${word(locale, 'keepsRunning')}`];
  if (exitCode === 0) return [];
  if (failure === undefined) return [`  ${word(locale, 'exitCode', { code: exitCode })}`];
  const place = failure.location ? placeText(timeline, failure.location, locale) : '';
  return [`  ${word(locale, place === '' ? 'exitCodeBecause' : 'exitCodeBecauseAt', { code: exitCode, because: outputText({ stream: 'stdout', text: failure.message, exact: true }, locale), place })}`];
}
