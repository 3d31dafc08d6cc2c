import assert from 'node:assert/strict';
import { test } from 'node:test';
import { handlerSteps, processHandlers } from '../../server/core/graph/process-handlers.ts';
import { link, type Program } from '../hazards/check-program.ts';

/** The steps of the program's handlers, each as `kind timing code`, without plain calls. */
function steps(program: Program): string[] {
  const graph = link(program);
  return processHandlers(graph).flatMap(handler =>
    handlerSteps(graph, handler)
      .filter(({ kind }) => kind !== 'call')
      .map(({ kind, timing, code, conditions, caught }) => [kind, timing, ...(code === null ? [] : [code]), ...conditions.map(({ rest }) => (rest ? 'rest' : 'branch')), ...(caught ? ['caught'] : [])].join(' ')),
  );
}

function check(name: string, program: Program | string, expected: readonly string[]): void {
  test(name, () => assert.deepEqual(steps(typeof program === 'string' ? { 'a.js': program } : program), expected));
}

const on = (body: string): string => `process.on('uncaughtException', ${body});`;

check('an exit, and nothing behind it', on('() => { process.exit(2); process.abort(); }'), ['exit now 2']);
check('no code, an unknown one, and one that is set before', on('error => { process.exitCode = 3; if (error.a) process.exit(); process.exit(error.code); }'), ['exit-code now 3', 'exit now none branch', 'exit now rest']);
check('codes through parameters, other files and bind', { 'a.js': "const { end } = require('./b');\nprocess.on('SIGTERM', end.bind(null, 4));\nprocess.on('SIGINT', () => end(5));", 'b.js': 'exports.end = code => leave(code);\nfunction leave(code) { process.exit(code); }' }, ['exit now 4', 'exit now 5']);
check('after an await, in a promise, in a callback', `${on('async () => { await work(); process.exit(1); }')}\nfunction work() {}`, ['await now', 'exit later 1']);
check('a continuation, and a finally', on('() => { fetch().then(() => process.exit(1)).finally(() => process.abort()); }'), ['exit later 1', 'abort later']);
check('a timer comes whatever else hangs, unless it is set later', on('async () => { setTimeout(() => process.exit(1), 5); await 1; setTimeout(() => process.exit(2), 5); }'), ['set-timer now', 'exit timer 1', 'await now', 'set-timer later', 'exit later 2']);
check('a server that closes', `const server = require('http').createServer();\n${on('() => server.close(() => process.exit(1))')}`, ['close now', 'exit later 1']);
check('the parent', `const cluster = require('cluster');\n${on("() => { process.send('x'); process.disconnect(); cluster.worker.disconnect(); process.kill(process.pid, 'SIGKILL'); process.kill(1, 0); }")}`, ['send now', 'disconnect now', 'disconnect now', 'kill now']);
check('throws, caught ones and those behind an early return', on('error => { try { throw error; } catch { process.exit(1); } if (error.a) return; throw error; }'), ['exit now 1 branch', 'throw now rest']);
check('both branches leave', on('error => { if (error.a) process.exit(1); else throw error; process.exit(2); }'), ['exit now 1 branch', 'throw now branch']);
check('functions that call each other', `${on('() => a(1)')}\nfunction a(n) { b(n); }\nfunction b(n) { a(n); process.exit(n); }`, ['exit now 1']);
check('loops over arrays run now', on('() => [1].forEach(() => process.exit(1))'), ['exit now 1']);

test('events from lists and constants, and listeners that are taken off', () => {
  const graph = link({
    'a.js': `const signals = ['SIGTERM', 'SIGINT'];
const crash = 'uncaughtException';
signals.forEach(signal => process.on(signal, () => {}));
for (const event of ['exit', 'beforeExit']) process.once(event, () => {});
process.prependListener(crash, stop);
process.off('uncaughtException', stop);
function stop() {}
const p = require('node:process');
p.addListener('SIGHUP', require('./unknown'));`,
  });
  assert.deepEqual(processHandlers(graph).map(({ event, removed, unknown }) => [event, removed, unknown]), [
    ['SIGTERM', false, false],
    ['SIGINT', false, false],
    ['exit', false, false],
    ['beforeExit', false, false],
    ['uncaughtException', true, false],
    ['SIGHUP', false, true],
  ]);
});
