import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { installTools } from '../../scripts/lib/install-tool.mjs';

// examples/monorepo with the real Turborepo and a real remote cache: a second clone, in another folder, parses nothing.

const home = mkdtempSync(join(tmpdir(), 'looplens-turbo-'));
after(() => rmSync(home, { recursive: true, force: true }));

const freePort = (): Promise<number> =>
  new Promise(resolve => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });

test('the facts of packages travel through a remote cache', async t => {
  const tools = await installTools(['turbo@2.11.11', 'turborepo-remote-cache@2.12.0']);
  const { tarball } = JSON.parse(execFileSync(process.execPath, ['scripts/pack.mjs', home], { encoding: 'utf8' })) as { tarball: string };
  const looplens = join(home, 'looplens');
  mkdirSync(looplens);
  execFileSync('tar', ['-xzf', tarball, '--strip-components=1', '-C', looplens]);
  const port = await freePort();
  const token = 'a-token-of-this-test';
  const server = spawn(process.execPath, [join(tools, 'node_modules/turborepo-remote-cache/dist/cli.js')], {
    env: { PATH: process.env['PATH'] ?? '', PORT: String(port), TURBO_TOKEN: token, STORAGE_PROVIDER: 'local', STORAGE_PATH: join(home, 'store'), STORAGE_PATH_USE_TMP_FOLDER: 'false', LOG_LEVEL: 'error', NODE_ENV: 'production' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let complaints = '';
  server.stderr.setEncoding('utf8').on('data', (text: string) => (complaints += text));
  t.after(() => server.kill());
  while (!(await fetch(`http://127.0.0.1:${port}/v8/artifacts/status`, { headers: { authorization: `Bearer ${token}` } }).then(({ ok }) => ok, () => false))) {
    assert.equal(server.exitCode, null, complaints);
    await new Promise(resolve => setTimeout(resolve, 50));
  }

  const clone = (name: string): string => {
    const cwd = join(home, name);
    cpSync('examples/monorepo', cwd, { recursive: true, filter: path => !/node_modules|\.turbo|\.looplens/.test(path) });
    mkdirSync(join(cwd, 'node_modules', '.bin'), { recursive: true });
    symlinkSync(looplens, join(cwd, 'node_modules', 'looplens'));
    writeFileSync(join(cwd, 'node_modules', '.bin', 'looplens'), `#!/bin/sh\nexec "${process.execPath}" "${looplens}/dist/cli.js" "$@"\n`, { mode: 0o755 });
    writeFileSync(join(cwd, 'package-lock.json'), JSON.stringify({ name: 'looplens-monorepo-example', lockfileVersion: 3, requires: true, packages: { '': { workspaces: ['packages/*'] }, 'node_modules/api': { resolved: 'packages/api', link: true }, 'node_modules/store': { resolved: 'packages/store', link: true }, 'packages/api': { version: '1.0.0', dependencies: { store: '*' } }, 'packages/store': { version: '1.0.0' } } }));
    execFileSync('git', ['init', '-q'], { cwd });
    return cwd;
  };
  const turbo = (cwd: string): string => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(tools, 'node_modules/turbo/bin/turbo'), 'run', 'looplens:facts', '--no-daemon', `--api=http://127.0.0.1:${port}`, `--token=${token}`, '--team=team_test', '--output-logs=full'], {
      cwd,
      encoding: 'utf8',
      env: { PATH: `${join(cwd, 'node_modules', '.bin')}:${process.env['PATH'] ?? ''}`, HOME: home, TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1', CI: '1' },
    });
    assert.equal(status, 0, stdout + stderr);
    return stdout;
  };
  const lint = (cwd: string): string => {
    const { status, stderr, stdout } = spawnSync(process.execPath, [join(looplens, 'dist/cli.js'), 'lint', '--no-cache', '--stats', '--facts', 'packages/*/.looplens/facts'], { cwd, encoding: 'utf8', env: { PATH: process.env['PATH'] ?? '', HOME: home } });
    assert.equal(status, 1, stderr);
    assert.match(stdout, /packages\/store\/index\.js:3:27 {2}error {2}blocking-fs/);
    return /parsed \d+, from the cache \d+/.exec(stderr)![0];
  };

  const first = clone('first');
  assert.match(turbo(first), /Cached: +0 cached, 2 total/);
  assert.equal(lint(first), 'parsed 0, from the cache 2');

  const second = clone('deep/er/second');
  assert.match(turbo(second), /Cached: +2 cached, 2 total/);
  assert.equal(lint(second), 'parsed 0, from the cache 2');
  for (const name of ['api', 'store']) assert.deepEqual(readFileSync(join(second, `packages/${name}/.looplens/facts`)), readFileSync(join(first, `packages/${name}/.looplens/facts`)));

  // One package changes: only its facts are made anew.
  writeFileSync(join(second, 'packages/api/index.js'), `${readFileSync(join(second, 'packages/api/index.js'), 'utf8')}// changed\n`);
  assert.match(turbo(second), /Cached: +1 cached, 2 total/);
  assert.equal(lint(second), 'parsed 0, from the cache 2');
  assert.ok(existsSync(join(home, 'store')));
});
