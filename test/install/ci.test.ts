import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { after, describe, test } from 'node:test';
import { installTools } from '../../scripts/lib/install-tool.mjs';

// The files that CI services read, run as those services run them, with the packed Looplens.

const home = mkdtempSync(join(tmpdir(), 'looplens-ci-'));
after(() => rmSync(home, { recursive: true, force: true }));
const { tarball } = JSON.parse(execFileSync(process.execPath, ['scripts/pack.mjs', home], { encoding: 'utf8' })) as { tarball: string };
mkdirSync(join(home, 'bin', 'looplens'), { recursive: true });
execFileSync('tar', ['-xzf', tarball, '--strip-components=1', '-C', join(home, 'bin', 'looplens')]);
const cli = join(home, 'bin', 'looplens', 'dist', 'cli.js');
// As a package manager links it.
writeFileSync(join(home, 'bin', 'run'), `#!/bin/sh\nexec "${process.execPath}" "${cli}" "$@"\n`, { mode: 0o755 });
mkdirSync(join(home, 'path'));
writeFileSync(join(home, 'path', 'looplens'), `#!/bin/sh\nexec "${process.execPath}" "${cli}" "$@"\n`, { mode: 0o755 });
const environment = { PATH: `${join(home, 'path')}:${process.env['PATH'] ?? ''}`, HOME: home, GIT_AUTHOR_NAME: 't', GIT_AUTHOR_EMAIL: 't@example.org', GIT_COMMITTER_NAME: 't', GIT_COMMITTER_EMAIL: 't@example.org' };

const clean = { 'package.json': '{ "name": "app" }\n', 'server.js': "const express = require('express');\nconst { load } = require('./lib');\nexpress().get('/a', (req, res) => res.send(''));\n", 'lib.js': "const fs = require('node:fs');\nexports.load = () => fs.readFileSync('x.html', 'utf8');\n" };
const guilty = { 'server.js': clean['server.js'].replace("send('')", 'send(load())') };
let repositories = 0;

function repository(files: Readonly<Record<string, string>>): string {
  const cwd = join(home, `repository-${repositories++}`);
  mkdirSync(cwd);
  write(cwd, files);
  git(cwd, 'init', '-q', '-b', 'main');
  git(cwd, 'add', '-A');
  git(cwd, 'commit', '-q', '-m', 'first');
  return cwd;
}

function write(cwd: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(cwd, path)), { recursive: true });
    writeFileSync(join(cwd, path), text);
  }
}

function git(cwd: string, ...args: string[]): string {
  return execFileSync('git', args, { cwd, env: environment, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();
}

describe('the GitHub Action', () => {
  const act = (cwd: string, env: Readonly<Record<string, string>>) => {
    const [summary, output] = [join(cwd, '..', `${repositories}.summary`), join(cwd, '..', `${repositories}.output`)];
    for (const path of [summary, output]) writeFileSync(path, '');
    const run = spawnSync(resolve('integrations/github-action.sh'), { cwd, encoding: 'utf8', env: { ...environment, LOOPLENS_COMMAND: join(home, 'bin', 'run'), GITHUB_STEP_SUMMARY: summary, GITHUB_OUTPUT: output, LOOPLENS_DIRECTORY: '.', ...env } });
    return { ...run, summary: readFileSync(summary, 'utf8'), output: readFileSync(output, 'utf8') };
  };

  test('annotates what a pull request causes, in its summary and in SARIF, and fails', () => {
    const cwd = repository(clean);
    const base = git(cwd, 'rev-parse', 'HEAD');
    write(cwd, { ...guilty, 'unrelated.js': "setTimeout(() => {}, 2 ** 31);\n" });
    git(cwd, 'add', '-A');
    git(cwd, 'commit', '-q', '-m', 'second');
    const second = git(cwd, 'rev-parse', 'HEAD');
    const { status, stdout, summary, output } = act(cwd, { LOOPLENS_BASE: base });
    assert.equal(status, 1);
    assert.match(stdout, /^::error file=lib\.js,line=2,/m);
    assert.match(summary, /^## Looplens report\n[^]*\| error \| lib\.js:2 \| blocking-fs \|/m);
    assert.equal(output, 'sarif-file=./looplens.sarif\n');
    assert.ok((JSON.parse(readFileSync(join(cwd, 'looplens.sarif'), 'utf8')) as { runs: { results: unknown[] }[] }).runs[0]!.results.length >= 2);
    // A branch that changes nothing of it is not blamed for it.
    write(cwd, { 'README.md': 'text\n', 'plain.js': '1;\n' });
    git(cwd, 'add', '-A');
    git(cwd, 'commit', '-q', '-m', 'third');
    assert.equal(act(cwd, { LOOPLENS_BASE: second }).status, 0);
    assert.equal(act(cwd, { LOOPLENS_BASE: second, LOOPLENS_COMPARE: 'all' }).status, 1);
  });

  test('a base that is not there is told and everything reported; hostile inputs are arguments', () => {
    const cwd = repository({ ...clean, ...guilty });
    const { status, stdout } = act(cwd, { LOOPLENS_BASE: '0123456789012345678901234567890123456789' });
    assert.match(stdout, /::notice title=looplens::the base/);
    assert.equal(status, 1);
    for (const [name, value] of [['LOOPLENS_PATHS', '$(touch owned) `touch owned` ; touch owned'], ['LOOPLENS_BASE', '--output=owned'], ['LOOPLENS_ARGS', '; touch owned']] as const) act(cwd, { [name]: value });
    assert.ok(!existsSync(join(cwd, 'owned')));
  });

  test('action.yml hands inputs over by the environment only', () => {
    const text = readFileSync('action.yml', 'utf8');
    const script = text.slice(text.indexOf('      run:'));
    assert.doesNotMatch(script, /\$\{\{/);
    for (const [, name] of text.matchAll(/^ {8}(LOOPLENS_\w+):/gm)) assert.ok(readFileSync('integrations/github-action.sh', 'utf8').includes(name!), String(name));
  });
});

describe('before a commit', () => {
  test('lint-staged: the files that it hands over have the findings of the project', async () => {
    const tools = await installTools(['lint-staged@16.3.4']);
    const cwd = repository({ ...clean, 'package.json': '{ "name": "app", "lint-staged": { "*.js": "looplens lint" } }\n' });
    const run = () => spawnSync(process.execPath, [join(tools, 'node_modules/lint-staged/bin/lint-staged.js'), '--no-stash'], { cwd, env: environment, encoding: 'utf8' });
    write(cwd, { 'lib.js': `${clean['lib.js']}// a line\n`, ...guilty });
    git(cwd, 'add', '-A');
    const { status, stdout, stderr } = run();
    assert.equal(status, 1, stdout + stderr);
    assert.match(stdout + stderr, /blocking-fs[^]*GET \/a handler/);
    write(cwd, { 'server.js': clean['server.js'] });
    git(cwd, 'add', '-A');
    assert.equal(run().status, 0);
  });

  test('pre-commit, where it is installed: the hook of this repository stops the commit that causes a finding', t => {
    if (spawnSync('pre-commit', ['--version']).status !== 0) return t.skip('no pre-commit on this machine: apt-get install pre-commit');
    const cwd = repository(clean);
    // The entry as .pre-commit-hooks.yaml has it, from the installed command: pre-commit would install the published package.
    const hook = /entry: (looplens lint [^\n]*)/.exec(readFileSync('.pre-commit-hooks.yaml', 'utf8'))![1]!;
    write(cwd, { '.pre-commit-config.yaml': `repos:\n  - repo: local\n    hooks:\n      - { id: looplens, name: looplens, language: system, entry: ${hook}, pass_filenames: false, types_or: [javascript, ts] }\n` });
    git(cwd, 'add', '-A');
    const run = () => spawnSync('pre-commit', ['run'], { cwd, env: { ...environment, PRE_COMMIT_HOME: join(home, 'pre-commit') }, encoding: 'utf8' });
    write(cwd, guilty);
    git(cwd, 'add', '-A');
    // What is on the disk only does not count.
    write(cwd, { 'server.js': '1;\n' });
    const { status, stdout } = run();
    assert.equal(status, 1);
    assert.match(stdout, /blocking-fs/);
    write(cwd, { 'server.js': clean['server.js'] });
    git(cwd, 'add', '-A');
    assert.equal(run().status, 0);
  });
});
