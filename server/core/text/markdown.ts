import { oneLine } from './one-line.ts';

/**
 * Text of a program or a workspace in Markdown: all ASCII punctuation that CommonMark or GitHub's extensions could take for markup is escaped
 * (CommonMark 0.31 §2.4: a backslash before any ASCII punctuation makes it literal), so that a route, a file name or a string
 * shows as it is written and fetches, links and runs nothing. On one line, with `oneLine`.
 */
export function escapeMarkdown(text: string): string {
  return oneLine(text).replace(/[!#$&(-+\--/:<-@[-`{-~]/g, '\\$&');
}

/**
 * One of our messages in Markdown, with the code that stands between backticks as code. Whatever a hostile name in it does to the
 * backticks, each part is either a code span, in which nothing is markup, or escaped.
 * @param inTable in a cell, where a bar ends the cell also inside of code (GFM §4.10)
 */
export function messageToMarkdown(message: string, inTable = false): string {
  return oneLine(message)
    .split(/(`[^`]+`)/)
    .map((part, index) => (index % 2 === 0 ? escapeMarkdown(part) : inTable ? part.replace(/\\?\|/g, bar => (bar === '|' ? '\\|' : '\\\\|')) : part))
    .join('');
}
