import type { Outcome, Step, Timeline } from '../order/timeline.ts';
import { groupTitle, outputText, phaseGroups, placeText } from './timeline-words.ts';

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
export function renderTimelineText(timeline: Timeline, style: TextStyle = plainStyle): string {
  const lines = [...header(timeline, style), ''];
  const rows = timeline.steps.map(step => row(timeline, step));
  const widths = [0, 1, 2, 3].map(column => Math.min(widestLabel, Math.max(0, ...rows.map(cells => cells[column]!.length))));
  for (const group of phaseGroups(timeline.steps)) {
    lines.push(style.title(groupTitle(group)));
    for (const step of group.steps) {
      const cells = row(timeline, step).map((cell, column) => (column === 0 ? cell.padStart(widths[0]!) : cell.padEnd(widths[column]!)));
      const output = step.output.map(line => style.output(outputText(line))).join(style.faint(' ⏎ '));
      lines.push(`${step.certainty === 'sometimes' ? style.warning('? ') : '  '}${cells[0]}  ${style.faint(cells[1]!)}  ${cells[2]}  ${style.faint(cells[3]!)}${output && `  → ${output}`}`.trimEnd());
      const indent = ' '.repeat(4 + widths[0]!);
      for (const [why, others] of openOrders(timeline, step)) lines.push(indent + style.warning(`⇄ before or after ${others.join(', ')}: ${why}`));
    }
    lines.push('');
  }
  if (timeline.steps.some(step => step.certainty === 'sometimes')) lines.push(`${style.warning('?')} ${style.faint('does not run in every outcome')}`, '');
  lines.push(...outcomesText(timeline, style));
  return `${lines.join('\n').trimEnd()}\n`;
}

function header(timeline: Timeline, style: TextStyle): string[] {
  const { outcomes, complete, incompleteBecause } = timeline;
  const lines = [`${style.title(timeline.file)} ${style.faint(`· Node ${timeline.node}, ${timeline.module === 'module' ? 'ES module' : 'CommonJS'}`)}`];
  const count = outcomes.length === 1 ? 'one outcome' : `${outcomes.length} outcomes`;
  if (complete) {
    lines.push(outcomes.length === 1 ? (timeline.steps.some(step => step.certainty === 'sometimes') ? 'Always prints this; not every step runs each time.' : 'Always runs in this order.') : `Runs in several orders: ${count}, no other is possible. The likeliest:`);
  } else {
    lines.push(`${outcomes.length === 0 ? 'No outcome' : outcomes.length === 1 ? 'One outcome' : count} found, ${style.warning('others are possible')}, because`);
    for (const reason of incompleteBecause) lines.push(`  - ${reason}`);
  }
  for (const assumption of timeline.assumptions ?? []) lines.push(style.faint(`Provided that ${assumption}.`));
  return lines;
}

/** Number, queue, what and where, and who scheduled it. */
function row(timeline: Timeline, step: Step): [string, string, string, string] {
  const what = `${step.label}${step.resumes ? `, resumes ${step.resumes}` : ''}, ${placeText(timeline, step.location)}`;
  const by = step.scheduledBy > 0 ? `← ${step.scheduledBy}${step.scheduledAt ? ` (${placeText(timeline, step.scheduledAt)})` : ''}` : '';
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

function outcomesText(timeline: Timeline, style: TextStyle): string[] {
  const { outcomes } = timeline;
  if (outcomes.length === 1) return ending(timeline, outcomes[0]!);
  const lines: string[] = [];
  outcomes.slice(0, shownOutcomes).forEach((outcome, index) => {
    lines.push(style.title(`Outcome ${index + 1} of ${outcomes.length}${index === 0 ? ' (likeliest)' : ''}`));
    for (const condition of outcome.conditions?.map(text => `if ${text}`) ?? outcome.choices) lines.push(`  ${style.faint('·')} ${condition}`);
    for (const line of outcome.output.slice(0, shownLines)) lines.push(`    ${style.output(outputText(line))}`);
    if (outcome.output.length > shownLines) lines.push(style.faint(`    … ${outcome.output.length - shownLines} more lines`));
    lines.push(...ending(timeline, outcome), '');
  });
  if (outcomes.length > shownOutcomes) lines.push(style.faint(`… and ${outcomes.length - shownOutcomes} more; --format json lists all.`));
  return lines;
}

function ending(timeline: Timeline, { exitCode, end, endBecause, failure }: Outcome): string[] {
  if (end === 'cut off') return ['  Cut off here: what follows is not known.'];
  if (end === 'repeats') return [`  Repeats for ever${endBecause === undefined ? '' : `: ${endBecause}`}.`];
  if (end === 'waits' || exitCode === null) return ['  The process keeps running.'];
  if (exitCode === 0) return [];
  const place = failure?.location ? `, ${placeText(timeline, failure.location)}` : '';
  return [failure === undefined ? `  Exit code ${exitCode}.` : `  Exit code ${exitCode}: ${outputText({ stream: 'stdout', text: failure.message, exact: true })}${place}.`];
}
