import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, test } from 'node:test';
import { blocking, handlerOf, lintJson, looplens, project, type JsonFinding } from './built-cli.ts';

// Paths say what is reported; the program around them says what is analysed.

const server = "const express = require('express');\nconst { load } = require('./lib');\nexpress().get('/a', (req, res) => res.send(load())).listen(3000);\n";
const library = "const fs = require('node:fs');\nexports.load = () => fs.readFileSync('x.html', 'utf8');\n";

function repository(files: Readonly<Record<string, string>>): string {
  const cwd = project({ 'package.json': '{ "name": "app" }\n', ...files });
  git(cwd, 'init', '-q', '-b', 'main');
  commit(cwd, 'first');
  return cwd;
}

function git(cwd: string, ...args: string[]): string {
  return execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.org', '-c', 'commit.gpgsign=false', ...args], { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

function commit(cwd: string, text: string): void {
  git(cwd, 'add', '-A');
  git(cwd, 'commit', '-q', '-m', text);
}

const write = (cwd: string, files: Readonly<Record<string, string>>): void => {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(cwd, path)), { recursive: true });
    writeFileSync(join(cwd, path), text);
  }
};

/** What makes a finding the same one, wherever one stands. */
const identity = ({ rule, severity, confidence, message, line, column, fingerprint, role, path }: JsonFinding): unknown => ({ rule, severity, confidence, message, line, column, fingerprint, role, steps: path.map(step => [step.label, step.line]) });

describe('one file', () => {
  const files = { 'package.json': '{}', 'server.js': server, 'lib.js': library };

  test('has the findings that the whole program gives it, and only those', async () => {
    const cwd = project(files);
    const whole = await lintJson(cwd);
    const one = await lintJson(cwd, ['lib.js']);
    assert.deepEqual([whole.code, one.code], [1, 1]);
    assert.deepEqual(one.report.findings.map(identity), whole.report.findings.filter(finding => finding.file === 'lib.js').map(identity));
    assert.equal(one.report.files, 1);
    assert.deepEqual((await lintJson(cwd, ['server.js'])).report.findings, []);
    assert.match((await looplens(['lint', 'lib.js'], { cwd })).stdout, /1 error \(1 file of 2 analysed, /);
  });

  test('from standard input, too: with the text that comes', async () => {
    const cwd = project(files);
    const { report, code } = await lintJson(cwd, ['--stdin', '--stdin-filename', 'lib.js'], { stdin: `\n${library}` });
    assert.deepEqual([code, report.findings.map(({ file, line }) => [file, line])], [1, [['lib.js', 3]]]);
    assert.equal((await lintJson(cwd, ['--stdin', '--stdin-filename', 'lib.js'], { stdin: 'exports.load = () => 1;\n' })).code, 0);
  });

  test('by a folder, a glob, and from another working directory', async () => {
    const cwd = project({ 'package.json': '{}', 'src/server.js': server.replace('./lib', '../lib/load'), 'lib/load.js': library, 'lib/other.js': 'exports.one = 1;\n' });
    const [expected] = (await lintJson(cwd)).report.findings.map(identity);
    for (const [from, argument] of [['.', 'lib'], ['.', 'l*/*.js'], ['src', '../lib'], ['lib', '.'], ['lib', 'load.js']] as const) {
      const { report } = await lintJson(join(cwd, from), [argument]);
      assert.deepEqual(report.findings.map(identity), [expected], `${from} ${argument}`);
    }
  });

  test('that cannot be parsed elsewhere is a note, not a failure of this run', async () => {
    const cwd = project({ ...files, 'broken.js': 'const = 1;\n' });
    const { code, stderr, report } = await lintJson(cwd, ['lib.js']);
    assert.deepEqual([code, report.errors], [1, []]);
    assert.match(stderr, /1 other files of the project could not be analysed in full: broken\.js/);
    assert.notEqual((await lintJson(cwd, ['broken.js'])).report.errors.length, 0);
  });

  test('a config with mistakes that does not hold for it is a note', async () => {
    const cwd = project({ ...files, 'fixtures/looplens.config.json': '{ "rool": 1 }', 'fixtures/a.js': '1;\n' });
    const { code, stderr } = await lintJson(cwd, ['lib.js']);
    assert.equal(code, 1);
    assert.match(stderr, /fixtures\/looplens\.config\.json:1:3/);
    assert.equal((await looplens(['lint', 'fixtures/a.js'], { cwd })).code, 2);
  });
});

describe('the project', () => {
  test('ends at a config with root, at a workspace root and at a Git repository', async () => {
    const inner = { 'server.js': server, 'lib.js': library };
    const outside = { 'other.js': handlerOf('./app/own.js', 'own') };
    for (const [name, text] of [['looplens.config.json', '{ "root": true }'], ['package.json', '{ "workspaces": ["x"] }'], ['.git', 'gitdir: nowhere\n'], ['pnpm-workspace.yaml', '']] as const) {
      const cwd = project({ 'package.json': '{}', ...outside, 'app/own.js': "import { readFileSync } from 'node:fs';\nexport const own = () => readFileSync('x');\n", ...Object.fromEntries(Object.entries(inner).map(([file, content]) => [`app/${file}`, content])), [`app/${name}`]: text });
      assert.deepEqual((await lintJson(cwd, ['app/lib.js', 'app/own.js'])).report.findings.map(({ file }) => file), ['app/lib.js'], name);
    }
  });

  test('spans the packages of a workspace: a handler in one calls what blocks in another', async () => {
    const cwd = project({
      'package.json': '{ "workspaces": ["packages/*"] }',
      'packages/api/package.json': '{ "name": "api", "dependencies": { "store": "*" } }',
      'packages/api/index.js': handlerOf('store', 'load'),
      'packages/store/package.json': '{ "name": "store", "exports": "./index.js" }',
      'packages/store/index.js': "import { readFileSync } from 'node:fs';\nexport const load = () => readFileSync('x');\n",
    });
    const { report } = await lintJson(join(cwd, 'packages/store'));
    assert.deepEqual(report.findings.map(({ file, path }) => [file, path[0]!.file]), [['index.js', '../api/index.js']]);
  });
});

describe('Git', () => {
  const files = { 'server.js': server, 'lib.js': library, 'old.js': blocking, 'plain.js': '1;\n' };

  test('--changed reports what is in changed files and what they cause elsewhere', async () => {
    const cwd = repository({ ...files, 'server.js': server.replace("load()", "''") });
    assert.deepEqual((await lintJson(cwd, ['--changed'])).report.findings, []);
    write(cwd, { 'server.js': server });
    const { report, code } = await lintJson(cwd, ['--changed']);
    assert.deepEqual([code, report.findings.map(({ file }) => file)], [1, ['lib.js']]);
    const [full] = (await lintJson(cwd)).report.findings.filter(({ file }) => file === 'lib.js');
    assert.deepEqual(identity(report.findings[0]!), identity(full!));
    write(cwd, { 'new.js': blocking });
    assert.deepEqual((await lintJson(cwd, ['--changed'])).report.findings.map(({ file }) => file), ['lib.js', 'new.js']);
    assert.deepEqual((await lintJson(cwd, ['--changed', 'new.js'])).report.findings.map(({ file }) => file), ['new.js']);
  });

  test('--changed=<ref> counts from where the branches parted, --since from the commit itself', async () => {
    const cwd = repository(files);
    git(cwd, 'switch', '-q', '-c', 'topic');
    write(cwd, { 'topic.js': blocking });
    commit(cwd, 'topic');
    git(cwd, 'switch', '-q', 'main');
    write(cwd, { 'old.js': `// later\n${blocking}` });
    commit(cwd, 'main goes on');
    git(cwd, 'switch', '-q', 'topic');
    const reported = async (flag: string): Promise<string[]> => (await lintJson(cwd, [flag])).report.findings.map(({ file }) => file);
    assert.deepEqual(await reported('--changed=main'), ['topic.js']);
    assert.deepEqual(await reported('--since=main'), ['old.js', 'topic.js']);
    assert.deepEqual(await reported('--changed'), []);
  });

  test('--staged reads what is in the index, not what lies on the disk', async () => {
    const cwd = repository(files);
    write(cwd, { 'plain.js': blocking });
    git(cwd, 'add', 'plain.js');
    write(cwd, { 'plain.js': '2;\n', 'untracked.js': blocking });
    assert.deepEqual((await lintJson(cwd, ['--staged'])).report.findings.map(({ file, line }) => [file, line]), [['plain.js', 3]]);
    rmSync(join(cwd, 'plain.js'));
    assert.deepEqual((await lintJson(cwd, ['--staged'])).report.findings.map(({ file }) => file), ['plain.js']);
    assert.equal(readFileSync(join(cwd, 'server.js'), 'utf8'), server);
  });

  test('from a subfolder, with names that need quoting, and without anything changed', async () => {
    const cwd = repository({ 'src/ä b.js': '1;\n', 'top.js': '1;\n' });
    write(cwd, { 'src/ä b.js': blocking, 'top.js': blocking });
    assert.deepEqual((await lintJson(join(cwd, 'src'), ['--changed'])).report.findings.map(({ file }) => file), ['ä b.js']);
    commit(cwd, 'second');
    assert.deepEqual([(await looplens(['lint', '--changed'], { cwd })).code, (await lintJson(cwd, ['--changed'])).report.files], [0, 0]);
  });

  test('two ranges, no repository, no such commit and revisions that look like options: exit code 2, nothing run', async () => {
    const cwd = repository(files);
    for (const [args, expected] of [
      [['--changed', '--staged'], /cannot be combined/],
      [['--since', 'nowhere'], /--since needs Git: there is no commit "nowhere"/],
      [['--since=--output=owned.txt'], /there is no commit/],
      [['--changed=--help'], /there is no commit/],
    ] as const) {
      const { code, stderr } = await looplens(['lint', ...args], { cwd });
      assert.equal(code, 2);
      assert.match(stderr, expected);
    }
    assert.match((await looplens(['lint', '--changed'], { cwd: project({ 'a.js': blocking }) })).stderr, /--changed needs Git: .*not a git repository/);
    // A repository's own settings start nothing.
    git(cwd, 'config', 'core.fsmonitor', `touch ${join(cwd, 'monitor-ran')}; false`);
    git(cwd, 'config', 'diff.external', `touch ${join(cwd, 'diff-ran')}`);
    write(cwd, { 'plain.js': '2;\n' });
    assert.equal((await looplens(['lint', '--changed'], { cwd })).code, 0);
    for (const mark of ['monitor-ran', 'diff-ran']) assert.throws(() => readFileSync(join(cwd, mark)), /ENOENT/);
  });

  test('--list-files prints what would be reported', async () => {
    const cwd = repository(files);
    write(cwd, { 'plain.js': '2;\n' });
    assert.equal((await looplens(['lint', '--list-files'], { cwd })).stdout, 'lib.js\nold.js\nplain.js\nserver.js\n');
    assert.equal((await looplens(['lint', '--list-files', '--changed'], { cwd })).stdout, 'plain.js\n');
    assert.equal((await looplens(['lint', '--list-files', 'l*.js'], { cwd })).stdout, 'lib.js\n');
  });
});

describe('--shard', () => {
  test('the parts together are the whole, for any number of parts, and merge says so in every format', async () => {
    const cwd = project({ 'package.json': '{}', ...Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`f${i}.js`, blocking])), 'server.js': server, 'lib.js': library });
    const whole = (await lintJson(cwd)).report;
    const sarif = (await looplens(['lint', '-f', 'sarif'], { cwd })).stdout;
    for (const count of [2, 3, 4, 5, 6, 7, 8]) {
      const names: string[] = [];
      for (let index = 1; index <= count; index++) {
        names.push(`part-${count}-${index}.json`);
        await looplens(['lint', '--shard', `${index}/${count}`, '-f', `json:${names.at(-1)}`], { cwd });
      }
      const { stdout, code } = await looplens(['merge', ...names], { cwd });
      const merged = JSON.parse(stdout) as typeof whole;
      assert.deepEqual([code, merged.files, merged.findings], [1, whole.files, whole.findings]);
      assert.equal((await looplens(['merge', '-f', 'sarif', ...names], { cwd })).stdout, sarif);
    }
    // The costly part is split in the same way: each machine extracts a part, and all report from all parts.
    const parts = [1, 2, 3].map(index => `facts-${index}`);
    for (const [index, name] of parts.entries()) assert.equal((await looplens(['facts', '--shard', `${index + 1}/3`, '--out', name], { cwd })).code, 0);
    const { stdout, stderr } = await looplens(['lint', '-f', 'json', '--no-cache', '--stats', '--facts', 'facts-*'], { cwd });
    assert.match(stderr, /parsed 0, from the cache 11/);
    assert.deepEqual((JSON.parse(stdout) as typeof whole).findings, whole.findings);
    assert.match((await looplens(['lint', '-f', 'json', '--no-cache', '--stats', '--facts', 'facts-2'], { cwd })).stderr, /parsed [1-9]\d*, from the cache [1-9]/);
    for (const bad of ['0/2', '3/2', '1', 'a/b']) assert.equal((await looplens(['lint', '--shard', bad], { cwd })).code, 2);
  });
});

describe('on the example application', () => {
  test('every file alone gives what the whole run gives it', async () => {
    const cwd = project({});
    cpSync('examples/shop', cwd, { recursive: true });
    const { report } = await lintJson(cwd);
    assert.ok(report.findings.length >= 4);
    for (const file of (await looplens(['lint', '--list-files'], { cwd })).stdout.trim().split('\n')) {
      assert.deepEqual((await lintJson(cwd, [file])).report.findings.map(identity), report.findings.filter(finding => finding.file === file).map(identity), file);
    }
  });
});
