import assert from 'node:assert/strict';
import { test } from 'node:test';
import '../../server/core/syntax/load-reference-parser.ts';
import { explore } from '../../server/core/order/explore.ts';
import { runProgram } from '../../server/core/order/machine.ts';
import type { Timeline } from '../../server/core/order/timeline.ts';
import { differentialBudget } from './differential.ts';

// Programs that never end: where the state comes back, that is the answer, with what waits in vain; where it does not, nothing is claimed.

function explain(text: string, module: 'commonjs' | 'module' = 'commonjs'): Timeline {
  const entry = '/program/main.js';
  return explore(runProgram, { entry, read: file => (file === entry ? text : null), resolve: () => null, moduleType: () => module }, { node: 24, module, entryPoint: { kind: 'file' }, budget: differentialBudget });
}

const endless: readonly (readonly [name: string, text: string, because: RegExp])[] = [
  ['a tick that queues itself', "setTimeout(() => console.log('never'), 0); process.nextTick(function f() { process.nextTick(f); });", /nextTick queue never becomes empty.*setTimeout 1 ms \(line 1\) waits in vain/],
  ['two ticks in turn', 'const a = () => process.nextTick(b), b = () => process.nextTick(a); a();', /nextTick queue never becomes empty/],
  ['await null until a timer sets the flag', "let ready = false; setTimeout(() => { ready = true; }, 1); (async () => { while (!ready) await null; console.log('x'); })();", /microtask queue never becomes empty.*setTimeout 1 ms/],
  ['a then that resolves itself', "function f() { Promise.resolve().then(f); } f(); setImmediate(() => console.log('never'));", /microtask queue never becomes empty.*setImmediate/],
  ['queueMicrotask and a file', "(function f() { queueMicrotask(f); })(); require('fs').stat('.', () => console.log('b'));", /microtask queue never becomes empty.*fs\.stat/],
  ['ticks and microtasks in turn', 'function f() { Promise.resolve().then(() => process.nextTick(f)); } f();', /queue never becomes empty/],
  ['an immediate that queues itself', 'setImmediate(function f() { setImmediate(f); });', /check phase/],
  ['an empty interval', 'setInterval(() => {}, 1000);', /setInterval 1000 ms/],
  ['an empty loop', "setTimeout(() => console.log('t'), 0); for (;;);", /the loop at line 1 never ends; setTimeout/],
  ['a loop through three states', 'let i = 0; while (true) i = (i + 1) % 3;', /the loop at line 1 never ends/],
  ['a loop that waits for a timer', 'let done = false; setTimeout(() => { done = true; }, 10); while (!done) {}', /the loop at line 1 never ends; setTimeout 10 ms \(line 1\) waits in vain/],
  ['a do loop with an object', 'const o = { n: 0 }; do { o.n ^= 1; } while (true);', /never ends/],
];
for (const [name, text, because] of endless) {
  test(`repeats for ever: ${name}`, () => {
    const timeline = explain(text);
    assert.deepEqual(timeline.incompleteBecause, []);
    assert.deepEqual(timeline.outcomes.map(({ exitCode, end }) => ({ exitCode, end })), [{ exitCode: null, end: 'repeats' }]);
    assert.match(timeline.outcomes[0]!.endBecause!, because);
    assert.ok(timeline.steps.length < 8, 'the round is shown once or twice');
  });
}

const ending: readonly (readonly [name: string, text: string, output: string])[] = [
  ['many ticks', "let n = 0; (function f() { if (n++ < 700) process.nextTick(f); else console.log('done', n); })();", 'done 701'],
  ['many awaits in a counting loop', "(async () => { for (let i = 0; i < 700; i++) await null; console.log('end'); })();", 'end'],
  ['many thens over an iterator', 'const items = Array.from({ length: 700 }, (_, i) => i)[Symbol.iterator](); (function f() { const next = items.next(); if (next.done) console.log("last"); else Promise.resolve().then(f); })();', 'last'],
  ['a generator that counts', 'function* g() { for (let i = 0; i < 700; i++) yield; } const it = g(); (function f() { if (it.next().done) console.log("last"); else queueMicrotask(f); })();', 'last'],
  ['waiting for the clock', "const start = Date.now(); while (Date.now() - start < 4000); const p = performance.now(); while (performance.now() - p < 4000); for (const t = process.hrtime.bigint(); process.hrtime.bigint() - t < 4000000000n;); console.log('later');", 'later'],
  ['a loop with a counter', 'let sum = 0; for (let i = 0; i < 9000; i++) sum += i; console.log(sum);', '40495500'],
  ['a loop over a map that shrinks', 'const m = new Map(Array.from({ length: 5000 }, (_, i) => [i, i])); while (m.size > 0) m.delete(m.keys().next().value); console.log(m.size);', '0'],
  ['a loop over an iterator', 'const items = Array.from({ length: 5000 }, () => 0)[Symbol.iterator](); let n = 0; for (;;) { if (items.next().done) break; n++; } console.log(n);', '5000'],
];
for (const [name, text, output] of ending) {
  test(`ends: ${name}`, () => {
    const timeline = explain(text);
    assert.deepEqual(timeline.incompleteBecause, []);
    assert.deepEqual(timeline.outcomes.map(({ exitCode, output: lines }) => [exitCode, lines.map(line => line.text).join()]), [[0, output]]);
  });
}

test('a budget that ends says so and keeps what was found until then', () => {
  const timeline = explain("console.log('a'); setTimeout(() => console.log('t'), 0); let i = 0; while (i < 1e9) i++;");
  assert.equal(timeline.complete, false);
  assert.deepEqual(timeline.outcomes.map(({ exitCode, end }) => ({ exitCode, end })), [{ exitCode: null, end: 'cut off' }]);
  assert.deepEqual(timeline.outcomes[0]!.output.map(line => line.text), ['a']);
  assert.equal(timeline.steps.length, 1);
});

test('a server waits', () => {
  const timeline = explain("require('http').createServer(() => {}).listen(0);");
  assert.deepEqual(timeline.outcomes.map(({ end }) => end), ['waits']);
});

test('why a process ends is told with its place', () => {
  const [outcome] = explain("process.nextTick(() => {\n  throw new TypeError('boom');\n});").outcomes;
  assert.equal(outcome!.exitCode, 1);
  assert.equal(outcome!.failure!.message, 'TypeError: boom');
  assert.equal(outcome!.failure!.location!.line, 2);
});
