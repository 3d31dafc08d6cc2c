import assert from 'node:assert/strict';
import { test } from 'node:test';
import { extractFacts } from '../../server/core/facts/extract-facts.ts';
import type { ModuleFacts } from '../../server/core/facts/module-facts.ts';
import { parse } from '../../server/core/syntax/parse.ts';

const facts = (text: string, file = 'a.ts'): ModuleFacts => extractFacts(parse(file, text));
/** Guards of the call of `load`. */
const guards = (text: string): readonly string[] => facts(text).calls.find(call => call.text === 'load')!.guards;
const waits = (text: string): readonly (string | null)[] => facts(text).loops.map(loop => loop.busyWait);

test('a cache makes what fills it run once', () => {
  assert.deepEqual(guards('let page; function get() { return (page ??= load()); }'), ['memoised']);
  assert.deepEqual(guards('let page; function get() { if (!page) { page = load(); } return page; }'), ['memoised']);
  assert.deepEqual(guards('let page; function get() { if (page) return page; page = load(); return page; }'), ['memoised']);
  assert.deepEqual(guards('class A { get() { return this.page || (this.page = load()); } }'), ['memoised']);
  assert.deepEqual(guards('const pages = new Map(); function get(k) { if (pages.has(k)) return pages.get(k); pages.set(k, load(k)); }'), ['memoised-per-key']);
  assert.deepEqual(guards('const pages = {}; function get(k) { if (pages[k]) return pages[k]; pages[k] = load(k); }'), ['memoised-per-key']);
});

test('a local variable is no cache', () => {
  assert.deepEqual(guards('function get() { let page; if (!page) page = load(); return page; }'), []);
  assert.deepEqual(guards('function get(page) { if (!page) page = load(); return page; }'), []);
  assert.deepEqual(guards('let page; function get() { if (!page) { load(); } }'), []);
});

test('branches say where they run', () => {
  assert.deepEqual(guards("if (process.env.NODE_ENV !== 'production') load();"), ['development']);
  assert.deepEqual(guards("if (process.env.NODE_ENV === 'production') a(); else load();"), ['development']);
  assert.deepEqual(guards('if (require.main === module) load();'), ['main-module']);
  assert.deepEqual(guards('if (cluster.isPrimary) load();'), ['cluster-primary']);
  assert.deepEqual(guards('if (!isMainThread) load();'), ['worker-thread']);
  assert.deepEqual(guards('function f() { if (isMainThread) return; load(); }'), ['worker-thread']);
});

test('a loop that waits is told from one that works', () => {
  assert.deepEqual(waits('while (Date.now() < end) {}'), ['clock']);
  assert.deepEqual(waits('while (Date.now() - start < 100) { n++; }'), ['clock']);
  assert.deepEqual(waits('while (Date.now() < end) { work(); }'), [null]);
  assert.deepEqual(waits('let done = false; read(() => { done = true; }); while (!done) {}'), ['flag']);
  assert.deepEqual(waits('let done = false; read(() => { done = true; }); async function f() { while (!done) await pause(); }'), [null]);
  assert.deepEqual(waits('let done = false; read(() => { done = true; }); while (!done) { step(); }'), [null]);
  assert.deepEqual(waits('function f(n) { while (n > 0) { n = n >>> 1; } }'), [null]);
  assert.deepEqual(waits('function f() { for (var i = 0; i < 8; i++) { p += 1; } }'), [null]);
});

test('specifiers are read through path.join and sums', () => {
  const specifiers = (text: string): readonly string[] => facts(text, 'a.js').imports.map(item => item.specifier);
  assert.deepEqual(specifiers("require(path.join(__dirname, 'routes', 'a'))"), ['./routes/a']);
  assert.deepEqual(specifiers("require(__dirname + '/a')"), ['./a']);
  assert.deepEqual(specifiers('import(`./a.js`)'), ['./a.js']);
  assert.deepEqual(specifiers('require(name)'), []);
  assert.equal(facts("new Worker(new URL('./w.js', import.meta.url))").calls[0]!.literalArgs[0], './w.js');
});

test('facts are plain data', () => {
  const found = facts("import fs from 'fs';\nexport class A { #x = fs.readFileSync('a'); }");
  assert.deepEqual(JSON.parse(JSON.stringify(found)), found);
});
