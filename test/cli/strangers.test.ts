import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, test } from 'node:test';
import { blocking, lintJson, looplens, project } from './built-cli.ts';

// Workspaces that somebody made to do harm: whatever lies in one, the rest is analysed, nothing waits, nothing outside is shown.

describe('a file that has no end, or nobody at its other end', () => {
  for (const name of ['.nvmrc', '.node-version', '.gitignore', 'looplens-suppressions.json', 'package.json', 'tsconfig.json', 'package-lock.json', 'yarn.lock', 'pnpm-lock.yaml', 'Procfile', 'Dockerfile', 'sub/.gitignore', 'sub/package.json', 'sub/tsconfig.json', 'src/evil.js']) {
    for (const kind of ['a link to /dev/zero', 'a pipe'] as const) {
      test(`${name} is ${kind}`, async () => {
        const cwd = project({ 'a.js': blocking, 'sub/b.js': 'export {};\n', '.git/HEAD': 'ref: x\n' });
        const path = join(cwd, name);
        mkdirSync(dirname(path), { recursive: true });
        if (kind === 'a pipe') execFileSync('mkfifo', [path]);
        else symlinkSync('/dev/zero', path);
        const { code, report, stderr } = await lintJson(cwd);
        assert.deepEqual(report.findings.map(({ file }) => file), ['a.js'], stderr);
        assert.equal(code, 1, stderr);
      });
    }
  }

  for (const [what, target] of [['/dev/zero', '/dev/zero'], ['a pipe', './fifo'], ['a file outside', '../../outside.json'], ['an absolute file', '/etc/hostname'], ['a link that leads out', './link.json']] as const) {
    test(`"extends" names ${what}`, async () => {
      const cwd = project({ 'a.js': blocking, '.git/HEAD': 'ref: x\n', 'looplens.config.json': JSON.stringify({ extends: target }), '../outside.json': '{ "rules": { "secret-rule-name": "error" } }' });
      execFileSync('mkfifo', [join(cwd, 'fifo')]);
      symlinkSync('../../outside.json', join(cwd, 'link.json'));
      const { code, stderr } = await looplens(['lint'], { cwd });
      assert.equal(code, 2);
      assert.match(stderr, /looplens\.config\.json:1:\d+: "extends": (?:".*" lies outside of the workspace; name a file|there is no file)/);
      assert.doesNotMatch(stderr, /secret/);
    });
  }
});

test('"extends" finds a package of the workspace', async () => {
  const cwd = project({
    'a.js': blocking,
    '.git/HEAD': 'ref: x\n',
    'looplens.config.json': '{ "extends": ["acme/strict.json", "@acme/config"] }',
    'node_modules/acme/strict.json': '{ "rules": { "blocking-fs": "warn" } }',
    'node_modules/@acme/config/looplens.config.json': '{ "rules": { "busy-wait": "off" } }',
  });
  const { report } = await lintJson(cwd);
  assert.deepEqual(report.findings.map(({ rule, severity }) => [rule, severity]), [['blocking-fs', 'warn']]);
});

describe('manifests', () => {
  for (const [name, text] of [['package.json', '{"a":'.repeat(5000)], ['package.json', '['.repeat(100_000)], ['package.json', 'null'], ['package.json', '{"name": 1, "workspaces": {"packages": [[]]}, "exports": {"a": {"b": []}}, "scripts": [], "bin": 3, "main": {}}'], ['tsconfig.json', '{"compilerOptions":'.repeat(5000)], ['tsconfig.json', '{"extends": ["./tsconfig.json"], "compilerOptions": {"paths": 1}}'], ['package-lock.json', '{"packages":'.repeat(5000)], ['yarn.lock', '"a\n'.repeat(1000)], ['pnpm-lock.yaml', '- '.repeat(5000)], ['Procfile', 'web: node '.repeat(20_000)]] as const) {
    test(`${name} is ${text.slice(0, 20)}…`, async () => {
      const { code, report, stderr } = await lintJson(project({ 'a.js': blocking, [name]: text }));
      assert.deepEqual([code, report.findings.map(({ file }) => file)], [1, ['a.js']], stderr);
    });
  }

  for (const text of ['['.repeat(50_000), '{"rules":'.repeat(20_000)]) {
    test(`looplens.config.json is ${text.slice(0, 10)}…`, async () => {
      const { code, stderr } = await looplens(['lint'], { cwd: project({ 'a.js': blocking, 'looplens.config.json': text }) });
      assert.equal(code, 2);
      assert.match(stderr, /looplens\.config\.json:\d+:\d+: /);
      assert.doesNotMatch(stderr, /an error of Looplens itself/);
    });
  }
});

describe('names of files', () => {
  for (const name of [`process${'-'.repeat(200)}.txt`, `ecosystem${'.a-'.repeat(60)}.jsn`, `Dockerfile${'.'.repeat(200)}`, `${'a.'.repeat(100)}Dockerfil`, `looplens.config${'.'.repeat(150)}json`, `tsconfig${'.a'.repeat(90)}.jso`, `${'-'.repeat(240)}.js`, 'a\u202Etxt.js', 'a\nb.js', '[a](b).js', '<img src=x>.js', '\u001B[31mred.js', '::error file=x::y.js']) {
    test(JSON.stringify(name.slice(0, 30)), async () => {
      const { code, report, stderr } = await lintJson(project({ 'a.js': blocking, [name]: 'export {};\n' }));
      assert.deepEqual([code, report.findings.map(({ file }) => file)], [1, ['a.js']], stderr);
    });
  }

  test('one that is not UTF-8 is told, and the rest is analysed', async () => {
    const cwd = project({ 'a.js': blocking });
    writeFileSync(Buffer.concat([Buffer.from(`${cwd}/b`), Buffer.from([0xff, 0xfe]), Buffer.from('.js')]), blocking);
    const { code, report, stderr } = await lintJson(cwd);
    assert.deepEqual([code, report.findings.map(({ file }) => file)], [1, ['a.js']], stderr);
    assert.match(stderr, /1 file or folder has a name that is not UTF-8/);
  });
});
