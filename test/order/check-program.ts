import assert from 'node:assert/strict';
import { test } from 'node:test';
import '../../server/core/syntax/load-reference-parser.ts';
import { runProgram } from '../../server/core/order/machine.ts';
import type { NodeMajor } from '../../server/core/order/run.ts';
import { predict } from './differential.ts';

/** A program in one string: the entry, then further files, each behind a line `// file: name`. */
function filesOf(code: string, module: 'commonjs' | 'module'): Map<string, string> {
  const [entry = '', ...rest] = code.split(/^\/\/ file: /m);
  const files = new Map([[module === 'module' ? 'main.mjs' : 'main.cjs', entry]]);
  for (const part of rest) files.set(part.slice(0, part.indexOf('\n')).trim(), part.slice(part.indexOf('\n') + 1));
  return files;
}

/** The program has exactly these outcomes (lines joined by blanks), and the answer is complete. */
export function check(name: string, module: 'commonjs' | 'module', code: string, outcomes: readonly string[], nodes: readonly NodeMajor[] = [20, 24, 26]): void {
  for (const node of nodes) {
    test(`${name} (${module}, Node ${node})`, () => {
      const prediction = predict(runProgram, filesOf(code, module), node);
      assert.deepEqual(prediction.incompleteBecause, []);
      assert.deepEqual(prediction.outcomes.map(outcome => outcome.lines.join(' ')).sort(), [...outcomes].sort());
    });
  }
}
