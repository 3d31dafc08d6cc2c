// Preload: knows in which phase or queue of the event loop JavaScript is running, without changing any order.
'use strict';
const asyncHooks = require('node:async_hooks');

/** What Node calls the resource of a callback → where it runs; everything else comes from poll. */
const phaseOf = new Map([
  ['TickObject', 'nextTick'],
  ['PROMISE', 'microtask'],
  ['Microtask', 'microtask'],
  ['Timeout', 'timers'],
  ['Immediate', 'check'],
]);
const types = new Map();
/** Timers made since `forget`: one that is unref'd outlives the program that made it. */
let timeouts = [];
asyncHooks.createHook({
  init(asyncId, type, triggerAsyncId, resource) {
    types.set(asyncId, type);
    if (type === 'Timeout') timeouts.push(resource);
  },
}).enable();

/** The phase, or the queue, that runs now; `main` for what Node itself starts. */
exports.currentPhase = () => {
  const id = asyncHooks.executionAsyncId();
  if (id <= 1) return 'main';
  const type = types.get(id);
  return phaseOf.get(type) ?? (type === undefined ? 'unknown' : 'poll');
};
/** Forgets what was learnt, and ends the timers that are left. */
exports.forget = () => {
  types.clear();
  for (const timeout of timeouts) clearTimeout(timeout);
  timeouts = [];
};

// As a preload it writes each console call with its phase to the file LOOPLENS_PHASES.
if (process.env.LOOPLENS_PHASES) {
  const { writeSync, openSync } = require('node:fs');
  const file = openSync(process.env.LOOPLENS_PHASES, 'a');
  for (const method of ['log', 'info', 'debug', 'error', 'warn']) {
    const original = console[method];
    console[method] = (...args) => {
      writeSync(file, `${exports.currentPhase()}\n`);
      original.apply(console, args);
    };
  }
}
