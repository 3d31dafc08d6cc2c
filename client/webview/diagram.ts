import type { Step } from '../../server/core/order/timeline.ts';
import { actionLine } from './actions.ts';
import type { Phase } from '../../server/core/order/timeline.ts';
import { html, icon, iconPath, setAttribute, svg } from './dom.ts';
import { badgeWidth, layOut, sizes, visibleRange, type Bracket, type IterationColumn, type Layout } from './layout.ts';
import { lanesOf } from './model.ts';
import { iterationTitle, placeText, type Actions, type Part, type ViewState } from './state.ts';
import { message, phaseName } from './strings.ts';
import { fitText, textWidth } from './text-width.ts';

/** Px beyond both edges of what is seen that are drawn too. */
const overscan = 400;
/** Arrows from the current step to what it scheduled, at most. */
const mostArrowsOut = 40;
const waitingPips = 6;

export interface Diagram extends Part {
  /** The whole drawing with all its styles inside it, as an SVG file. */
  exportSvg(): string;
  /** Elements for the cards; the rest of the drawing is proportional to them. */
  drawnCards(): number;
}

/** Lanes, iterations, cards and arrows; only what is near the visible part exists in the document. */
export function createDiagram(actions: Actions): Diagram {
  const columns = svg('g', { class: 'columns' });
  const laneBands = svg('g', { class: 'lane-bands' });
  const arrows = svg('g', { class: 'arrows' });
  const cards = svg('g', { class: 'cards' });
  const brackets = svg('g', { class: 'brackets' });
  const strongArrows = svg('g', { class: 'arrows strong' });
  const playhead = svg('g', { class: 'playhead' });
  const drawing = svg('svg', { class: 'drawing', role: 'img', 'aria-label': message('view.diagram') }, columns, laneBands, playhead, arrows, strongArrows, cards, brackets);
  const heads = html('ul', { class: 'lane-heads', 'aria-label': message('queues') });
  const element = html('div', { class: 'stage', tabindex: 0, role: 'region', 'aria-label': message('title') }, heads, drawing);

  let state: ViewState | null = null;
  let layout: Layout | null = null;
  let openSteps = new Set<number>();
  let drawn = new Map<number, SVGGElement>();
  let drawnFor = '';

  element.addEventListener('scroll', () => draw(), { passive: true });
  new ResizeObserver(() => {
    if (state) place(state);
  }).observe(element);
  drawing.addEventListener('click', event => {
    const target = event.target as Element;
    const why = target.closest('[data-why]')?.getAttribute('data-why');
    const index = target.closest('[data-index]')?.getAttribute('data-index');
    if (why !== null && why !== undefined) actions.flip(why);
    else if (index) actions.select(Number(index), { focus: false });
  });
  element.addEventListener('keydown', event => {
    if (event.key === 'Enter' && state && event.target === element) actions.select(state.index, { focus: true });
  });

  function place(next: ViewState): void {
    const height = element.clientHeight;
    layout = layOut(next.steps, lanesOf(next.steps, next.allLanes), next.open, textWidth, height);
    openSteps = new Set(next.open.flatMap(order => [...order.steps]));
    drawing.setAttribute('width', String(Math.max(layout.width, element.clientWidth - heads.offsetWidth)));
    drawing.setAttribute('height', String(layout.height));
    drawnFor = '';
    drawLaneHeads(next, layout);
    draw();
  }

  function drawLaneHeads(next: ViewState, { lanes, top, laneHeight }: Layout): void {
    heads.replaceChildren(
      ...lanes.map((phase, lane) => {
        const head = html('li', { class: `lane-head lane-${phase}`, 'data-phase': phase }, html('span', { class: 'lane-icon' }, icon(phase)), html('span', { class: 'lane-name' }, phaseName(phase)), html('span', { class: 'lane-hint' }, message(`hint.${phase}`)), html('span', { class: 'pips' }));
        head.style.top = `${top + lane * laneHeight}px`;
        head.style.height = `${laneHeight}px`;
        return head;
      }),
    );
    updateWaiting(next);
  }

  function updateWaiting(next: ViewState): void {
    const phase = next.steps[next.index]?.phase;
    for (const head of heads.children) {
      const own = head.getAttribute('data-phase') as Phase;
      const count = next.waiting.get(own)?.length ?? 0;
      head.classList.toggle('current', own === phase);
      const pips = head.lastElementChild!;
      setAttribute(pips, 'data-count', count || null);
      pips.replaceChildren(...Array.from({ length: Math.min(count, waitingPips) }, () => html('i', { class: 'pip' })), count ? html('span', { class: 'pip-count' }, message('queues.count', { n: count })) : '');
    }
  }

  /** Draws what is near the visible part and is not drawn yet, and removes the rest. */
  function draw(): void {
    if (!state || !layout) return;
    const left = element.scrollLeft - overscan;
    const right = element.scrollLeft + element.clientWidth + overscan;
    const [from, to] = visibleRange(layout.cards, left, right);
    const key = `${from}-${to}-${state.index}`;
    moveTitles(columns, element.scrollLeft);
    if (key === drawnFor) return;
    const whole = drawnFor === '';
    drawnFor = key;
    if (whole) {
      drawn = new Map();
      cards.replaceChildren();
      laneBands.replaceChildren(...laneRects(layout, Number(drawing.getAttribute('width'))));
    }
    for (const [index, card] of drawn) {
      if (index < from || index >= to) {
        card.remove();
        drawn.delete(index);
      }
    }
    for (let index = from; index < to; index++) {
      let card = drawn.get(index);
      if (!card) {
        card = cardElement(state, layout, index, openSteps.has(index));
        drawn.set(index, card);
        cards.append(card);
      }
      setAttribute(card, 'data-when', whenOf(index, state.index));
    }
    columns.replaceChildren(...columnElements(state, layout, left, right, from, to));
    moveTitles(columns, element.scrollLeft);
    brackets.replaceChildren(...layout.brackets.filter(bracket => bracket.x2 > left && bracket.x1 < right).map(bracket => bracketElement(bracket, state!)));
    const [quiet, strong] = arrowElements(state, layout, from, to);
    arrows.replaceChildren(...quiet);
    strongArrows.replaceChildren(...strong);
    playhead.replaceChildren(...playheadElements(layout, state));
  }

  function follow(next: ViewState): void {
    const card = layout?.cards[next.index];
    if (!card) return;
    const room = element.clientWidth - heads.offsetWidth;
    const before = card.x - element.scrollLeft;
    if (before >= 24 && before + card.width <= room - 24) return;
    const still = next.playing || matchMedia('(prefers-reduced-motion: reduce)').matches;
    element.scrollTo({ left: Math.max(0, card.x - room * 0.35), behavior: still ? 'instant' : 'smooth' });
  }

  return {
    element,
    update(next, previous) {
      state = next;
      setAttribute(element, 'hidden', next.view !== 'diagram');
      if (next.view !== 'diagram') return;
      if (!previous || previous.steps !== next.steps || previous.allLanes !== next.allLanes || previous.open !== next.open || previous.view !== next.view || previous.timeline !== next.timeline) place(next);
      else if (previous.index !== next.index) {
        updateWaiting(next);
        draw();
      }
      if (!previous || previous.index !== next.index || previous.view !== next.view) follow(next);
    },
    exportSvg() {
      if (!state) return '';
      const whole = layOut(state.steps, lanesOf(state.steps, state.allLanes), state.open, textWidth);
      return exportDrawing(state, whole, openSteps);
    },
    drawnCards: () => drawn.size,
  };
}

function whenOf(index: number, current: number): string {
  return index < current ? 'past' : index === current ? 'now' : 'later';
}

function laneRects({ lanes, top, laneHeight }: Layout, width: number): SVGElement[] {
  return lanes.flatMap((phase, lane) => [
    svg('rect', { class: `lane-band lane-${phase}`, x: 0, y: top + lane * laneHeight, width, height: laneHeight }),
    svg('line', { class: 'lane-rule', x1: 0, x2: width, y1: top + lane * laneHeight, y2: top + lane * laneHeight }),
  ]);
}

function columnElements({ steps, index: current }: ViewState, { iterations, cards, height }: Layout, left: number, right: number, from: number, to: number): SVGElement[] {
  const visible = iterations.filter(column => column.x + column.width > left && column.x < right);
  const heads = visible.map(column => {
    const odd = iterations.indexOf(column) % 2 === 1;
    const now = column.first <= current && current <= column.last;
    return svg(
      'g',
      { class: `column${odd ? ' odd' : ''}${now ? ' now' : ''}`, 'data-x': column.x, 'data-end': column.x + column.width - (hinted(column) ? 230 : 110) },
      svg('rect', { class: 'column-band', x: column.x, y: 0, width: column.width, height }),
      svg('line', { class: 'column-rule', x1: column.x, x2: column.x, y1: 0, y2: height }),
      svg('text', { class: 'column-title', y: 18, x: column.x + 14 }, iterationTitle(steps[column.first]!), hinted(column) && svg('tspan', { class: 'column-hint', dx: 8 }, message('iteration.startHint'))),
    );
  });
  const ticks = cards.slice(from, to).flatMap(({ x, y }, offset) => {
    const index = from + offset;
    const when = whenOf(index, current);
    return [svg('line', { class: 'tick', 'data-when': when, x1: x + 0.5, x2: x + 0.5, y1: sizes.ruler - 4, y2: y }), svg('text', { class: 'tick-number', 'data-when': when, x: x + 1, y: sizes.ruler - 8, 'text-anchor': 'start' }, String(steps[index]!.id))];
  });
  return [...heads, ...ticks];
}

/** Whether the title of an iteration has a remark, which needs room. */
function hinted(column: IterationColumn): boolean {
  return column.iteration === 0 && column.first === 0 && column.width > 244;
}

/** Titles of iterations stay in sight while their column is scrolled. */
function moveTitles(columns: SVGGElement, scrollLeft: number): void {
  for (const column of columns.querySelectorAll('.column')) {
    const start = Number(column.getAttribute('data-x'));
    const end = Number(column.getAttribute('data-end'));
    const title = column.querySelector('.column-title')!;
    setAttribute(title, 'x', Math.max(start + 14, Math.min(scrollLeft + 14, end)));
  }
}

function cardElement({ steps, timeline }: ViewState, { cards }: Layout, index: number, open: boolean): SVGGElement {
  const step = steps[index]!;
  const { x, y, width } = cards[index]!;
  const lines = cardLines(step);
  const line = lines[0];
  const place = [placeText(timeline, step.location), step.resumes && message('step.resumes', { what: step.resumes })].filter(Boolean).join(' · ');
  const more = lines.length > 1 ? message('step.more', { n: lines.length - 1 }) : '';
  const right = open ? 24 : 10;
  const badge = badgeWidth(step.id);
  return svg(
    'g',
    { class: `card lane-${step.phase}${open ? ' open' : ''}${step.certainty === 'sometimes' ? ' sometimes' : ''}`, transform: `translate(${x} ${y})`, 'data-index': index },
    svg('title', {}, `${step.id}. ${step.label}\n${place}${lines.map(({ text, mark }) => `\n${mark} ${text}`).join('')}`),
    svg('rect', { class: 'card-body', width, height: sizes.cardHeight, rx: 8 }),
    svg('path', { class: 'card-edge', d: `M4 0.5H8V${sizes.cardHeight - 0.5}H4Q0 ${sizes.cardHeight - 0.5} 0 ${sizes.cardHeight - 6}V6Q0 0.5 4 0.5Z`, transform: 'scale(0.5 1)' }),
    svg('rect', { class: 'card-badge', x: 11, y: 5, width: badge, height: 16, rx: 8 }),
    svg('text', { class: 'card-number', x: 11 + badge / 2, y: 16.8, 'text-anchor': 'middle' }, String(step.id)),
    svg('text', { class: 'card-label', x: 17 + badge, y: 17.5 }, fitText(step.label, width - badge - 17 - right, false)),
    svg('text', { class: 'card-place', x: 12, y: 32 }, fitText(place, width - 20, 'small')),
    line && svg('text', { class: `card-output${line.kind}`, x: 12, y: 47 }, svg('tspan', { class: 'prompt' }, `${line.mark} `), fitText(`${line.exact ? '' : message('step.about')}${line.text}`, width - 36 - (more ? 20 : 0), true), more && svg('tspan', { class: 'card-more', dx: 5 }, more)),
    open && iconPath('flip', { class: 'card-open', transform: `translate(${width - 20} 6.5) scale(.8)` }),
  );
}

/** What a card says of what a step prints and does: what blocks first, then the output, then the rest. */
function cardLines(step: Step): readonly { readonly text: string; readonly mark: string; readonly exact: boolean; readonly kind: string }[] {
  const actions = (step.actions ?? []).map(action => ({ text: actionLine(action), mark: '·', exact: true, kind: action.kind === 'blocks' ? ' stderr' : '' }));
  const output = step.output.map(({ text, exact, stream }) => ({ text, mark: '›', exact, kind: stream === 'stderr' ? ' stderr' : '' }));
  return [...actions.filter(({ kind }) => kind !== ''), ...output, ...actions.filter(({ kind }) => kind === '')];
}

/** From the card of the scheduling step down or up to the left edge of the scheduled one; over the cards within a lane. */
function arrowPath(layout: Layout, from: number, to: number): string {
  const source = layout.cards[from]!;
  const target = layout.cards[to]!;
  if (source.y === target.y) {
    const [x1, x2, y] = [source.x + source.width / 2, target.x + 20, source.y];
    const lift = Math.min((layout.laneHeight - sizes.cardHeight) / 2 + 6, 16);
    return `M${x1} ${y}C${x1} ${y - lift} ${x2} ${y - lift} ${x2} ${y - 1.5}m-3.5 -4.5l3.5 4.5l3.5 -4.5`;
  }
  const down = target.y > source.y;
  const x1 = Math.min(source.x + 20, target.x - 8);
  const y1 = down ? source.y + sizes.cardHeight : source.y;
  const y2 = target.y + 13;
  const x2 = target.x - 1.5;
  const bend = Math.min(26, x2 - x1, Math.abs(y2 - y1));
  return `M${x1} ${y1}V${down ? y2 - bend : y2 + bend}Q${x1} ${y2} ${x1 + bend} ${y2}H${x2}m-5 -3.8l5 3.8l-5 3.8`;
}

/** Arrows to the visible cards, quiet; those to and from the current step, strong. */
function arrowElements({ steps, index: current }: ViewState, layout: Layout, from: number, to: number): [SVGElement[], SVGElement[]] {
  const indexOf = new Map<number, number>();
  for (let index = 0; index < Math.min(steps.length, to); index++) indexOf.set(steps[index]!.id, index);
  const quiet: SVGElement[] = [];
  const strong: SVGElement[] = [];
  const path = (source: number, target: number, kind: string): SVGElement => svg('path', { class: `arrow ${kind} lane-${steps[target]!.phase}`, d: arrowPath(layout, source, target) });
  for (let target = from; target < to; target++) {
    const source = indexOf.get(steps[target]!.scheduledBy);
    if (source === undefined || source >= target) continue;
    if (target === current) strong.push(path(source, target, 'in'));
    else if (source === current && strong.length < mostArrowsOut) strong.push(path(source, target, 'out'));
    else quiet.push(path(source, target, 'quiet'));
  }
  return [quiet, strong];
}

function bracketElement({ order, x1, x2, row }: Bracket, { steps, index }: ViewState): SVGElement {
  const y = sizes.ruler + row * sizes.bracketRow + 13;
  const label = message('open.either');
  const width = textWidth(label, false) + 34;
  const [a, b] = [x1 + 10, x2 + 10];
  // Between the ends where there is room, else behind the last one.
  const left = b - a > width + 24 ? (a + b - width) / 2 : b + 10;
  return svg(
    'g',
    { class: `bracket${order.steps.includes(index) ? ' now' : ''}`, 'data-why': order.why },
    svg('title', {}, message('open.title', { steps: order.steps.map(step => steps[step]!.id).join(', '), why: order.why })),
    svg('path', { class: 'bracket-line', d: `M${a} ${y + 14}V${y + 4}Q${a} ${y} ${a + 4} ${y}H${b - 4}Q${b} ${y} ${b} ${y + 4}V${y + 14}${left > b ? `M${b} ${y}H${left}` : ''}` }),
    svg('rect', { class: 'bracket-pill', x: left, y: y - 10, width, height: 20, rx: 10 }),
    iconPath('flip', { class: 'bracket-icon', transform: `translate(${left + 8} ${y - 7}) scale(.88)` }),
    svg('text', { class: 'bracket-label', x: left + 27, y: y + 4 }, label),
  );
}

function playheadElements({ cards, height }: Layout, { steps, index }: ViewState): SVGElement[] {
  const card = cards[index];
  if (!card) return [];
  const x = card.x;
  return [svg('rect', { class: 'playhead-glow', x, y: sizes.ruler - 4, width: card.width, height: height - sizes.ruler + 4 }), svg('line', { class: 'playhead-line', x1: x + 0.5, x2: x + 0.5, y1: sizes.ruler - 20, y2: height }), svg('path', { class: 'playhead-flag', d: `M${x} ${sizes.ruler - 20}h${badgeWidth(steps[index]!.id) + 2}a4 4 0 0 1 4 4v8a4 4 0 0 1 -4 4h-${badgeWidth(steps[index]!.id) + 2}z` }), svg('text', { class: 'playhead-number', x: x + 4 + badgeWidth(steps[index]!.id) / 2, y: sizes.ruler - 8, 'text-anchor': 'middle' }, String(steps[index]!.id))];
}

/** Properties that a drawing needs outside of the page. */
const exportedProperties = ['fill', 'fill-opacity', 'stroke', 'stroke-width', 'stroke-dasharray', 'stroke-linecap', 'stroke-linejoin', 'opacity', 'font-family', 'font-size', 'font-weight', 'font-style', 'letter-spacing'];

function exportDrawing(state: ViewState, layout: Layout, openSteps: ReadonlySet<number>): string {
  const headWidth = 148;
  const plain: ViewState = { ...state, index: -1 };
  const groups = [
    svg('g', { class: 'columns' }, ...columnElements(plain, layout, -1, Infinity, 0, state.steps.length)),
    svg('g', { class: 'lane-bands' }, ...laneRects(layout, layout.width)),
    svg('g', { class: 'arrows' }, ...arrowElements(plain, layout, 0, state.steps.length)[0]),
    svg('g', { class: 'cards' }, ...state.steps.map((_, index) => cardElement(plain, layout, index, openSteps.has(index)))),
    svg('g', { class: 'brackets' }, ...layout.brackets.map(bracket => bracketElement(bracket, plain))),
  ];
  const names = layout.lanes.map((phase, lane) => svg('text', { class: `lane-title lane-${phase}`, x: 14, y: layout.top + (lane + 0.5) * layout.laneHeight + 4 }, phaseName(phase)));
  const width = layout.width + headWidth;
  const root = svg('svg', { class: 'drawing export', xmlns: 'http://www.w3.org/2000/svg', width, height: layout.height, viewBox: `0 0 ${width} ${layout.height}` }, svg('title', {}, `${message('title')}: ${state.timeline.file}`), svg('rect', { class: 'drawing-ground', width, height: layout.height }), ...names, svg('g', { transform: `translate(${headWidth} 0)` }, ...groups));
  const hidden = html('div', { class: 'measuring', 'aria-hidden': 'true' }, root);
  document.body.append(hidden);
  for (const element of root.querySelectorAll('rect, path, line, text, tspan, g')) {
    const style = getComputedStyle(element);
    for (const property of exportedProperties) {
      const value = style.getPropertyValue(property);
      if (element.tagName !== 'g' || property === 'opacity') element.setAttribute(property, value);
    }
  }
  root.removeAttribute('class');
  for (const element of root.querySelectorAll('*')) for (const name of ['class', 'data-index', 'data-why', 'data-when', 'data-x', 'data-end']) element.removeAttribute(name);
  hidden.remove();
  return `${new XMLSerializer().serializeToString(root)}\n`;
}
