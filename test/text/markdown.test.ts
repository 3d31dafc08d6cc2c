import assert from 'node:assert/strict';
import { test } from 'node:test';
import MarkdownIt from 'markdown-it';
import { seeded } from '../../scripts/lib/mutate.ts';
import { escapeMarkdown, messageToMarkdown } from '../../server/core/text/markdown.ts';
import { oneLine, plainJson } from '../../server/core/text/one-line.ts';

// As VS Code and GitHub render: with HTML and bare addresses as links, the most that a text could do.
const renderer = new MarkdownIt({ html: true, linkify: true });

const pieces = ['![](https://evil.example/x.png)', '[Fix it](https://evil.example)', '[a][b]', '[a]: x', '<img src=x onerror=alert(1)>', '<!--', '</code>', '&lt;', '&#64;', 'https://evil.example', 'www.evil.example', 'a@evil.example', '@team', '#12', '`', '``', '```', '~~~', '*', '**', '_', '__', '~~', '#', '##', '>', '-', '+', '1.', '1)', '|', '---', '===', '\\', '\\\\', '\n', '\n\n', '\r\n', '\t', '    ', '$x$', '^1', ':tada:', '(c)', '"', "'", '...', 'command:workbench.action.quit', 'javascript:alert(1)', '\u202E', '\u0007', 'GET /users/:id', 'файл', '名前', 'x'];

function textOf(html: string): string {
  return html.replace(/^<p>|<\/p>\n?$/g, '').replace(/&quot;/g, '"').replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');
}

test('whatever is escaped shows as it is written, and is nothing else', () => {
  const random = seeded(3);
  const texts = [...pieces, ...Array.from({ length: 3000 }, () => Array.from({ length: 1 + Math.floor(random() * 6) }, () => pieces[Math.floor(random() * pieces.length)]!).join(random() < 0.5 ? '' : ' '))];
  for (const text of texts) {
    const shown = oneLine(text).trim();
    if (shown === '') continue;
    for (const before of ['', 'x ']) {
      const html = renderer.render(before + escapeMarkdown(text)).replace(/\s+/g, ' ').trim();
      assert.equal(textOf(html).trim(), `${before}${shown}`.replace(/\s+/g, ' ').trim(), JSON.stringify(text));
    }
  }
});

test('a message has text and code in it, and nothing else, whatever its names do', () => {
  const random = seeded(4);
  for (let round = 0; round < 3000; round++) {
    const name = Array.from({ length: 1 + Math.floor(random() * 4) }, () => pieces[Math.floor(random() * pieces.length)]!).join('');
    const message = `\`${name}()\` blocks the event loop in ${name}: use \`fs.promises.${name}\``;
    for (const html of [renderer.render(messageToMarkdown(message)), renderer.render(`x ${messageToMarkdown(message)}`), renderer.render(`| a |\n| --- |\n| ${messageToMarkdown(message, true)} |`)]) {
      const tags = new Set([...html.matchAll(/<\/?(\w+)[^>]*>/g)].map(match => match[1]!));
      for (const tag of ['table', 'thead', 'tbody', 'tr', 'th', 'td', 'p', 'code']) tags.delete(tag);
      assert.deepEqual([...tags], [], JSON.stringify(message));
      assert.ok((html.match(/<t[dh]>/g) ?? []).length <= 2, `more cells than there are: ${JSON.stringify(message)}`);
    }
  }
});

test('usual messages keep their code', () => {
  assert.equal(renderer.render(messageToMarkdown('`fs.readFileSync()` blocks in GET /a_b_c handler.')), '<p><code>fs.readFileSync()</code> blocks in GET /a_b_c handler.</p>\n');
  assert.match(renderer.render(`| a |\n| --- |\n| ${messageToMarkdown('`a || b`', true)} |`), /<code>a \|\| b<\/code>/);
});

test('JSON holds no invisible character, and the same value', () => {
  const value = { text: 'a\u202Eb\u0085\u2028\u{E0041}\u001B[31m\uD800', list: ['\u200B'] };
  const json = plainJson(value);
  assert.deepEqual(JSON.parse(json), value);
  assert.match(json, /^[\x20-\x7E\n]*$/);
});
