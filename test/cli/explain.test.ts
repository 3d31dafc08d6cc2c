import assert from 'node:assert/strict';
import { mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { explain } from '../../server/cli/commands/explain.ts';
import { UsageError } from '../../server/cli/exit-code.ts';
import type { Io } from '../../server/cli/io.ts';
import type { ExplainRequest } from '../../server/host/explain-host.ts';

const directory = mkdtempSync(join(tmpdir(), 'looplens-explain-'));
after(() => rmSync(directory, { recursive: true }));
mkdirSync(join(directory, 'old'));
writeFileSync(join(directory, 'old/package.json'), '{ "engines": { "node": ">=19.2" } }');
writeFileSync(join(directory, 'old/a.js'), '');
writeFileSync(join(directory, 'a.js'), 'console.log(1);\n');
writeFileSync(join(directory, 'long.js'), 'call(1, 2);\n'.repeat(12));
writeFileSync(join(directory, 'm.mjs'), '');
writeFileSync(join(directory, 'c.cjs'), '');
writeFileSync(join(directory, 'c.cts'), '');
writeFileSync(join(directory, 'm.mts'), '');
writeFileSync(join(directory, 'types.d.ts'), 'export {};');
writeFileSync(join(directory, 'README.md'), '# hello');
writeFileSync(join(directory, 'LICENSE'), 'words');
writeFileSync(join(directory, 'www'), '#!/usr/bin/env node\n');
writeFileSync(join(directory, 'odd:name.js'), '');

/** A worker that answers with a timeline whose one line of output is the request. */
const echo = `
  const { parentPort, workerData } = require('node:worker_threads');
  const location = { file: workerData.file, line: 1, column: 1, endLine: 1, endColumn: 2 };
  const output = [{ stream: 'stdout', text: JSON.stringify(workerData), exact: true }];
  parentPort.postMessage({ schemaVersion: 1, file: workerData.file, module: 'commonjs', node: String(workerData.node), complete: true, incompleteBecause: [],
    outcomes: [{ output, exitCode: 0, choices: [] }],
    steps: [{ id: 1, iteration: 0, tick: 0, phase: 'main', label: 'main script', location, scheduledBy: 0, scheduledAt: null, certainty: 'always', output }], order: [] });
`;
const built = join(directory, 'built');
mkdirSync(built);
writeFileSync(join(built, 'package.json'), '{}');
writeFileSync(join(built, 'webview.js'), 'start();');
writeFileSync(join(built, 'webview.css'), 'body {}');

async function run(args: readonly string[], { worker = echo, env = {}, isTTY = false }: { worker?: string; env?: Record<string, string>; isTTY?: boolean } = {}): Promise<{ code: number; stdout: string; stderr: string }> {
  let stdout = '';
  let stderr = '';
  const io: Io = { stdout: { write: text => (stdout += text), isTTY }, stderr: { write: text => (stderr += text) }, cwd: directory, env, locale: 'en', readStdin: () => Promise.resolve('') };
  writeFileSync(join(built, 'explain-worker.js'), worker);
  const code = await explain(args, io, pathToFileURL(`${built}/`));
  return { code, stdout, stderr };
}

async function request(...args: string[]): Promise<ExplainRequest> {
  const { stdout } = await run([...args, '--format', 'json']);
  return JSON.parse((JSON.parse(stdout) as { steps: { output: { text: string }[] }[] }).steps[0]!.output[0]!.text) as ExplainRequest;
}

mkdirSync(join(directory, 'server'));
writeFileSync(join(directory, 'server/package.json'), '{ "dependencies": { "express": "^4" } }');
writeFileSync(join(directory, 'server/app.js'), "const express = require('express');\nconst app = express();\napp.get('/users/:id', function show(req, res) { res.end(); });\napp.post('/users', (req, res) => res.end());\napp.listen(3000);\n");
const cache = { env: { XDG_CACHE_HOME: join(directory, 'cache') } };

test('--entry finds the handler of a route; a name that means none or several is a usage error that lists what there is', async () => {
  const { stdout } = await run(['--entry', 'GET /users/:id', 'server', '--format', 'json'], cache);
  const { file, at, entryPoint } = JSON.parse((JSON.parse(stdout) as { steps: { output: { text: string }[] }[] }).steps[0]!.output[0]!.text) as ExplainRequest;
  assert.deepEqual([file, at, entryPoint?.kind, entryPoint?.phase, entryPoint?.label], [join(directory, 'server/app.js'), null, 'function', 'poll', 'GET /users/:id · show']);
  const refused = (name: string): Promise<string> => run(['--entry', name, 'server'], cache).then(() => '', (error: unknown) => (error instanceof UsageError ? error.message : String(error)));
  assert.match(await refused('DELETE /users'), /no handler is called "DELETE \/users"; there are:\n {2}GET \/users\/:id · show {2}server\/app\.js:3\n {2}POST \/users handler/);
  assert.match(await refused('users'), /several handlers are called "users"/);
});

test('a file that registers handlers lists them; --no-project does not', async () => {
  const { stdout } = await run(['server/app.js', '--format', 'json'], cache);
  assert.deepEqual((JSON.parse(stdout) as { handlers: { title: string; location: { file: string; line: number } }[] }).handlers.map(({ title, location }) => `${title} ${location.file}:${location.line}`), ['GET /users/:id · show server/app.js:3', 'POST /users handler server/app.js:4']);
  assert.equal((JSON.parse((await run(['server/app.js', '--format', 'json', '--no-project'], cache)).stdout) as { handlers?: object }).handlers, undefined);
});

test('what the project knows of a function goes along', async () => {
  const { stdout } = await run(['server/app.js:3', '--format', 'json'], cache);
  const { surroundings } = JSON.parse((JSON.parse(stdout) as { steps: { output: { text: string }[] }[] }).steps[0]!.output[0]!.text) as ExplainRequest;
  assert.ok(surroundings?.functions.some(({ title }) => title === 'GET /users/:id · show'));
});

test('a file, with its defaults', async () => {
  const { file, node, module, at } = await request('a.js');
  assert.deepEqual({ file, node, module, at }, { file: join(directory, 'a.js'), node: 24, module: null, at: null });
});

test('a line, a column, and every flag', async () => {
  const asked = await request('long.js:12:7', '--node', 'v20.19.2', '--module', 'module', '--max-runs', '5', '--max-choices', '6', '--max-steps', '7', '--timeout', '800');
  assert.deepEqual(asked.at, { line: 12, column: 7 });
  assert.equal(asked.node, 20);
  assert.equal(asked.module, 'module');
  assert.deepEqual([asked.budget.runs, asked.budget.choices, asked.budget.steps, asked.timeoutMs], [5, 6, 7, 800]);
  assert.deepEqual((await request('long.js:3')).at, { line: 3, column: null });
});

test('the version of Node comes from the project', async () => {
  assert.equal((await request('old/a.js')).node, 20);
  writeFileSync(join(directory, 'old/.nvmrc'), 'v18\n');
  assert.equal((await request('old/a.js')).node, 18);
});

test('paths in the answer are relative to the working directory', async () => {
  const { stdout } = await run(['a.js', '--format', 'json']);
  const { file, steps } = JSON.parse(stdout) as { file: string; steps: { location: { file: string } }[] };
  assert.deepEqual([file, steps[0]!.location.file], ['a.js', 'a.js']);
});

test('colours only where they are wanted', async () => {
  assert.match((await run(['a.js'], { isTTY: true })).stdout, /\u001b\[1ma\.js/);
  assert.doesNotMatch((await run(['a.js'], { isTTY: true, env: { NO_COLOR: '1' } })).stdout, /\u001b/);
  assert.doesNotMatch((await run(['a.js'])).stdout, /\u001b/);
});

test('--output writes a file', async () => {
  const { code, stdout } = await run(['a.js', '--format', 'mermaid', '-o', 'out.mmd']);
  assert.deepEqual([code, stdout], [0, '']);
  assert.match(readFileSync(join(directory, 'out.mmd'), 'utf8'), /^flowchart TD/);
});

test('html is one document', async () => {
  const { code, stdout } = await run(['a.js', '--format', 'html']);
  assert.equal(code, 0);
  assert.match(stdout, /^<!doctype html>[^]*<script[^>]*>start\(\);/i);
});

for (const [name, args, message] of [
  ['no file', [], /takes a file/],
  ['two files', ['a.js', 'b.js'], /one file at a time/],
  ['a file that is not there', ['none.js'], /none\.js cannot be read \(ENOENT\)/],
  ['a line behind the last', ['a.js:999'], /a\.js has no line 999; its last is 1/],
  ['a line zero', ['a.js:0'], /no line 0/],
  ['a line that is no safe number', ['a.js:99999999999999999999'], /no line/],
  ['a column behind the last', ['long.js:3:13'], /line 3 of long\.js has no column 13; its last is 12/],
  ['a position that is no number', ['a.js:abc'], /a\.js: is a line, or a line and a column.*not "abc"/],
  ['a position without number', ['a.js:'], /not ""/],
  ['a column that is no number', ['long.js:3:x'], /not "3:x"|not "x"/],
  ['a text', ['README.md'], /README\.md is no JavaScript or TypeScript program/],
  ['a text without extension', ['LICENSE'], /LICENSE is no JavaScript/],
  ['declarations', ['types.d.ts'], /types\.d\.ts is no JavaScript/],
  ['.cjs as an ES module', ['c.cjs', '--module', 'module'], /a \.cjs file is always CommonJS/],
  ['.cts as an ES module', ['c.cts', '--module', 'module'], /a \.cts file is always CommonJS/],
  ['.mjs as CommonJS', ['m.mjs', '--module', 'commonjs'], /a \.mjs file is always an ES module/],
  ['.mts as CommonJS', ['m.mts', '--module', 'commonjs'], /a \.mts file is always an ES module/],
  ['an unknown version', ['a.js', '--node', '17'], /--node takes 18, 20, 22, 24, 26/],
  ['an unknown format', ['a.js', '--format', 'pdf'], /--format takes text/],
  ['a budget that is no number', ['a.js', '--max-runs', '0'], /--max-runs takes/],
  ['an unknown flag', ['a.js', '--fast'], /--fast/],
] as const) {
  test(`${name} is a usage error`, async () => {
    await assert.rejects(run(args), error => error instanceof UsageError && message.test(error.message));
  });
}

for (const args of [['www'], ['c.cjs', '--module', 'commonjs'], ['m.mjs', '--module', 'module'], ['odd:name.js'], ['long.js:12:12'], ['m.mjs:1:1']]) {
  test(`${args.join(' ')} is explained`, async () => assert.equal((await run(args)).code, 0));
}

test('a worker that never answers is ended, and that is said', async () => {
  const { code, stdout } = await run(['a.js', '--timeout', '50'], { worker: 'for (;;);' });
  assert.equal(code, 2);
  assert.match(stdout, /No outcome found, others are possible, because\n {2}- the time budget of 50 ms ended/);
});

test('a worker that breaks is reported', async () => {
  const { code, stdout } = await run(['a.js'], { worker: "throw new Error('defect');" });
  assert.equal(code, 2);
  assert.match(stdout, /Looplens failed: defect/);
});
