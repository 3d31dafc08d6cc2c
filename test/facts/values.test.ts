import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { extractFacts } from '../../server/core/facts/extract-facts.ts';
import type { ModuleFacts, Value } from '../../server/core/facts/module-facts.ts';
import { parse } from '../../server/core/syntax/parse.ts';

const factsOf = (text: string): ModuleFacts => extractFacts(parse('a.js', text));

/** What the variable `x` is assigned. */
function valueOfX(text: string): Value | undefined {
  const { assignments, variables } = factsOf(text);
  const found = assignments.find(item => item.to === 'var' && variables[item.var]!.name === 'x');
  return found?.value;
}

describe('regular expressions', () => {
  test('literals and constructed ones of a constant text', () => {
    const { regexes } = factsOf(`const a = /a+/g; const part = 'b+'; new RegExp('^' + part, 'i'); RegExp(String.raw\`\\d\`); new RegExp(process.argv[2]); new RegExp('c', flags());`);
    assert.deepEqual(regexes.map(({ source, flags }) => `/${source}/${flags}`), ['/a+/g', '/^b+/i', '/\\d/']);
  });

  test('are values', () => {
    assert.deepEqual(valueOfX('const x = /a/;'), { k: 'regex', regex: 0 });
  });
});

describe('computed values', () => {
  test('keep the arithmetic with a constant', () => {
    const x = valueOfX('let n = f(); const x = n - 1;');
    assert.deepEqual(x, { k: 'derived', of: [{ k: 'var', var: 0 }], by: { operator: '-', constant: 1 } });
  });

  test('a number that a conditional limits is no value any more', () => {
    const values = ['n > 100 ? 100 : n', 'n < 100 ? n : 100', '!(n > 100) ? n : 100', '100 < n ? 100 : n', 'n < 1 ? 1 : n', 'n ? n : 100'].map(text => valueOfX(`const n = f(); const x = ${text};`));
    assert.deepEqual(values.map(value => JSON.stringify(value ?? null).includes('var')), [false, false, false, false, true, true]);
  });

  test('what is added to a variable flows into it', () => {
    assert.deepEqual(valueOfX('let x; function f(part) { x += part; }')?.k, 'derived');
  });
});

test('constant properties of objects', () => {
  const [object] = factsOf(`const a = { max: 10 * 10, on: true, name: 'n', other: f() };`).objects;
  assert.deepEqual(object!.constants, { max: 100, on: true });
  assert.deepEqual(object!.properties.map(({ name }) => name), ['name', 'other']);
});
