import { oneLine } from './one-line.ts';

/**
 * Text of a program or a workspace in Markdown: whatever CommonMark or GitHub's extensions (links of bare addresses, mentions, issues,
 * emoji, mathematics) could take for markup is escaped by a backslash (CommonMark 0.31 §2.4), so that a route, a file name or a string
 * shows as it is written and fetches, links and runs nothing. On one line, with `oneLine`.
 */
export function escapeMarkdown(text: string): string {
  return atLineStart(escapeInLine(oneLine(text)));
}

/**
 * One of our messages in Markdown, with the code that stands between backticks as code. Whatever a hostile name in it does to the
 * backticks, each part is either a code span, in which nothing is markup, or escaped.
 * @param inTable in a cell, where a bar ends the cell also inside of code (GFM §4.10)
 */
export function messageToMarkdown(message: string, inTable = false): string {
  const parts = oneLine(message).split(/(`[^`]+`)/);
  return atLineStart(parts.map((part, index) => (index % 2 === 0 ? escapeInLine(part) : inTable ? part.replace(/\\?\|/g, bar => (bar === '|' ? '\\|' : '\\\\|')) : part)).join(''));
}

/** Brackets make links and pictures, `<` and `&` HTML, a colon addresses and emoji; the rest emphasis, code, cells, mentions, mathematics. */
function escapeInLine(text: string): string {
  return text
    .replace(/[\\`*_[\]<#|~&@$]/g, '\\$&')
    .replace(/:(?=\/\/|[\w+-]{1,50}:)/g, '\\:')
    .replace(/\bwww\./gi, www => `${www.slice(0, 3)}\\.`);
}

/** What makes a list, a quotation, a heading or a block of code of a line that starts with it. */
function atLineStart(text: string): string {
  return text.trimStart().replace(/^(\d{0,9})([-+=>.)])/, '$1\\$2');
}
