import assert from 'node:assert/strict';
import test from 'node:test';
import { matchesNode, runFiles, stdout } from './oracle.ts';

matchesNode('jobs run in the order in which Node runs them', [
  `const log = console.log; (async () => { log('a'); await null; log('b'); await { then(r) { log('then'); r(); } }; log('c'); })(); Promise.resolve().then(() => log(1)).then(() => log(2)).then(() => log(3)); log('end');`,
  `async function f(p) { return p; } f(Promise.resolve()).then(() => console.log('returned promise')); let p = Promise.resolve(); for (let i = 1; i < 6; i++) p = p.then(() => console.log(i));`,
  `async function* g() { try { const x = yield 1; console.log(x); yield Promise.resolve(2); } finally { await null; console.log('finally'); } }
   (async () => { const i = g(); console.log(await i.next(), await i.next('x'), await i.return('r'), await i.next()); for await (const v of g()) { console.log(v); break; } })();`,
  `Promise.all([1, Promise.resolve(2)]).then(v => console.log(v)); Promise.any([Promise.reject(1)]).catch(e => console.log(e.errors, e.message)); Promise.allSettled([Promise.reject(3)]).then(v => console.log(v)); Promise.race([new Promise(() => {}), 4]).then(v => console.log(v));`,
  `Promise.reject(new Error('x')).catch(e => { console.log(e.message); throw new TypeError('y'); }).finally(() => console.log('finally')).catch(e => console.log(e.name));`,
  `async function* inner() { yield 1; yield 2; return 3; } async function* outer() { console.log(yield* inner()); } (async () => { for await (const v of outer()) console.log(v); })(); let p = Promise.resolve(); for (let i = 0; i < 14; i++) p = p.then(() => console.log('tick', i));`,
  `async function* g() { return Promise.resolve(1); } g().next().then(v => console.log(v)); let p = Promise.resolve(); for (let i = 0; i < 6; i++) p = p.then(() => console.log('tick', i));`,
  `(async () => { for await (const v of [Promise.resolve(1), 2]) console.log(v); console.log('out'); })(); let p = Promise.resolve(); for (let i = 0; i < 9; i++) p = p.then(() => console.log('tick', i));`,
]);

test('yield* of an async generator costs one tick more on Node 18', () => {
  const text = `async function* a() { yield 1; } async function* b() { yield* a(); } b().next().then(() => console.log('value')); let p = Promise.resolve(); for (let i = 1; i < 6; i++) p = p.then(() => console.log(i));`;
  assert.equal(stdout(runFiles({ 'main.js': text }, 18)).indexOf('value'), stdout(runFiles({ 'main.js': text }, 20)).indexOf('value') + 1);
});

test('modules: cycles, live bindings and top-level await run in the order of ECMA-262', () => {
  const run = runFiles({
    'main.mjs': `import { count, add } from './a.mjs'; import './b.mjs'; console.log('main', count); add(); console.log(count); export const own = 1;`,
    'a.mjs': `import { own } from './main.mjs'; console.log('a'); try { own; } catch (e) { console.log(e.message); } export let count = 1; export const add = () => count++;`,
    'b.mjs': `console.log('b before'); await null; console.log('b after');`,
  });
  assert.deepEqual(stdout(run), ['a', "Cannot access 'own' before initialization", 'b before', 'b after', 'main 1', '2']);
  assert.deepEqual(run.incompleteBecause, []);
});

test('CommonJS modules see the unfinished exports of a cycle', () => {
  const run = runFiles({
    'main.js': `const a = require('./a.js'); console.log(a, require('./data.json').x, require.main === module);`,
    'a.js': `exports.early = 1; const b = require('./b.js'); exports.late = b.seen;`,
    'b.js': `exports.seen = Object.keys(require('./a.js'));`,
    'data.json': `{ "x": 5 }`,
  });
  assert.deepEqual(stdout(run), ["{ early: 1, late: [ 'early' ] } 5 true"]);
});

test('TypeScript: enums, parameter properties, namespaces and decorators leave what the compiler leaves', () => {
  const run = runFiles({ 'main.ts': `
    enum Color { Red, Green = 'g', Blue = 4 } console.log(Color);
    class P { constructor(private readonly x: number, public y = 2) {} sum(): number { return this.x + this.y; } } console.log(new P(1).sum(), new P(1));
    namespace N { export const v = 1; export function f() { return v; } } console.log(N.f());
    const log = (value: any, context: any) => { console.log(context.kind, String(context.name)); };
    @log class D { @log m() {} @log f = 1; } console.log((new D() as any).f satisfies number);` });
  assert.deepEqual(stdout(run), ["{ '0': 'Red', '4': 'Blue', Red: 0, Green: 'g', Blue: 4 }", '3 P { x: 1, y: 2 }', '1', 'method m', 'field f', 'class D', '1']);
});

test('an await continuation is a step of its own, with its output and what scheduled it', () => {
  const run = runFiles({ 'main.js': `async function f() {\n  await null;\n  console.log('later');\n}\nf();` });
  const step = run.steps.find(({ output }) => output.length > 0);
  assert.equal(step?.phase, 'microtask');
  assert.equal(step?.label, 'f continues');
  assert.equal(step?.resumes, 'await at line 2');
  assert.equal(step?.scheduledBy, 1);
});
