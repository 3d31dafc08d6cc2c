import type { Step, Timeline } from '../../server/core/order/timeline.ts';
import type { HostToView } from '../../server/lsp/protocol.ts';
import { createDiagram } from './diagram.ts';
import { html, setText } from './dom.ts';
import { createHelpDialog } from './help-dialog.ts';
import { connectHost } from './host.ts';
import { keepSelection, openOrders, otherOutcome, stepAt, waitingAt } from './model.ts';
import { createOutcomeBar } from './outcome-bar.ts';
import { createConsolePanel, createNowPanel, createQueuesPanel } from './panels.ts';
import { createPlayer } from './player.ts';
import { createSourcePanel } from './source-panel.ts';
import { placeText, type Actions, type Part, type ViewState } from './state.ts';
import { message, phaseName } from './strings.ts';
import { createToolbar } from './toolbar.ts';
import { createTreeTable } from './tree-table.ts';

/** How long a step is shown at speed 1, ms. */
const stepMs = 1100;

/** Builds the view into `root` and connects it with its host. */
export function startApp(root: HTMLElement): void {
  let state: ViewState | null = null;
  let revision = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const live = html('div', { class: 'spoken', role: 'status', 'aria-live': 'polite', id: 'live' });
  const announce = (text: string): void => setText(live, text);
  const host = connectHost(() => announce(message('export.copied')));

  const actions: Actions = {
    select(index, options) {
      if (!state || state.steps.length === 0) return;
      const at = Math.max(0, Math.min(index, state.steps.length - 1));
      const step = state.steps[at]!;
      change({ index: at, waiting: waitingAt(state.steps, at) });
      if (host.kind === 'editor') host.post({ type: 'revealRange', location: step.location, focus: options?.focus ?? false });
    },
    play(on) {
      if (!state || state.steps.length === 0) return;
      if (on && state.index >= state.steps.length - 1) actions.select(0);
      change({ playing: on });
      clearTimeout(timer);
      if (on) timer = setTimeout(playOn, stepMs / state.speed);
    },
    setSpeed: speed => change({ speed }),
    showOutcome(index) {
      if (!state || index === state.outcome) return;
      const { timeline } = state;
      if (index === 0 || state.stepsOfOutcome) showSteps(timeline.steps, index, index === 0);
      else change({ outcome: index });
      announce([message('live.outcome', { n: index + 1, total: timeline.outcomes.length }), ...timeline.outcomes[index]!.choices].join(' '));
      if (index > 0) host.post({ type: 'explainOutcome', revision, index });
    },
    flip(why) {
      if (state) actions.showOutcome(otherOutcome(state.timeline, state.outcome, why));
    },
    setView: view => change({ view }),
    setAllLanes: allLanes => change({ allLanes }),
    setOptions(node, module) {
      change({ busy: true });
      host.post({ type: 'setOptions', node, module });
    },
    exportAs(format) {
      if (format === 'text') host.post({ type: 'copyText' });
      else if (format === 'svg') host.post({ type: 'export', format, content: diagram.exportSvg() });
      else host.post({ type: 'export', format });
    },
    help: () => help.showModal(),
  };

  const current = (): ViewState | null => state;
  const diagram = createDiagram(actions);
  const help = createHelpDialog();
  const toolbar = createToolbar(actions, host.kind);
  const outcomeBar = createOutcomeBar(actions, current);
  const table = createTreeTable(actions);
  const player = createPlayer(actions, current);
  const source = createSourcePanel(line => {
    const index = state ? stepAt(state.steps, state.timeline.file, line, state.index) : -1;
    if (index >= 0) actions.select(index);
  });
  const panels = [createNowPanel(actions), createQueuesPanel(actions), createConsolePanel(actions), source];
  const parts: readonly Part[] = [toolbar, outcomeBar, diagram, table, player, ...panels];
  const empty = html('div', { class: 'empty' }, html('p', {}, message('empty')), html('p', { class: 'quiet' }, message('empty.hint')));
  const main = html('main', { class: 'view' }, toolbar.element, outcomeBar.element, html('div', { class: 'picture' }, diagram.element, table.element), player.element, html('div', { class: 'panels' }, ...panels.map(part => part.element)));
  root.replaceChildren(empty, main, help, live);
  main.hidden = true;

  function change(difference: Partial<ViewState>): void {
    if (!state) return;
    show({ ...state, ...difference });
  }

  function show(next: ViewState): void {
    const previous = state;
    state = next;
    const nothing = next.steps.length === 0 && next.timeline.outcomes.length === 0 && next.timeline.incompleteBecause.length === 0;
    empty.hidden = !nothing;
    main.hidden = nothing;
    for (const part of parts) part.update(next, previous);
    if (previous && (previous.index !== next.index || previous.steps !== next.steps)) announce(spokenStep(next));
  }

  function showSteps(steps: readonly Step[], outcome: number, stepsOfOutcome: boolean): void {
    if (!state) return;
    const index = steps.length ? keepSelection(state.steps, state.index, steps) : -1;
    // The relations speak of the likeliest run's steps.
    const open = steps === state.timeline.steps ? openOrders(state.timeline.order, steps) : [];
    change({ steps, outcome, stepsOfOutcome, open, index, waiting: waitingAt(steps, index) });
  }

  function showTimeline(timeline: Timeline, text: string | null): void {
    const { steps } = timeline;
    const index = steps.length === 0 ? -1 : state ? keepSelection(state.steps, state.index, steps) : 0;
    const kept = state ?? { view: 'diagram', allLanes: false, playing: false, speed: 1 };
    const { view, allLanes, playing, speed } = kept as ViewState;
    show({ timeline, source: text, outcome: 0, steps, stepsOfOutcome: true, open: openOrders(timeline.order, steps), index, waiting: waitingAt(steps, index), view, allLanes, playing, speed, busy: false });
  }

  function playOn(): void {
    if (!state?.playing) return;
    if (state.index >= state.steps.length - 1) return actions.play(false);
    actions.select(state.index + 1);
    timer = setTimeout(playOn, stepMs / state.speed);
  }

  function receive(received: HostToView): void {
    switch (received.type) {
      case 'timeline':
        revision = received.revision;
        setText(empty.firstElementChild!, message('empty'));
        return showTimeline(received.timeline, received.source ?? null);
      case 'outcomeSteps':
        if (state && received.revision === revision && received.index === state.outcome && received.steps) showSteps(received.steps, received.index, true);
        return;
      case 'selectAt': {
        const index = state ? stepAt(state.steps, received.file, received.line, state.index) : -1;
        // Answers the cursor: the editor is where the user is, so nothing is revealed there.
        if (state && index >= 0 && index !== state.index) change({ index, waiting: waitingAt(state.steps, index) });
        return;
      }
      case 'busy':
        return change({ busy: true });
      case 'failed':
        change({ busy: false });
        setText(empty.firstElementChild!, received.message);
        empty.hidden = false;
        return announce(received.message);
    }
  }

  document.addEventListener('keydown', event => {
    if (!state || help.open || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const target = event.target as Element;
    if (target.closest('select, textarea, [role="treegrid"], .menu-items')) return;
    const range = target.matches('input[type="range"]');
    const { index, steps, playing } = state;
    if (event.key === '?') actions.help();
    else if (event.key === ' ' && !target.closest('button, summary')) actions.play(!playing);
    else if (event.key === 'ArrowRight' && !range) actions.select(index + 1);
    else if (event.key === 'ArrowLeft' && !range) actions.select(index - 1);
    else if (event.key === 'Home' && !range) actions.select(0);
    else if (event.key === 'End' && !range) actions.select(steps.length - 1);
    else return;
    event.preventDefault();
  });

  host.listen(receive);
  host.post({ type: 'ready' });
}

/** The current step and the queues, for a screen reader. */
function spokenStep({ steps, index, timeline, waiting }: ViewState): string {
  const step = steps[index];
  if (!step) return message('empty');
  const output = step.output.length ? message('step.prints', { text: step.output.map(line => line.text).join(', ').slice(0, 200) }) : message('step.printsNothing');
  const queues = [...waiting].map(([phase, items]) => message('live.waitingItem', { n: items.length, phase: phaseName(phase) }));
  return [message('live.step', { n: index + 1, total: steps.length, phase: phaseName(step.phase), label: step.label, place: placeText(timeline, step.location) }), `${output}.`, queues.length ? message('live.waiting', { list: queues.join(', ') }) : message('live.nothing')].join(' ');
}
