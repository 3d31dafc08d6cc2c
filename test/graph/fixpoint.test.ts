import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createFixpoint, type Fixpoint } from '../../server/core/graph/fixpoint.ts';
import { seeded } from '../../scripts/lib/mutate.ts';

/** Whether a node of a graph reaches one of the marked ones. */
function reachability(edges: readonly (readonly number[])[], marked: ReadonlySet<number>) {
  const fixpoint: Fixpoint<number, boolean> = createFixpoint({ keyOf: node => node, initial: false, unknown: true, answer: node => marked.has(node) || edges[node]!.some(fixpoint.ask) });
  return fixpoint.ask;
}

test('a chain of any length', () => {
  const length = 100_000;
  const ask = reachability(Array.from({ length }, (_, node) => (node + 1 < length ? [node + 1] : [])), new Set([length - 1]));
  assert.equal(ask(0), true);
});

test('circles have the least answer, whoever asks first', () => {
  const random = seeded(7);
  for (let round = 0; round < 200; round++) {
    const size = 2 + Math.floor(random() * 30);
    const edges = Array.from({ length: size }, () => Array.from({ length: Math.floor(random() * 3) }, () => Math.floor(random() * size)));
    const marked = new Set([Math.floor(random() * size)]);
    const expected = edges.map((_, from) => {
      const seen = new Set([from]);
      for (const node of seen) for (const next of edges[node]!) seen.add(next);
      return [...seen].some(node => marked.has(node));
    });
    const upward = reachability(edges, marked);
    const downward = reachability(edges, marked);
    assert.deepEqual(edges.map((_, node) => upward(node)), expected);
    assert.deepEqual(edges.map((_, index) => downward(size - 1 - index)).reverse(), expected);
  }
});

test('work in proportion to the edges: a wide question is answered twice, not once for each part', () => {
  let answered = 0;
  const fixpoint: Fixpoint<number, number> = createFixpoint({
    keyOf: node => node,
    initial: 0,
    unknown: -1,
    answer: node => {
      answered++;
      return node > 0 ? 1 : Array.from({ length: 1000 }, (_, index) => fixpoint.ask(index + 1)).reduce((sum, value) => Math.max(sum, value), 0);
    },
  });
  assert.equal(fixpoint.ask(0), 1);
  assert.equal(answered, 1002);
});

test('what does not come to rest is not known', () => {
  const fixpoint: Fixpoint<string, string> = createFixpoint({ keyOf: name => name, initial: 'a', unknown: 'unknown', answer: name => (name === 'x' ? (fixpoint.ask('y') === 'a' ? 'b' : 'a') : fixpoint.ask('x') === 'a' ? 'a' : 'b') });
  assert.equal(fixpoint.ask('x'), 'unknown');
});

test('after an answer that threw nothing half-known is left', () => {
  let fails = true;
  const fixpoint: Fixpoint<string, boolean> = createFixpoint({ keyOf: name => name, initial: false, unknown: false, answer: name => {
    if (name === 'a') return fixpoint.ask('b') || fixpoint.ask('c');
    if (name === 'b') return fixpoint.ask('a');
    if (fails) throw new Error('once');
    return true;
  } });
  assert.throws(() => fixpoint.ask('a'), /once/);
  fails = false;
  assert.deepEqual(['b', 'a', 'c'].map(fixpoint.ask), [true, true, true]);
});
