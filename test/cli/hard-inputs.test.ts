import assert from 'node:assert/strict';
import { chmodSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { blocking, handlerOf, lintJson, looplens, project } from './built-cli.ts';

const files = (report: { readonly findings: readonly { readonly file: string }[] }): string[] => report.findings.map(finding => finding.file);

test('a file that cannot be parsed: the error with its place, once, the findings of the rest, exit code 1', async () => {
  const { report, code } = await lintJson(project({ 'a.js': 'const a = ;\nfoo(', 'b.js': blocking, 'c.js': `${blocking}const = 1;\n` }));
  assert.equal(code, 1);
  assert.deepEqual(files(report), ['b.js', 'c.js']);
  assert.deepEqual(report.errors.map(error => `${error.file}:${error.line}`), ['a.js:1', 'c.js:4']);
  assert.match(report.errors[0]!.message, /\(and \d+ more\)$/);
});

test('.gitignore is respected, also above and below the paths; --no-ignore reads all', async () => {
  const cwd = project({
    '.git/HEAD': 'ref: x\n',
    '.gitignore': 'generated/\n*.gen.js\n!keep.gen.js\n',
    'generated/a.js': blocking,
    'src/b.gen.js': blocking,
    'src/keep.gen.js': blocking,
    'src/deep/.gitignore': '/c.js\n',
    'src/deep/c.js': blocking,
    'src/deep/d.js': blocking,
  });
  assert.deepEqual(files((await lintJson(cwd)).report), ['src/deep/d.js', 'src/keep.gen.js']);
  assert.deepEqual(files((await lintJson(cwd, ['src'])).report), ['src/deep/d.js', 'src/keep.gen.js']);
  assert.equal((await lintJson(cwd, ['--no-ignore'])).report.findings.length, 5);
  assert.deepEqual(files((await lintJson(cwd, ['--ignore-pattern', 'deep'])).report), ['src/keep.gen.js']);
});

test('ignorePatterns of a config are in the form of .gitignore', async () => {
  const rest = { 'gen/a.js': blocking, 'src/gen/b.js': blocking, 'src/c.js': blocking, 'src/keep.js': blocking };
  const found = async (patterns: readonly string[]): Promise<string[]> => files((await lintJson(project({ ...rest, 'looplens.config.json': JSON.stringify({ ignorePatterns: patterns }) }))).report);
  assert.deepEqual(await found(['gen']), ['src/c.js', 'src/keep.js']);
  assert.deepEqual(await found(['gen/']), ['src/c.js', 'src/keep.js']);
  assert.deepEqual(await found(['/gen']), ['src/c.js', 'src/gen/b.js', 'src/keep.js']);
  assert.deepEqual(await found(['src/*', '!src/keep.js']), ['gen/a.js', 'src/keep.js']);
});

test('node_modules, build output, declarations and minified files are skipped, unless named', async () => {
  const cwd = project({ 'node_modules/x/index.js': blocking, 'dist/a.js': blocking, 'src/types.d.ts': 'export declare const a: number;\n', 'lib.min.js': blocking, 'src/a.ts': blocking });
  const { report } = await lintJson(cwd);
  assert.deepEqual([files(report), report.files], [['src/a.ts'], 1]);
  assert.deepEqual(files((await lintJson(cwd, ['dist/a.js'])).report), ['dist/a.js']);
});

test('links are not followed: out of the tree, in circles, to nowhere', async () => {
  const outside = project({ 'o.js': blocking });
  const cwd = project({ 'a/b.js': blocking });
  symlinkSync('..', join(cwd, 'a/circle'));
  symlinkSync(outside, join(cwd, 'outside'));
  symlinkSync('gone', join(cwd, 'dangling.js'));
  symlinkSync('self', join(cwd, 'self'));
  const { report, code } = await lintJson(cwd);
  assert.deepEqual([files(report), report.files, code], [['a/b.js'], 1, 1]);
});

test('names with spaces, quotes, non-ASCII, a line feed', async () => {
  const names = ['a b.js', `it's "x".js`, 'ünïcödé 文件.js', 'line\nfeed.js', '$(x).js', '[id].js', '::error::.js', '%41.js'];
  const cwd = project(Object.fromEntries(names.map(name => [`d i r/${name}`, blocking])));
  const { report, code } = await lintJson(cwd);
  assert.equal(code, 1);
  assert.deepEqual(files(report).sort(), names.map(name => `d i r/${name}`).sort());
  assert.deepEqual(files((await lintJson(cwd, ['d i r/[id].js'])).report), ['d i r/[id].js']);
  const { stdout } = await looplens(['lint', '-f', 'unix'], { cwd });
  assert.equal(stdout.split('\n').filter(line => line.includes('[error/blocking-fs]')).length, names.length);
});

test('nothing to do: an empty folder, only declarations, --pass-on-no-patterns', async () => {
  for (const cwd of [project({}), project({ 'a.d.ts': 'declare const x: 1;\n', 'b.d.mts': 'export {};\n' })]) {
    const { report, code } = await lintJson(cwd);
    assert.deepEqual([report.files, report.findings, code], [0, [], 0]);
  }
  assert.equal((await lintJson(project({ 'a.js': blocking }), ['--pass-on-no-patterns'])).report.files, 0);
});

test('imports in circles', async () => {
  const cwd = project({
    'a.js': "import express from 'express';\nimport { b } from './b.js';\nexport * from './b.js';\nexport function a() { return b(); }\nexpress().get('/', () => a());\n",
    'b.js': "import { a } from './a.js';\nimport { c } from './c.js';\nexport * from './a.js';\nexport function b() { return Math.random() ? a() : c(); }\n",
    'c.js': "import fs from 'fs';\nimport './c.js';\nexport * from './b.js';\nexport function c() { return fs.readFileSync('x'); }\n",
  });
  const { report } = await lintJson(cwd);
  assert.deepEqual(report.findings.map(finding => [finding.file, finding.line]), [['c.js', 4]]);
});

test('3,000 files', async () => {
  const many = Object.fromEntries(Array.from({ length: 3000 }, (_, i) => [`d${i % 50}/f${i}.js`, i % 1000 === 0 ? blocking : `import { x${i - 1} } from '../d${(i + 49) % 50}/f${i - 1}.js';\nexport const x${i} = () => x${i - 1}();\n`]));
  const cwd = project(many);
  const { report, code } = await lintJson(cwd);
  assert.deepEqual([report.files, report.findings.length, report.errors.length, code], [3000, 3, 0, 1]);
  const warm = await lintJson(cwd, ['--stats']);
  assert.match(warm.stderr, /nothing changed/);
  assert.deepEqual(warm.report.findings, report.findings);
});

test('a generated file of 5 MB', async () => {
  const line = 'export const table_$ = { key: "value", list: [1, 2, 3], f(x) { return x + 1; } };\n';
  let text = '';
  for (let i = 0; text.length < 5_000_000; i++) text += line.replace('$', String(i));
  const { report, code } = await lintJson(project({ 'big.js': text, 'one-line.js': `const a = [${'0,'.repeat(1_000_000)}];`, 'a.js': blocking }));
  assert.deepEqual([files(report), report.errors, code], [['a.js'], [], 1]);
});

test('100,000 nested brackets: an error of that file, not of the program', async () => {
  const deep = (open: string, close: string): string => open.repeat(100_000) + close.repeat(100_000);
  const { report, code, stderr } = await lintJson(project({ 'a.js': blocking, 'b.js': deep('[', ']'), 'c.js': deep('(', ')'), 'd.js': deep('{', '}'), 'e.js': '['.repeat(100_000), 'f.ts': `let x: ${deep('(', ')')};` }));
  assert.equal(code, 1, stderr);
  assert.deepEqual(files(report), ['a.js']);
  assert.deepEqual([...new Set(report.errors.map(error => error.file))], ['b.js', 'c.js', 'd.js', 'e.js', 'f.ts']);
  assert.doesNotMatch(stderr, /\n {4}at /);
});

test('a folder and a file that may not be read: named, the rest analysed, exit code 2', async () => {
  const cwd = project({ 'a.js': blocking, 'secret/b.js': blocking, 'c.js': blocking });
  chmodSync(join(cwd, 'secret'), 0);
  chmodSync(join(cwd, 'c.js'), 0);
  const isRoot = process.getuid?.() === 0;
  for (let directory = cwd; isRoot && directory.length > 5; directory = join(directory, '..')) chmodSync(directory, statSync(directory).mode | 0o055);
  const { report, code, stderr } = await lintJson(cwd, [], isRoot ? { uid: 65534 } : {});
  chmodSync(join(cwd, 'secret'), 0o755);
  assert.equal(code, 2);
  assert.deepEqual(files(report), ['a.js']);
  assert.match(stderr, /^looplens: secret: cannot read this folder \(EACCES\)$/m);
  assert.deepEqual(report.errors.map(({ file, message }) => [file, message]), [['c.js', 'cannot be read (EACCES)']]);
});

test('odd bytes: a BOM, CRLF, UTF-16, NUL, what is no UTF-8, an empty file', async () => {
  const cwd = project({
    'bom.js': `\uFEFF${blocking}`,
    'crlf.js': blocking.replaceAll('\n', '\r\n'),
    'empty.js': '',
    'latin1.js': Buffer.concat([Buffer.from('// \xE9\n', 'latin1'), Buffer.from(blocking)]),
    'separators.js': `// a\u2028${blocking}`,
    'shebang.js': `#!/usr/bin/env node\n${blocking}`,
  });
  const { report, code } = await lintJson(cwd);
  assert.deepEqual([report.errors, code], [[], 1]);
  assert.deepEqual(report.findings.map(({ file, line, column }) => [file, line, column]), [['bom.js', 3, 43], ['crlf.js', 3, 43], ['latin1.js', 4, 43], ['separators.js', 4, 43], ['shebang.js', 4, 43]]);
  const binary = await lintJson(project({ 'a.js': blocking, 'nul.js': '\0\0\0', 'utf16.js': Buffer.from(blocking, 'utf16le'), 'noise.ts': Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * 7919 + (i >> 3)) % 256)) }));
  assert.equal(binary.code, 1);
  assert.ok(files(binary.report).includes('a.js'));
  assert.doesNotMatch(binary.stderr, /\n {4}at /);
});

test('package.json and tsconfig.json that are damaged or odd do no harm', async () => {
  for (const text of ['{', '[]', 'null', '{"exports": {"..": 1}, "workspaces": 7, "imports": []}', '']) {
    const { code, report, stderr } = await lintJson(project({ 'a.js': blocking, 'package.json': text, 'tsconfig.json': text || '{"extends": "./tsconfig.json", "compilerOptions": {"paths": {"a": "b"}, "baseUrl": 3}}' }));
    assert.deepEqual([code, files(report)], [1, ['a.js']], `${text} ${stderr}`);
  }
});

test('a change of the lock file changes what is found, with the cache as well', async () => {
  const lock = (version: string): string => JSON.stringify({ lockfileVersion: 3, packages: { '': { dependencies: { express: '*' } }, 'node_modules/express': { version } } });
  const cwd = project({ 'a.js': "const app = require('express')();\napp.get('/', async (req, res) => {\n  res.send(await fetch('http://a'));\n});\n", 'package.json': '{ "dependencies": { "express": "*" } }', 'package-lock.json': lock('4.21.2'), 'node_modules/': '' });
  const found = async (): Promise<boolean> => (await lintJson(cwd)).report.findings.some(({ rule }) => rule === 'async-express4-handler');
  assert.equal(await found(), true);
  writeFileSync(join(cwd, 'package-lock.json'), lock('5.1.0'));
  assert.equal(await found(), false);
  writeFileSync(join(cwd, 'package-lock.json'), lock('4.21.2').slice(0, -9));
  assert.equal(await found(), false);
  writeFileSync(join(cwd, 'package-lock.json'), lock('4.21.2'));
  assert.equal(await found(), true);
});

test('the working directory does not change what is found', async () => {
  const cwd = project({ 'pkg/src/a.js': handlerOf('./b.js', 'load'), 'pkg/src/b.js': "const fs = require('fs');\nexports.load = () => fs.readFileSync('x');\n", 'other/': '' });
  const prints = async (from: string, path: string): Promise<unknown> => (await lintJson(join(cwd, from), [path])).report.findings.map(({ rule, line, path: way }) => [rule, line, way.length]);
  const expected = [['blocking-fs', 2, 3]];
  assert.deepEqual(await prints('.', '.'), expected);
  assert.deepEqual(await prints('pkg/src', '.'), expected);
  assert.deepEqual(await prints('other', '../pkg'), expected);
  assert.deepEqual(await prints('pkg', join(cwd, 'pkg')), expected);
});

test('from a folder below the project: tsconfig paths, names from the working directory, the same fingerprints, fixes', async () => {
  const cwd = project({
    '.git/HEAD': 'ref',
    'tsconfig.json': '{ "compilerOptions": { "paths": { "@/*": ["./app/src/*"] } } }',
    'app/src/a.ts': "import express from 'express';\nimport { load } from '@/b';\nexpress().get('/', async (req, res) => res.send(await load()));\n",
    'app/src/b.ts': "import { readFileSync } from 'node:fs';\nexport async function load() {\n  return readFileSync('x');\n}\n",
  });
  const above = (await lintJson(cwd)).report.findings;
  const below = (await lintJson(join(cwd, 'app'))).report.findings;
  assert.deepEqual(above.map(finding => [finding.file, ...finding.path.map(step => step.file)]), [['app/src/b.ts', 'app/src/a.ts', 'app/src/a.ts', 'app/src/b.ts']]);
  assert.deepEqual(below.map(finding => [finding.file, ...finding.path.map(step => step.file)]), [['src/b.ts', 'src/a.ts', 'src/a.ts', 'src/b.ts']]);
  assert.deepEqual(below.map(finding => finding.fingerprint), above.map(finding => finding.fingerprint));
  assert.deepEqual(files((await lintJson(join(cwd, 'app'), ['--fix'])).report), []);
  assert.match(readFileSync(join(cwd, 'app/src/b.ts'), 'utf8'), /await /);
  assert.match((await looplens(['lint'], { cwd: join(cwd, 'app') })).stdout, /nothing found/);
});
