import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type BuildOptions } from 'esbuild';
import { createDeepExtractor } from '../../server/host/deep-extractor.ts';

const outdir = resolve('node_modules/.cache', `looplens-deep-${process.pid}`);
const worker = pathToFileURL(join(outdir, 'extract-worker.js'));

before(async () => {
  const { nodeOptions } = (await import(pathToFileURL(resolve('esbuild.mjs')).href)) as { nodeOptions: BuildOptions };
  await build({ ...nodeOptions, entryPoints: { 'extract-worker': 'server/host/extract-worker.ts' }, outdir, packages: 'external' });
});
after(() => rmSync(outdir, { recursive: true, force: true }));

test('reads what is too deep for the main thread', async () => {
  const extract = createDeepExtractor(2000, worker);
  const text = `${'function f(){'.repeat(20_000)}require('fs').readFileSync('a')${'}'.repeat(20_000)}`;
  const [deep, plain] = await Promise.all([extract('deep.js', text), extract('plain.js', 'a();')]);
  assert.equal(deep?.facts.functions.length, 20_001);
  assert.equal(plain?.facts.calls.length, 1);
});

test('leaves to the reference parser what is too deep for its own stack, too, and what has errors', async () => {
  const extract = createDeepExtractor(2000, worker);
  assert.equal(await extract('deep.js', '('.repeat(1_000_000)), null);
  assert.equal(await extract('broken.js', '('), null);
});

test('answers all questions when there is no thread', async () => {
  const extract = createDeepExtractor(2000, pathToFileURL(join(outdir, 'missing.js')));
  assert.deepEqual(await Promise.all([extract('a.js', 'a();'), extract('b.js', 'b();')]), [null, null]);
  assert.equal(await extract('c.js', 'c();'), null);
});
