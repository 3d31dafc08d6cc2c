// Widths of the texts of a card, measured once per text with a canvas: no layout, no element.

/** A label, code (what is printed), or the small line under the label. */
export type TextKind = boolean | 'small';

const known = new Map<string, number>();
let context: CanvasRenderingContext2D | null = null;
let fonts: { label: string; code: string; small: string } | null = null;

/** Px; `kind` true is code. */
export function textWidth(text: string, kind: TextKind): number {
  // Longer texts are cut anyway, and a program may print megabytes.
  const key = `${kind}${text.slice(0, 120)}`;
  let width = known.get(key);
  if (width === undefined) {
    if (known.size > 20_000) known.clear();
    context ??= document.createElement('canvas').getContext('2d');
    fonts ??= readFonts();
    if (!context) return text.length * 7;
    context.font = kind === 'small' ? fonts.small : kind ? fonts.code : fonts.label;
    width = context.measureText(key.slice(String(kind).length)).width;
    known.set(key, width);
  }
  return width;
}

/** The text, or as much of it as fits with an ellipsis, on one line. */
export function fitText(text: string, width: number, kind: TextKind): string {
  const line = text.slice(0, 120).replace(/[\s\p{Cc}]+/gu, ' ');
  if (line.length === text.length && textWidth(line, kind) <= width) return line;
  let low = 0;
  let high = line.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (textWidth(`${line.slice(0, middle)}…`, kind) <= width) low = middle;
    else high = middle - 1;
  }
  return `${line.slice(0, low).trimEnd()}…`;
}

/** As in style.css. */
function readFonts(): { label: string; code: string; small: string } {
  const style = getComputedStyle(document.documentElement);
  const ui = style.getPropertyValue('--font-ui').trim() || 'sans-serif';
  const code = style.getPropertyValue('--font-code').trim() || 'monospace';
  return { label: `600 12.5px ${ui}`, code: `11.5px ${code}`, small: `11px ${ui}` };
}
