import { button, html } from './dom.ts';
import { message } from './strings.ts';

/** Keys and signs; opened by `?`. */
export function createHelpDialog(): HTMLDialogElement {
  const keys = [
    ['Space', 'help.space'],
    ['← →', 'help.arrowsKeys'],
    ['Home End', 'help.ends'],
    ['Enter', 'help.enter'],
    ['?', 'help.question'],
  ] as const;
  const dialog = html(
    'dialog',
    { class: 'help', 'aria-labelledby': 'help-title' },
    html('h2', { id: 'help-title' }, message('help.title')),
    ...(['help.lanes', 'help.arrows', 'help.open', 'help.waiting'] as const).map(key => html('p', {}, message(key))),
    html('dl', {}, ...keys.flatMap(([key, text]) => [html('dt', {}, ...key.split(' ').map(part => html('kbd', {}, part))), html('dd', {}, message(text))])),
  );
  dialog.append(button({ class: 'small primary' }, () => dialog.close(), message('help.close')));
  return dialog;
}
