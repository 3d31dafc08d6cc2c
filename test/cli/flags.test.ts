import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { lintOptions } from '../../server/cli/lint-options.ts';
import { rules } from '../../server/core/hazards/registry.ts';
import { blocking, builtProgram, lintJson, looplens, project } from './built-cli.ts';

const mixed = "import express from 'express';\nimport { gzipSync } from 'node:zlib';\nimport { readFileSync } from 'node:fs';\nexpress().get('/', (req, res) => res.send(gzipSync(readFileSync('a'))));\n";

describe('which findings', () => {
  test('--only runs the named rules, also those that a config switches off', async () => {
    const cwd = project({ 'a.js': mixed, 'looplens.config.json': '{ "rules": { "blocking-zlib": "off" } }' });
    const found = async (...args: string[]): Promise<string[]> => (await lintJson(cwd, args)).report.findings.map(({ rule }) => rule);
    assert.deepEqual(await found(), ['blocking-fs']);
    assert.deepEqual(await found('--only', 'blocking-zlib'), ['blocking-zlib']);
    assert.deepEqual(await found('--only', 'blocking-zlib, blocking-fs'), ['blocking-zlib', 'blocking-fs']);
    assert.deepEqual(await found('--only', 'busy-wait'), []);
    assert.match((await looplens(['lint', '--only', 'blocking-f'], { cwd })).stderr, /no rule "blocking-f"; did you mean "blocking-fs"\?/);
  });

  test('--only says nothing of comments for other rules', async () => {
    const cwd = project({ 'a.js': mixed.replace('express()', '// looplens-disable-next-line blocking-zlib\nexpress()') });
    assert.deepEqual((await lintJson(cwd, ['--only', 'blocking-fs'])).report.findings.map(({ rule, suppressed }) => [rule, suppressed]), [['blocking-fs', null]]);
  });

  test('--severity leaves out what is milder', async () => {
    const cwd = project({ 'a.js': mixed, 'looplens.config.json': '{ "rules": { "blocking-zlib": "info", "blocking-fs": "warn" } }' });
    const count = async (level: string): Promise<number> => (await lintJson(cwd, ['--severity', level])).report.findings.length;
    assert.deepEqual([await count('info'), await count('warn'), await count('error')], [2, 1, 0]);
  });
});

describe('output', () => {
  test('several formats at once, each to its place, and a summary where nothing goes to standard output', async () => {
    const cwd = project({ 'a.js': blocking });
    const both = await looplens(['lint', '-f', 'sarif:out/a.sarif', '-f', 'unix'], { cwd });
    assert.match(both.stdout, /^a\.js:3:43: /);
    assert.equal((JSON.parse(readFileSync(join(cwd, 'out/a.sarif'), 'utf8')) as { version: string }).version, '2.1.0');
    const filed = await looplens(['lint', '-f', 'json:a.json', '-f', 'html', '-o', 'a.html'], { cwd });
    assert.equal(filed.stdout, '');
    assert.match(filed.stderr, /^1 error \(1 file, [\d.]+ s\)\nentries: 1 of clients\n$/);
    assert.match(readFileSync(join(cwd, 'a.html'), 'utf8'), /^<!doctype html>/);
    for (const [args, expected] of [
      [['-f', 'json', '-f', 'unix'], /two formats go to standard output: json, unix; write one to a file with --format unix:<file>/],
      [['-f', 'json:a.json', '-o', 'b.json'], /--output-file has nothing to write/],
      [['-f', 'htm:a'], /did you mean "html"/],
    ] as const) {
      const { code, stderr } = await looplens(['lint', ...args], { cwd });
      assert.equal(code, 2);
      assert.match(stderr, expected);
    }
  });

  test('agent is chosen where an agent runs the command, and not over a flag', async () => {
    const cwd = project({ 'a.js': blocking });
    for (const name of ['AI_AGENT', 'CLAUDECODE', 'CURSOR_AGENT', 'GEMINI_CLI']) assert.match((await looplens(['lint'], { cwd, env: { [name]: '1' } })).stdout, /^a\.js:3:43 error blocking-fs \(certain\): /);
    assert.match((await looplens(['lint', '-f', 'unix'], { cwd, env: { AI_AGENT: '1' } })).stdout, /\[error\/blocking-fs\]/);
  });

  test('a mistake in a flag points to the help, one in a config does not', async () => {
    const cwd = project({ 'a.js': blocking, 'looplens.config.json': '{ "rool": 1 }' });
    assert.match((await looplens(['lint', '--qiet'], { cwd })).stderr, /\nRun "looplens lint --help" for what there is\.\n$/);
    assert.equal((await looplens(['lint'], { cwd })).stderr, 'looplens: looplens.config.json:1:3: unknown key "rool"; did you mean "root"?\n');
  });

  test('--timing names the rules and their time', async () => {
    const { stderr } = await looplens(['lint', '--timing'], { cwd: project({ 'a.js': blocking }) });
    const lines = stderr.trimEnd().split('\n');
    assert.ok(lines.slice(0, -1).every(line => rules.some(({ meta }) => line.startsWith(`${meta.id} `)) && /\d+\.\d ms +\d+\.\d %$/.test(line)), stderr);
    assert.match(lines.at(-1)!, /^all +\d+\.\d ms$/);
  });
});

test('--diff prints a patch that git applies, and writes nothing', async () => {
  const source = "import express from 'express';\nimport { readFileSync } from 'node:fs';\nexpress().get('/', async (req, res) => {\n  res.send(readFileSync('a', 'utf8'));\n});\n";
  const cwd = project({ 'src/a.js': source, 'package.json': '{}' });
  const { code, stdout } = await looplens(['lint', '--diff'], { cwd });
  assert.equal(code, 1);
  assert.match(stdout, /^--- a\/src\/a\.js\n\+\+\+ b\/src\/a\.js\n@@ /);
  assert.equal(readFileSync(join(cwd, 'src/a.js'), 'utf8'), source);
  execFileSync('git', ['apply', '-'], { cwd, input: stdout });
  assert.match(readFileSync(join(cwd, 'src/a.js'), 'utf8'), /await .*readFile\('a', 'utf8'\)/);
  assert.deepEqual([(await looplens(['lint', '--diff'], { cwd })).code, (await looplens(['lint', '--diff'], { cwd })).stdout], [0, '']);
});

test('--watch lints again when a file changes, also one in a new folder, and ends with the last exit code', async () => {
  const cwd = project({ 'a.js': blocking, 'package.json': '{}' });
  const child = spawn(process.execPath, [await builtProgram, 'lint', '--watch', '--no-cache', '-f', 'unix'], { cwd, env: { PATH: process.env['PATH'] ?? '' } });
  let output = '';
  let told = 0;
  const waiting: (() => void)[] = [];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    told += text.split('watching').length - 1;
    for (const wake of waiting.splice(0)) wake();
  });
  const runs = async (count: number): Promise<void> => {
    while (told < count) await new Promise<void>(resolve => waiting.push(resolve));
  };
  await runs(1);
  assert.match(output, /a\.js:3:43/);
  output = '';
  writeFileSync(join(cwd, 'a.js'), '1;\n');
  await runs(2);
  writeFileSync(join(cwd, 'b.js'), blocking);
  await runs(3);
  assert.match(output, /b\.js:3:43/);
  child.kill('SIGINT');
  assert.equal(await new Promise(resolve => child.on('close', resolve)), 1);
});

test('the baseline is the same from every folder of the project', async () => {
  const cwd = project({ 'package.json': '{}', 'src/a.js': blocking, 'src/b.js': blocking });
  await looplens(['lint', '--suppress-all'], { cwd });
  const inside = await lintJson(join(cwd, 'src'));
  assert.deepEqual([inside.code, inside.report.findings.map(({ suppressed }) => suppressed?.kind)], [0, ['baseline', 'baseline']]);
  assert.ok(!existsSync(join(cwd, 'src/looplens-suppressions.json')));
});

describe('completion', () => {
  const complete = async (words: readonly string[]): Promise<string[]> => {
    const { stdout } = await looplens(['completion', 'bash'], { cwd: project({}) });
    const script = `${stdout}\nCOMP_WORDS=(${words.map(word => `'${word}'`).join(' ')})\nCOMP_CWORD=${words.length - 1}\n_looplens\nprintf '%s\\n' "\${COMPREPLY[@]}"`;
    return execFileSync('bash', ['--norc', '-c', script], { encoding: 'utf8' }).trim().split('\n');
  };

  test('bash: commands, every flag of lint, formats, rules', async () => {
    assert.ok((await complete(['looplens', 'l'])).includes('lint'));
    const flags = await complete(['looplens', 'lint', '--']);
    for (const flag of Object.keys(lintOptions)) assert.ok(flags.includes(`--${flag}`), flag);
    assert.ok((await complete(['looplens', 'lint', '--format', 's'])).includes('sarif'));
    assert.ok((await complete(['looplens', 'rules', 'blocking-f'])).includes('blocking-fs'));
  });

  test('zsh and fish have scripts, other shells are told', async () => {
    const cwd = project({});
    assert.match((await looplens(['completion', 'zsh'], { cwd })).stdout, /^#compdef looplens\n/);
    assert.match((await looplens(['completion', 'fish'], { cwd })).stdout, /^complete -c looplens .*-l format -xa "stylish/m);
    assert.deepEqual([(await looplens(['completion', 'tcsh'], { cwd })).code, (await looplens(['completion'], { cwd })).code], [2, 2]);
  });
});
