import type { Outcome } from '../../server/core/order/timeline.ts';
import { actionLines } from './actions.ts';
import { button, html, icon, setText } from './dom.ts';
import type { Actions, Part, ViewState } from './state.ts';
import { message } from './strings.ts';

/** How sure the answer is, which outcome is looked at and what decides it. */
export function createOutcomeBar(actions: Actions, current: () => ViewState | null): Part {
  const verdict = html('div', { class: 'verdict' });
  const name = html('span', { class: 'outcome-name' });
  const turn = (by: number) => (): void => {
    const state = current();
    if (state) actions.showOutcome((state.outcome + by + state.timeline.outcomes.length) % state.timeline.outcomes.length);
  };
  const flip = button({ class: 'small flip' }, () => actions.flip(null), icon('flip'), html('span', {}, message('open.flip')));
  const switcher = html('div', { class: 'switcher', role: 'group', 'aria-label': message('open.flip') }, button({ class: 'tool', title: message('outcome.previous'), 'aria-label': message('outcome.previous') }, turn(-1), icon('back')), name, button({ class: 'tool', title: message('outcome.next'), 'aria-label': message('outcome.next') }, turn(1), icon('forward')));
  const choices = html('p', { class: 'choices' });
  const only = html('span', { class: 'quiet' });
  const element = html('div', { class: 'outcome-bar' }, verdict, switcher, choices, only, flip);
  return {
    element,
    update(state, previous) {
      const { timeline, outcome } = state;
      if (previous && previous.timeline === timeline && previous.outcome === outcome && previous.stepsOfOutcome === state.stepsOfOutcome) return;
      const { outcomes } = timeline;
      if (previous?.timeline !== timeline) verdict.replaceChildren(verdictElement(state));
      const several = outcomes.length > 1;
      switcher.hidden = !several;
      flip.hidden = !several;
      const isStory = timeline.title !== undefined;
      setText(name, message(isStory ? 'way' : 'outcome', { n: outcome + 1, total: outcomes.length }) + (outcome === 0 ? ` · ${message(isStory ? 'way.furthest' : 'outcome.likeliest')}` : ''));
      const shown = outcomes[outcome];
      const conditions = conditionsOf(shown);
      const ending = shown && shown.exitCode !== 0 ? (shown.exitCode === null ? message('outcome.running') : message('outcome.exit', { code: shown.exitCode })) : '';
      setText(only, several ? '' : outcomes.length === 1 && timeline.complete ? message('outcome.only') : '');
      choices.replaceChildren(...[...conditions.map(choice => html('span', { class: 'choice' }, message('outcome.if', { choice }))), ...(ending ? [html('span', { class: 'choice' }, ending)] : []), ...(outcome > 0 && !state.stepsOfOutcome ? [html('span', { class: 'choice note' }, message('outcome.outputOnly'))] : [])]);
      choices.title = conditions.map(choice => message('outcome.if', { choice })).join('\n');
    },
  };
}

/** What leads to an outcome; of a way of a function also what it does there. */
function conditionsOf(outcome: Outcome | undefined): readonly string[] {
  const conditions = outcome?.conditions ?? outcome?.choices ?? [];
  const { branch } = outcome ?? {};
  if (!branch) return conditions;
  const does = branch.skips && branch.skips.length > 0 && branch.actions.length === 0 ? message('way.without', { actions: actionLines(branch.skips) }) : branch.actions.length > 0 ? message('way.does', { actions: actionLines(branch.actions) }) : '';
  const together = branch.anyOf ? [conditions.reduce((a, b) => (a === '' ? b : message('way.or', { a, b })), '')] : conditions;
  return does === '' ? together : [...together.slice(0, -1), `${together.at(-1) ?? ''} ${does}`];
}

function verdictElement({ timeline }: ViewState): HTMLElement {
  if (timeline.complete) return html('span', { class: 'chip-verdict complete', title: message('complete.why') }, icon('complete'), message('complete'));
  return html('details', { class: 'menu partial-menu' }, html('summary', { class: 'chip-verdict partial' }, icon('partial'), message('partial')), html('div', { class: 'menu-items reasons' }, html('p', {}, message('partial.why')), html('ul', {}, ...timeline.incompleteBecause.map(reason => html('li', {}, reason)))));
}
