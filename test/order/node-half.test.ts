import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { NodeMajor } from '../../server/core/order/run.ts';
import { answer, recorded, started } from './recorded-programs.ts';
import { runOnV8 } from './v8-machine.ts';

/** What V8 does not let the loop see: rejections, exceptions of promise jobs, an end of the process that `finally` does not see, blocking waits, unknown values, modules. */
const unseen = /^(?:d18|d2[5-9]|d3[0148]|d4[13]|d52|d54|d57|m08|m1[3-9]|p00|t21|x0[1239]|i18)-|-detect/;
const majors: readonly NodeMajor[] = [18, 20, 22, 24, 26];

for (const [name, program] of Object.entries(recorded)) {
  if (!name.endsWith('.js') || unseen.test(name) || !started(program)) continue;
  test(name, () => {
    for (const node of majors) {
      if (program.versions[node] === undefined) continue;
      const { standing, missed, outcomes, reasons } = answer(runOnV8, name, program, node);
      const ours = outcomes.map(run => run.output.map(line => line.text).join(' | '));
      assert.notEqual(standing, 'wrong', `Node ${node} printed ${missed.join(' and ')}, not among ${ours.join(' and ')}`);
      if (program.class === 'guaranteed' && reasons.length === 0) assert.equal(standing, 'exact', `Node ${node}: ${ours.join(' and ')}`);
    }
  });
}
