import assert from 'node:assert/strict';
import { test } from 'node:test';
import '../../server/core/syntax/load-reference-parser.ts';
import { explore } from '../../server/core/order/explore.ts';
import { runProgram } from '../../server/core/order/machine.ts';
import type { ProgramSource } from '../../server/core/order/run.ts';
import { renderTimelineText } from '../../server/core/report/timeline-text.ts';
import type { Timeline } from '../../server/core/order/timeline.ts';
import { renameFiles } from '../../server/host/explain-host.ts';

/** Explains `main.mjs`. */
function explain(code: string): Timeline {
  const program: ProgramSource = { entry: '/main.mjs', read: file => (file === '/main.mjs' ? code : null), resolve: () => null, moduleType: () => 'module' };
  return explore(runProgram, program, { node: 24, module: 'module', entryPoint: { kind: 'file' }, budget: { steps: 200_000, depth: 200, heap: 1_000_000, choices: 50, runs: 200 } });
}

/** `line never reached < line of the await: reason`, of each outcome. */
function unreached(code: string): string[][] {
  return explain(code).outcomes.map(({ neverReached = [] }) => neverReached.map(({ location, waitsAt, because }) => `${location.line} < ${waitsAt.line}: ${because}`));
}

const programs: readonly (readonly [name: string, code: string, expected: readonly string[]])[] = [
  ['an await of what nobody settles', "console.log('waiting');\nawait new Promise(() => {});\nconsole.log('never');", ['3 < 2: unsettled']],
  ['in a function', "async function f() {\n  await new Promise(() => {});\n  console.log('never');\n}\nf();\nconsole.log('main');", ['3 < 2: unsettled']],
  ['a value that would have been kept', "async function f() {\n  const x = await new Promise(() => {});\n  return x;\n}\nf();", ['3 < 2: unsettled']],
  ['an emitter that never emits', "import { once, EventEmitter } from 'node:events';\nawait once(new EventEmitter(), 'go');\nconsole.log('never');", ['3 < 2: unsettled']],
  ['for await over what never comes', "for await (const x of { [Symbol.asyncIterator]: () => ({ next: () => new Promise(() => {}) }) }) {\n  console.log(x);\n}\nconsole.log('never');", ['4 < 1: unsettled']],
  ['what follows the branch', "async function f(wait) {\n  if (wait) {\n    await new Promise(() => {});\n  }\n  console.log('after');\n}\nf(true);", ['5 < 3: unsettled']],
  ['finally', "async function f() {\n  try {\n    await new Promise(() => {});\n  } finally {\n    console.log('never');\n  }\n}\nf();", ['5 < 3: unsettled']],
  ['two that wait', "const never = new Promise(() => {});\nconst f = async () => {\n  await never;\n  console.log(1);\n};\nconst g = async () => {\n  await f();\n  console.log(2);\n};\ng();", ['4 < 3: unsettled', '8 < 7: unsettled']],
  ['process.exit() while something is awaited', "setTimeout(() => process.exit(), 1);\nawait new Promise(done => setTimeout(done, 1000));\nconsole.log('never');", ['3 < 2: ended']],
  ['an error while something is awaited', "setTimeout(() => { throw new Error('x'); }, 1);\nawait new Promise(done => setTimeout(done, 1000));\nconsole.log('never');", ['3 < 2: ended']],
  ['process.exit() of an exit listener comes too late to matter', "process.on('exit', () => process.exit(3));\nawait new Promise(() => {});\nconsole.log('never');", ['3 < 2: unsettled']],
  ['an async generator', "async function* g() {\n  await new Promise(() => {});\n  yield 1;\n}\ng().next();", ['3 < 2: unsettled']],
  ['what another call reaches is reached', "async function f(wait) {\n  if (wait) await new Promise(() => {});\n  console.log('after');\n}\nf(false);\nf(true);", []],
  ['what another call reaches later is reached', "async function f(wait) {\n  if (wait) await new Promise(() => {});\n  console.log('after');\n}\nf(true);\nf(false);", []],
  ['nothing follows', 'await new Promise(() => {});\nfunction f() {}', []],
  ['what settles', "await new Promise(done => setTimeout(done, 5));\nconsole.log('reached');", []],
  ['a rejection', "try {\n  await Promise.reject(1);\n  console.log('skipped');\n} catch {\n  console.log('caught');\n}", []],
  ['a server may yet settle it', "import http from 'node:http';\nconst server = http.createServer(() => {}).listen(0);\nawait new Promise(done => server.once('close', done));\nconsole.log('perhaps');", []],
];
for (const [name, code, expected] of programs) {
  test(`never reached: ${name}`, () => assert.deepEqual(unreached(code), [expected]));
}

test('only in the outcome where it is so', () => {
  const outcomes = unreached("let open = true;\nsetTimeout(() => { open = false; }, 1);\nsetImmediate(async () => {\n  if (open) await new Promise(() => {});\n  console.log('after');\n});");
  assert.deepEqual(outcomes.sort(), [[], ['5 < 4: unsettled']]);
});

test('what one run of an outcome reaches, the outcome reaches', () => {
  const timeline = explain("let open = true, x = 0;\nsetTimeout(() => { open = false; }, 1);\nsetImmediate(async () => {\n  if (open) await new Promise(() => {});\n  x = 1;\n});");
  assert.deepEqual(timeline.outcomes.map(({ neverReached }) => neverReached), [undefined]);
});

test('the sentence, in both languages, with the file as the reader knows it', () => {
  const timeline = renameFiles(explain("console.log('waiting');\nawait new Promise(() => {});\nconsole.log('never');"), file => file.slice(1));
  assert.match(renderTimelineText(timeline), /Never reached: line 3\. The await at line 2 never settles\.\n {2}Exit code 13/);
  assert.match(renderTimelineText(timeline, undefined, 'zh-cn'), /永远不会执行到：第 3 行。第 2 行的 await 始终不会完成。/);
  assert.match(renderTimelineText(renameFiles(explain("console.log(1);\nthrow new Error('x');"), file => file.slice(1))), /Error: x, line 2/);
});
