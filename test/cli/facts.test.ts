import assert from 'node:assert/strict';
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { lintJson, looplens, project } from './built-cli.ts';

const files = {
  'package.json': '{ "workspaces": ["packages/*"] }',
  'packages/api/package.json': '{ "name": "api", "dependencies": { "store": "*" } }',
  'packages/api/index.js': "import express from 'express';\nimport { load } from 'store';\nexpress().get('/', (req, res) => res.send(load()));\n",
  'packages/store/package.json': '{ "name": "store", "exports": "./index.ts" }',
  'packages/store/index.ts': "import { readFileSync } from 'node:fs';\nexport const load = (): string => readFileSync('x', 'utf8');\n",
};

const parsed = async (cwd: string, ...args: string[]): Promise<string> => /parsed (\d+), from the cache (\d+)/.exec((await looplens(['lint', '--no-cache', '--stats', ...args], { cwd })).stderr)?.slice(1).join('+') ?? 'nothing';

test('facts are bytes of the texts alone: not of the folder, the order or the time', async () => {
  const [here, there] = [project(files), project({ 'else/where/x.txt': '' })];
  cpSync(join(here, 'packages'), join(there, 'else/where'), { recursive: true });
  assert.equal((await looplens(['facts', 'packages/api', 'packages/store', '--out', 'a.facts'], { cwd: here })).stdout, 'wrote a.facts: the facts of 2 files\n');
  await looplens(['facts', 'store', 'api', '--out', 'b.facts'], { cwd: join(there, 'else/where') });
  assert.deepEqual(readFileSync(join(here, 'a.facts')), readFileSync(join(there, 'else/where/b.facts')));
});

test('lint --facts parses nothing that is in them, and finds the same', async () => {
  const cwd = project(files);
  const whole = (await lintJson(cwd, ['--no-cache'])).report.findings;
  assert.equal(whole.length, 1);
  for (const name of ['api', 'store']) await looplens(['facts', '.', '--out', '.turbo/looplens.facts'], { cwd: join(cwd, 'packages', name) });
  assert.equal(await parsed(cwd), '2+0');
  assert.equal(await parsed(cwd, '--facts', 'packages/*/.turbo/looplens.facts'), '0+2');
  assert.deepEqual((await lintJson(cwd, ['--no-cache', '--facts', 'packages/*/.turbo/looplens.facts'])).report.findings, whole);
  // A clone elsewhere restores them and parses nothing.
  const clone = project({});
  cpSync(cwd, clone, { recursive: true });
  assert.equal(await parsed(clone, '--facts', 'packages/*/.turbo/looplens.facts'), '0+2');
  // One package changes: only that one is parsed, and the answer is of the new text.
  writeFileSync(join(clone, 'packages/store/index.ts'), "export const load = (): string => 'x';\n");
  assert.equal(await parsed(clone, '--facts', 'packages/*/.turbo/looplens.facts'), '1+1');
  assert.deepEqual((await lintJson(clone, ['--no-cache', '--facts', 'packages/*/.turbo/looplens.facts'])).report.findings, []);
});

test('facts that are missing, damaged or of another version are told, and the files parsed', async () => {
  const cwd = project(files);
  await looplens(['facts', '--out', 'all.facts'], { cwd });
  const bytes = readFileSync(join(cwd, 'all.facts'));
  for (const content of [Buffer.from('nothing'), bytes.subarray(0, bytes.length >> 1), Buffer.from(bytes.toString('latin1').replace('looplens facts 1', 'looplens facts 0'), 'latin1')]) {
    writeFileSync(join(cwd, 'all.facts'), content);
    const { code, stderr } = await lintJson(cwd, ['--no-cache', '--facts', 'all.facts']);
    assert.equal(code, 1);
    assert.match(stderr, /all\.facts holds no facts of this version/);
  }
  rmSync(join(cwd, 'all.facts'));
  assert.match((await looplens(['lint', '--facts', 'all.facts'], { cwd })).stderr, /holds no facts/);
  assert.equal((await looplens(['facts'], { cwd })).code, 2);
});
