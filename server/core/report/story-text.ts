import { labelText } from '../hazards/label-words.ts';
import type { Locale } from '../hazards/messages.ts';
import type { Outcome, OutputLine, Step, StepAction, Timeline, TimelineLocation } from '../order/timeline.ts';
import { severalDecisions } from '../order/story.ts';
import { phaseNames } from '../node/hover.ts';
import type { TextStyle } from './timeline-text.ts';
import { outputText, phaseGroups, placeText } from './timeline-words.ts';
import { word } from './words.ts';

/** Ways that are written out. */
const shownWays = 12;

/** The story of one function for a person: its steps with what they do, then the ways that leave it. Ends without a newline. */
export function storyLines(timeline: Timeline, style: TextStyle, locale: Locale): string[] {
  const { steps, outcomes } = timeline;
  const place = placer(timeline, locale);
  const lines = [...head(timeline, style, locale), ''];
  const width = String(steps.length).length;
  const phaseWidth = Math.max(0, ...steps.map(({ phase }) => phase.length));
  phaseGroups(steps).forEach((group, index) => {
    lines.push(style.title(word(locale, index === 0 ? 'whenCalled' : 'laterTurn', { phase: phaseNames[group.phase] })));
    for (const step of group.steps) {
      const output = step.output.map(line => style.output(outputText(line, locale))).join(style.faint(' ⏎ '));
      const by = step.scheduledBy > 0 ? style.faint(`  ← ${step.scheduledBy}`) : '';
      lines.push(`  ${String(step.id).padStart(width)}  ${style.faint(step.phase.padEnd(phaseWidth))}  ${stepText(step, locale)}${locale === 'zh-cn' ? '，' : ', '}${place(step.location)}${by}${output && `  → ${output}`}`.trimEnd());
      for (const action of step.actions ?? []) lines.push(`${' '.repeat(width + phaseWidth + 8)}${action.kind === 'blocks' ? style.warning(actionText(action, locale)) : actionText(action, locale)}${style.faint(`  ${place(action.location)}`)}`);
      for (const line of openOrders(timeline, step, locale)) lines.push(`${' '.repeat(width + 4)}${style.warning(line)}`);
    }
    lines.push('');
  });
  const ways = outcomes.slice(1);
  if (ways.length > 0) lines.push(style.title(word(locale, 'otherWays')));
  for (const way of ways.slice(0, shownWays)) lines.push(...wayLines(way, ownOutput(outcomes[0]!, way), style, locale, place));
  if (ways.length > shownWays) lines.push(style.faint(word(locale, 'moreOutcomes', { count: ways.length - shownWays })));
  if (ways.length > 0 && timeline.incompleteBecause.includes(severalDecisions)) lines.push(style.faint(word(locale, 'combined')));
  return lines;
}

function head({ title, file, node, module, outcomes, incompleteBecause, complete, assumptions, steps }: Timeline, style: TextStyle, locale: Locale): string[] {
  const lines = [
    style.title(title ?? file),
    style.faint(`${file} · Node ${node}, ${module === 'module' ? word(locale, 'esModule') : 'CommonJS'}`),
    word(locale, complete && outcomes.length === 1 && steps.every(({ certainty }) => certainty === 'always') ? 'storyAlone' : 'storyFurthest'),
  ];
  const reasons = incompleteBecause.filter(reason => reason !== severalDecisions);
  if (reasons.length > 0) lines.push(style.warning(word(locale, 'storyKnown')), ...reasons.map(reason => `  - ${reason}`));
  for (const assumption of assumptions ?? []) lines.push(style.faint(word(locale, 'providedThat', { assumption })));
  return lines;
}

/** Steps before this one that may as well follow it. Which of several operations completes first is not said again for each. */
function openOrders({ order }: Timeline, { id }: Step, locale: Locale): string[] {
  const byReason = new Map<string, number[]>();
  for (const { a, b, relation, why } of order) {
    const reason = /^which completes first/.test(why) || / (?:completes first|最先完成)$/.test(why) ? '' : why;
    if (b === id && relation === 'either') byReason.set(reason, [...(byReason.get(reason) ?? []), a]);
  }
  return [...byReason].map(([why, others]) => word(locale, why === '' ? 'anyOrder' : 'openOrder', { others: others.join(', '), why }));
}

function stepText(step: Step, locale: Locale): string {
  return step.resumes ? word(locale, 'resumes', { label: step.label, what: step.resumes }) : step.label;
}

/** `await pool.query()`, `res.json()`, `throws NotFoundException`. */
export function actionText({ kind, text, cost }: StepAction, locale: Locale = 'en'): string {
  if (kind === 'blocks') return word(locale, cost === undefined ? 'blocksIt' : 'blocksItFor', { text, cost: cost ?? '' });
  if (kind === 'awaits') return word(locale, 'awaits', { text });
  if (kind === 'throws' || kind === 'returns') return word(locale, kind === 'throws' ? 'throwsIt' : 'returnsIt', { text: labelText(text, locale) }).trimEnd();
  return text;
}

/** The condition of a way, and what it does: `if user does not exist: res.status().json(), returns early, line 12`. */
function wayLines(way: Outcome, printed: readonly OutputLine[], style: TextStyle, locale: Locale, place: (location: TimelineLocation) => string): string[] {
  const { branch, conditions = [], choices } = way;
  const texts = conditions.length > 0 ? conditions : choices;
  const condition = branch?.anyOf ? anyOf(texts, locale) : texts.reduce((a, b) => (a === '' ? b : word(locale, 'and', { a, b })), '');
  const isOneOfSeveral = branch?.anyOf && branch.actions.some(({ kind, text }) => kind === 'throws' && text.startsWith('the error of '));
  const textOf = (action: StepAction): string => (isOneOfSeveral && action.kind === 'throws' ? word(locale, 'throwsThat') : actionText(action, locale));
  const does = shortened((branch?.actions ?? []).map(action => `${textOf(action)}${style.faint(` (${place(action.location)})`)}`));
  const last = branch?.actions.at(-1);
  const says = last && branch?.at && last.location.file === branch.at.file && last.location.line === branch.at.line;
  if (branch?.skips) does.push(branch.skips.length === 0 ? word(locale, 'thenAsBefore') : word(locale, 'goesOnWithout', { what: shortened(branch.skips.map(action => actionText(action, locale))).join(locale === 'zh-cn' ? '、' : ', ') }));
  else if (branch?.ends && branch.at && !says) does.push(word(locale, 'returnsAt', { place: place(branch.at) }));
  else if (does.length === 0 && printed.length === 0) does.push(`${word(locale, 'goesOn')}${branch?.at ? style.faint(` (${place(branch.at)})`) : ''}`);
  const output = printed.map(line => style.output(outputText(line, locale))).join(style.faint(' ⏎ '));
  return [
    `  ${style.faint('·')} ${word(locale, 'if', { text: condition })}${branch && branch.after > 0 ? style.faint(`  ${word(locale, 'leavesAfter', { step: branch.after })}`) : ''}`,
    `      ${does.join(style.faint(' · '))}${output === '' ? '' : `${does.length > 0 ? '  ' : ''}→ ${output}`}`,
  ];
}

/** What a way prints that the one that goes furthest does not. */
function ownOutput(main: Outcome, way: Outcome): readonly OutputLine[] {
  const lines = main.output.map(({ stream, text }) => `${stream} ${text}`);
  return way.output.filter(({ stream, text }) => {
    const at = lines.indexOf(`${stream} ${text}`);
    if (at >= 0) lines.splice(at, 1);
    return at < 0;
  });
}

function shortened(does: readonly string[]): string[] {
  return does.length <= 5 ? [...does] : [...does.slice(0, 3), '…', does.at(-1)!];
}

/** `a() fails, or user does not exist`; calls that all fail are named together. */
function anyOf(conditions: readonly string[], locale: Locale): string {
  const fails = / fails$| 失败$/;
  if (conditions.length > 2 && conditions.every(condition => fails.test(condition))) {
    const names = conditions.map(condition => condition.replace(fails, ''));
    return word(locale, 'anyFails', { names: names.slice(0, -1).join(locale === 'zh-cn' ? '、' : ', '), last: names.at(-1)! });
  }
  return conditions.reduce((a, b) => (a === '' ? b : word(locale, 'or', { a, b })), '');
}

/** `line 3`, or `service.ts:3` in another file, by as much of its path as tells it from the others. */
function placer(timeline: Timeline, locale: Locale): (location: TimelineLocation) => string {
  const files = new Set([...timeline.steps.flatMap(step => [step.location.file, ...(step.actions ?? []).map(({ location }) => location.file)]), ...timeline.outcomes.flatMap(({ branch }) => branch?.actions.map(({ location }) => location.file) ?? [])]);
  const base = (file: string): string => file.slice(file.lastIndexOf('/') + 1);
  const isAlone = (file: string): boolean => [...files].every(other => other === file || base(other) !== base(file));
  return location => (location.file !== timeline.file && isAlone(location.file) ? `${base(location.file)}:${location.line}` : placeText(timeline, location, locale));
}
