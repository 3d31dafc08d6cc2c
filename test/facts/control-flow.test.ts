import assert from 'node:assert/strict';
import { test } from 'node:test';
import { extractFacts } from '../../server/core/facts/extract-facts.ts';
import type { ModuleFacts, Statement } from '../../server/core/facts/module-facts.ts';
import { canMiss } from '../../server/core/facts/walk-statements.ts';
import { parse } from '../../server/core/syntax/parse.ts';

const facts = (text: string): ModuleFacts => extractFacts(parse('a.ts', text));

/** A body in one line: `a() if(x > 1){ return }else{} await`; what is dropped has been shown before. */
function show(module: ModuleFacts, body: readonly Statement[]): string {
  const of = (block: readonly Statement[]): string => block.filter(({ k }) => k !== 'drop').map(one).join(' ');
  const one = (statement: Statement): string => {
    switch (statement.k) {
      case 'call':
        return `${module.calls[statement.call]!.text}()`;
      case 'write':
        return `${statement.term?.text ?? ''}${statement.operator}>`;
      case 'if':
        return `if{${of(statement.then)}}{${of(statement.otherwise)}}`;
      case 'loop':
        return `loop{${of(statement.body)}}`;
      case 'switch':
        return `switch{${statement.cases.map(item => `${item.test?.text ?? 'default'}:${of(item.body)}`).join(' ')}}`;
      case 'try':
        return `try{${of(statement.block)}}{${statement.handler ? of(statement.handler) : '-'}}{${statement.finalizer ? of(statement.finalizer) : '-'}}`;
      case 'label':
        return `${statement.label}:${of(statement.body)}`;
      default:
        return statement.k;
    }
  };
  return of(body);
}
const flow = (text: string): string => {
  const module = facts(text);
  return show(module, module.functions[0]!.body);
};
const misses = (text: string, options = {}): boolean => {
  const module = facts(`function f() { ${text} }`);
  return canMiss(module.functions[1]!.body, statement => statement.k === 'call' && module.calls[statement.call]!.text === 'end', options);
};

test('a body is written down in the order of evaluation', () => {
  assert.equal(flow('a(b(), c());'), 'b() c() a()');
  assert.equal(flow('const x = a(); y = x + 1; z.n++; delete z.m;'), 'a() a()=> x + 1=> ++> delete>');
  assert.equal(flow('if (a()) b(); else { c(); }'), 'a() if{b()}{c()}');
  assert.equal(flow('a() && b(); c() ?? d(); e ? f() : 0; g && h;'), 'a() if{b()}{} c() if{d()}{} if{f()}{}');
  assert.equal(flow('x ??= a();'), 'if{a() a()??=>}{}');
  assert.equal(flow('for (let i = a(); b(); c()) d();'), 'a() a()=> loop{b() d() c()}');
  assert.equal(flow('do { a(); if (x) break; } while (b());'), 'loop{a() if{break}{} b()}');
  assert.equal(flow('for await (const x of a()) b(x);'), 'a() loop{await b()}');
  assert.equal(flow('try { a(); } catch (e) { throw b(e); } finally { c(); }'), 'try{a()}{b() throw}{c()}');
  assert.equal(flow('switch (a()) { case b(): c(); break; default: d(); }'), 'a() switch{b():b() c() break default:d()}');
  assert.equal(flow('await a(async () => { await b(); });'), 'a() await');
});

test('conditions keep their parts, and constants are computed', () => {
  const [statement] = facts("const DAY = 24 * 60 * 60 * 1000; setTimeout(f, 30 * DAY); if (!(n > DAY) && ok) g();").functions[0]!.body.filter(item => item.k === 'if');
  assert.equal(statement?.k === 'if' && statement.test.k === 'and' && statement.test.left.k === 'not' && statement.test.left.of.k === 'compare' && statement.test.left.of.right.constant, 86_400_000);
  assert.equal(facts('const DAY = 24 * 60 * 60 * 1000; setTimeout(f, 30 * DAY);').calls[0]!.literalArgs[1], 2_592_000_000);
  assert.equal(facts('setTimeout(f, 2 ** 31);').calls[0]!.literalArgs[1], 2_147_483_648);
  // `&&` within a condition is a condition of its own; its parts are known to both.
  const [inner] = facts('function f(code) { if (code !== 0 && g()) h(); }').functions[1]!.body.filter(item => item.k === 'if' && item.test.k === 'and');
  assert.equal(inner?.k === 'if' && inner.test.k === 'and' && inner.test.left.k === 'compare' && inner.test.left.left.value?.k, 'var');
});

test('a way that misses', () => {
  assert.equal(misses('end();'), false);
  assert.equal(misses('if (a) end();'), true);
  assert.equal(misses('if (a) { end(); } else { return end(); }'), false);
  assert.equal(misses('if (a) return; end();'), true);
  assert.equal(misses('if (a) throw a; end();'), false);
  assert.equal(misses('if (a) throw a; end();', { throws: true }), true);
  assert.equal(misses('try { a(); } catch { return; } end();'), true);
  assert.equal(misses('try { return a(); } finally { end(); }'), false);
  assert.equal(misses('switch (a) { case 1: end(); break; default: end(); }'), false);
  assert.equal(misses('switch (a) { case 1: end(); }'), true);
  assert.equal(misses('for (;;) { if (a) break; end(); }'), true);
});
