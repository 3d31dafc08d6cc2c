import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createGuard, type Fault } from '../../server/core/faults/guard.ts';

test('a part that throws gives its substitute, and is reported once for each file', async () => {
  const reported: Fault[] = [];
  const guard = createGuard({ report: fault => reported.push(fault) });
  const fail = (): number => {
    throw new TypeError('x is undefined');
  };
  assert.equal(guard.attempt('extract', 'a.js', () => 1, () => 2), 1);
  assert.equal(guard.attempt('extract', 'a.js', fail, () => 2), 2);
  assert.equal(guard.attempt('extract', 'a.js', fail, ({ message }) => message.length), 'TypeError: x is undefined'.length);
  assert.equal(await guard.attemptAsync('extract', 'b.js', async () => fail(), () => 3), 3);
  assert.deepEqual(reported.map(({ part, file, message }) => [part, file, message]), [['extract', 'a.js', 'TypeError: x is undefined'], ['extract', 'b.js', 'TypeError: x is undefined']]);
  assert.deepEqual(guard.faults, reported);
  assert.match(reported[0]!.stack, /guard\.test/);
});

test('whatever is thrown can be told', () => {
  const guard = createGuard();
  const odd = [null, undefined, 'text', Symbol('s'), Object.create(null), { toString: null }, new Proxy({}, { get: () => { throw new Error('no'); } })] as const;
  for (const [index, value] of odd.entries()) {
    guard.attempt(`part ${index}`, null, () => { throw value; }, () => undefined);
  }
  assert.equal(guard.faults.length, odd.length);
  for (const { message } of guard.faults) assert.equal(typeof message, 'string');
  const deep = (): number => deep() + 1;
  assert.equal(guard.attempt('deep', null, deep, () => -1), -1);
});

test('errors that are answers pass through', async () => {
  class Answer extends Error {}
  const guard = createGuard({ passes: error => error instanceof Answer });
  const answer = (): never => {
    throw new Answer('cancelled');
  };
  assert.throws(() => guard.attempt('request', null, answer, () => undefined), Answer);
  await assert.rejects(guard.attemptAsync('request', null, async () => answer(), () => undefined), Answer);
  assert.deepEqual(guard.faults, []);
});

test('a substitute that throws is the caller’s own', () => {
  const guard = createGuard();
  assert.throws(() => guard.attempt('a', null, () => { throw new Error('first'); }, () => { throw new Error('second'); }), /second/);
});
