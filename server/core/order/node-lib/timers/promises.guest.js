'use strict';
// Promise forms of the timers: the continuation drains right behind its own timer (SEMANTICS S-41). lib/timers/promises.js.
const { AbortError, validateAbortSignal, validateObject, validateBoolean, nodeError, validateNumber } = require('internal/errors');
const timers = require('timers');

/** One promise that `schedule` resolves, with the options `signal` and `ref`. */
function scheduled(schedule, clear, value, options = {}) {
  try {
    validateObject(options, 'options');
    validateAbortSignal(options.signal, 'options.signal');
    if (options.ref !== undefined) validateBoolean(options.ref, 'options.ref');
  } catch (error) {
    return Promise.reject(error);
  }
  const { signal, ref = true } = options;
  if (signal && signal.aborted) return Promise.reject(new AbortError(undefined, { cause: signal.reason }));
  let onAbort;
  const promise = new Promise((resolve, reject) => {
    const handle = schedule(() => resolve(value));
    if (!ref) handle.unref();
    if (signal) {
      onAbort = () => {
        if (!handle._destroyed) {
          clear(handle);
          reject(new AbortError(undefined, { cause: signal.reason }));
        }
      };
      signal.addEventListener('abort', onAbort);
    }
  });
  return onAbort === undefined ? promise : finallyOn(promise, () => signal.removeEventListener('abort', onAbort));
}

/** `finally` that does not trust the promise it is given: two promise jobs more than the method (measured). */
function finallyOn(promise, fn) {
  return new Promise((resolve, reject) => {
    new Promise((pass, fail) => promise.then(pass, fail)).finally(fn).then(resolve, reject);
  });
}

function setTimeout(after, value, options = {}) {
  return scheduled(done => timers.setTimeout(done, after), timers.clearTimeout, value, options);
}

function setImmediate(value, options = {}) {
  return scheduled(done => timers.setImmediate(done), timers.clearImmediate, value, options);
}

async function* setInterval(after, value, options = {}) {
  validateObject(options, 'options');
  validateAbortSignal(options.signal, 'options.signal');
  const { signal, ref = true } = options;
  if (signal && signal.aborted) throw new AbortError(undefined, { cause: signal.reason });
  let onAbort;
  let interval;
  try {
    let notYielded = 0;
    let wake;
    interval = timers.setInterval(() => {
      notYielded++;
      if (wake) {
        wake();
        wake = undefined;
      }
    }, after);
    if (!ref) interval.unref();
    if (signal) {
      onAbort = () => {
        timers.clearInterval(interval);
        if (wake) {
          wake(Promise.reject(new AbortError(undefined, { cause: signal.reason })));
          wake = undefined;
        }
      };
      signal.addEventListener('abort', onAbort, { once: true });
    }
    while (!(signal && signal.aborted)) {
      if (notYielded === 0) await new Promise(resolve => { wake = resolve; });
      for (; notYielded > 0; notYielded--) yield value;
    }
    throw new AbortError(undefined, { cause: signal.reason });
  } finally {
    timers.clearInterval(interval);
    if (signal) signal.removeEventListener('abort', onAbort);
  }
}

class Scheduler {
  constructor() {
    throw nodeError(TypeError, 'ERR_ILLEGAL_CONSTRUCTOR', 'Illegal constructor');
  }
  wait(delay, options) {
    validateNumber(delay, 'delay');
    return setTimeout(delay, undefined, options);
  }
  yield() {
    return setImmediate();
  }
}

module.exports = { setTimeout, setImmediate, setInterval, scheduler: Object.create(Scheduler.prototype) };
