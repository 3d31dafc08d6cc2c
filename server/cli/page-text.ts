import type { RulePage } from '../core/hazards/rule-page.ts';
import { plain, type Style } from '../core/report/stylish.ts';

/** The page as Markdown: what a pipe or a file gets. */
export function pageMarkdown(id: string, page: RulePage): string {
  return `# ${page.title} (\`${id}\`)\n\n${factsOf(page)}\n\n${page.body}\n${page.source ? `\nSource: ${page.source}\n` : ''}`;
}

function factsOf({ category, severity, fix, since }: RulePage): string {
  return `${category} · ${severity} by default · ${fix === 'none' ? 'no fix' : `${fix} fix`} · since ${since}`;
}

/** The page as a terminal shows it: text wrapped to a width, code indented and with its marks in their severity's colour. */
export function pageText(id: string, page: RulePage, style: Style, width: number): string {
  const lines = [style.bold(`${page.title} (${id})`), style.dim(factsOf(page)), ''];
  let code = false;
  for (const line of page.body.split('\n')) {
    const heading = /^(#+) (.*)$/.exec(line);
    const item = /^(\s*(?:[-*]|\d+\.) )(.*)$/.exec(line);
    if (line.startsWith('```')) code = !code;
    else if (code) lines.push(line === '' ? '' : `    ${codeLine(line, style)}`);
    else if (heading) lines.push(wrapped(heading[2]!, '', width, style, heading[1] === '##' ? style.bold : style.underline));
    else if (item) lines.push(wrapped(item[2]!, item[1]!, width, style));
    else lines.push(line.startsWith('|') ? line : wrapped(line, '', width, style));
  }
  if (page.source) lines.push('', wrapped(page.source.replace(/\[([^\][]+)\]\(([^)]+)\)/g, '$1 ($2)'), 'Source: ', width, style));
  return `${lines.join('\n')}\n`;
}

/** A mark such as `// error: [rule-id] "text"`, or a line of carets, in colour. */
function codeLine(line: string, style: Style): string {
  const mark = /\/\/ (?:(error|warn|info|possible): \[|\s*\^)/.exec(line);
  if (!mark) return line;
  const paint = mark[1] === 'error' ? style.red : mark[1] === 'warn' ? style.yellow : style.blue;
  return line.slice(0, mark.index) + paint(line.slice(mark.index));
}

interface Word {
  readonly length: number;
  readonly shown: string;
}

/** One paragraph in lines of at most `width`; the lines after the first are indented as far as the lead of the first. */
function wrapped(text: string, lead: string, width: number, style: Style, dress: (text: string) => string = plain.bold): string {
  const lines: string[] = [];
  let line = lead;
  let length = lead.length;
  let empty = true;
  for (const word of wordsOf(text, style, dress)) {
    if (!empty && length + 1 + word.length > width) {
      lines.push(line);
      line = ' '.repeat(lead.length);
      length = lead.length;
      empty = true;
    }
    line += empty ? word.shown : ` ${word.shown}`;
    length += word.length + (empty ? 0 : 1);
    empty = false;
  }
  return [...lines, line].join('\n');
}

/** Words between spaces, with the dress of the inline marks around them: code, links, emphasis. */
function wordsOf(text: string, style: Style, dress: (text: string) => string): Word[] {
  const words: Word[] = [];
  let current: Word = { length: 0, shown: '' };
  for (const [all, code, label, url, strong] of text.matchAll(/`([^`]+)`|\[((?:`[^`]*`|[^\][`]){1,300})\]\(([^)]+)\)|\*\*([^*]+)\*\*|[^`[*]+|./g)) {
    const paint = code !== undefined ? style.blue : label !== undefined && /^https?:/.test(url!) ? (part: string) => style.link(part, url!) : strong !== undefined ? style.bold : dress;
    const parts = (code ?? label?.replaceAll('`', '') ?? strong ?? all).split(' ');
    parts.forEach((part, index) => {
      if (index > 0) {
        if (current.length > 0) words.push(current);
        current = { length: 0, shown: '' };
      }
      if (part !== '') current = { length: current.length + part.length, shown: current.shown + paint(part) };
    });
  }
  return current.length > 0 ? [...words, current] : words;
}
