import assert from 'node:assert/strict';
import { test } from 'node:test';
import { categories } from '../../server/core/hazards/finding.ts';
import { findRule, rules } from '../../server/core/hazards/registry.ts';
import { parseRulePage } from '../../server/core/hazards/rule-page.ts';
import { looplens, project } from './built-cli.ts';

const cwd = project({ 'a.js': '' });

test('rules are listed under their category', async () => {
  const { code, stdout } = await looplens(['rules'], { cwd });
  assert.equal(code, 0);
  assert.doesNotMatch(stdout, /\u001B/);
  let category = '';
  const listed: string[] = [];
  for (const line of stdout.split('\n')) {
    if (/^\w+$/.test(line)) category = line;
    const id = /^ {2}([\w-]+) /.exec(line)?.[1];
    if (!id) continue;
    listed.push(id);
    assert.equal(findRule(id)?.meta.category, category, id);
  }
  assert.deepEqual([...listed].sort(), rules.map(({ meta }) => meta.id).sort());
  const order = listed.map(id => categories.indexOf(findRule(id)!.meta.category));
  assert.deepEqual(order, [...order].sort((a, b) => a - b));
});

test('a page through a pipe is Markdown, on demand it is coloured and wrapped', async () => {
  const markdown = await looplens(['rules', 'blocking-fs'], { cwd });
  assert.equal(markdown.code, 0);
  assert.match(markdown.stdout, /^# Synchronous file system call.* \(`blocking-fs`\)\n/);
  assert.match(markdown.stdout, /\n## Why it is bad\n/);
  assert.match(markdown.stdout, /\n```js\n/);
  assert.match(markdown.stdout, /\nSource: \[.*\]\(https:.*\)\n$/);
  const coloured = await looplens(['rules', 'blocking-fs', '--color'], { cwd });
  assert.match(coloured.stdout, /\u001B\[31m\/\/ error: \[blocking-fs\]/);
  const text = coloured.stdout.replaceAll(/\u001B\[\d+m/g, '');
  assert.doesNotMatch(text, /```|^#/m);
  assert.deepEqual(text.split('\n').filter(line => line.length > 100 && !line.startsWith('    ') && line.includes(' ', 100)), []);
  for (const word of ['JavaScript runs on one thread', 'readFileSync()', 'How to fix', 'Source: ']) assert.ok(text.includes(word), word);
});

test('json gives what is known of the rules and the page of one', async () => {
  const list = JSON.parse((await looplens(['rules', '-f', 'json'], { cwd })).stdout) as { id: string }[];
  assert.deepEqual(list.map(({ id }) => id), rules.map(({ meta }) => meta.id));
  const one = JSON.parse((await looplens(['rules', 'busy-wait', '-f', 'json'], { cwd })).stdout) as Record<string, string>;
  assert.equal(one['category'], 'blocking');
  assert.match(one['source']!, /https:/);
  assert.match(one['page']!, /^## What it does/);
});

test('a mistyped rule is answered with the nearest one and exit code 2', async () => {
  const { code, stdout, stderr } = await looplens(['rules', 'bloking-fs'], { cwd });
  assert.equal(code, 2);
  assert.equal(stdout, '');
  assert.match(stderr, /there is no rule "bloking-fs"; did you mean "blocking-fs"\?/);
  assert.equal((await looplens(['rules', 'blocking-fs', 'busy-wait'], { cwd })).code, 2);
});

test('a page without a source is read as one', () => {
  assert.equal(parseRulePage('---\ntitle: A\n---\n\ntext').source, '');
  assert.equal(parseRulePage('---\nsource: [A: b](https://c.example)\n---\n\ntext').source, '[A: b](https://c.example)');
});
