import assert from 'node:assert/strict';
import { test } from 'node:test';
import { explore } from '../../server/core/order/explore.ts';
import { runProgram } from '../../server/core/order/machine.ts';
import type { NodeMajor, ProgramSource } from '../../server/core/order/run.ts';
import type { Phase } from '../../server/core/order/timeline.ts';
import { differentialBudget } from './differential.ts';

/** Explains the function at `f` in its phase; the outcomes are lines joined by blanks. */
function outcomesOf(text: string, phase: Phase, node: NodeMajor): string[] {
  const program: ProgramSource = { entry: '/p/a.js', read: file => (file === '/p/a.js' ? text : null), resolve: () => null, moduleType: () => 'commonjs' };
  const timeline = explore(runProgram, program, { node, module: 'commonjs', entryPoint: { kind: 'function', offset: text.indexOf('function f'), phase, label: 'f' }, budget: differentialBudget });
  assert.deepEqual(timeline.incompleteBecause, []);
  return timeline.outcomes.map(outcome => outcome.output.map(line => line.text).join(' '));
}

const race = "function f() { setTimeout(() => console.log('timeout'), 0); setImmediate(() => console.log('immediate')); process.nextTick(() => console.log('tick')); }";
for (const node of [18, 20, 22, 24, 26] as const) {
  test(`from poll and check the loop goes on where the function is (Node ${node})`, () => {
    assert.deepEqual(outcomesOf(race, 'poll', node), ['tick immediate timeout']);
    // The timer of 1 ms may be due when the timers phase comes, which is right after check and close.
    assert.deepEqual(outcomesOf(race, 'check', node).sort(), ['tick immediate timeout', 'tick timeout immediate']);
  });

  test(`after the timers comes poll, then check (Node ${node})`, () => {
    assert.deepEqual(outcomesOf(race, 'timers', node), ['tick immediate timeout']);
  });

  test(`what a server finds on its disk is open (Node ${node})`, () => {
    const text = "const fs = require('fs');\nfunction f() { fs.readFile('settings.json', error => console.log(error ? 'none' : 'read')); setImmediate(() => console.log('immediate')); }";
    assert.deepEqual(outcomesOf(text, 'poll', node).sort(), ['immediate none', 'immediate read']);
  });
}
