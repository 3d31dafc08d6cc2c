import assert from 'node:assert/strict';
import { test } from 'node:test';
import '../../server/core/syntax/load-reference-parser.ts';
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

test('an awaited call of unknown code settles in a poll phase, one way or the other; the caller takes what the function rejects with', () => {
  const text = "async function f(req, res) { console.log('in'); const user = await db.find(req.params.id); if (!user) return console.log('none'); console.log('found'); }";
  assert.deepEqual(outcomesOf(text, 'poll', 24).sort(), ['in', 'in found', 'in none']);
});

test('while something else waits, it is open whether unknown code has settled already', () => {
  const text = "async function f() { setImmediate(() => console.log('immediate')); await cache.get(1); console.log('got'); }";
  assert.deepEqual(outcomesOf(text, 'poll', 24).sort(), ['got immediate', 'immediate', 'immediate got']);
});

test('a guard is taken to let the function go on, an error to be none', () => {
  const text = "function f(req) { if (!req.user || req.user.role === 'guest') return console.log('guest'); db.load((err, rows) => { if (err) console.log('failed'); else console.log('loaded'); }); }";
  const program: ProgramSource = { entry: '/p/a.js', read: file => (file === '/p/a.js' ? text : null), resolve: () => null, moduleType: () => 'commonjs' };
  const timeline = explore(runProgram, program, { node: 24, module: 'commonjs', entryPoint: { kind: 'function', offset: 0, phase: 'poll', label: 'f' }, budget: differentialBudget });
  assert.deepEqual(timeline.outcomes[0]!.output.map(line => line.text), ['loaded']);
  assert.deepEqual(timeline.incompleteBecause, ['unknown code is taken to call its callbacks once']);
  assert.deepEqual(timeline.steps.map(step => [step.phase, step.label]), [['poll', 'f'], ['poll', 'callback of db.load()']]);
});

test("paths and arrays that are not known stop neither Node's functions nor the machine", () => {
  const text = "const fs = require('fs'), path = require('path');\nfunction f(req, res) { const file = path.join(req.dir, req.params.name); for (const id of req.ids) console.log(id.length > 0 ? 'id' : 'empty'); fs.stat(file, error => console.log(error ? error.code : 'there')); req.list.map(x => console.log('each')); }";
  const program: ProgramSource = { entry: '/p/a.js', read: file => (file === '/p/a.js' ? text : null), resolve: () => null, moduleType: () => 'commonjs' };
  const timeline = explore(runProgram, program, { node: 24, module: 'commonjs', entryPoint: { kind: 'function', offset: text.indexOf('function f'), phase: 'poll', label: 'f' }, budget: differentialBudget });
  assert.deepEqual(timeline.outcomes[0]!.output.map(line => line.text), ['id', 'each', 'there']);
  assert.ok(timeline.outcomes.some(outcome => outcome.output.at(-1)!.text === 'ENOENT'));
});
