import assert from 'node:assert/strict';
import test from 'node:test';
import { runFiles, stdout } from './language/oracle.ts';

const bounded: Readonly<Record<string, string>> = {
  'an endless loop': 'while (true);',
  'an endless for without a body': 'for (;;);',
  'endless microtasks': 'const f = () => Promise.resolve().then(f); f();',
  'endless ticks': 'const f = () => process.nextTick(f); f();',
  'endless immediates': 'const f = () => setImmediate(f); f();',
  'endless recursion': '(function f() { f(); })();',
  'endless recursion that catches its errors': '(function f() { try { f(); } catch { f(); } })();',
  'recursion through builtins': 'const f = () => [1].map(f); f();',
  'an array that grows for ever': 'const a = []; for (;;) a.push({});',
  'a string that doubles': "let s = 'x'; for (;;) s += s;",
  'a sparse array as long as can be': 'new Array(4294967295).fill(0);',
  'a regular expression bomb': "/^(a+)+$/.test('a'.repeat(40) + '!');",
  'a second regular expression bomb': "/(x+x+)+y/.exec('x'.repeat(60));",
  'a big number bomb': 'let n = 2n; for (;;) n = n * n;',
  'a generator that never ends': 'for (const x of (function* () { for (;;) yield 1; })());',
  'a proxy that is its own prototype': 'const p = new Proxy({}, { getPrototypeOf: () => p, get: (t, k, r) => r[k] }); p.x;',
  'a deep JSON text': "JSON.parse('['.repeat(100000) + ']'.repeat(100000));",
};

for (const [name, text] of Object.entries(bounded)) {
  test(`${name} ends in an honest bounded answer`, () => {
    assert.notDeepEqual(runFiles({ 'main.js': text }).incompleteBecause, []);
  });
}

test('constructor chains reach functions of the machine only', () => {
  const run = runFiles({ 'main.js': `
    const F = (function () {}).constructor;
    console.log(F === Function, F('return typeof globalThis.process.binding')(), F('return this')() === globalThis);
    console.log([].constructor.constructor === F, console.log.constructor === F, Object.getPrototypeOf(async () => {}).constructor('return 1')() instanceof Promise);
    console.log(typeof globalThis.constructor.constructor('return typeof Bun + typeof Deno')());` });
  assert.deepEqual(stdout(run), ['true undefined true', 'true true true', 'string']);
});

test('forged prototypes stay inside', () => {
  const run = runFiles({ 'main.js': `
    const o = JSON.parse('{"__proto__": {"polluted": 1}}'); console.log(o.polluted, ({}).polluted);
    Object.prototype.polluted = 2; console.log(({}).polluted);
    Array.prototype.push = () => 'mine'; console.log([].push(1));
    Object.defineProperty(Object.prototype, 'then', { get() { return undefined; } }); Promise.resolve({}).then(() => console.log('fine'));` });
  assert.deepEqual(stdout(run).slice(1), ['2', 'mine', 'fine']);
  assert.equal(({} as { polluted?: number }).polluted, undefined);
  assert.equal([].push.length, 1);
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
