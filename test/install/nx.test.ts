import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { installTools } from '../../scripts/lib/install-tool.mjs';

// examples/monorepo with the real Nx: its cache on the disk, and a remote one by Nx's protocol for caches of one's own
// (https://nx.dev/recipes/running-tasks/self-hosted-caching: GET and PUT /v1/cache/{hash}).

const home = mkdtempSync(join(tmpdir(), 'looplens-nx-'));
after(() => rmSync(home, { recursive: true, force: true }));

test('the facts of packages come from the cache of Nx, here and on another machine', async t => {
  const tools = await installTools(['nx@24.0.6']);
  const { tarball } = JSON.parse(execFileSync(process.execPath, ['scripts/pack.mjs', home], { encoding: 'utf8' })) as { tarball: string };
  const looplens = join(home, 'looplens');
  mkdirSync(looplens);
  execFileSync('tar', ['-xzf', tarball, '--strip-components=1', '-C', looplens]);
  const stored = new Map<string, Buffer>();
  const server = createServer((request, response) => {
    const hash = /^\/v1\/cache\/(\w+)$/.exec(request.url ?? '')?.[1] ?? '';
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      if (request.method === 'PUT') {
        stored.set(hash, Buffer.concat(chunks));
        response.writeHead(200).end();
      } else if (stored.has(hash)) response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(stored.get(hash));
      else response.writeHead(404).end();
    });
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });

  const clone = (name: string): string => {
    const cwd = join(home, name);
    cpSync('examples/monorepo', cwd, { recursive: true, filter: path => !/node_modules|\.turbo|\.looplens|\.nx/.test(path) });
    mkdirSync(join(cwd, 'node_modules', '.bin'), { recursive: true });
    // Nx wants to be installed in the workspace that it runs in.
    for (const entry of ['nx', '@nx']) symlinkSync(join(tools, 'node_modules', entry), join(cwd, 'node_modules', entry));
    symlinkSync(looplens, join(cwd, 'node_modules', 'looplens'));
    writeFileSync(join(cwd, 'node_modules', '.bin', 'looplens'), `#!/bin/sh\nexec "${process.execPath}" "${looplens}/dist/cli.js" "$@"\n`, { mode: 0o755 });
    writeFileSync(join(cwd, 'package-lock.json'), JSON.stringify({ name: 'looplens-monorepo-example', lockfileVersion: 3, requires: true, packages: { '': { workspaces: ['packages/*'] }, 'node_modules/api': { resolved: 'packages/api', link: true }, 'node_modules/store': { resolved: 'packages/store', link: true }, 'packages/api': { version: '1.0.0', dependencies: { store: '*' } }, 'packages/store': { version: '1.0.0' } } }));
    writeFileSync(join(cwd, '.gitignore'), 'node_modules\n.nx\n.looplens\n');
    execFileSync('git', ['init', '-q'], { cwd });
    return cwd;
  };
  const nx = async (cwd: string): Promise<string> => {
    const child = spawn(process.execPath, [join(tools, 'node_modules/nx/dist/bin/nx.js'), 'run-many', '-t', 'looplens:facts', '--outputStyle=static'], {
      cwd,
      env: { PATH: `${join(cwd, 'node_modules', '.bin')}:${process.env['PATH'] ?? ''}`, HOME: join(home, 'user', cwd.replaceAll('/', '_')), CI: 'true', NX_DAEMON: 'false', NX_NO_CLOUD: 'true', NX_SKIP_NX_CACHE: 'false', NX_SELF_HOSTED_REMOTE_CACHE_SERVER: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, NX_SELF_HOSTED_REMOTE_CACHE_ACCESS_TOKEN: 'a-token-of-this-test', NO_COLOR: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (output += text));
    const code = await new Promise<number | null>(resolve => child.once('close', resolve));
    assert.equal(code, 0, output);
    return output;
  };
  const lint = (cwd: string): string => {
    let stderr = '';
    try {
      execFileSync(process.execPath, [join(looplens, 'dist/cli.js'), 'lint', '--no-cache', '--stats', '--facts', 'packages/*/.looplens/facts'], { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], env: { PATH: process.env['PATH'] ?? '', HOME: home } });
    } catch (error) {
      const { status, stdout, stderr: told } = error as { status: number; stdout: string; stderr: string };
      stderr = told;
      assert.equal(status, 1, told);
      assert.match(stdout, /packages\/store\/index\.js:3:27/);
    }
    return /parsed \d+, from the cache \d+/.exec(stderr)![0];
  };
  const facts = (cwd: string, name: string): Buffer => readFileSync(join(cwd, `packages/${name}/.looplens/facts`));

  const first = clone('first');
  assert.doesNotMatch(await nx(first), /from cache|local cache|remote cache/i);
  assert.equal(lint(first), 'parsed 0, from the cache 2');
  assert.equal(stored.size, 2);

  // What was made is removed: Nx has it.
  const made = ['api', 'store'].map(name => facts(first, name));
  for (const name of ['api', 'store']) rmSync(join(first, `packages/${name}/.looplens`), { recursive: true });
  assert.match(await nx(first), /2 out of 2 tasks/);
  assert.deepEqual(['api', 'store'].map(name => facts(first, name)), made);

  const second = clone('deep/er/second');
  assert.match(await nx(second), /2 out of 2 tasks/);
  assert.equal(lint(second), 'parsed 0, from the cache 2');
  assert.deepEqual(['api', 'store'].map(name => facts(second, name)), made);

  // One package changes: only its facts are made anew.
  writeFileSync(join(second, 'packages/api/index.js'), `${readFileSync(join(second, 'packages/api/index.js'), 'utf8')}// changed\n`);
  assert.match(await nx(second), /1 out of 2 tasks/);
  assert.equal(lint(second), 'parsed 0, from the cache 2');
});
