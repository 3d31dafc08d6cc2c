import { actionLines } from './actions.ts';
import { html, setAttribute } from './dom.ts';
import { treeRows, type TreeRow } from './model.ts';
import { iterationTitle, placeText, type Actions, type Part, type ViewState } from './state.ts';
import { message, phaseName } from './strings.ts';

/** Px, as in style.css. */
const rowHeight = 28;
const overscanRows = 12;

/** The text twin: the same run as a tree table (ARIA treegrid) of iterations, phases and steps; only rows in sight exist. */
export function createTreeTable(actions: Actions): Part {
  const body = html('div', { class: 'tree-body', role: 'rowgroup' });
  const headings = ['table.step', 'table.place', 'table.scheduled', 'table.output'] as const;
  const head = html('div', { class: 'tree-row tree-head', role: 'row', 'aria-rowindex': 1 }, ...headings.map(key => html('div', { role: 'columnheader', class: 'tree-cell' }, message(key))));
  const grid = html('div', { class: 'tree', role: 'treegrid', 'aria-label': message('table'), 'aria-colcount': 4 }, html('div', { role: 'rowgroup', class: 'tree-top' }, head), body);
  const element = html('div', { class: 'tree-pane' }, grid);

  let state: ViewState | null = null;
  let all: readonly TreeRow[] = [];
  let rows: readonly TreeRow[] = [];
  const collapsed = new Set<string>();
  let focused = '';

  function refresh(): void {
    const hidden = new Set<string>();
    rows = all.filter(row => {
      const under = row.parent !== null && (hidden.has(row.parent) || collapsed.has(row.parent));
      if (under) hidden.add(row.key);
      return !under;
    });
    grid.setAttribute('aria-rowcount', String(rows.length + 1));
    body.style.height = `${rows.length * rowHeight}px`;
    draw();
  }

  function draw(): void {
    if (!state) return;
    const hadFocus = body.contains(document.activeElement);
    const from = Math.max(0, Math.floor(element.scrollTop / rowHeight) - overscanRows);
    const to = Math.min(rows.length, Math.ceil((element.scrollTop + element.clientHeight) / rowHeight) + overscanRows);
    const shown = rows.slice(from, to).map((row, offset) => rowElement(row, from + offset, state!));
    body.replaceChildren(...shown);
    if (hadFocus) (body.querySelector('[tabindex="0"]') as HTMLElement | null)?.focus({ preventScroll: true });
  }

  function rowElement(row: TreeRow, at: number, { steps, timeline, index }: ViewState): HTMLElement {
    const open = !collapsed.has(row.key);
    const step = row.level === 3 ? steps[row.first]! : null;
    const cells = step
      ? [`${step.id}. ${step.label}`, placeText(timeline, step.location) + (step.resumes ? ` · ${message('step.resumes', { what: step.resumes })}` : ''), step.scheduledBy > 0 ? `${step.scheduledBy}${step.scheduledAt ? ` · ${placeText(timeline, step.scheduledAt)}` : ''}` : '', [...(step.actions ? [actionLines(step.actions)] : []), ...(step.output.length > 0 ? [step.output.map(line => line.text).join(' ⏎ ')] : [])].join(' → ')]
      : [row.level === 1 ? iterationTitle(steps[row.first]!) : phaseName(row.phase), row.first === row.last ? message('table.oneStep') : message('table.steps', { n: row.last - row.first + 1 }), '', ''];
    const element = html(
      'div',
      {
        class: `tree-row level-${row.level} lane-${row.phase}`,
        role: 'row',
        'aria-level': row.level,
        'aria-posinset': row.position,
        'aria-setsize': row.siblings,
        'aria-rowindex': at + 2,
        'aria-expanded': row.level === 3 ? null : String(open),
        'aria-selected': row.level === 3 ? String(row.first === index) : null,
        tabindex: row.key === focused ? 0 : -1,
        'data-row': at,
      },
      ...cells.map((text, column) => html('div', { class: 'tree-cell', role: column === 0 ? 'rowheader' : 'gridcell' }, column === 0 && html('span', { class: 'twist', 'aria-hidden': 'true' }, row.level === 3 ? (step!.phase === row.phase ? '●' : '') : open ? '▾' : '▸'), html('span', { class: 'tree-text' }, text))),
    );
    element.style.top = `${at * rowHeight}px`;
    return element;
  }

  function focusRow(at: number): void {
    const row = rows[Math.max(0, Math.min(at, rows.length - 1))];
    if (!row) return;
    focused = row.key;
    const top = rows.indexOf(row) * rowHeight;
    if (top < element.scrollTop) element.scrollTop = top;
    else if (top + 2 * rowHeight > element.scrollTop + element.clientHeight) element.scrollTop = top + 2 * rowHeight - element.clientHeight;
    draw();
    (body.querySelector('[tabindex="0"]') as HTMLElement | null)?.focus({ preventScroll: true });
    if (row.level === 3) actions.select(row.first, { focus: false });
  }

  function toggle(row: TreeRow, open: boolean): void {
    if (row.level === 3) return;
    if (open) collapsed.delete(row.key);
    else collapsed.add(row.key);
    refresh();
  }

  element.addEventListener('scroll', () => draw(), { passive: true });
  new ResizeObserver(() => draw()).observe(element);
  body.addEventListener('click', event => {
    const at = Number((event.target as Element).closest('[data-row]')?.getAttribute('data-row') ?? -1);
    const row = rows[at];
    if (!row) return;
    if (row.level < 3) toggle(row, collapsed.has(row.key));
    focusRow(at);
  });
  body.addEventListener('keydown', event => {
    const at = rows.findIndex(row => row.key === focused);
    const row = rows[at];
    if (!row || event.ctrlKey || event.metaKey || event.altKey) return;
    const page = Math.max(1, Math.floor(element.clientHeight / rowHeight) - 2);
    const moves: Readonly<Record<string, number>> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1, PageDown: at + page, PageUp: at - page };
    if (event.key in moves) focusRow(moves[event.key]!);
    else if (event.key === 'ArrowRight') (collapsed.has(row.key) ? toggle(row, true) : row.level < 3 && focusRow(at + 1));
    else if (event.key === 'ArrowLeft') {
      if (row.level < 3 && !collapsed.has(row.key)) toggle(row, false);
      else if (row.parent !== null) focusRow(rows.findIndex(other => other.key === row.parent));
    } else if (event.key === 'Enter') actions.select(row.first, { focus: true });
    else return;
    event.preventDefault();
    event.stopPropagation();
  });

  return {
    element,
    update(next, previous) {
      state = next;
      setAttribute(element, 'hidden', next.view !== 'table');
      if (next.view !== 'table') return;
      const newSteps = previous?.steps !== next.steps;
      if (newSteps || all.length === 0) {
        all = treeRows(next.steps);
        collapsed.clear();
      }
      const current = `s${next.index}`;
      if (!body.contains(document.activeElement) || newSteps) focused = current;
      refresh();
      const at = rows.findIndex(row => row.key === current);
      const top = at * rowHeight;
      if (at >= 0 && (top < element.scrollTop || top + 2 * rowHeight > element.scrollTop + element.clientHeight)) {
        element.scrollTop = Math.max(0, top - element.clientHeight / 2);
        draw();
      }
    },
  };
}
