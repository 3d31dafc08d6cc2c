import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { blocking, handlerOf, lintJson, looplens, project } from './built-cli.ts';

const clean = 'export const one = 1;\n';
const warning = "import express from 'express';\nimport { gzipSync } from 'node:zlib';\nexpress().get('/', (req, res) => res.send(gzipSync(req.body)));\n";

test('exit code 0 without findings, 1 with an error, 0 with a warning within --max-warnings', async () => {
  assert.equal((await looplens(['lint'], { cwd: project({ 'a.js': clean }) })).code, 0);
  assert.equal((await looplens(['lint'], { cwd: project({ 'a.js': blocking }) })).code, 1);
  const cwd = project({ 'a.js': warning });
  assert.equal((await looplens(['lint'], { cwd })).code, 0);
  assert.equal((await looplens(['lint', '--max-warnings', '1'], { cwd })).code, 0);
  assert.equal((await looplens(['lint', '--max-warnings', '0'], { cwd })).code, 1);
});

test('json: the contract', async () => {
  const cwd = project({ 'src/a.js': handlerOf('./lib/b.js', 'load'), 'src/lib/b.js': "import { readFileSync } from 'node:fs';\nexport function load() {\n  return readFileSync('x');\n}\n" });
  const { report, code, stderr } = await lintJson(cwd);
  assert.equal(code, 1);
  assert.equal(stderr, '');
  assert.deepEqual(Object.keys(report), ['schemaVersion', 'tool', 'files', 'durationMs', 'findings', 'errors', 'coverage']);
  assert.equal(report.schemaVersion, 1);
  assert.deepEqual(report.tool, { name: 'looplens', version: (JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }).version });
  assert.equal(report.files, 2);
  assert.ok(report.durationMs > 0);
  assert.equal(report.findings.length, 1);
  const [finding] = report.findings;
  assert.deepEqual(Object.keys(finding!), ['rule', 'severity', 'confidence', 'category', 'message', 'file', 'line', 'column', 'endLine', 'endColumn', 'role', 'path', 'fixes', 'impact', 'group', 'fingerprint', 'suppressed']);
  assert.deepEqual(finding!.impact, { cost: '1 ms per MB', exposure: 'anybody', rank: 60 });
  assert.equal(finding!.group, 'blocking-fs src/lib/b.js load');
  const { rule, severity, confidence, category, file, line, column, endLine, endColumn, role, suppressed } = finding!;
  assert.deepEqual({ rule, severity, confidence, category, file, line, column, endLine, endColumn, role, suppressed }, { rule: 'blocking-fs', severity: 'error', confidence: 'certain', category: 'blocking', file: 'src/lib/b.js', line: 3, column: 10, endLine: 3, endColumn: 27, role: 'request', suppressed: null });
  assert.deepEqual(finding!.path.map(step => [step.file, step.line]), [['src/a.js', 3], ['src/a.js', 3], ['src/lib/b.js', 3]]);
  assert.match(finding!.fingerprint, /^[0-9a-f]{16}$/);
  assert.deepEqual(report.errors, []);
});

test('text: no colours through a pipe, colours on demand and not with NO_COLOR', async () => {
  const cwd = project({ 'a.js': blocking });
  assert.doesNotMatch((await looplens(['lint'], { cwd })).stdout, /\u001B/);
  assert.match((await looplens(['lint', '--color'], { cwd })).stdout, /\u001B\[31merror/);
  assert.match((await looplens(['lint'], { cwd, env: { FORCE_COLOR: '1' } })).stdout, /\u001B\[31m/);
  assert.doesNotMatch((await looplens(['lint'], { cwd, env: { FORCE_COLOR: '1', NO_COLOR: '1' } })).stdout, /\u001B/);
});

test('every format says the same thing', async () => {
  const cwd = project({ 'a.js': blocking });
  const first = { stylish: /a\.js:3:43/, json: /"line": 3/, sarif: /"startLine": 3/, github: /^::error file=a\.js,line=3/, gitlab: /"begin": 3/, junit: /a\.js:3:43/, unix: /^a\.js:3:43: .*\[error\/blocking-fs\]/ };
  for (const [format, expected] of Object.entries(first)) {
    const { code, stdout, stderr } = await looplens(['lint', '-f', format], { cwd });
    assert.equal(code, 1, `${format}: ${stderr}`);
    assert.match(stdout, expected);
  }
  assert.match((await looplens(['lint'], { cwd, env: { GITHUB_ACTIONS: 'true' } })).stdout, first.github);
});

test('a path that is not there is named, the rest is analysed, exit code 2', async () => {
  const { code, report, stderr } = await lintJson(project({ 'a.js': blocking }), ['a.js', 'nowhere', '*.tsx']);
  assert.equal(code, 2);
  assert.equal(report.findings.length, 1);
  assert.match(stderr, /nowhere: there is no such file or folder/);
  assert.match(stderr, /\*\.tsx: no file matches this pattern/);
});

test('unknown flags, commands, formats and rules: exit code 2 and the nearest word', async () => {
  const cwd = project({ 'a.js': clean });
  for (const [args, expected] of [
    [['lint', '--qiet'], /unknown option --qiet; did you mean --quiet\?/],
    [['lnt'], /unknown command "lnt"; did you mean "lint"\?/],
    [['lint', '-f', 'jsn'], /--format takes .*did you mean "json"/],
    [['lint', '--rule', 'no-such:off'], /there is no rule "no-such"/],
    [['lint', '--rule', 'blocking-fs'], /--rule takes id:severity/],
    [['lint', '--max-warnings', 'many'], /--max-warnings takes a whole number/],
    [['lint', '--config', 'none.json'], /none\.json cannot be read/],
    [['lint', '--format'], /format/],
    [['rules', 'blocking-f'], /did you mean "blocking-fs"/],
  ] as const) {
    const { code, stdout, stderr } = await looplens(args, { cwd });
    assert.deepEqual([code, stdout], [2, ''], args.join(' '));
    assert.match(stderr, expected);
    assert.doesNotMatch(stderr, /\n {4}at /);
  }
});

test('a broken config: line, column, what is meant, exit code 2', async () => {
  const at = async (text: string): Promise<string> => {
    const { code, stderr } = await looplens(['lint'], { cwd: project({ 'a.js': clean, 'looplens.config.json': text }) });
    assert.equal(code, 2);
    return stderr;
  };
  assert.match(await at('{\n  "rules": { "blocking-fz": "warn" }\n}'), /looplens\.config\.json:2:14: there is no rule "blocking-fz"; did you mean "blocking-fs"\?/);
  assert.match(await at('{\n  "rules": {'), /looplens\.config\.json:2:\d+: the JSON is not valid/);
  assert.match(await at('{ "rules": { "blocking-fs": "eror" } }'), /1:29: .*did you mean "error"/);
  assert.match(await at(''), /empty/);
  assert.match(await at('{\n  "root": true,\n  "extends": ["./gone.json"]\n}'), /:3:15: .*no file "\.\/gone\.json"/);
  assert.match(await at('{ "rool": 1, "rules": { "q": 1 } }'), /:1:3: unknown key "rool"[^]*:1:25: there is no rule "q"/);
});

test('configs above the working directory hold; one that is named holds everywhere and extends from where it stands', async () => {
  const cwd = project({ 'looplens.config.json': '{ "overrides": [{ "files": ["in/src/*.js"], "rules": { "blocking-fs": "info" } }] }', 'in/src/a.js': blocking, 'conf/b.json': '{ "extends": "./c.json" }', 'conf/c.json': '{ "rules": { "blocking-fs": "warn" } }' });
  const severities = async (args: readonly string[]): Promise<string[]> => (await lintJson(join(cwd, 'in'), args)).report.findings.map(finding => finding.severity);
  assert.deepEqual(await severities([]), ['info']);
  assert.deepEqual(await severities(['--no-config-lookup']), ['error']);
  assert.deepEqual(await severities(['--config', '../conf/b.json', '..']), ['warn']);
});

test('--quiet leaves out warnings but not from the exit code', async () => {
  const cwd = project({ 'a.js': warning, 'b.js': blocking });
  const { report, code } = await lintJson(cwd, ['--quiet']);
  assert.deepEqual([code, report.findings.map(finding => finding.severity)], [1, ['error']]);
  assert.equal((await lintJson(cwd, ['--quiet', '--rule', 'blocking-fs:off', '--max-warnings', '0'])).code, 1);
});

test('--fix writes the asynchronous form, --fix-dry-run writes nothing', async () => {
  const source = "import express from 'express';\nimport { readFileSync } from 'node:fs';\nexpress().get('/', async (req, res) => {\n  res.send(readFileSync('a', 'utf8'));\n});\n";
  const cwd = project({ 'a.js': source });
  const dry = await lintJson(cwd, ['--fix-dry-run']);
  assert.deepEqual([dry.code, dry.report.findings.length], [0, 0]);
  assert.equal(readFileSync(join(cwd, 'a.js'), 'utf8'), source);
  const fixed = await lintJson(cwd, ['--fix']);
  assert.deepEqual([fixed.code, fixed.report.findings.length], [0, 0]);
  assert.match(readFileSync(join(cwd, 'a.js'), 'utf8'), /await .*readFile\('a', 'utf8'\)/);
});

test('the baseline holds what was there, and says when it is gone', async () => {
  const cwd = project({ 'a.js': blocking });
  assert.equal((await looplens(['lint', '--suppress-all'], { cwd })).code, 0);
  const again = await lintJson(cwd);
  assert.deepEqual([again.code, again.report.findings[0]!.suppressed?.kind], [0, 'baseline']);
  writeFileSync(join(cwd, 'a.js'), `// moved\n${blocking}express().get('/b', (req, res) => res.send(readFileSync('b')));\n`);
  const more = await lintJson(cwd);
  assert.deepEqual([more.code, more.report.findings.filter(finding => !finding.suppressed).map(finding => finding.line)], [1, [5]]);
  writeFileSync(join(cwd, 'a.js'), clean);
  assert.match((await looplens(['lint'], { cwd })).stderr, /--prune-suppressions/);
  assert.equal((await looplens(['lint', '--prune-suppressions'], { cwd })).code, 0);
  assert.doesNotMatch(readFileSync(join(cwd, 'looplens-suppressions.json'), 'utf8'), /a\.js/);
  writeFileSync(join(cwd, 'looplens-suppressions.json'), '{');
  assert.deepEqual([(await looplens(['lint'], { cwd })).code, /looplens-suppressions\.json is not valid JSON/.test((await looplens(['lint'], { cwd })).stderr)], [2, true]);
});

test('--prune-suppressions over some paths keeps the entries of the rest, drops those of files that are gone', async () => {
  const cwd = project({ 'a.js': blocking, 'b.js': blocking, 'c.js': blocking, 'd.js': blocking });
  const held = (): string[] => Object.keys((JSON.parse(readFileSync(join(cwd, 'looplens-suppressions.json'), 'utf8')) as { files: object }).files);
  await looplens(['lint', '--suppress-all'], { cwd });
  assert.equal((await looplens(['lint', 'a.js'], { cwd })).stderr, '');
  writeFileSync(join(cwd, 'a.js'), clean);
  writeFileSync(join(cwd, 'd.js'), `const = 1;\n`);
  rmSync(join(cwd, 'c.js'));
  assert.equal((await looplens(['lint', 'a.js', '--prune-suppressions'], { cwd })).code, 0);
  assert.deepEqual(held(), ['b.js', 'd.js']);
  assert.equal((await looplens(['lint', '--prune-suppressions'], { cwd })).code, 1);
  assert.deepEqual(held(), ['b.js', 'd.js']);
});

test('--stdin has the configs of its name, is fixed in the report only, and never on the disk', async () => {
  const source = blocking.replace('(req', 'async (req');
  const cwd = project({ 'src/a.js': source, 'looplens.config.json': '{ "rules": { "blocking-fs": "warn" } }' });
  const stdin = async (...args: string[]) => lintJson(cwd, ['--stdin', '--stdin-filename', ...args], { stdin: source });
  assert.deepEqual((await stdin('src/new.js')).report.findings.map(finding => finding.severity), ['warn']);
  assert.deepEqual((await stdin('src/new.js', '--fix-dry-run')).report.findings, []);
  for (const flag of ['--fix', '--fix-suggestions']) {
    const { code, stderr } = await looplens(['lint', '--stdin', '--stdin-filename', 'src/a.js', flag], { cwd, stdin: source });
    assert.deepEqual([code, /use --fix-dry-run/.test(stderr)], [2, true]);
  }
  assert.equal(readFileSync(join(cwd, 'src/a.js'), 'utf8'), source);
});

test('what cannot be written is named, exit code 2', async () => {
  const cwd = project({ 'a.js': blocking, 'folder/b.txt': '' });
  for (const args of [['-o', 'folder'], ['-o', 'a.js/report.txt'], ['--suppress-all', '--suppressions-location', 'folder']]) {
    const { code, stderr } = await looplens(['lint', ...args, 'a.js'], { cwd });
    assert.deepEqual([code, /cannot be (?:written|read) \((?:EISDIR|ENOTDIR|EEXIST)\)/.test(stderr), /an error of Looplens/.test(stderr)], [2, true, false], stderr);
  }
});

test('ESLint’s names: --no-error-on-unmatched-pattern, --max-warnings -1, --print-config', async () => {
  const cwd = project({ 'a.js': blocking, 'looplens.config.json': '{ "rules": { "blocking-fs": "warn" } }' });
  assert.equal((await looplens(['lint', '--no-error-on-unmatched-pattern', 'none.js', 'x/*.ts', 'a.js'], { cwd })).code, 0);
  assert.equal((await looplens(['lint', '--max-warnings=-1'], { cwd })).code, 0);
  const shown = await looplens(['lint', '--print-config', 'a.js'], { cwd });
  assert.deepEqual([shown.code, (JSON.parse(shown.stdout) as { rules: Record<string, string> }).rules['blocking-fs']], [0, 'warn']);
  assert.equal(shown.stdout, (await looplens(['print-config', 'a.js'], { cwd })).stdout);
});

test('a file that is named but ignored by a config is told, not silently skipped', async () => {
  const cwd = project({ 'a.js': blocking, 'looplens.config.json': '{ "ignorePatterns": ["a.js"] }' });
  const { code, stderr } = await looplens(['lint', 'a.js'], { cwd });
  assert.deepEqual([code, stderr], [0, 'looplens: a.js is left out by "ignorePatterns"; --no-ignore reads it\n']);
  assert.equal((await looplens(['lint'], { cwd })).stderr, '');
  assert.equal((await looplens(['lint', '--no-ignore', 'a.js'], { cwd })).code, 1);
});

test('entries of a config in any folder hold, relative to it', async () => {
  const cwd = project({ 'package.json': '{}', 'looplens.config.json': '{ "entries": ["root.js#onEvent"] }', 'root.js': "exports.onEvent = () => require('fs').statSync('x');\n", 'a/index.js': clean, 'z/looplens.config.json': '{ "entries": ["./plugin.js#onMessage"] }', 'plugin.js': "exports.onMessage = () => require('fs').readFileSync('x');\n", 'z/plugin.js': "const fs = require('fs');\nexports.onMessage = () => fs.readFileSync('x');\n" });
  const { report } = await lintJson(cwd, []);
  assert.deepEqual(report.findings.map(finding => finding.file), ['root.js', 'z/plugin.js']);
});

test('--stdin takes the text from there, --output-file puts the report there', async () => {
  const cwd = project({ 'a.js': clean });
  const { report } = await lintJson(cwd, ['--stdin', '--stdin-filename', 'src/b.js'], { stdin: blocking });
  assert.deepEqual(report.findings.map(finding => finding.file), ['src/b.js']);
  const run = await looplens(['lint', '--format', 'unix', '--output-file', 'out/report.txt', '--color'], { cwd: project({ 'a.js': blocking }) });
  assert.deepEqual([run.code, run.stdout], [1, '']);
});

test('a reader that goes away is no error', async () => {
  const files = Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`f${i}.js`, blocking]));
  const { stderr, code } = await looplens(['lint'], { cwd: project(files), hangUp: true });
  assert.equal(stderr, '');
  assert.ok(code === 0 || code === 1, String(code));
});

test('merge: each finding once, exit code as of one run', async () => {
  const cwd = project({ 'a.js': blocking, 'b.js': blocking });
  for (const [name, path] of [['1', 'a.js'], ['2', 'b.js'], ['3', '.']] as const) await looplens(['lint', '-f', 'json', '-o', `report-${name}.json`, path], { cwd });
  const { code, stdout } = await looplens(['merge', 'report-1.json', 'report-2.json', 'report-3.json'], { cwd });
  assert.deepEqual([code, (JSON.parse(stdout) as { findings: { file: string }[] }).findings.map(({ file }) => file)], [1, ['a.js', 'b.js']]);
  writeFileSync(join(cwd, 'no.json'), '[]');
  assert.equal((await looplens(['merge', 'no.json'], { cwd })).code, 2);
});

test('init, print-config, rules, --version', async () => {
  const cwd = project({ 'a.js': clean });
  assert.equal((await looplens(['init'], { cwd })).code, 0);
  assert.equal((await looplens(['init'], { cwd })).code, 2);
  assert.equal((await looplens(['lint'], { cwd })).code, 0);
  const shown = JSON.parse((await looplens(['print-config', 'a.js'], { cwd })).stdout) as { rules: Record<string, string> };
  assert.equal(shown.rules['blocking-fs'], 'error');
  assert.match((await looplens(['rules'], { cwd })).stdout, /^ *blocking-fs +error/m);
  assert.match((await looplens(['rules', 'blocking-fs'], { cwd })).stdout, /readFileSync/);
  assert.match((await looplens(['--version'], { cwd })).stdout, /^\d+\.\d+\.\d+\n$/);
  assert.equal((await looplens([], { cwd })).code, 2);
});
