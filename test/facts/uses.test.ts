import assert from 'node:assert/strict';
import { test } from 'node:test';
import { extractFacts } from '../../server/core/facts/extract-facts.ts';
import { statementsOf } from '../../server/core/facts/walk-statements.ts';
import { parse } from '../../server/core/syntax/parse.ts';

/** What is used, and as what: `f() text`, `x member length`. */
function uses(text: string): string[] {
  const facts = extractFacts(parse('a.ts', text));
  return facts.uses.map(use => [use.value.k === 'call' ? `${facts.calls[use.value.call]!.text}()` : facts.variables[use.value.var]!.name, use.as, ...(use.name === undefined ? [] : [use.name])].join(' '));
}
/** The calls whose value is thrown away. */
function dropped(text: string): string[] {
  const facts = extractFacts(parse('a.ts', text));
  return [...statementsOf(facts.functions[0]!.body)].flatMap(({ statement }) => (statement.k !== 'drop' ? [] : (statement.value.k === 'union' ? statement.value.of : [statement.value]).flatMap(value => (value.k === 'call' ? [facts.calls[value.call]!.text] : []))));
}

test('results of calls, used as what no promise is', () => {
  assert.deepEqual(uses('if (f()) g(); while (!h()); a && b();'), ['f() condition', 'h() condition']);
  assert.deepEqual(uses('if (x && f()) g(); const y = f() || 1;'), ['f() condition', 'f() condition']);
  assert.deepEqual(uses('f() + 1; `${f()}`; f() === 2; switch (f()) {} f() instanceof X; typeof f();'), ['f() operand', 'f() text', 'f() compared', 'f() compared']);
  assert.deepEqual(uses('[...f()]; ({ ...f() }); for (const x of f()); f().length; f().then(g);'), ['f() spread', 'f() spread', 'f() iterated', 'f() member length']);
});

test('variables that hold the result of a call', () => {
  assert.deepEqual(uses('const x = f(); if (x) x.length; x.g(); y.length;'), ['x condition', 'x member length']);
  assert.deepEqual(uses('const x = await f(); if (x) g();'), []);
});

test('calls whose value nobody takes', () => {
  assert.deepEqual(dropped('f(); a && g(); a ? h() : i(); (j(), k()); l?.();'), ['f', 'g', 'h', 'i', 'k', 'l']);
  assert.deepEqual(dropped('await f(); void g(); x = h(); const y = i(); return_(j());'), ['return_']);
});

test('parameters that are never read', () => {
  assert.deepEqual(extractFacts(parse('a.js', 'f((a, b, c) => { b = 1; g(c); });')).variables.map(({ name, unread }) => `${name}${unread ? ' unread' : ''}`), ['a unread', 'b unread', 'c']);
});
