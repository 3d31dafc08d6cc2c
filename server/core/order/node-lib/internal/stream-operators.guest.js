'use strict';
// Readable's iterator helpers (lib/internal/streams/operators.js), one item at a time; a concurrency above 1 is not modelled.
const { invalidArgType, AbortError } = require('internal/errors');

function check(fn, options, name) {
  if (typeof fn !== 'function') throw invalidArgType('fn', 'of type function', fn);
  if (options && options.concurrency > 1) internalBinding('process').incomplete(`stream.Readable.${name} with a concurrency`);
}

async function* map(fn, options) {
  check(fn, options, 'map');
  const controller = new AbortController();
  for await (const value of this) yield await fn(value, { signal: controller.signal });
}

async function* filter(fn, options) {
  check(fn, options, 'filter');
  const controller = new AbortController();
  for await (const value of this) if (await fn(value, { signal: controller.signal })) yield value;
}

async function* flatMap(fn, options) {
  check(fn, options, 'flatMap');
  for await (const value of map.call(this, fn, options)) yield* value;
}

async function* take(count) {
  let left = Number(count);
  if (left <= 0) return;
  for await (const value of this) {
    yield value;
    if (--left <= 0) return;
  }
}

async function* drop(count) {
  let left = Number(count);
  for await (const value of this) if (left-- <= 0) yield value;
}

async function forEach(fn, options) {
  check(fn, options, 'forEach');
  for await (const _ of map.call(this, fn, options)) void _;
}

async function toArray(options) {
  const result = [];
  for await (const value of this) {
    if (options && options.signal && options.signal.aborted) throw new AbortError(undefined, { cause: options.signal.reason });
    result.push(value);
  }
  return result;
}

async function reduce(fn, initial, options) {
  check(fn, options, 'reduce');
  let has = arguments.length > 1;
  let total = initial;
  for await (const value of this) {
    if (!has) {
      total = value;
      has = true;
    } else {
      total = await fn(total, value, {});
    }
  }
  if (!has) throw new TypeError('Reduce of an empty stream requires an initial value');
  return total;
}

async function some(fn, options) {
  for await (const _ of filter.call(this, fn, options)) return true;
  return false;
}

async function every(fn, options) {
  return !(await some.call(this, async (...args) => !(await fn(...args)), options));
}

async function find(fn, options) {
  for await (const value of filter.call(this, fn, options)) return value;
  return undefined;
}

function install(Readable) {
  const define = (name, value) => Object.defineProperty(Readable.prototype, name, { value, configurable: true, enumerable: false, writable: true });
  for (const [name, operator] of Object.entries({ map, filter, flatMap, take, drop })) {
    define(name, function (...args) {
      return Readable.from(Reflect.apply(operator, this, args));
    });
  }
  for (const [name, operator] of Object.entries({ forEach, toArray, reduce, some, every, find })) define(name, operator);
}

module.exports = { install };
