import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { test } from 'node:test';
import '../../server/core/syntax/load-reference-parser.ts';
import { explore } from '../../server/core/order/explore.ts';
import { runProgram } from '../../server/core/order/machine.ts';
import type { NodeMajor } from '../../server/core/order/run.ts';
import { createDiskProgram } from '../../server/host/disk-program.ts';
import { differentialBudget } from './differential.ts';
import type { Recording } from './recording.ts';

/** Each recorded output of a real Node must be among the outcomes of an answer that calls itself complete. */
const root = resolve('test/order/programs');
const { programs } = JSON.parse(readFileSync('test/order/programs/recorded.json', 'utf8')) as Recording;

test('every program is recorded', () => {
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(file => /^[^/]+\.[cm]?[jt]s$|^[^/]+\/main\.[cm]?[jt]s$/.test(file));
  assert.deepEqual(files.sort(), Object.keys(programs).sort());
});

for (const [file, outputs] of Object.entries(programs)) {
  for (const node of [18, 20, 22, 24, 26] satisfies NodeMajor[]) {
    const real = outputs.filter(output => output.node.includes(String(node)));
    if (real.length === 0) continue;
    test(`${file} on Node ${node}`, t => {
      const path = join(root, file);
      const program = createDiskProgram(path);
      const timeline = explore(runProgram, program, { node, module: program.moduleType(path, node), entryPoint: { kind: 'file' }, budget: differentialBudget });
      const ours = timeline.outcomes.map(({ output, exitCode }) => ({ exitCode, lines: output.filter(line => line.stream === 'stdout').map(line => ({ ...line, text: line.text.replaceAll(dirname(path), '<directory>') })) }));
      // A line that holds an unknown text, such as another process's output, stands for any.
      const shows = (outcome: (typeof ours)[number], output: (typeof real)[number]): boolean =>
        outcome.exitCode === output.exitCode && outcome.lines.length === output.lines.length && outcome.lines.every((line, index) => !line.exact || line.text === output.lines[index]);
      const missing = real.filter(output => !ours.some(outcome => shows(outcome, output)));
      if (!timeline.complete) {
        t.diagnostic(`incomplete: ${timeline.incompleteBecause.join('; ')}`);
        return;
      }
      assert.deepEqual(missing, [], `ours: ${JSON.stringify(ours.slice(0, 5))}`);
    });
  }
}
