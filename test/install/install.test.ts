import assert from 'node:assert/strict';
import { execFile, execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { installNode } from '../../scripts/lib/install-node.mjs';
import { installTools } from '../../scripts/lib/install-tool.mjs';

// What a user does: the packed tarball, installed by a real package manager into an empty project, and the README's lines typed.

const home = mkdtempSync(join(tmpdir(), 'looplens-install-'));
after(() => rmSync(home, { recursive: true, force: true }));

interface Packed {
  readonly tarball: string;
  readonly unpackedSize: number;
  readonly files: readonly string[];
}

const packed = JSON.parse(execFileSync(process.execPath, ['scripts/pack.mjs', home], { encoding: 'utf8' })) as Packed;

const program: Readonly<Record<string, string>> = {
  'package.json': '{ "name": "app", "version": "1.0.0", "private": true }\n',
  'server.js': "const express = require('express');\nconst { load } = require('./lib');\nexpress().get('/a', (req, res) => res.send(load())).listen(3000);\n",
  'lib.js': "const fs = require('node:fs');\nexports.load = () => fs.readFileSync('x.html', 'utf8');\n",
  'order.js': "setTimeout(() => console.log('timer'));\nprocess.nextTick(() => console.log('tick'));\nconsole.log('main');\n",
};

function emptyProject(name: string): string {
  const folder = join(home, name);
  mkdirSync(folder);
  for (const [path, text] of Object.entries(program)) writeFileSync(join(folder, path), text);
  return folder;
}

interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

// The optional dependency comes from where npm gets its packages here.
const registry = execFileSync('npm', ['config', 'get', 'registry'], { encoding: 'utf8', shell: process.platform === 'win32' }).trim();
const certificates = process.env['NODE_EXTRA_CA_CERTS'];
const environment = { PATH: process.env['PATH'] ?? '', HOME: home, npm_config_cache: join(home, 'npm-cache'), npm_config_registry: registry, YARN_REGISTRY: registry, YARN_NPM_REGISTRY_SERVER: registry, COREPACK_ENABLE_STRICT: '0', ...(certificates && { NODE_EXTRA_CA_CERTS: certificates, YARN_HTTPS_CA_FILE_PATH: certificates }) };

function run(command: string, args: readonly string[], cwd: string, env: Readonly<Record<string, string>> = {}): Promise<Ran> {
  return new Promise(resolve => {
    execFile(command, args, { cwd, env: { ...environment, ...env } }, (error, stdout, stderr) => resolve({ code: error ? (typeof error.code === 'number' ? error.code : 127) : 0, stdout, stderr }));
  });
}

/** Everything the README tells to type; `looplens` runs the installed command with arguments. */
async function typeReadme(looplens: (args: readonly string[]) => Promise<Ran>): Promise<void> {
  const version = (JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }).version;
  assert.deepEqual(await looplens(['--version']), { code: 0, stdout: `${version}\n`, stderr: '' });
  const lint = await looplens(['lint']);
  assert.equal(lint.code, 1, lint.stderr);
  assert.match(lint.stdout, /lib\.js:2:22 {2}error {2}blocking-fs[^]*GET \/a handler[^]*1 error/);
  assert.equal((await looplens(['lint', 'lib.js'])).code, 1);
  const explained = await looplens(['explain', 'order.js']);
  assert.equal(explained.code, 0, explained.stderr);
  assert.match(explained.stdout, /main[^]*tick[^]*timer/);
  assert.match((await looplens(['explain', 'order.js', '--format', 'html'])).stdout, /^<!doctype html>/i);
  const rules = await looplens(['rules', 'blocking-fs']);
  assert.match(rules.stdout, /readFileSync/);
  assert.equal((await looplens(['init'])).stdout, 'wrote looplens.config.jsonc\n');
  assert.equal((await looplens(['lint', '--rule', 'blocking-fs:off'])).code, 0);
}

/** Starts the language server as an editor does and returns what it answers to `initialize`. */
function initialize(command: string, args: readonly string[], cwd: string): Promise<{ readonly result: { readonly serverInfo?: { readonly name: string } } }> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...args, 'lsp', '--stdio'], { cwd, env: environment, stdio: ['pipe', 'pipe', 'inherit'] });
    const send = (message: object): void => {
      const body = JSON.stringify({ jsonrpc: '2.0', ...message });
      child.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
    };
    let text = '';
    let answer: { result: { serverInfo?: { name: string } } } | null = null;
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      const found = /\{.*"id":1\b.*?\}(?=Content-Length|$)/s.exec(text);
      if (!answer && found) {
        answer = JSON.parse(found[0]) as typeof answer;
        send({ method: 'initialized', params: {} });
        send({ id: 2, method: 'shutdown' });
        send({ method: 'exit' });
      }
    });
    child.on('error', reject).on('close', code => (answer && code === 0 ? resolve(answer) : reject(new Error(`the server ended with ${code}: ${text}`))));
    send({ id: 1, method: 'initialize', params: { processId: null, rootUri: null, capabilities: {} } });
  });
}

test('the tarball holds only what runs: no source maps, no sources, the licences of what is bundled', () => {
  const unwanted = packed.files.filter(path => /\.map$|\.ts$|^(?:server|client|test|scripts|node_modules|examples|media)\//.test(path));
  assert.deepEqual(unwanted, []);
  for (const path of ['LICENSE', 'README.md', 'CHANGELOG.md', 'dist/cli.js', 'dist/explain-worker.js', 'dist/webview.js', 'dist/THIRD-PARTY-NOTICES.txt', 'schema/looplens.config.schema.json', 'dist/rules/blocking-fs.md']) assert.ok(packed.files.includes(path), path);
});

describe('installed with npm', () => {
  const cwd = emptyProject('npm');
  const bin = join(cwd, 'node_modules', '.bin', 'looplens');
  before(() => void execFileSync('npm', ['install', '--offline', '--no-audit', '--no-fund', '-D', packed.tarball], { cwd, env: environment, stdio: ['ignore', 'ignore', 'inherit'] }));

  test('npx runs every line of the README', () => typeReadme(args => run('npx', ['--no-install', 'looplens', ...args], cwd)));
  test('the command is a program by itself', async () => {
    assert.ok((statSync(bin).mode & 0o111) !== 0);
    assert.equal((await run(bin, ['--version'], cwd)).code, 0);
  });
  test('it serves an editor', async () => assert.equal((await initialize(bin, [], cwd)).result.serverInfo?.name, 'looplens'));

  for (const major of [22, 24]) {
    test(`on Node ${major}`, async () => {
      const node = await installNode(major);
      const cli = join(cwd, 'node_modules', 'looplens', 'dist', 'cli.js');
      rmSync(join(cwd, 'looplens.config.jsonc'), { force: true });
      await typeReadme(args => run(node, [cli, ...args], cwd));
      assert.equal((await initialize(node, [cli], cwd)).result.serverInfo?.name, 'looplens');
    });
  }
});

for (const [name, spec, script, add, exec, files] of [
  ['pnpm', 'pnpm@10.34.9', 'pnpm/bin/pnpm.cjs', ['add', '-D'], ['exec', 'looplens'], {}],
  ['yarn 1', 'yarn@1.22.22', 'yarn/bin/yarn.js', ['add', '-D', '--no-lockfile'], ['--silent', 'looplens'], {}],
  ['yarn 4', '@yarnpkg/cli-dist@4.18.1', '@yarnpkg/cli-dist/bin/yarn.js', ['add', '-D'], ['exec', 'looplens'], { '.yarnrc.yml': 'nodeLinker: node-modules\nenableTelemetry: false\n', 'yarn.lock': '' }],
  ["yarn 4 with Plug'n'Play", '@yarnpkg/cli-dist@4.18.1', '@yarnpkg/cli-dist/bin/yarn.js', ['add', '-D'], ['exec', 'looplens'], { '.yarnrc.yml': 'nodeLinker: pnp\nenableTelemetry: false\n', 'yarn.lock': '' }],
] as const) {
  test(`installed with ${name}`, async () => {
    const tool = join(await installTools([spec]), 'node_modules', script);
    const cwd = emptyProject(name.replace(/\W+/g, '-'));
    for (const [path, text] of Object.entries(files)) writeFileSync(join(cwd, path), text);
    const tarball = name.startsWith('yarn 4') ? `looplens@file:${packed.tarball}` : packed.tarball;
    const added = await run(process.execPath, [tool, ...add, tarball], cwd);
    assert.equal(added.code, 0, `${added.stdout}\n${added.stderr}`);
    await typeReadme(args => run(process.execPath, [tool, ...exec, ...args], cwd));
  });
}
