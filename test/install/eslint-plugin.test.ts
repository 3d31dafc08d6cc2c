import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { after, describe, test } from 'node:test';
import { installTools } from '../../scripts/lib/install-tool.mjs';

// The packed plugin beside the packed Looplens, in real ESLints.

const home = mkdtempSync(join(tmpdir(), 'looplens-eslint-'));
after(() => rmSync(home, { recursive: true, force: true }));
const { tarball } = JSON.parse(execFileSync(process.execPath, ['scripts/pack.mjs', home], { encoding: 'utf8' })) as { tarball: string };
const files: Readonly<Record<string, string>> = {
  'package.json': '{ "type": "module" }',
  'server.js': "import express from 'express';\nimport { load } from './lib.js';\nexpress().get('/a', (req, res) => res.send(load()));\n",
  'lib.js': "import { readFileSync } from 'node:fs';\nexport const load = () => readFileSync('x.html', 'utf8');\n",
  'bom.js': "\uFEFFimport express from 'express';\nimport { readFileSync } from 'node:fs';\nexpress().get('/b', async (req, res) => res.send(readFileSync('x')));\n",
  'timers.js': "setTimeout(() => {}, 2 ** 31); // eslint-disable-line looplens/timer-delay-overflow\nsetTimeout(() => {}, Infinity);\n",
  'eslint.config.js': "import looplens from 'eslint-plugin-looplens';\nexport default [looplens.configs.recommended];\n",
};

interface Message {
  readonly ruleId: string;
  readonly line: number;
  readonly column: number;
  readonly endColumn: number;
  readonly severity: number;
  readonly message: string;
  readonly suggestions?: readonly { readonly desc: string; readonly fix: { readonly range: readonly [number, number]; readonly text: string } }[];
}

for (const version of ['9.39.1', '10.15.0']) {
  describe(`ESLint ${version}`, () => {
    const cwd = join(home, version);
    const prepare = async (): Promise<string> => {
      const tools = await installTools([`eslint@${version}`]);
      mkdirSync(join(cwd, 'node_modules'), { recursive: true });
      for (const [name, text] of Object.entries(files)) writeFileSync(join(cwd, name), text);
      symlinkSync(join(tools, 'node_modules', 'eslint'), join(cwd, 'node_modules', 'eslint'));
      mkdirSync(join(cwd, 'node_modules', 'looplens'));
      execFileSync('tar', ['-xzf', tarball, '--strip-components=1', '-C', join(cwd, 'node_modules', 'looplens')]);
      cpSync(resolve('packages/eslint-plugin-looplens'), join(cwd, 'node_modules', 'eslint-plugin-looplens'), { recursive: true });
      return join(tools, 'node_modules', 'eslint');
    };
    const ready = prepare();

    test('the findings of the whole project, on each file; disable comments of ESLint hold', async () => {
      const eslint = join(await ready, 'bin', 'eslint.js');
      const output = await new Promise<string>(done => execFile(process.execPath, [eslint, '--format', 'json', '.'], { cwd }, (_error, stdout, stderr) => done(stdout || stderr)));
      const results = JSON.parse(output) as { filePath: string; messages: Message[] }[];
      const found = results.flatMap(({ filePath, messages }) => messages.map(({ ruleId, line, column }) => `${filePath.slice(cwd.length + 1)}:${line}:${column} ${ruleId}`));
      assert.deepEqual(found.sort(), ['bom.js:3:50 looplens/blocking-fs', 'lib.js:2:27 looplens/blocking-fs', 'timers.js:2:22 looplens/timer-delay-overflow']);
    });

    test('text in an editor counts, also for other files; suggestions fit it', async () => {
      const { ESLint } = (await import(pathToFileURL(join(await ready, 'lib', 'api.js')).href)) as { ESLint: new (options: object) => { lintText(text: string, options: object): Promise<{ messages: Message[] }[]> } };
      const eslint = new ESLint({ cwd });
      const lint = async (name: string, text: string): Promise<readonly Message[]> => (await eslint.lintText(text, { filePath: join(cwd, name) }))[0]!.messages;
      assert.deepEqual(await lint('lib.js', "export const load = () => 'x';\n"), []);
      const [message] = await lint('bom.js', files['bom.js']!.replace('import express', '\n\nimport express'));
      assert.deepEqual([message!.ruleId, message!.line, message!.severity], ['looplens/blocking-fs', 5, 2]);
      assert.ok(message!.suggestions!.length > 0);
      assert.equal((await lint('lib.js', files['lib.js']!)).length, 1);
      writeFileSync(join(cwd, 'server.js'), '1;\n');
      await new Promise(done => setTimeout(done, 1100));
      assert.deepEqual(await lint('lib.js', files['lib.js']!), []);
    });

    test('a config that cannot be used is told, once a file', async () => {
      const broken = join(cwd, 'broken');
      mkdirSync(broken);
      writeFileSync(join(broken, 'looplens.config.json'), '{ "root": true, "rules": { "no-such": "off" } }');
      writeFileSync(join(broken, 'a.js'), '1;\n');
      const { ESLint } = (await import(pathToFileURL(join(await ready, 'lib', 'api.js')).href)) as { ESLint: new (options: object) => { lintFiles(paths: string[]): Promise<{ messages: Message[] }[]> } };
      const [result] = await new ESLint({ cwd: dirname(broken) }).lintFiles([join(broken, 'a.js')]);
      assert.deepEqual(result!.messages.map(({ message }) => /could not analyse the project: .*no rule "no-such"/.test(message)), [true]);
    });
  });
}

describe('oxlint', () => {
  test('its JavaScript plugins take ours as it is', async () => {
    const cwd = join(home, 'oxlint');
    const tools = await installTools(['oxlint@1.94.0']);
    mkdirSync(join(cwd, 'node_modules', 'looplens'), { recursive: true });
    for (const [name, text] of Object.entries(files)) writeFileSync(join(cwd, name), text);
    execFileSync('tar', ['-xzf', tarball, '--strip-components=1', '-C', join(cwd, 'node_modules', 'looplens')]);
    cpSync(resolve('packages/eslint-plugin-looplens'), join(cwd, 'node_modules', 'eslint-plugin-looplens'), { recursive: true });
    writeFileSync(join(cwd, '.oxlintrc.json'), JSON.stringify({ jsPlugins: ['eslint-plugin-looplens'], categories: { correctness: 'off' }, rules: { 'looplens/blocking-fs': 'error', 'looplens/timer-delay-overflow': 'warn' }, ignorePatterns: ['node_modules', 'eslint.config.js'] }));
    const output = await new Promise<string>(done => execFile(process.execPath, [join(tools, 'node_modules/oxlint/bin/oxlint'), '--format', 'json'], { cwd }, (_error, stdout, stderr) => done(stdout || stderr)));
    const { diagnostics } = JSON.parse(output) as { diagnostics: { code: string; severity: string; filename: string; labels: { span: { line: number; column: number } }[] }[] };
    const found = diagnostics.map(({ code, severity, filename, labels: [label] }) => `${filename}:${label!.span.line}:${label!.span.column} ${severity} ${code}`);
    assert.deepEqual(found.sort(), ['bom.js:3:50 error looplens(blocking-fs)', 'lib.js:2:27 error looplens(blocking-fs)', 'timers.js:2:22 warning looplens(timer-delay-overflow)']);
  });
});
