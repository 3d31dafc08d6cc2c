'use strict';
// Timeout and Immediate as the program holds them; lists, order and phases are the loop's (event-loop/timers.ts). lib/timers.js, lib/internal/timers.js.
const { invalidArgType } = require('internal/errors');
const binding = internalBinding('timers');
const customPromisify = Symbol.for('nodejs.util.promisify.custom');

const known = new Map();
let nextId = 1;

class Timeout {
  constructor(callback, after, args, repeat) {
    this._idleTimeout = binding.coerce(after);
    this._onTimeout = callback;
    this._timerArgs = args;
    this._repeat = repeat ? this._idleTimeout : null;
    this._destroyed = false;
    Object.defineProperty(this, '_id', { value: nextId++, enumerable: false, writable: true });
  }
  ref() {
    binding.ref(this, true);
    return this;
  }
  unref() {
    binding.ref(this, false);
    return this;
  }
  hasRef() {
    return binding.hasRef(this);
  }
  /** Moves the timer to the tail of its list with a new start (SEMANTICS S-40). */
  refresh() {
    binding.start(this, this._idleTimeout);
    return this;
  }
  close() {
    clearTimeout(this);
    return this;
  }
  [Symbol.toPrimitive]() {
    known.set(this._id, this);
    return this._id;
  }
  [Symbol.dispose]() {
    clearTimeout(this);
  }
}

class Immediate {
  constructor(callback, args) {
    this._onImmediate = callback;
    this._argv = args;
    this._destroyed = false;
  }
  ref() {
    binding.refImmediate(this, true);
    return this;
  }
  unref() {
    binding.refImmediate(this, false);
    return this;
  }
  hasRef() {
    return binding.hasRefImmediate(this);
  }
  [Symbol.dispose]() {
    clearImmediate(this);
  }
}

function checkCallback(callback) {
  if (typeof callback !== 'function') throw invalidArgType('callback', 'of type function', callback);
}

function setTimeout(callback, after, ...args) {
  checkCallback(callback);
  const timer = new Timeout(callback, after, args, false);
  binding.start(timer, timer._idleTimeout);
  return timer;
}

function setInterval(callback, repeat, ...args) {
  checkCallback(callback);
  const timer = new Timeout(callback, repeat, args, true);
  binding.start(timer, timer._idleTimeout);
  return timer;
}

/** Takes a Timeout, its numeric id or that id as a string; ends intervals as well (SEMANTICS S-39). */
function clearTimeout(timer) {
  if (timer === undefined || timer === null) return;
  if (typeof timer === 'object' && timer._onTimeout) {
    timer._destroyed = true;
    timer._onTimeout = null;
    binding.clear(timer);
    known.delete(timer._id);
    return;
  }
  if (typeof timer === 'number' || typeof timer === 'string') {
    const found = known.get(Number(timer));
    if (found !== undefined) clearTimeout(found);
  }
}

function clearInterval(timer) {
  clearTimeout(timer);
}

function setImmediate(callback, ...args) {
  checkCallback(callback);
  const immediate = new Immediate(callback, args);
  binding.startImmediate(immediate);
  return immediate;
}

function clearImmediate(immediate) {
  if (!immediate || immediate._destroyed) return;
  immediate._destroyed = true;
  immediate._onImmediate = null;
  binding.clearImmediate(immediate);
}

function lazyPromised(target, name) {
  Object.defineProperty(target, customPromisify, {
    configurable: true,
    get: () => require('timers/promises')[name],
  });
}
lazyPromised(setTimeout, 'setTimeout');
lazyPromised(setImmediate, 'setImmediate');

const { complete } = internalBinding('members');
complete(Timeout, '%Timeout%');
complete(Immediate, '%Immediate%');

module.exports = { setTimeout, clearTimeout, setInterval, clearInterval, setImmediate, clearImmediate };
Object.defineProperty(module.exports, 'promises', { configurable: true, enumerable: true, get: () => require('timers/promises') });
