import assert from 'node:assert/strict';
import { build, type BuildOptions } from 'esbuild';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { defaultBudget, explainInWorker, type ExplainRequest } from '../../server/host/explain-host.ts';
import type { Timeline } from '../../server/core/order/timeline.ts';

const directory = mkdtempSync(join(tmpdir(), 'looplens-worker-'));
const outdir = resolve('node_modules/.cache', `looplens-worker-${process.pid}`);
before(async () => {
  const { nodeOptions } = (await import(pathToFileURL(resolve('esbuild.mjs')).href)) as { nodeOptions: BuildOptions };
  await build({ ...nodeOptions, entryPoints: { 'explain-worker': 'server/host/explain-worker.ts' }, outdir, packages: 'external' });
});
after(() => {
  rmSync(directory, { recursive: true });
  rmSync(outdir, { recursive: true, force: true });
});

function explaining(text: string, request: Partial<ExplainRequest> = {}): Promise<Timeline> {
  const file = join(directory, 'main.cjs');
  writeFileSync(file, text);
  return explainInWorker({ file, node: 24, module: null, at: null, entryPoint: null, budget: defaultBudget, timeoutMs: 5_000, ...request }, pathToFileURL(join(outdir, 'explain-worker.js')));
}
const texts = (timeline: Timeline): string[] => timeline.outcomes.map(outcome => outcome.output.map(line => line.text).join(' '));

test('a program is explained in a thread of its own', async () => {
  const timeline = await explaining("setTimeout(() => console.log('timeout'), 0);\nsetImmediate(() => console.log('immediate'));\nprocess.nextTick(() => console.log('tick'));");
  assert.deepEqual(timeline.incompleteBecause, []);
  assert.deepEqual(texts(timeline).sort(), ['tick immediate timeout', 'tick timeout immediate']);
  const [timer, immediate] = ['timeout', 'immediate'].map(text => timeline.steps.find(step => step.output.some(line => line.text === text))!);
  assert.deepEqual([timer!.phase, immediate!.phase], ['timers', 'check']);
  const [relation] = timeline.order;
  assert.deepEqual([relation?.relation, new Set([relation?.a, relation?.b])], ['either', new Set([timer!.id, immediate!.id])]);
});

test('the steps of the other outcome can be asked for', async () => {
  const timeline = await explaining("setTimeout(() => console.log('timeout'), 0);\nsetImmediate(() => console.log('immediate'));", { stepsOf: 1 });
  assert.equal(timeline.steps.flatMap(step => step.output.map(line => line.text)).join(' '), texts(timeline)[1]);
});

test('a handler is explained with unknown arguments in poll', async () => {
  const timeline = await explaining("const app = require('express')();\napp.get('/x', async (req, res) => {\n  console.log('start');\n  await null;\n  res.json(req.query);\n});", { at: { line: 3, column: null } });
  assert.equal(timeline.steps[0]!.phase, 'poll');
  assert.match(timeline.steps[0]!.label, /GET \/x/);
  assert.ok(timeline.outcomes.some(outcome => outcome.output.some(line => line.text === 'start')));
});

test('deep recursion of the program does not overflow the thread', async () => {
  const timeline = await explaining("const f = n => (n === 0 ? 0 : 1 + f(n - 1));\nconsole.log(f(3000));");
  assert.deepEqual(timeline.incompleteBecause, []);
  assert.deepEqual(texts(timeline), ['3000']);
});
