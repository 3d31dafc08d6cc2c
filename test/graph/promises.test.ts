import assert from 'node:assert/strict';
import { test } from 'node:test';
import { promisesOf } from '../../server/core/graph/promises.ts';
import { link } from '../hazards/check-program.ts';

/** What each named function of a program gives: nothing that is surely a promise (`-`), or how its promise can reject. */
function promised(text: string): Record<string, string> {
  const graph = link({ 'a.ts': text });
  const promises = promisesOf(graph);
  const found: Record<string, string> = {};
  for (const index of graph.module('a.ts').functions.keys()) {
    const fn = graph.functionOf('a.ts', index);
    if (fn.facts.name !== '') found[fn.facts.name] = promises.returnsPromise(fn) ? promises.rejectionOfFunction(fn) : '-';
  }
  return found;
}

test('functions that surely return a promise', () => {
  assert.deepEqual(promised('async function a() {} function b() { return a(); } function c(x) { if (x) return a(); } function d(x) { return x ? a() : null; } async function* e() {} function f(): Promise<void> { return other(); } function g() { return new Promise(() => {}); } function h() { return a().then(b); }'), { a: 'never', b: 'never', c: '-', d: '-', e: '-', f: 'never', g: 'never', h: 'never' });
});

test('promises that can reject', () => {
  assert.deepEqual(promised('async function a() { await x(); } async function b() { try { await x(); } catch (e) { console.log(e); } } async function c() { x(); } async function d() { throw new Error(); } async function e() { try { return a(); } catch {} } async function f() { await b(); } async function g() { await a().catch(() => {}); } async function h() { try { await x(); } finally { y(); } } async function i() { try { await x(); } catch (e) { throw e; } }'), { a: 'yes', b: 'never', c: 'maybe', d: 'yes', e: 'yes', f: 'never', g: 'never', h: 'yes', i: 'yes' });
});

test('a delay does not reject, an executor with reject does', () => {
  assert.deepEqual(promised('const pause = ms => new Promise(resolve => setTimeout(resolve, ms)); const load = () => new Promise((resolve, reject) => x(reject));'), { pause: 'never', load: 'yes' });
});
