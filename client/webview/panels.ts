import type { OutputLine, Step } from '../../server/core/order/timeline.ts';
import { button, html, icon } from './dom.ts';
import { consoleLines, diffOutput, type ConsoleLine } from './model.ts';
import { actionLine } from './actions.ts';
import { placeText, type Actions, type Part, type ViewState } from './state.ts';
import { message, phaseName } from './strings.ts';

/** Waiting steps of a queue and lines of the console that exist as elements, at most. */
const mostWaiting = 8;
const mostLines = 200;

function panel(name: string, title: string): { element: HTMLElement; heading: HTMLElement; body: HTMLElement } {
  const heading = html('h2', { class: 'panel-title', id: `panel-${name}` }, title);
  const body = html('div', { class: 'panel-body', tabindex: 0, role: 'group', 'aria-labelledby': `panel-${name}` });
  return { element: html('section', { class: `panel panel-${name}` }, heading, body), heading, body };
}

/** What runs now: where it is, who scheduled it, and whether its place is open. */
export function createNowPanel(actions: Actions): Part {
  const { element, heading, body } = panel('now', message('now'));
  return {
    element,
    update(state, previous) {
      if (previous && previous.steps === state.steps && previous.index === state.index && previous.open === state.open) return;
      const step = state.steps[state.index];
      element.className = `panel panel-now ${step ? `lane-${step.phase}` : ''}`;
      heading.replaceChildren(message('now'), step ? html('span', { class: 'now-phase' }, html('span', { class: 'lane-icon' }, icon(step.phase)), phaseName(step.phase)) : '');
      body.replaceChildren(...(step ? nowContent(state, step, actions) : [html('p', { class: 'quiet' }, message('empty'))]));
    },
  };
}

function nowContent(state: ViewState, step: Step, actions: Actions): HTMLElement[] {
  const { steps, timeline, index } = state;
  const scheduler = steps.findIndex(other => other.id === step.scheduledBy);
  const by = steps[scheduler];
  const scheduled = by
    ? html('p', { class: 'now-line' }, button({ class: 'link' }, () => actions.select(scheduler), message('step.scheduledBy', { id: by.id, label: by.label })), step.scheduledAt && html('span', { class: 'quiet' }, ` ${message('step.scheduledAt', { place: placeText(timeline, step.scheduledAt) })}`))
    : html('p', { class: 'now-line quiet' }, timeline.title !== undefined && index === 0 ? message('step.isCall', { title: timeline.title }) : message(step.phase === 'main' && index === 0 ? 'step.isStart' : 'step.scheduledAtStart'));
  const open = state.open.filter(order => order.steps.includes(index));
  return [
    html('p', { class: 'now-label' }, html('span', { class: 'now-number' }, String(step.id)), step.label),
    html('p', { class: 'now-line' }, button({ class: 'link', title: message('help.enter') }, () => actions.select(index, { focus: true }), placeText(timeline, step.location)), step.resumes && html('span', { class: 'quiet' }, ` · ${message('step.resumes', { what: step.resumes })}`)),
    ...(step.actions ? [html('ul', { class: 'now-actions', 'aria-label': message('step.actions') }, ...step.actions.map(action => html('li', { class: `action-${action.kind.replace(' ', '-')}` }, actionLine(action), html('span', { class: 'quiet' }, ` ${placeText(timeline, action.location)}`))))] : []),
    scheduled,
    ...(step.certainty === 'sometimes' && timeline.title === undefined ? [html('p', { class: 'now-open' }, message('step.sometimes'))] : []),
    ...open.map(order => {
      const others = order.pairs.filter(pair => pair.includes(index)).map(([a, b]) => (a === index ? b : a)).map(other => `${steps[other]!.id} ${steps[other]!.label}`);
      return html('div', { class: 'now-open' }, html('p', {}, icon('flip'), ` ${message('open.now', { steps: others.slice(0, 3).join(', ') + (others.length > 3 ? ' …' : '') })}`), html('p', { class: 'quiet' }, order.why), timeline.outcomes.length > 1 && button({ class: 'small' }, () => actions.flip(order.why), message('open.flip')));
    }),
  ];
}

/** The contents of every queue at the current step. */
export function createQueuesPanel(actions: Actions): Part {
  const { element, body } = panel('queues', message('queues'));
  return {
    element,
    update(state, previous) {
      if (previous?.waiting === state.waiting) return;
      const place = new Map(state.steps.map((step, index) => [step.id, index]));
      const queues = [...state.waiting].map(([phase, waiting]) => {
        const items = waiting.slice(0, mostWaiting).map(step => html('li', {}, button({ class: 'chip' }, () => actions.select(place.get(step.id)!), html('span', { class: 'chip-number' }, String(step.id)), html('span', { class: 'chip-label' }, step.label))));
        return html('div', { class: `queue lane-${phase}`, 'data-phase': phase }, html('h3', { class: 'queue-name' }, html('span', { class: 'lane-icon' }, icon(phase)), phaseName(phase)), html('ol', { class: 'queue-items' }, ...items, waiting.length > mostWaiting && html('li', { class: 'quiet' }, message('queues.more', { n: waiting.length - mostWaiting }))));
      });
      body.replaceChildren(...(queues.length ? queues : [html('p', { class: 'quiet' }, message('queues.none'))]));
    },
  };
}

/** The output so far; for another outcome whose steps are unknown, its whole output compared with the likeliest. */
export function createConsolePanel(actions: Actions): Part {
  const { element, heading, body } = panel('console', message('console'));
  let lines: readonly ConsoleLine[] = [];
  return {
    element,
    update(state, previous) {
      if (previous && previous.index === state.index && previous.steps === state.steps && previous.outcome === state.outcome && previous.stepsOfOutcome === state.stepsOfOutcome) return;
      if (previous?.steps !== state.steps) lines = consoleLines(state.steps);
      const compare = state.outcome > 0 && !state.stepsOfOutcome;
      heading.textContent = compare ? message('console.diff', { n: state.outcome + 1 }) : message('console');
      body.replaceChildren(...(compare ? diffContent(state) : consoleContent(state, lines, actions)));
      body.scrollTop = compare ? 0 : body.scrollHeight;
    },
  };
}

function lineText({ text, exact, stream }: OutputLine): (Node | string)[] {
  return [...(stream === 'stderr' ? [html('span', { class: 'stream' }, message('console.stderr'))] : []), `${exact ? '' : message('step.about')}${text}`];
}

function consoleContent({ index }: ViewState, lines: readonly ConsoleLine[], actions: Actions): HTMLElement[] {
  const written = lines.filter(line => line.step <= index);
  if (written.length === 0) return [html('p', { class: 'quiet' }, message('console.none'))];
  const hidden = Math.max(0, written.length - mostLines);
  const coming = lines.length - written.length;
  return [
    ...(hidden ? [html('p', { class: 'quiet' }, message('console.earlier', { n: hidden }))] : []),
    ...written.slice(hidden).map(line => button({ class: `line ${line.stream}${line.step === index ? ' now' : ''}${line.exact ? '' : ' about'}` }, () => actions.select(line.step), ...lineText(line))),
    ...(coming ? [html('p', { class: 'quiet' }, message('console.more', { n: coming }))] : []),
  ];
}

function diffContent({ timeline, outcome }: ViewState): HTMLElement[] {
  const other = timeline.outcomes[outcome]!;
  const signs = { both: ' ', removed: '−', added: '+' } as const;
  const lines = diffOutput(timeline.outcomes[0]!.output, other.output).slice(0, mostLines);
  return [
    ...lines.map(line => html('p', { class: `line diff ${line.side} ${line.stream}` }, html('span', { class: 'sign', 'aria-hidden': 'true' }, signs[line.side]), line.side !== 'both' && html('span', { class: 'spoken' }, message(line.side === 'added' ? 'console.added' : 'console.removed')), ...lineText(line))),
    ...(other.exitCode ? [html('p', { class: 'quiet' }, message('outcome.exit', { code: other.exitCode }))] : []),
  ];
}
