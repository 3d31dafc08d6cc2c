import assert from 'node:assert/strict';
import { test } from 'node:test';
import '../../server/core/syntax/load-reference-parser.ts';
import { runProgram } from '../../server/core/order/machine.ts';
import type { NodeMajor } from '../../server/core/order/run.ts';
import { judge, predict } from './differential.ts';
import { generateProgram, writeProgram, type ModuleKind } from './generator.ts';
import { runOnNode } from './real-node.ts';

const seeds = { first: 1, count: 150 };
const modelled: readonly NodeMajor[] = [18, 20, 22, 24, 26];
const major = modelled.find(known => known === Number(process.versions.node.split('.')[0]));

// A Node between the modelled ones is no judge.
const kinds: readonly ModuleKind[] = major === undefined ? [] : ['commonjs', 'module'];
for (const module of kinds) {
  test(`${seeds.count} random programs as ${module} on this Node`, async () => {
    const programs = Array.from({ length: seeds.count }, (_, index) => writeProgram(generateProgram(seeds.first + index), module));
    const runs = await runOnNode(programs, { node: process.execPath });
    let certain = 0;
    programs.forEach((files, index) => {
      const run = runs[index];
      assert.ok(run, `seed ${seeds.first + index} did not end on Node`);
      const prediction = predict(runProgram, files, major!);
      const verdict = judge(prediction, run);
      if (verdict === 'exact' || verdict === 'within') certain++;
      assert.ok(verdict !== 'wrong' && verdict !== 'phase', `seed ${seeds.first + index} (${module}) is ${verdict}: real ${JSON.stringify(run.lines)}, ours ${JSON.stringify(prediction.outcomes)}`);
    });
    assert.ok(certain >= 0.9 * seeds.count, `only ${certain} of ${seeds.count} answers are complete`);
  });
}

test('the Node that runs the tests is modelled, or lies between or beyond the modelled ones', () => {
  assert.equal(major === undefined, !modelled.some(known => process.versions.node.startsWith(`${known}.`)));
});
