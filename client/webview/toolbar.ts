import type { ModuleType } from '../../server/lsp/protocol.ts';
import { button, html, icon, setAttribute, setText } from './dom.ts';
import type { Host } from './host.ts';
import { fileName, type Actions, type Part } from './state.ts';
import { message } from './strings.ts';

const nodeMajors = ['18', '20', '22', '24', '26'];
const modules: readonly ModuleType[] = ['commonjs', 'module'];

/** What is explained, for which Node, and the buttons of the whole view. */
export function createToolbar(actions: Actions, hostKind: Host['kind']): Part {
  const title = html('h1', { class: 'title' });
  const folder = html('span', { class: 'folder' });
  const node = html('select', {}, ...nodeMajors.map(major => html('option', { value: major }, major)));
  const module = html('select', {}, ...modules.map(type => html('option', { value: type }, message(`module.${type}`))));
  const change = (): void => actions.setOptions(node.value, module.value as ModuleType);
  node.addEventListener('change', change);
  module.addEventListener('change', change);
  // A page from disk has no engine to ask: it says for what it was made.
  const fixed = html('span', { class: 'fixed' });
  const options = hostKind === 'editor' ? [html('label', { class: 'option' }, html('span', {}, message('node')), node), html('label', { class: 'option' }, html('span', {}, message('module')), module)] : [fixed];

  const lanes = button({ class: 'tool wide', title: message('view.lanesTitle') }, () => actions.setAllLanes(lanes.getAttribute('aria-pressed') !== 'true'), icon('lanes'), html('span', {}, message('view.lanes')));
  const table = button({ class: 'tool wide', title: message('view.tableTitle') }, () => actions.setView(table.getAttribute('aria-pressed') === 'true' ? 'diagram' : 'table'), icon('table'), html('span', {}, message('view.table')));
  const menu = html('details', { class: 'menu' }, html('summary', { class: 'tool wide' }, icon('save'), html('span', {}, message('export'))));
  const items = (['svg', 'html', 'mermaid', 'text'] as const).map(format =>
    button({ class: 'menu-item' }, () => {
      menu.open = false;
      menu.querySelector('summary')!.focus();
      actions.exportAs(format);
    }, message(`export.${format}`)),
  );
  menu.append(html('div', { class: 'menu-items' }, ...items));
  menu.addEventListener('keydown', event => {
    if (event.key !== 'Escape' || !menu.open) return;
    menu.open = false;
    menu.querySelector('summary')!.focus();
    event.stopPropagation();
  });
  menu.addEventListener('focusout', event => {
    if (!menu.contains(event.relatedTarget as Node | null)) menu.open = false;
  });
  const help = button({ class: 'tool', title: message('help'), 'aria-label': message('help') }, () => actions.help(), icon('help'));
  const busy = html('span', { class: 'busy', role: 'status' });
  const element = html('header', { class: 'toolbar' }, html('div', { class: 'what' }, html('span', { class: 'mark', 'aria-hidden': 'true' }), title, folder), busy, html('div', { class: 'options' }, ...options), html('div', { class: 'tools' }, lanes, table, menu, help));
  return {
    element,
    update(state, previous) {
      const { timeline } = state;
      if (previous?.timeline !== timeline) {
        const parts = timeline.file.split(/[\\/]/);
        setText(title, timeline.title ?? fileName(timeline.file));
        setText(folder, parts.slice(0, -1).slice(-2).join('/'));
        setAttribute(title, 'title', timeline.file);
        node.value = timeline.node;
        module.value = timeline.module;
        setText(fixed, `${message('node')} ${timeline.node} · ${message(`module.${timeline.module}`)}`);
      }
      setText(busy, state.busy ? message('busy') : '');
      setAttribute(lanes, 'aria-pressed', String(state.allLanes));
      setAttribute(lanes, 'hidden', state.view === 'table');
      setAttribute(table, 'aria-pressed', String(state.view === 'table'));
    },
  };
}
