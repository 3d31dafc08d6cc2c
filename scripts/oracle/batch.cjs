// Runs many programs one after the other in one process, each as if it were the main script:
//   node batch.cjs <list.json> <results.jsonl> [--late]
// Node enters a main script before the first timers phase, in a turn of its own. The callbacks of the close phase stand
// at the same place of the cycle (timers, poll, check, close, timers …), so each program starts in one, when the loop
// has run empty (`beforeExit`). Validated against processes of their own: scripts/fuzz-order.ts --validate.
'use strict';
const { readFileSync, writeSync, openSync } = require('node:fs');
const { pathToFileURL } = require('node:url');
const { TCP, constants } = process.binding('tcp_wrap');
const phases = require('./phases.cjs');
if (process.argv.includes('--late')) require('./late.cjs');

const entries = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const results = openSync(process.argv[3], 'w');
process.argv.length = 2;
let at = -1;
let lines = [];
const events = ['unhandledRejection', 'uncaughtException', 'beforeExit', 'exit', 'warning'];
const own = new Map();

console.log = (...args) => lines.push([args.join(' '), phases.currentPhase()]);
const finish = exitCode => {
  writeSync(results, `${JSON.stringify({ lines, exitCode })}\n`);
  lines = [];
};
const next = () => {
  if (at >= 0) finish(process.exitCode ?? 0);
  for (const event of events) for (const listener of process.rawListeners(event)) if (!own.get(event).includes(listener)) process.removeListener(event, listener);
  phases.forget();
  if (++at >= entries.length) return void process.reallyExit(0);
  const handle = new TCP(constants.SOCKET);
  handle.close(() => {
    // The end of a main module that throws is unlike that of an imported one: this program needs a process of its own.
    if (entries[at].endsWith('.mjs')) import(pathToFileURL(entries[at]).href).catch(() => {
      writeSync(results, '{"apart":true}\n');
      process.reallyExit(0);
    });
    else require(entries[at]);
  });
};
// What the process prints and how it ends when a program ends it.
process.on('exit', code => finish(code));
process.on('beforeExit', next);
for (const event of events) own.set(event, process.rawListeners(event));
