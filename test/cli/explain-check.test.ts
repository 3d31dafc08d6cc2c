import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { explain } from '../../server/cli/commands/explain.ts';
import { buildServer } from '../lsp/client.ts';

const built = buildServer();
const cwd = mkdtempSync(join(tmpdir(), 'looplens-order-'));
after(() => {
  built.remove();
  rmSync(cwd, { recursive: true, force: true });
});

async function check(files: Readonly<Record<string, string>>, ...args: string[]): Promise<{ code: number; stdout: string }> {
  rmSync(cwd, { recursive: true, force: true });
  const { mkdirSync } = await import('node:fs');
  mkdirSync(cwd);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(cwd, name), text);
  let stdout = '';
  const io = { stdout: { write: (text: string) => (stdout += text) }, stderr: { write: () => '' }, cwd, env: {}, locale: 'en' as const, readStdin: () => Promise.resolve('') };
  const code = await explain(['--check', ...args], io, pathToFileURL(`${resolve(built.cli, '..')}/`));
  return { code, stdout };
}

test('a promise that holds: by a comment, and by a file beside it', async () => {
  const { code, stdout } = await check({
    'a.js': "// looplens-expect-order: main, tick, microtask\nPromise.resolve().then(() => console.log('microtask'));\nprocess.nextTick(() => console.log('tick'));\nconsole.log('main');\n",
    'b.mjs': "Promise.resolve().then(() => console.log('first, in ESM'));\nprocess.nextTick(() => console.log('then this'));\n",
    'b.mjs.order': 'first, in ESM\nthen this\n',
    'c.js': "console.log('promises nothing');\n",
  });
  assert.equal(code, 0, stdout);
  assert.equal(stdout, 'ok    a.js\nok    b.mjs\n2 programs checked, 0 failed\n');
});

test('a promise that another outcome breaks: exit code 1, with the timeline of that outcome', async () => {
  const race = "setTimeout(() => console.log('timer'), 0);\nsetImmediate(() => console.log('immediate'));\n";
  for (const [promise, other] of [['timer, immediate', 'immediate, timer'], ['immediate, timer', 'timer, immediate']] as const) {
    const { code, stdout } = await check({ 'race.js': `// looplens-expect-order: ${promise}\n${race}` });
    assert.equal(code, 1);
    assert.ok(stdout.startsWith(`FAIL  race.js: promised ${promise}; it can also print ${other}:`), stdout);
    assert.match(stdout, /setImmediate[^]*1 programs checked, 1 failed\n$/);
  }
});

test('what cannot be shown is no promise kept: an unknown value, an incomplete answer', async () => {
  assert.equal((await check({ 'a.js': '// looplens-expect-order: 1\nconsole.log(Math.random());\n' })).code, 1);
  const { code, stdout } = await check({ 'a.js': "// looplens-expect-order: a\nconsole.log('a');\nfor (;;) if (Math.random() > 2) break;\n" }, '--max-steps', '1000');
  assert.equal(code, 1);
  assert.match(stdout, /^FAIL {2}a\.js: /);
});

test('only the paths that are named, and a wrong path is told', async () => {
  const files = { 'a.js': '// looplens-expect-order: b\nconsole.log("a");\n', 'ok.js': '// looplens-expect-order: a\nconsole.log("a");\n' };
  assert.equal((await check(files, 'ok.js')).code, 0);
  assert.equal((await check(files, 'gone.js')).code, 2);
});
