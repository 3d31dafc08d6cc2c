import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import '../../server/core/syntax/load-reference-parser.ts';
import { runProgram } from '../../server/core/order/machine.ts';
import type { NodeMajor } from '../../server/core/order/run.ts';
import { answer, directory, recorded, standings, started, type Standing } from './recorded-programs.ts';

/**
 * Every program of `recorded/programs` against what real Nodes printed (recorded/outputs.json). `standing.json` says how
 * each program stood when it was last written: an answer may become better, not worse, and none may be wrong.
 *   LOOPLENS_WRITE_STANDING=1 node scripts/test.mjs order/semantics
 *   LOOPLENS_ONLY=t01,d2 LOOPLENS_NODE=24 node scripts/test.mjs order/semantics   prints what is not exact
 */
const standing = JSON.parse(readFileSync(`${directory}/standing.json`, 'utf8')) as Record<string, Record<string, Standing>>;
const only = process.env.LOOPLENS_ONLY?.split(',') ?? null;
const majors = (process.env.LOOPLENS_NODE?.split(',') ?? ['18', '20', '22', '24', '26']).map(Number) as NodeMajor[];

const counts: Record<string, Record<Standing, number>> = {};
for (const [name, program] of Object.entries(recorded)) {
  if (!started(program) || (only && !only.some(word => name.startsWith(word)))) continue;
  test(name, () => {
    for (const node of majors) {
      if (program.versions[node] === undefined) continue;
      const now = answer(runProgram, name, program, node);
      (counts[node] ??= { exact: 0, within: 0, unsure: 0, missed: 0, wrong: 0 })[now.standing]++;
      const before = standing[name]?.[node];
      if (only && now.standing !== 'exact') {
        console.log(`${name} on ${node}: ${now.standing}; ${now.reasons.join('; ')}`);
        for (const text of now.missed) console.log(`  real: ${text.replaceAll('\n', ' | ')}`);
        for (const run of now.outcomes.slice(0, 4)) console.log(`  ours: ${run.output.filter(line => line.stream === 'stdout').map(line => line.text).join(' | ')} (${run.decisions.map(decision => `${decision.why}: ${decision.alternatives[decision.taken]}`).join('; ')})`);
      }
      if (process.env.LOOPLENS_WRITE_STANDING) (standing[name] ??= {})[node] = now.standing;
      else {
        assert.notEqual(now.standing, 'wrong', `Node ${node} printed ${now.missed.join(' and ')}`);
        // How far the explorer gets in its time is a matter of the computer.
        const cutOff = now.reasons.some(reason => reason.startsWith('the time budget'));
        if (before && !cutOff) assert.ok(standings.indexOf(now.standing) <= standings.indexOf(before), `Node ${node}: was ${before}, is ${now.standing}: ${now.reasons.join('; ')}`);
      }
    }
  });
}

test('summary', () => {
  for (const [node, count] of Object.entries(counts)) console.log(`Node ${node}: ${Object.entries(count).map(([word, n]) => `${word} ${n}`).join(', ')}`);
  if (process.env.LOOPLENS_WRITE_STANDING) {
    const lines = Object.entries(standing).map(([name, byMajor]) => `  ${JSON.stringify(name)}: ${JSON.stringify(byMajor)}`);
    writeFileSync(`${directory}/standing.json`, `{\n${lines.join(',\n')}\n}\n`);
  }
  assert.ok(Object.keys(counts).length > 0);
});
