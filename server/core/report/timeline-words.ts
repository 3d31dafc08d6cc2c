import { choiceSentence } from '../order/choice-sentence.ts';
import { labelText } from '../hazards/label-words.ts';
import type { Locale } from '../hazards/messages.ts';
import { phaseNames } from '../node/hover.ts';
import type { OutputLine, Phase, Step, Timeline } from '../order/timeline.ts';
import { word } from './words.ts';

/** Consecutive steps of one thread in one phase of one iteration, with the ticks and jobs that drained in between. */
export interface PhaseGroup {
  /** Where it is not the main thread of the program's process. */
  readonly thread?: string;
  readonly iteration: number;
  readonly phase: Phase;
  readonly steps: readonly Step[];
}

/** Steps by iteration and phase, in order; nextTick and microtask steps belong to the phase after whose callback they drain. */
export function phaseGroups(steps: readonly Step[]): PhaseGroup[] {
  const groups: { thread?: string; iteration: number; phase: Phase; steps: Step[] }[] = [];
  for (const step of steps) {
    const last = groups.at(-1);
    const drains = step.phase === 'nextTick' || step.phase === 'microtask';
    if (last && last.thread === step.thread && last.iteration === step.iteration && (drains || last.phase === step.phase)) last.steps.push(step);
    else groups.push({ ...(step.thread === undefined ? {} : { thread: step.thread }), iteration: step.iteration, phase: step.phase, steps: [step] });
  }
  return groups;
}

/** `Main script`, `Iteration 2: timers`, `worker 1 · Iteration 1: poll`; the timers that Node 20 and later run before the first iteration have no number. */
export function groupTitle(group: PhaseGroup, locale: Locale = 'en'): string {
  return group.thread === undefined ? titleOf(group, locale) : `${group.thread} · ${titleOf(group, locale)}`;
}

function titleOf({ iteration, phase }: PhaseGroup, locale: Locale): string {
  if (phase === 'timers' && iteration === 0) return word(locale, 'loopStart');
  if (phase === 'main' || iteration === 0) return word(locale, phase === 'exit' ? 'exitPhase' : 'mainScript');
  return word(locale, 'iteration', { n: iteration, phase: phaseNames[phase] });
}

/** What a line shows: unknown parts make it an example of what may be printed; control characters are spelled out. */
export function outputText({ text, exact, stream }: OutputLine, locale: Locale = 'en'): string {
  const visible = text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, character => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`);
  return `${visible}${exact ? '' : word(locale, 'about')}${stream === 'stderr' ? word(locale, 'stderrMark') : ''}`;
}

/** `line 3`, or `lib/a.js:3` in another file than the entry. */
export function placeText(timeline: Timeline, location: { readonly file: string; readonly line: number }, locale: Locale = 'en'): string {
  return location.file === timeline.file ? word(locale, 'line', { line: location.line }) : `${location.file}:${location.line}`;
}

/** The timeline with the names of its steps as people read them in a language. The JSON that programs read keeps the English ones. */
export function timelineIn(timeline: Timeline, locale: Locale): Timeline {
  if (locale === 'en') return timeline;
  const outcomes = timeline.outcomes.map(outcome => (outcome.conditions ? { ...outcome, conditions: [...new Set(outcome.choices.map(choice => conditionIn(choice, locale)))] } : outcome));
  const order = timeline.order.map(relation => ({ ...relation, why: whyIn(relation.why, locale) }));
  return { ...timeline, outcomes, order, ...(timeline.title === undefined ? {} : { title: labelText(timeline.title, locale) }), steps: timeline.steps.map(step => ({ ...step, label: labelText(step.label, locale), ...(step.resumes === undefined ? {} : { resumes: labelText(step.resumes, locale) }) })) };
}

/** A choice, `whether user is truthy: it is falsy`, as a sentence that follows "if". */
function conditionIn(choice: string, locale: Locale): string {
  const at = choice.lastIndexOf(': ');
  return at < 0 ? choice : choiceSentence(choice.slice(0, at), choice.slice(at + 2), locale);
}

/** A decision by itself, said with its likeliest answer. */
function whyIn(why: string, locale: Locale): string {
  return why === '' ? '' : choiceSentence(why, 'yes', locale);
}
