// Preload: every timer comes 25 ms late. Legal, since a timer promises a least delay only, but not in a program that waits
// on the clock: what is due when it goes on is not late.
'use strict';
const timers = require('node:timers');
const promises = require('node:timers/promises');
const { syncBuiltinESMExports } = require('node:module');
const { promisify } = require('node:util');
const late = delay => (delay >= 1 && delay <= 0x7fffffff - 25 ? Math.trunc(delay) : 1) + 25;
for (const name of ['setTimeout', 'setInterval']) {
  const original = timers[name];
  const replacement = { [name]: (callback, delay, ...args) => original(callback, late(delay), ...args) }[name];
  const promised = promises[name];
  promises[name] = (delay, ...args) => promised(late(delay), ...args);
  if (name === 'setTimeout') Object.defineProperty(replacement, promisify.custom, { value: promises[name] });
  timers[name] = globalThis[name] = replacement;
}
syncBuiltinESMExports();
