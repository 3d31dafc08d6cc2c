import type { Category, Severity } from '../core/hazards/finding.ts';
import type { Locale } from '../core/hazards/messages.ts';
import type { RulePage } from '../core/hazards/rule-page.ts';
import { displayWidth } from '../core/text/display-width.ts';
import { plain, type Style } from '../core/report/stylish.ts';
import { word } from '../core/report/words.ts';

/** The page as Markdown: what a pipe or a file gets. */
export function pageMarkdown(id: string, page: RulePage, locale: Locale): string {
  return `# ${titleOf(page, locale)} (\`${id}\`)\n\n${factsOf(page, locale)}\n\n${page.body}\n${page.source ? `\n${word(locale, 'source')}${page.source}\n` : ''}`;
}

/** The page's title in a language. */
export function titleOf(page: RulePage | null, locale: Locale): string {
  return (locale === 'zh-cn' && page?.titleZh) || page?.title || '';
}

function factsOf({ category, severity, fix, since }: RulePage, locale: Locale): string {
  return word(locale, 'ruleFacts', { category: word(locale, category as Category), severity: locale === 'en' ? severity : word(locale, severity as Severity | 'off'), fix: word(locale, fix === 'none' ? 'noFix' : fix === 'safe' ? 'safeFix' : 'suggestionFix'), since });
}

/** The page as a terminal shows it: text wrapped to a width, code indented and with its marks in their severity's colour. */
export function pageText(id: string, page: RulePage, style: Style, width: number, locale: Locale): string {
  const lines = [style.bold(`${titleOf(page, locale)} (${id})`), style.dim(factsOf(page, locale)), ''];
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
  if (page.source) lines.push('', wrapped(page.source.replace(/\[([^\][]+)\]\(([^)]+)\)/g, '$1 ($2)'), word(locale, 'source'), width, style));
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
  /** Columns. */
  readonly length: number;
  readonly shown: string;
  /** Stands against the word before it, without a blank: Chinese text may break between any two characters. */
  readonly joined: boolean;
}

/** One paragraph in lines of at most `width`; the lines after the first are indented as far as the lead of the first. */
function wrapped(text: string, lead: string, width: number, style: Style, dress: (text: string) => string = plain.bold): string {
  const lines: string[] = [];
  let line = lead;
  let length = lead.length;
  let empty = true;
  for (const word of wordsOf(text, style, dress)) {
    const blank = empty || word.joined ? '' : ' ';
    if (!empty && length + blank.length + word.length > width) {
      lines.push(line);
      line = ' '.repeat(lead.length) + word.shown;
      length = lead.length + word.length;
    } else {
      line += blank + word.shown;
      length += blank.length + word.length;
    }
    empty = false;
  }
  return [...lines, line].join('\n');
}

/** A Han character with the punctuation that may not be parted from it at the end or the start of a line (JIS X 4051, kinsoku). */
const hanUnit = /[（“‘《〈【]{0,3}(?:[\p{Script=Han}\u3000-\u303F\uFF00-\uFFEF])[，。：；！？、）”’》〉】…]{0,4}|[^\p{Script=Han}\u3000-\u303F\uFF00-\uFFEF（“‘《〈【]+|./gu;

/** Words between spaces, and single Han characters, with the dress of the inline marks around them: code, links, emphasis. */
function wordsOf(text: string, style: Style, dress: (text: string) => string): Word[] {
  const words: Word[] = [];
  let current: Word | null = null;
  let afterBlank = true;
  const end = (): void => {
    if (current) words.push(current);
    current = null;
  };
  for (const [all, code, label, url, strong] of text.matchAll(/`([^`]+)`|\[((?:`[^`]*`|[^\][`]){1,300})\]\(([^)]+)\)|\*\*([^*]+)\*\*|[^`[*]+|./g)) {
    const paint = code !== undefined ? style.blue : label !== undefined && /^https?:/.test(url!) ? (part: string) => style.link(part, url!) : strong !== undefined ? style.bold : dress;
    const parts = (code ?? label?.replaceAll('`', '') ?? strong ?? all).split(' ');
    parts.forEach((part, index) => {
      if (index > 0) {
        end();
        afterBlank = true;
      }
      for (const [unit] of part.matchAll(hanUnit)) {
        const isHan = /[\p{Script=Han}\u3000-\u303F\uFF00-\uFFEF]/u.test(unit);
        if (isHan) end();
        const added: Word = { length: displayWidth(unit), shown: paint(unit), joined: !afterBlank };
        current = current ? { ...current, length: current.length + added.length, shown: current.shown + added.shown } : added;
        afterBlank = false;
        if (isHan) end();
      }
    });
  }
  end();
  return words;
}
