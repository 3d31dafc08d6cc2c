import { plain, type Style } from '../core/report/stylish.ts';
import type { Io, Output } from './io.ts';

const wrap = (open: number, close: number) => (text: string): string => `\u001B[${open}m${text}\u001B[${close}m`;

const coloured: Style = {
  bold: wrap(1, 22),
  dim: wrap(2, 22),
  red: wrap(31, 39),
  yellow: wrap(33, 39),
  blue: wrap(34, 39),
  green: wrap(32, 39),
  underline: wrap(4, 24),
  // OSC 8, as terminals that know hyperlinks read it; others show the text.
  link: (text, url) => `\u001B]8;;${url}\u001B\\${text}\u001B]8;;\u001B\\`,
};

/** Colours and links on a terminal, as NO_COLOR, FORCE_COLOR and the flag say; plain text elsewhere. */
export function styleFor(output: Output, io: Io, flag: boolean | undefined): Style {
  const { NO_COLOR, FORCE_COLOR, TERM } = io.env;
  const wanted = flag ?? (NO_COLOR ? false : FORCE_COLOR ? FORCE_COLOR !== '0' : Boolean(output.isTTY) && TERM !== 'dumb');
  if (!wanted) return plain;
  return output.isTTY ? coloured : { ...coloured, link: text => text };
}
