import assert from 'node:assert/strict';
import { test } from 'node:test';
import '../../server/core/syntax/load-reference-parser.ts';
import { choiceSentence } from '../../server/core/order/choice-sentence.ts';
import { explore } from '../../server/core/order/explore.ts';
import { runProgram } from '../../server/core/order/machine.ts';
import { differentialBudget } from './differential.ts';

/** Decisions as the machine words them, an answer, and what a person would write after "if". */
const sentences: readonly (readonly [why: string, answer: string, sentence: string])[] = [
  ['whether setTimeout 1 ms (line 1) is due when the loop gets to its timers', 'setTimeout 1 ms (line 1) is due', 'setTimeout 1 ms (line 1) is already due when the loop gets to its timers'],
  ['whether setTimeout 1 ms (line 1) is due when the loop gets to its timers', 'not due yet', 'setTimeout 1 ms (line 1) is not due yet when the loop gets to its timers'],
  ['whether fs.readFile (line 18) is complete when the loop polls', 'fs.readFile (line 18)', 'fs.readFile (line 18) is complete when the loop polls'],
  ['whether fs.readFile (line 18) is complete when the loop polls', 'none of them yet', 'fs.readFile (line 18) is not complete when the loop polls'],
  ["which completes first: fs.stat (line 1) or fs.stat (line 2)", 'fs.stat (line 2)', 'fs.stat (line 2) completes first'],
  ['whether pool.query() succeeds', 'it fails', 'pool.query() fails'],
  ['whether uploads exists', 'it does not', 'uploads does not exist'],
  ['when Injectable()() calls its callback', 'later', 'Injectable()() calls its callback later'],
  ['when pool.query() settles', 'at once', 'pool.query() settles at once'],
  ["whether process.env.NODE_ENV === 'production'", 'no', "process.env.NODE_ENV !== 'production'"],
  ['whether req.user is truthy', 'it is truthy', 'req.user is given'],
  ['whether user is truthy', 'it is falsy', 'user does not exist'],
  ['whether user.isAdmin is truthy', 'it is falsy', 'user.isAdmin is false'],
  ['whether result.rows.length === 0', 'yes', 'result.rows is empty'],
  ['whether rows.length is truthy', 'it is falsy', 'rows is empty'],
  ['whether count >= 3', 'no', 'count < 3'],
  ["whether 'tag' in query", 'no', "'tag' is not in query"],
  ['whether error instanceof ZodError', 'no', 'error is no ZodError'],
  ['whether await compare() is truthy', 'it is falsy', 'await compare() is falsy'],
  ['whether req.user is null or undefined', 'it has a value', 'req.user has a value'],
];
for (const [why, answer, sentence] of sentences) test(`if ${sentence}`, () => assert.equal(choiceSentence(why, answer), sentence));

const chinese: readonly (readonly [why: string, answer: string, sentence: string])[] = [
  ['whether setTimeout 1 ms (line 1) is due when the loop gets to its timers', 'not due yet', '事件循环到达 timers 阶段时 setTimeout 1 ms (line 1) 尚未到期'],
  ['whether pool.query() succeeds', 'it fails', 'pool.query() 失败'],
  ['whether user is truthy', 'it is falsy', 'user 不存在'],
  ['whether result.rows.length === 0', 'yes', 'result.rows 为空'],
  ['whether count >= 3', 'no', 'count < 3'],
];
for (const [why, answer, sentence] of chinese) test(`如果 ${sentence}`, () => assert.equal(choiceSentence(why, answer, 'zh-cn'), sentence));

test('no condition of a real program says whether or when at its start, and operations of one line have different names', () => {
  const text = "const fs = require('fs'); fs.readFile('/etc/a', () => console.log('a')); fs.readFile('/etc/b', () => console.log('b'));\nsetTimeout(() => console.log('t'), 0); if (process.env.A) console.log('A'); require('child_process').exec('git', e => console.log(!e));";
  const entry = '/program/main.js';
  const { outcomes } = explore(runProgram, { entry, read: file => (file === entry ? text : null), resolve: () => null, moduleType: () => 'commonjs' }, { node: 24, module: 'commonjs', entryPoint: { kind: 'file' }, budget: { ...differentialBudget, runs: 60 } });
  const conditions = new Set(outcomes.flatMap(outcome => outcome.conditions ?? []));
  assert.ok(conditions.size > 6);
  assert.deepEqual([...conditions].filter(condition => /^(?:if|whether|when|which|how)\b|: /.test(condition)), []);
  assert.ok([...conditions].some(condition => /fs\.readFile \(line 1, column \d+\) completes first/.test(condition)));
});
