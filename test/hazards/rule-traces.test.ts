// The traces that rule pages show: what the order engine says of the program above them, phase and output.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { rulesDirectory } from '../../scripts/lib/rule-index.ts';
import '../../server/core/syntax/load-reference-parser.ts';
import { runProgram } from '../../server/core/order/machine.ts';
import type { NodeMajor } from '../../server/core/order/run.ts';
import { predict } from '../order/differential.ts';

for (const file of readdirSync(rulesDirectory).filter(name => /^[\w-]+\.md$/.test(name))) {
  const page = readFileSync(join(rulesDirectory, file), 'utf8');
  for (const [index, match] of [...page.matchAll(/^```(m?js) explain(?: node=(\d+))?\n([\s\S]*?)^```\n([\s\S]*?)^```text trace\n([\s\S]*?)^```$/gm)].entries()) {
    const [, language, node = '24', program, between, trace] = match;
    test(`${file}, trace ${index + 1}`, () => {
      assert.ok(!between!.includes('```'), 'the trace follows its program');
      const { complete, incompleteBecause, outcomes } = predict(runProgram, new Map([[`program.${language === 'mjs' ? 'mjs' : 'cjs'}`, program!]]), Number(node) as NodeMajor);
      assert.ok(complete, incompleteBecause.join('; '));
      const shown = outcomes.map(({ lines, phases }) => lines.map((line, at) => `${phases[0]![at]!.padEnd(10)} ${line}\n`).join(''));
      assert.deepEqual(shown, trace!.split('--- or\n'));
    });
  }
}
