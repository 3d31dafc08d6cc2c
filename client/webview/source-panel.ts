import { html, setAttribute } from './dom.ts';
import { fileName, type Part, type ViewState } from './state.ts';
import { message } from './strings.ts';

/** Px, as in style.css. */
const lineHeight = 20;
const overscanLines = 15;

type TokenKind = 'comment' | 'string' | 'keyword' | 'number' | 'call' | 'plain';
interface Token {
  readonly kind: TokenKind;
  readonly text: string;
}

const keywords = new Set('as async await break case catch class const continue default delete do else export extends false finally for from function get if import in instanceof interface let new null of return set static super switch this throw true try type typeof undefined var void while with yield'.split(' '));
const tokenPattern = /(\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$))|("(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)*'?|`(?:[^`\\]|\\[\s\S])*`?)|([A-Za-z_$][\w$]*)(?=(\s*\()?)|(\b\d[\w.]*)/g;

/** Lines of coloured tokens. A sketch of a lexer: good enough to colour, wrong at worst in the colour. */
export function colourLines(source: string): readonly (readonly Token[])[] {
  const lines: Token[][] = [[]];
  const push = (kind: TokenKind, text: string): void => {
    text.split(/\r?\n/).forEach((part, index) => {
      if (index > 0) lines.push([]);
      if (part) lines.at(-1)!.push({ kind, text: part });
    });
  };
  let end = 0;
  for (const match of source.matchAll(tokenPattern)) {
    push('plain', source.slice(end, match.index));
    const [text, comment, string, word, call] = match;
    push(comment ? 'comment' : string ? 'string' : word ? (keywords.has(word) ? 'keyword' : call ? 'call' : 'plain') : 'number', text);
    end = match.index + text.length;
  }
  push('plain', source.slice(end));
  return lines;
}

/** The source beside the drawing, for the page that has no editor: the current step's range and where it was scheduled. */
export function createSourcePanel(selectAt: (line: number) => void): Part {
  const heading = html('h2', { class: 'panel-title', id: 'panel-source' }, message('source'));
  const lines = html('div', { class: 'source-lines' });
  const body = html('div', { class: 'panel-body source', tabindex: 0, role: 'group', 'aria-labelledby': 'panel-source' }, lines);
  const element = html('section', { class: 'panel panel-source' }, heading, body);
  let coloured: readonly (readonly Token[])[] = [];
  let state: ViewState | null = null;

  body.addEventListener('scroll', () => draw(), { passive: true });
  new ResizeObserver(() => draw()).observe(body);
  body.addEventListener('click', event => {
    const line = (event.target as Element).closest('[data-line]')?.getAttribute('data-line');
    if (line) selectAt(Number(line));
  });

  function draw(): void {
    if (!state) return;
    const step = state.steps[state.index];
    const here = step && step.location.file === state.timeline.file ? step.location : null;
    const at = step?.scheduledAt && step.scheduledAt.file === state.timeline.file ? step.scheduledAt.line : 0;
    const from = Math.max(0, Math.floor(body.scrollTop / lineHeight) - overscanLines);
    const to = Math.min(coloured.length, Math.ceil((body.scrollTop + body.clientHeight) / lineHeight) + overscanLines);
    lines.style.height = `${coloured.length * lineHeight}px`;
    lines.className = `source-lines ${step ? `lane-${step.phase}` : ''}`;
    lines.replaceChildren(
      ...coloured.slice(from, to).map((tokens, offset) => {
        const number = from + offset + 1;
        const inside = here !== null && here.line <= number && number <= here.endLine;
        const row = html('div', { class: `source-line${inside ? ' here' : ''}${inside && number === here.line ? ' first' : ''}${number === at ? ' scheduled' : ''}`, 'data-line': number }, html('span', { class: 'source-number' }, String(number)), html('span', { class: 'source-text' }, ...tokens.map(token => (token.kind === 'plain' ? token.text : html('span', { class: `t-${token.kind}` }, token.text)))));
        row.style.top = `${(number - 1) * lineHeight}px`;
        return row;
      }),
    );
  }

  return {
    element,
    update(next, previous) {
      state = next;
      setAttribute(element, 'hidden', next.source === null);
      if (next.source === null) return;
      if (previous?.source !== next.source) {
        coloured = colourLines(next.source);
        heading.textContent = fileName(next.timeline.file);
      }
      if (previous && previous.index === next.index && previous.steps === next.steps && previous.source === next.source) return;
      draw();
      const step = next.steps[next.index];
      if (!step || step.location.file !== next.timeline.file) return;
      const top = (step.location.line - 1) * lineHeight;
      if (top < body.scrollTop + lineHeight || top + 2 * lineHeight > body.scrollTop + body.clientHeight) body.scrollTop = Math.max(0, top - body.clientHeight / 3);
    },
  };
}
