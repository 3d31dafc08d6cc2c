import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeConstruct, describeForHover, phaseNames, type Construct } from '../../server/core/node/hover.ts';
import { createApiIndex } from '../../server/core/node/lookup.ts';
import { explore } from '../../server/core/order/explore.ts';
import { runProgram } from '../../server/core/order/machine.ts';
import type { Phase } from '../../server/core/order/timeline.ts';
import { differentialBudget } from '../order/differential.ts';

// Every sentence about a queue is held against a program: where its callback runs, and what runs before it.

const index = createApiIndex();

/** The phases of the steps whose code holds the word `CALLBACK`, or that print it. */
function phasesOf(text: string): Phase[] {
  const entry = '/p/a.js';
  const { steps } = explore(runProgram, { entry, read: file => (file === entry ? text : null), resolve: () => null, moduleType: () => 'commonjs' }, { node: 24, module: 'commonjs', entryPoint: { kind: 'file' }, budget: differentialBudget });
  return steps.filter(({ output }) => output.some(line => line.text === 'CALLBACK')).map(({ phase }) => phase);
}

const callbacks: readonly (readonly [module: string, member: string, program: string])[] = [
  ['globals', 'setTimeout', "setTimeout(() => console.log('CALLBACK'), 5)"],
  ['globals', 'setInterval', "const i = setInterval(() => { console.log('CALLBACK'); clearInterval(i); }, 5)"],
  ['globals', 'setImmediate', "setImmediate(() => console.log('CALLBACK'))"],
  ['globals', 'queueMicrotask', "queueMicrotask(() => console.log('CALLBACK'))"],
  ['process', 'nextTick', "process.nextTick(() => console.log('CALLBACK'))"],
  ['globals', 'Promise#then', "Promise.resolve(1).then(() => console.log('CALLBACK'))"],
  ['globals', 'Promise#catch', "Promise.reject(1).catch(() => console.log('CALLBACK'))"],
  ['globals', 'Promise#finally', "Promise.resolve(1).finally(() => console.log('CALLBACK'))"],
  ['fs', 'readFile', "require('fs').readFile('/etc/hosts', () => console.log('CALLBACK'))"],
  ['fs', 'stat', "require('fs').stat('/etc/hosts', () => console.log('CALLBACK'))"],
  ['dns', 'lookup', "require('dns').lookup('localhost', () => console.log('CALLBACK'))"],
];
for (const [module, member, program] of callbacks) {
  test(`the hover of ${member} names the phase in which its callback runs`, () => {
    const api = index.find(module, member)!;
    const [phase] = phasesOf(program);
    assert.ok(describeForHover(api).includes(`Calls back in: **${phaseNames[phase!]}**`), `${describeForHover(api)}\n\nruns in ${phase!}`);
  });
}

test('ticks come before microtasks, both before the event loop goes on; an immediate that is added in check waits an iteration', () => {
  const order = (text: string): string[] => {
    const entry = '/p/a.js';
    const { outcomes } = explore(runProgram, { entry, read: file => (file === entry ? text : null), resolve: () => null, moduleType: () => 'commonjs' }, { node: 24, module: 'commonjs', entryPoint: { kind: 'file' }, budget: differentialBudget });
    assert.equal(outcomes.length, 1);
    return outcomes[0]!.output.map(line => line.text);
  };
  assert.deepEqual(order("setImmediate(() => { process.nextTick(() => console.log('tick')); Promise.resolve().then(() => console.log('job')); }); setImmediate(() => console.log('next'))"), ['tick', 'job', 'next']);
  assert.deepEqual(order("setImmediate(() => { setImmediate(() => console.log('added')); process.nextTick(() => console.log('tick')); }); setImmediate(() => console.log('second'))"), ['tick', 'second', 'added']);
});

const constructs: readonly (readonly [Construct, string])[] = [
  ['await', "(async () => { await 1; console.log('CALLBACK'); })(); console.log('first')"],
  ['for await', "(async () => { for await (const x of [1]) console.log('CALLBACK'); })(); console.log('first')"],
  ['yield in an async generator', "(async () => { async function* f() { yield 1; console.log('CALLBACK'); } for await (const x of f()); })()"],
];
for (const [construct, program] of constructs) {
  test(`what follows ${construct} runs in the microtask queue, as its hover says`, () => {
    assert.deepEqual(phasesOf(program), ['microtask']);
    assert.match(describeConstruct(construct), /\*\*microtask queue\*\*/);
  });
}

test('a generator goes on within the call of next()', () => {
  assert.deepEqual(phasesOf("function* f() { yield 1; console.log('CALLBACK'); } const g = f(); g.next(); g.next();"), ['main']);
  assert.doesNotMatch(describeConstruct('yield'), /microtask/);
});
