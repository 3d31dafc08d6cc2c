type Attributes = Readonly<Record<string, string | number | boolean | null | undefined>>;
type Child = Node | string | null | undefined | false;

function fill<T extends Element>(element: T, attributes: Attributes, children: readonly Child[]): T {
  for (const [name, value] of Object.entries(attributes)) setAttribute(element, name, value);
  for (const child of children) if (child !== null && child !== undefined && child !== false) element.append(child);
  return element;
}

/** Sets, or removes for null, undefined and false; writes only what differs. Never an event handler, never a style: CSP forbids both. */
export function setAttribute(element: Element, name: string, value: string | number | boolean | null | undefined): void {
  if (value === null || value === undefined || value === false) element.removeAttribute(name);
  else {
    const text = value === true ? '' : String(value);
    if (element.getAttribute(name) !== text) element.setAttribute(name, text);
  }
}

/** An HTML element. Strings become text nodes, so program text can never become markup. */
export function html<K extends keyof HTMLElementTagNameMap>(tag: K, attributes: Attributes = {}, ...children: readonly Child[]): HTMLElementTagNameMap[K] {
  return fill(document.createElement(tag), attributes, children);
}

/** An SVG element; strings become text nodes. */
export function svg<K extends keyof SVGElementTagNameMap>(tag: K, attributes: Attributes = {}, ...children: readonly Child[]): SVGElementTagNameMap[K] {
  return fill(document.createElementNS('http://www.w3.org/2000/svg', tag), attributes, children);
}

export function button(attributes: Attributes, onClick: (event: MouseEvent) => void, ...children: readonly Child[]): HTMLButtonElement {
  const element = html('button', { type: 'button', ...attributes }, ...children);
  element.addEventListener('click', onClick);
  return element;
}

/** Writes text only where it differs, so that a live region does not speak twice. */
export function setText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

/** Paths of the icons on a 16 × 16 grid, drawn as strokes unless they end in `!`. */
const icons = {
  main: 'M4.5 3v10l8-5z',
  nextTick: 'M9.5 1.8 3.5 9h4l-1 5.2 6-7.2h-4z',
  microtask: 'M8 2.2 13.8 8 8 13.8 2.2 8z',
  timers: 'M8 2.5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11zM8 5v3.2l2.2 1.4',
  pending: 'M3 8h.01M8 8h.01M13 8h.01',
  poll: 'M5 2.5v8.7M2.4 8.6 5 11.2l2.6-2.6M11 13.5V4.8M8.4 7.4 11 4.8l2.6 2.6',
  check: 'M2.8 8.4 6.4 12l6.8-7.6',
  close: 'M3.8 3.8l8.4 8.4M12.2 3.8l-8.4 8.4',
  exit: 'M7 2.8H3v10.4h4M10 5l3 3-3 3M13 8H6.4',
  first: 'M4 3.5v9M12.5 3.5 6.5 8l6 4.5z',
  back: 'M10 3.5 5 8l5 4.5',
  play: 'M5 3v10l8-5z!',
  pause: 'M4.5 3h2.6v10H4.5zM8.9 3h2.6v10H8.9z!',
  forward: 'M6 3.5 11 8l-5 4.5',
  last: 'M12 3.5v9M3.5 3.5l6 4.5-6 4.5z',
  flip: 'M2.5 5.5h10M10 3l2.5 2.5L10 8M13.5 10.5h-10M6 8l-2.5 2.5L6 13',
  table: 'M2.5 3.5h11v9h-11zM2.5 6.5h11M2.5 9.5h11M6.5 6.5v6',
  lanes: 'M2.5 3.5h11M2.5 8h11M2.5 12.5h11',
  save: 'M8 2.5v7.5M4.8 7 8 10.2 11.2 7M3 13.2h10',
  help: 'M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2zM6.3 6.3c.2-2.3 3.6-2.1 3.4.1-.1 1.2-1.7 1.3-1.7 2.6M8 11.3v.1',
  complete: 'M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2zM5.4 8.2l1.9 1.9 3.4-4',
  partial: 'M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2zM8 4.9v3.8M8 11v.1',
} as const;

export type IconName = keyof typeof icons;

export function icon(name: IconName, attributes: Attributes = {}): SVGSVGElement {
  const path = icons[name];
  const filled = path.endsWith('!');
  return svg('svg', { viewBox: '0 0 16 16', width: 16, height: 16, class: filled ? 'icon filled' : 'icon', 'aria-hidden': 'true', focusable: 'false', ...attributes }, svg('path', { d: filled ? path.slice(0, -1) : path }));
}

/** The same icon as a path inside a drawing. */
export function iconPath(name: IconName, attributes: Attributes): SVGPathElement {
  return svg('path', { d: icons[name].replace('!', ''), ...attributes });
}
