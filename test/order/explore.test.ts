import assert from 'node:assert/strict';
import { test } from 'node:test';
import { explore, exploreRuns } from '../../server/core/order/explore.ts';
import type { Budget, Decision, MachineOptions, ProgramSource, RunProgram, RunStep } from '../../server/core/order/run.ts';
import type { Timeline } from '../../server/core/order/timeline.ts';

const budget: Budget = { steps: 1e6, depth: 1000, heap: 1e7, choices: 100, runs: 1000 };
const program: ProgramSource = { entry: '/p/main.js', read: () => '', resolve: () => null, moduleType: () => 'commonjs' };

/** A machine whose program is a list of labels and choices between continuations. */
type Script = readonly (string | { readonly why: string; readonly branches: Readonly<Record<string, Script>> })[];

function machine(script: Script): RunProgram {
  return (_program, _options, decide) => {
    const decisions: Decision[] = [];
    const steps: RunStep[] = [];
    const play = (items: Script): void => {
      for (const item of items) {
        if (typeof item === 'string') {
          const location = { file: '/p/main.js', line: steps.length + 1, column: 1, endLine: 1, endColumn: 2 };
          const output = item.startsWith('(') ? [] : [{ stream: 'stdout' as const, text: item, exact: true }];
          steps.push({ id: steps.length + 1, key: item, iteration: 0, tick: 0, phase: 'poll', label: item, location, scheduledBy: 0, scheduledAt: null, output });
          continue;
        }
        const alternatives = Object.keys(item.branches);
        const taken = decide(alternatives.length, decisions.length);
        decisions.push({ n: alternatives.length, taken, why: item.why, alternatives });
        play(item.branches[alternatives[taken]!]!);
      }
    };
    play(script);
    return { output: steps.flatMap(step => step.output), exitCode: 0, steps, decisions, incompleteBecause: [] };
  };
}

function exploring(script: Script, override: Partial<Budget> = {}): Timeline {
  const options: MachineOptions = { node: 24, module: 'commonjs', entryPoint: { kind: 'file' }, budget: { ...budget, ...override } };
  return explore(machine(script), program, options);
}

const texts = (timeline: Timeline): string[] => timeline.outcomes.map(outcome => outcome.output.map(line => line.text).join(' '));
const race = (why: string, a: string, b: string): Script[number] => ({ why, branches: { [`${a} first`]: [a, b], [`${b} first`]: [b, a] } });

test('a program without decisions has one outcome, and every step always runs', () => {
  const timeline = exploring(['a', 'b']);
  assert.deepEqual(texts(timeline), ['a b']);
  assert.deepEqual(timeline.outcomes[0]!.choices, []);
  assert.deepEqual(timeline.steps.map(step => step.certainty), ['always', 'always']);
  assert.deepEqual(timeline.order, []);
  assert.equal(timeline.complete, true);
});

test('independent races multiply, the likeliest outcome first, then by number of unlikely answers', () => {
  const timeline = exploring([race('which of a and b', 'a', 'b'), race('which of c and d', 'c', 'd')]);
  assert.deepEqual(texts(timeline), ['a b c d', 'b a c d', 'a b d c', 'b a d c']);
  assert.deepEqual(timeline.outcomes[3]!.choices, ['which of a and b: b first', 'which of c and d: d first']);
  assert.deepEqual(timeline.order, [
    { a: 1, b: 2, relation: 'either', why: 'which of a and b' },
    { a: 3, b: 4, relation: 'either', why: 'which of c and d' },
  ]);
});

test('runs that cannot be told apart are one outcome, and their decision is no reason', () => {
  const timeline = exploring([{ why: 'whether the timer is due', branches: { due: ['a'], 'not due': ['a'] } }, race('which', 'b', 'c')]);
  assert.deepEqual(texts(timeline), ['a b c', 'a c b']);
  assert.deepEqual(timeline.outcomes.map(outcome => outcome.choices), [['which: b first'], ['which: c first']]);
});

test('a decision that only opens further decisions is a reason of their outcomes', () => {
  const timeline = exploring([{ why: 'whether it fails', branches: { 'it succeeds': ['a'], 'it fails': [race('which', 'b', 'c')] } }]);
  assert.deepEqual(texts(timeline), ['a', 'b c', 'c b']);
  assert.deepEqual(timeline.outcomes[2]!.choices, ['whether it fails: it fails', 'which: c first']);
  assert.deepEqual(timeline.steps.map(step => step.certainty), ['sometimes']);
});

test('pairs that silent jobs make are not listed', () => {
  const silent = exploring([race('which', '(x', '(y')]);
  assert.equal(silent.order.length, 1, 'callbacks of the loop are listed');
  assert.equal(silent.outcomes.length, 1);
});

test('a budget of runs ends honestly, with the likeliest outcomes found', () => {
  const timeline = exploring([race('1', 'a', 'b'), race('2', 'c', 'd'), race('3', 'e', 'f')], { runs: 4 });
  assert.equal(timeline.complete, false);
  assert.match(timeline.incompleteBecause.join(), /4 runs/);
  assert.deepEqual(texts(timeline), ['a b c d e f', 'b a c d e f', 'a b d c e f', 'a b c d f e']);
});

test('exactly as many runs as the budget allows are complete', () => {
  assert.deepEqual(exploring([race('1', 'a', 'b'), race('2', 'c', 'd')], { runs: 4 }).incompleteBecause, []);
});

test('decisions above the budget are not varied, and that is said', () => {
  const timeline = exploring([race('1', 'a', 'b'), race('2', 'c', 'd')], { choices: 1 });
  assert.deepEqual(texts(timeline), ['a b c d', 'b a c d']);
  assert.match(timeline.incompleteBecause.join(), /more than 1 decisions/);
});

test('a time limit ends honestly', () => {
  let clock = 0;
  const options: MachineOptions = { node: 24, module: 'commonjs', entryPoint: { kind: 'file' }, budget };
  const timeline = explore(machine([race('1', 'a', 'b'), race('2', 'c', 'd')]), program, options, { now: () => clock++, until: 1 });
  assert.match(timeline.incompleteBecause.join(), /time budget ended after 2 runs/);
  assert.equal(timeline.outcomes.length, 2);
});

test('the steps of another outcome can be asked for', () => {
  const options: MachineOptions = { node: 24, module: 'commonjs', entryPoint: { kind: 'file' }, budget };
  const timeline = explore(machine([race('1', 'a', 'b')]), program, options, undefined, 1);
  assert.deepEqual(timeline.steps.map(step => step.label), ['b', 'a']);
  assert.deepEqual(texts(timeline), ['a b', 'b a']);
});

test('every vector of answers is run exactly once', () => {
  const three = (why: string): Script[number] => ({ why, branches: { x: [`${why}x`], y: [`${why}y`, { why: `${why}?`, branches: { p: ['p'], q: ['q'] } }], z: [`${why}z`] } });
  const seen: string[] = [];
  exploreRuns(machine([three('1'), three('2')]), program, { node: 24, module: 'commonjs', entryPoint: { kind: 'file' }, budget }, ({ run }) => seen.push(run.decisions.map(decision => decision.taken).join('')));
  assert.equal(seen.length, 16);
  assert.equal(new Set(seen).size, 16);
});

test('a machine that does not repeat itself is found out', () => {
  let runs = 0;
  const fickle: RunProgram = (...args) => machine(runs++ === 0 ? [race('1', 'a', 'b')] : ['a'])(...args);
  const timeline = explore(fickle, program, { node: 24, module: 'commonjs', entryPoint: { kind: 'file' }, budget });
  assert.match(timeline.incompleteBecause.join(), /did not repeat/);
});
