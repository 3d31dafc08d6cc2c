import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runProgram } from '../../server/core/order/machine.ts';
import { predict, type Prediction } from './differential.ts';

const budget = { steps: 300_000, depth: 500, heap: 500_000, choices: 20, runs: 20 };

function answer(text: string, module = 'main.cjs'): Prediction {
  return predict(runProgram, new Map([[module, text]]), 24, budget);
}

for (const [name, text] of [
  ['loops for ever', 'for (;;);'],
  ['recurses for ever through Proxy', 'const p = new Proxy({}, { get: () => p.x }); p.x;'],
  ['allocates for ever', 'const list = []; for (;;) list.push({ list });'],
  ['doubles a string', "let s = 'x'; for (;;) s += s;"],
  ['repeats a string', "let s = 'x'.repeat(2 ** 28); for (let i = 0; i < 100; i++) s = s + i + s;"],
  ['fills a huge array', 'new Array(2 ** 31).fill(0).map(() => ({}));'],
  ['queues microtasks for ever', 'const f = () => queueMicrotask(f); f();'],
  ['queues ticks for ever', 'const f = () => process.nextTick(f); f();'],
  ['queues immediates for ever', 'const f = () => setImmediate(f); f();'],
  ['keeps an interval for ever', 'setInterval(() => console.log(1), 1);'],
  ['resolves thenables for ever', 'const t = { then(r) { r(t); } }; Promise.resolve(t);'],
  ['multiplies big integers', 'let n = 3n; for (;;) n *= n;'],
  ['raises a big integer', 'console.log(2n ** (10n ** 9n));'],
  ['backtracks in a regular expression', "console.log(/^(a+)+$/.test('a'.repeat(40) + 'b'));"],
  ['sorts with a comparator that never ends', '[3, 1, 2].sort(() => { for (;;); });'],
  ['iterates an endless iterator', 'const all = [...(function* () { for (;;) yield 1; })()];'],
  ['pads a string', "for (let i = 0; i < 100; i++) console.log('x'.padStart(2 ** 29 - 24).length);"],
  ['nests arrays for JSON', "let a = []; for (;;) { a = [a]; JSON.stringify(a); }"],
] as const) {
  test(`a program that ${name} ends in an honest answer`, () => {
    const { complete, incompleteBecause } = answer(text);
    assert.equal(complete, false);
    assert.notEqual(incompleteBecause.join('; ').trim(), '');
  });
}

test('endless recursion is a RangeError, as on Node, or an honest end', () => {
  const { complete, outcomes, incompleteBecause } = answer("function f() { return 1 + f(); }\ntry { f(); } catch (error) { console.log(error.constructor.name); }");
  if (complete) assert.deepEqual(outcomes[0]!.lines, ['RangeError']);
  else assert.match(incompleteBecause.join(), /depth|deep|stack|recurs/i);
});

test('nothing of the host is reachable', () => {
  const secret = `looplens${process.pid}`;
  (globalThis as Record<string, unknown>).hostSecret = secret;
  try {
    const { outcomes } = answer(`
      const seen = [];
      for (const start of [globalThis, [], {}, () => {}, async () => {}, function* () {}, /x/, new Map(), Promise.resolve(), Symbol.iterator, 1n, console.log, process, require, module]) {
        const reached = [start, start.constructor, Object.getPrototypeOf(start)];
        for (const value of reached) {
          if (value === null || value === undefined) continue;
          try { seen.push(typeof value.hostSecret); } catch (error) { seen.push('undefined'); }
          try { seen.push(typeof value.constructor('return this')().hostSecret); } catch (error) { seen.push('undefined'); }
          try { seen.push(typeof value.constructor.constructor('return this')().hostSecret); } catch (error) { seen.push('undefined'); }
        }
      }
      console.log([...new Set(seen)].join());
    `);
    for (const { lines } of outcomes) assert.doesNotMatch(lines.join(), /string/);
  } finally {
    delete (globalThis as Record<string, unknown>).hostSecret;
  }
});

test('prototypes of the host stay as they are', () => {
  answer("Object.prototype.polluted = 1; Array.prototype.map = null; ({}).__proto__.x = 1; Promise.prototype.then = null; [].constructor.prototype.push = () => {}; Reflect.setPrototypeOf(Object.prototype.toString, null);");
  assert.equal(({} as Record<string, unknown>).polluted, undefined);
  assert.equal(typeof [].map, 'function');
  assert.equal(typeof Promise.prototype.then, 'function');
  assert.equal([].push.name, 'push');
});
