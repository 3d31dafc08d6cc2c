import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { analyse, type Analysis, type AnalyseRequest } from '../../server/cli/analyse.ts';
import { analyseOrRecall } from '../../server/cli/recall-analysis.ts';
import { userCachePath } from '../../server/host/cache-place.ts';
import { looplens } from './built-cli.ts';

// A run may take from earlier ones whatever it likes, as long as nobody can tell: each answer equals that of a run without a cache.

const home = mkdtempSync(join(tmpdir(), 'looplens-cache-'));
after(() => rmSync(home, { recursive: true }));
let count = 0;

function folder(files: Readonly<Record<string, string>> = {}): string {
  const root = join(home, String(count++));
  mkdirSync(root);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

const blocking = "import express from 'express';\nimport { readFileSync } from 'node:fs';\nexpress().get('/', (req, res) => res.send(readFileSync('a')));\n";

const program = {
  '.git/HEAD': 'ref: refs/heads/main\n',
  'package.json': '{ "name": "shop", "dependencies": { "express": "^4.0.0" } }',
  'tsconfig.json': '{ "compilerOptions": { "paths": { "@/*": ["./src/*"] } } }',
  'looplens.config.json': '{ "extends": ["./base.json"] }',
  'base.json': '{ "rules": { "blocking-crypto": "off" } }',
  '.gitignore': 'ignored.js\n',
  'ignored.js': blocking,
  'src/a.ts': "import express from 'express';\nimport { load } from '@/b';\nexpress().get('/', (req, res) => res.send(load()));\n",
  'src/b.ts': "import { readFileSync } from 'node:fs';\nexport const load = () => readFileSync('x');\n",
  'src/c.js': 'export const c = 1;\n',
};

function requestIn(cwd: string, cachePath: string | null, more: Partial<AnalyseRequest> = {}): AnalyseRequest {
  return { paths: ['.'], cwd, stdin: null, config: null, configLookup: true, ruleOverrides: {}, confidence: 'likely', gitignore: true, ignorePatterns: [], cachePath, toolVersion: '0', ...more };
}

function answerOf({ findings, errors, problems, files, judged, ignoredByName }: Analysis): unknown {
  return JSON.parse(JSON.stringify({ findings, errors, problems, files, judged, ignoredByName }));
}

/** Whether the answer was kept from an earlier run; it has to be that of a run without a cache. */
async function isRecalled(cwd: string, cache: string, more: Partial<AnalyseRequest> = {}): Promise<boolean> {
  const cached = await analyseOrRecall(requestIn(cwd, cache, more));
  const fresh = await analyse(requestIn(cwd, null, more));
  assert.deepEqual(answerOf(cached), answerOf(fresh));
  return cached.stats.whole === true;
}

/** Changes of the disk after which the next run must not answer from the last one; what each does is told by its name. */
const changes: Readonly<Record<string, (path: (name: string) => string) => void>> = {
  'a source': path => writeFileSync(path('src/c.js'), blocking),
  'a source, to one of the same size and time': path => {
    const { atime, mtime } = statSync(path('src/b.ts'));
    writeFileSync(path('src/b.ts'), readFileSync(path('src/b.ts'), 'utf8').replace('readFileSync(', 'readFileXync('));
    utimesSync(path('src/b.ts'), atime, mtime);
  },
  'a new source': path => writeFileSync(path('src/d.js'), blocking),
  'a source that is gone': path => rmSync(path('src/b.ts')),
  'a source under another name': path => renameSync(path('src/b.ts'), path('src/e.ts')),
  'a source that is a link to another': path => {
    rmSync(path('src/b.ts'));
    symlinkSync('c.js', path('src/b.ts'));
  },
  'a config': path => writeFileSync(path('looplens.config.json'), '{ "rules": { "blocking-fs": "off" } }'),
  'a config that another extends': path => writeFileSync(path('base.json'), '{ "rules": { "blocking-fs": "warn" } }'),
  'a config that was not there': path => writeFileSync(path('src/looplens.config.json'), '{ "rules": { "blocking-fs": "info" } }'),
  'a config above': path => writeFileSync(path('../looplens.config.jsonc'), '{ "rules": { "blocking-fs": "off" } }'),
  'an ignore file': path => writeFileSync(path('.gitignore'), ''),
  'an ignore file that was not there': path => writeFileSync(path('src/.gitignore'), 'b.ts\n'),
  'a package': path => writeFileSync(path('package.json'), '{ "name": "shop" }'),
  'a tsconfig': path => writeFileSync(path('tsconfig.json'), '{}'),
  'a lock file that was not there': path => writeFileSync(path('package-lock.json'), '{ "lockfileVersion": 3, "packages": { "": {}, "node_modules/express": { "version": "5.1.0" } } }'),
  'the root of the repository': path => rmSync(path('.git'), { recursive: true }),
  'a folder that is gone': path => rmSync(path('src'), { recursive: true }),
};

for (const [name, change] of Object.entries(changes)) {
  test(`the report of the last run is not that of this one after a change of ${name}`, async () => {
    const cwd = join(folder(Object.fromEntries(Object.entries(program).map(([path, text]) => [`repository/${path}`, text]))), 'repository');
    const cache = join(folder(), 'facts');
    assert.equal(await isRecalled(cwd, cache), false);
    assert.equal(await isRecalled(cwd, cache), true, 'a second run');
    change(file => join(cwd, file));
    assert.equal(await isRecalled(cwd, cache), false);
    assert.equal(await isRecalled(cwd, cache), true, 'a second run after the change');
  });
}

test('the report is kept where nothing changed that the answer is made from', async () => {
  const cwd = folder(program);
  const cache = join(folder(), 'facts');
  assert.equal(await isRecalled(cwd, cache), false);
  // New times, the same contents, as after a checkout.
  for (const file of ['src/a.ts', 'src/b.ts', 'package.json']) utimesSync(join(cwd, file), 1e9, 1e9);
  writeFileSync(join(cwd, 'ignored.js'), '// nobody reads this\n');
  assert.equal(await isRecalled(cwd, cache), true);
  assert.equal(await isRecalled(cwd, cache, { ruleOverrides: { 'blocking-fs': 'off' } }), false, 'another rule');
  assert.equal(await isRecalled(cwd, cache, { paths: ['src/a.ts'] }), false, 'other paths');
  assert.equal(await isRecalled(cwd, cache, { toolVersion: '1' }), false, 'another version');
  assert.equal(await isRecalled(join(cwd, 'src'), cache), false, 'another working directory');
  assert.equal(await isRecalled(cwd, cache), true);
});

test('facts are taken from the cache file by file, and written where something changed', async () => {
  const cwd = folder(program);
  const cache = join(folder(), 'facts');
  const run = async (cachePath: string | null): Promise<readonly number[]> => {
    const { stats } = await analyseOrRecall(requestIn(cwd, cachePath));
    return [stats.parsed, stats.cached];
  };
  assert.deepEqual(await run(cache), [3, 0]);
  writeFileSync(join(cwd, 'src/c.js'), `// new\n${blocking}`);
  assert.deepEqual(await run(cache), [1, 2]);
  assert.deepEqual(await run(null), [3, 0]);
});

test('a cache that is damaged, cannot be read or cannot be written does no harm', async () => {
  const cwd = folder(program);
  const place = folder();
  const cache = join(place, 'facts');
  await isRecalled(cwd, cache);
  for (const damage of [Buffer.alloc(0), Buffer.from('not a cache'), Buffer.from(Array.from({ length: 999 }, (_, i) => i % 256))]) {
    for (const name of readdirSync(place)) writeFileSync(join(place, name), damage);
    assert.equal(await isRecalled(cwd, cache), false);
    assert.equal(await isRecalled(cwd, cache), true, 'it was replaced');
  }
  assert.equal(await isRecalled(cwd, folder()), false, 'a folder in its place');
});

test('reports of many requests do not pile up', async () => {
  const cwd = folder({ 'a.js': blocking });
  const place = folder();
  for (let i = 0; i < 20; i++) await analyseOrRecall(requestIn(cwd, join(place, 'facts'), { ignorePatterns: [`x${i}`] }));
  assert.equal(readdirSync(place).length, 13);
  assert.equal(await isRecalled(cwd, join(place, 'facts'), { ignorePatterns: ['x19'] }), true);
});

test('the place of the cache: the folder of the specification, one for each analysed folder, nothing in the tree', () => {
  const at = (path: string, env: Readonly<Record<string, string>> = { XDG_CACHE_HOME: '/cache' }): string => userCachePath(path, env)!;
  assert.match(at('/a/b'), /^\/cache\/looplens\/_a_b-[0-9a-f]{12}\/facts$/);
  assert.equal(new Set(['/a/b', '/a_b', '/a b', `/${'x'.repeat(90)}/b`, `/y${'x'.repeat(90)}/b`].map(path => at(path))).size, 5);
  assert.doesNotMatch(at('/a/b', { XDG_CACHE_HOME: 'relative' }), /relative/);
});

test('the command line: told by --stats, and what lies in the tree as a cache is not believed', async () => {
  const cwd = folder({ ...program, 'node_modules/.cache/looplens/facts': 'planted' });
  const env = { XDG_CACHE_HOME: folder() };
  const run = (args: readonly string[] = []): ReturnType<typeof looplens> => looplens(['lint', '--stats', ...args], { cwd, env });
  const cold = await run();
  assert.match(cold.stderr, /parsed 3, from the cache 0/);
  const warm = await run();
  assert.match(warm.stderr, /nothing changed/);
  const withoutTime = (text: string): string => text.replace(/[\d.]+ s\)\n/, '');
  assert.deepEqual([withoutTime(warm.stdout), warm.code], [withoutTime(cold.stdout), cold.code]);
  assert.match((await run(['--no-cache'])).stderr, /parsed 3/);
  assert.deepEqual(readdirSync(join(cwd, 'node_modules/.cache/looplens')), ['facts']);
  const [name] = readdirSync(join(env.XDG_CACHE_HOME, 'looplens'));
  assert.ok(existsSync(join(env.XDG_CACHE_HOME, 'looplens', name!, 'facts')));
});
