import assert from 'node:assert/strict';
import test from 'node:test';
import '../../server/core/syntax/load-reference-parser.ts';
import { runProgram } from '../../server/core/order/machine.ts';
import { predict } from './differential.ts';
import { runFiles, stdout } from './language/oracle.ts';

const budget = { steps: 300_000, depth: 500, heap: 500_000, choices: 20, runs: 20 };

/** Programs that no Node brings to an end, or that no machine can follow to it. */
const endless: Readonly<Record<string, string>> = {
  'an endless loop': 'while (true);',
  'an endless for without a body': 'for (;;);',
  'endless microtasks': 'const f = () => Promise.resolve().then(f); f();',
  'endless queueMicrotask': 'const f = () => queueMicrotask(f); f();',
  'endless ticks': 'const f = () => process.nextTick(f); f();',
  'endless immediates': 'const f = () => setImmediate(f); f();',
  'an endless interval': 'setInterval(() => console.log(1), 1);',
  'endless thenables': 'const t = { then(r) { r(t); } }; Promise.resolve(t);',
  'endless recursion that catches its errors': '(function f() { try { f(); } catch { f(); } })();',
  'recursion through builtins': 'const f = () => [1].map(f); f();',
  'recursion through a proxy': 'const p = new Proxy({}, { get: () => p.x }); p.x;',
  'a proxy that is its own prototype': 'const p = new Proxy({}, { getPrototypeOf: () => p, get: (t, k, r) => r[k] }); p.x;',
  'an array that grows for ever': 'const a = []; for (;;) a.push({});',
  'a list that holds itself again and again': 'const list = []; for (;;) list.push({ list });',
  'a huge array': 'new Array(2 ** 31).fill(0).map(() => ({}));',
  'a sparse array as long as can be': 'new Array(4294967295).fill(0);',
  'a string that doubles': "let s = 'x'; for (;;) s += s;",
  'a repeated string': "let s = 'x'.repeat(2 ** 28); for (let i = 0; i < 100; i++) s = s + i + s;",
  'padded strings': "for (let i = 0; i < 100; i++) console.log('x'.padStart(2 ** 29 - 24).length);",
  'big integers that multiply': 'let n = 3n; for (;;) n *= n;',
  'big integers that shift': 'let n = 1n; for (;;) n <<= 60000n;',
  'a big integer that is raised within what V8 computes': 'console.log((3n ** (10n ** 8n)) % 7n);',
  'a regular expression bomb': "/^(a+)+$/.test('a'.repeat(40) + '!');",
  'a second regular expression bomb': "/(x+x+)+y/.exec('x'.repeat(60));",
  'a comparator that never ends': '[3, 1, 2].sort(() => { for (;;); });',
  'a generator that never ends': 'for (const x of (function* () { for (;;) yield 1; })());',
  'a spread of a generator that never ends': 'const all = [...(function* () { for (;;) yield 1; })()];',
  'a deep JSON text': "JSON.parse('['.repeat(100000) + ']'.repeat(100000));",
  'a worker that starts itself': "new (require('worker_threads').Worker)(__filename);",
  'a process that forks itself': "require('child_process').fork(__filename);",
  'a cluster whose workers are forked for ever': "const c = require('cluster'); if (c.isPrimary) { c.on('exit', () => c.fork()); c.fork(); } else process.exit();",
  'workers that answer each other for ever': "const { Worker, isMainThread, parentPort } = require('worker_threads'); if (isMainThread) { const w = new Worker(__filename); w.on('message', m => w.postMessage(m + 1)); w.postMessage(0); } else parentPort.on('message', m => parentPort.postMessage(m + 1));",
  'a worker that is busy for ever': "const { Worker, isMainThread } = require('worker_threads'); if (isMainThread) new Worker(__filename); else for (;;);",
  'arrays nested for JSON': 'let a = []; for (;;) { a = [a]; JSON.stringify(a); }',
};

for (const [name, text] of Object.entries(endless)) {
  test(`${name} ends in an honest bounded answer`, () => {
    const { complete, incompleteBecause, outcomes } = predict(runProgram, new Map([['main.cjs', text]]), 24, budget);
    // That the state comes back is an answer.
    if (complete && outcomes.every(({ end }) => end === 'repeats')) return;
    assert.equal(complete, false);
    assert.notEqual(incompleteBecause.join('; ').trim(), '');
  });
}

test('a message that looks like an unknown value is only that', () => {
  const text = `const { fork } = require('child_process');
if (process.argv[2]) process.send(JSON.parse('{"\\\\uF8FDunknown":["x","number",5],"__proto__":{"polluted":1}}'));
else fork(__filename, ['child']).on('message', m => console.log(typeof m, {}.polluted));`;
  const { complete, outcomes } = predict(runProgram, new Map([['main.cjs', text]]), 24, budget);
  assert.equal(complete, true);
  assert.ok(outcomes.every(({ lines }) => lines.length === 1 && lines[0]!.endsWith('undefined')));
});

test('a big integer beyond what V8 computes is its RangeError', () => {
  const run = runFiles({ 'main.js': "try { 2n ** (10n ** 18n); } catch (error) { console.log(`${error}`); }\ntry { 1n << (2n ** 40n); } catch (error) { console.log(`${error}`); }\nconsole.log(0n ** (10n ** 18n), (-1n) ** (10n ** 18n));" });
  assert.deepEqual([stdout(run), run.incompleteBecause], [['RangeError: Maximum BigInt size exceeded', 'RangeError: Maximum BigInt size exceeded', '0n 1n'], []]);
});

test('endless recursion is a RangeError, as on Node, or an honest end', () => {
  const { complete, outcomes, incompleteBecause } = predict(runProgram, new Map([['main.cjs', 'function f() { return 1 + f(); }\ntry { f(); } catch (error) { console.log(error.constructor.name); }']]), 24, budget);
  if (complete) assert.deepEqual(outcomes[0]!.lines, ['RangeError']);
  else assert.match(incompleteBecause.join(), /depth|deep|stack|recurs/i);
});

test('constructor chains reach functions of the machine only', () => {
  const run = runFiles({ 'main.js': `
    const F = (function () {}).constructor;
    console.log(F === Function, F('return this')() === globalThis);
    console.log([].constructor.constructor === F, console.log.constructor === F, Object.getPrototypeOf(async () => {}).constructor('return 1')() instanceof Promise);
    console.log(process.binding.constructor === F, typeof globalThis.constructor.constructor('return typeof Bun + typeof Deno')());` });
  assert.deepEqual(stdout(run), ['true true', 'true true true', 'true string']);
});

test('nothing of the host is reachable', () => {
  (globalThis as Record<string, unknown>).hostSecret = `looplens${process.pid}`;
  try {
    const run = runFiles({ 'main.js': `
      const seen = [];
      for (const start of [globalThis, [], {}, () => {}, async () => {}, function* () {}, /x/, new Map(), Promise.resolve(), Symbol.iterator, 1n, console.log, process, process.binding, require, module]) {
        for (const value of [start, start.constructor, Object.getPrototypeOf(start)]) {
          if (value === null || value === undefined) continue;
          for (const look of [() => value.hostSecret, () => value.constructor('return this')().hostSecret, () => value.constructor.constructor('return this')().hostSecret]) {
            try { seen.push(typeof look()); } catch (error) { seen.push('thrown'); }
          }
        }
      }
      console.log(seen.length > 100, seen.includes('string'));` });
    assert.deepEqual(stdout(run), ['true false']);
  } finally {
    delete (globalThis as Record<string, unknown>).hostSecret;
  }
});

test('forged prototypes stay inside', () => {
  const run = runFiles({ 'main.js': `
    const o = JSON.parse('{"__proto__": {"polluted": 1}}'); console.log(o.polluted, ({}).polluted);
    Object.prototype.polluted = 2; console.log(({}).polluted);
    Array.prototype.push = () => 'mine'; console.log([].push(1));
    Object.defineProperty(Object.prototype, 'then', { get() { return undefined; } }); Promise.resolve({}).then(() => console.log('fine'));
    Array.prototype.map = null; Reflect.setPrototypeOf(Object.prototype.toString, null);` });
  assert.deepEqual(stdout(run).slice(1), ['2', 'mine', 'fine']);
  assert.equal(({} as { polluted?: number }).polluted, undefined);
  assert.deepEqual([[].push.length, typeof [].map, typeof Promise.prototype.then, [].push.name], [1, 'function', 'function', 'push']);
});

test('getters and toString of the program may throw while it is printed', () => {
  const run = runFiles({ 'main.js': `
    const e = new Error('m'); Object.defineProperty(e, 'stack', { get() { throw 1; } }); console.log(typeof require('util').inspect(e));
    try { String({ toString() { throw new Error('bomb'); } }); } catch (error) { console.log(error.message); }
    try { \`\${{ toString: () => ({}), valueOf: () => ({}) }}\`; } catch (error) { console.log(error.message); }` });
  assert.deepEqual(stdout(run), ['string', 'bomb', 'Cannot convert object to primitive value']);
});

test('no code after process.exit runs, not even finally', () => {
  const run = runFiles({ 'main.js': `try { process.exit(3); } catch { console.log('caught'); } finally { console.log('finally'); }` });
  assert.deepEqual(stdout(run), []);
  assert.equal(run.exitCode, 3);
});
