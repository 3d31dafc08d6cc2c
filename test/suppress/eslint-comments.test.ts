import assert from 'node:assert/strict';
import { test } from 'node:test';
import { extractFacts } from '../../server/core/facts/extract-facts.ts';
import { applyDisableComments, parseDisableComments } from '../../server/core/suppress/disable-comments.ts';
import { parse } from '../../server/core/syntax/parse.ts';
import { check, link } from '../hazards/check-program.ts';

const before = "const http = require('http');\nasync function save(x) { if (!x) throw new Error('no'); }\nhttp.createServer((req, res) => {\n";
const after = "\n  res.end('ok');\n}).listen(1).on('error', console.error);\n";

/** Whether the floating promise in a handler is still shown, and what is said of unused comments. */
function left(lines: string): { readonly shown: boolean; readonly unused: number } {
  const program = { 'a.js': before + lines + after };
  const comments = parseDisableComments(extractFacts(parse('a.js', program['a.js'])), range => link(program).locate('a.js', range));
  const { findings, unused } = applyDisableComments(check(program).filter(({ rule }) => rule === 'floating-promise'), comments);
  assert.equal(findings.length, 1);
  return { shown: findings.some(({ suppressed }) => suppressed === null), unused: unused.length };
}

const cases: readonly (readonly [name: string, lines: string, shown: boolean])[] = [
  ['no comment', '  save();', true],
  ['the rule of typescript-eslint', '  // eslint-disable-next-line @typescript-eslint/no-floating-promises\n  save();', false],
  ['one of several, with a reason', '  // eslint-disable-next-line no-console, @typescript-eslint/no-floating-promises -- fire and forget\n  save();', false],
  ['on the line', '  save(); // eslint-disable-line promise/catch-or-return', false],
  ['a range', '  /* eslint-disable @typescript-eslint/no-floating-promises */\n  save();\n  /* eslint-enable */', false],
  ['a range that has ended', '  /* eslint-disable @typescript-eslint/no-floating-promises */\n  /* eslint-enable @typescript-eslint/no-floating-promises */\n  save();', true],
  ['another rule', '  // eslint-disable-next-line no-console\n  save();', true],
  ['every rule', '  // eslint-disable-next-line\n  save();', true],
  ['another line', '  // eslint-disable-next-line @typescript-eslint/no-floating-promises\n\n  save();', true],
];
for (const [name, lines, shown] of cases) test(`comments for ESLint: ${name}`, () => assert.deepEqual(left(lines), { shown, unused: 0 }));
