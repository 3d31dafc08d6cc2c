import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { OutputLine, Phase, Step, Timeline } from '../../server/core/order/timeline.ts';
import { renderTimelineJson } from '../../server/core/report/timeline-json.ts';
import { renderTimelineMermaid } from '../../server/core/report/timeline-mermaid.ts';
import { plainStyle, renderTimelineText } from '../../server/core/report/timeline-text.ts';

const at = (line: number, file = 'a.js') => ({ file, line, column: 1, endLine: line, endColumn: 2 });
const prints = (...texts: string[]): OutputLine[] => texts.map(text => ({ stream: 'stdout', text, exact: true }));

function step(id: number, iteration: number, phase: Phase, label: string, line: number, scheduledBy: number, output: OutputLine[], rest: Partial<Step> = {}): Step {
  return { id, iteration, tick: id, phase, label, location: at(line), scheduledBy, scheduledAt: scheduledBy ? at(line) : null, certainty: 'always', output, ...rest };
}

const timeout = step(3, 1, 'timers', 'setTimeout callback (1 ms)', 2, 1, prints('timeout'));
const immediate = step(4, 1, 'check', 'setImmediate callback', 3, 1, prints('immediate'));
const race: Timeline = {
  schemaVersion: 1,
  file: 'a.js',
  module: 'commonjs',
  node: '24',
  complete: true,
  incompleteBecause: [],
  outcomes: [
    { output: prints('start', 'end', 'promise', 'timeout', 'immediate'), exitCode: 0, choices: ['whether the 1 ms timer is due when the loop starts: it is due'] },
    { output: prints('start', 'end', 'promise', 'immediate', 'timeout'), exitCode: 0, choices: ['whether the 1 ms timer is due when the loop starts: it is not due yet'] },
  ],
  steps: [
    step(1, 0, 'main', 'main script', 1, 0, prints('start', 'end')),
    step(2, 0, 'microtask', 'then callback', 4, 1, prints('promise'), { resumes: 'await at line 9' }),
    timeout,
    immediate,
  ],
  order: [{ a: 3, b: 4, relation: 'either', why: 'whether the 1 ms timer is due when the loop starts' }],
};

test('text: headings per iteration and phase, one line per step, open orders and other outcomes', () => {
  assert.equal(
    renderTimelineText(race),
    `a.js · Node 24, CommonJS
Runs in several orders: 2 outcomes, no other is possible. The likeliest:

Main script
  1  main       main script, line 1                                         → start ⏎ end
  2  microtask  then callback, resumes await at line 9, line 4  ← 1 (line 4)  → promise

Iteration 1: timers
  3  timers     setTimeout callback (1 ms), line 2            ← 1 (line 2)  → timeout

Iteration 1: check
  4  check      setImmediate callback, line 3                 ← 1 (line 3)  → immediate
     ⇄ before or after 3: whether the 1 ms timer is due when the loop starts

Outcome 1 of 2 (likeliest)
  · whether the 1 ms timer is due when the loop starts: it is due
    start
    end
    promise
    timeout
    immediate

Outcome 2 of 2
  · whether the 1 ms timer is due when the loop starts: it is not due yet
    start
    end
    promise
    immediate
    timeout
`,
  );
});

test('text: an answer that may miss outcomes says why first', () => {
  const text = renderTimelineText({ ...race, complete: false, incompleteBecause: ['a.js:7: WebAssembly is not modelled'], outcomes: race.outcomes.slice(0, 1) });
  assert.match(text, /One outcome found, others are possible, because\n {2}- a\.js:7: WebAssembly is not modelled\n/);
});

test('text: exit codes, unknown texts, stderr, other files and steps of some outcomes are told', () => {
  const odd = step(1, 0, 'main', 'f()', 1, 0, [{ stream: 'stderr', text: 'oops', exact: false }], { location: at(9, 'lib/b.js'), certainty: 'sometimes' });
  const text = renderTimelineText({ ...race, outcomes: [{ output: [], exitCode: 1, choices: [] }], steps: [odd], order: [] });
  assert.match(text, /^\? 1 +main +f\(\), lib\/b\.js:9 +→ oops \(about\) \(stderr\)\n\n\? does not run in every outcome\n/m);
  assert.match(text, /Exit code 1\.\n$/);
  assert.match(renderTimelineText({ ...race, outcomes: [{ output: [], exitCode: null, choices: [] }] }), /keeps running\.\n$/);
});

test('text: control characters of the program do not reach the terminal', () => {
  assert.match(renderTimelineText({ ...race, steps: [step(1, 0, 'main', 'main script', 1, 0, prints('\u001b[2Jx'))], order: [] }), /→ \\x1b\[2Jx\n/);
});

test('text: a style marks titles and output', () => {
  const text = renderTimelineText(race, { ...plainStyle, title: title => `<${title}>`, output: output => `{${output}}` });
  assert.match(text, /^<a\.js>/);
  assert.match(text, /→ \{start\} ⏎ \{end\}\n/);
});

test('json: one object with the contract’s fields in their order', () => {
  const parsed = JSON.parse(renderTimelineJson(race)) as Timeline;
  assert.deepEqual(parsed, race);
  assert.deepEqual(Object.keys(parsed), ['schemaVersion', 'file', 'module', 'node', 'complete', 'incompleteBecause', 'outcomes', 'steps', 'order']);
});

test('mermaid: subgraphs, arrows and escaped text', () => {
  const text = renderTimelineMermaid({ ...race, steps: [...race.steps.slice(0, 3), { ...immediate, output: prints('"a" <b> #1') }] });
  assert.match(text, /^flowchart TD\n {2}subgraph g1\["Main script"\]\n {4}s1\["1\. main script \(line 1\)<br>→ start<br>→ end"\]\n/);
  assert.match(text, /s4\["4\. setImmediate callback \(line 3\)<br>→ #34;a#34; #60;b#62; #35;1"\]/);
  assert.match(text, /\n {2}s3 --> s4\n/);
  assert.match(text, /\n {2}s1 -\. schedules \.-> s3\n/);
  assert.match(text, /\n {2}s3 <-- "either order: whether the 1 ms timer is due when the loop starts" --> s4\n$/);
});
