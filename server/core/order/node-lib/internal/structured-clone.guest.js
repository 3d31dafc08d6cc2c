'use strict';
// HTML "StructuredSerialize" and "StructuredDeserialize" in one pass; synchronous, drains nothing.
const types = internalBinding('types');

function structuredClone(value, options = undefined) {
  const transfer = options && options.transfer ? [...options.transfer] : [];
  return clone(value, new Map(), transfer);
}

function refuse(value) {
  const { DOMException } = require('internal/event-target');
  const shown = typeof value === 'symbol' ? value.toString() : typeof value === 'function' ? `${value}` : Object.prototype.toString.call(value).replace('[object ', '#<').replace(']', '>');
  throw new DOMException(`${shown} could not be cloned.`, 'DataCloneError');
}

function clone(value, seen, transfer) {
  if (typeof value === 'function' || typeof value === 'symbol') refuse(value);
  if (value === null || typeof value !== 'object') return value;
  if (seen.has(value)) return seen.get(value);
  if (transfer.includes(value)) return value;
  if (types.isDate(value)) return new Date(value.getTime());
  if (types.isRegExp(value)) return new RegExp(value.source, value.flags);
  if (types.isBoxedPrimitive(value)) return Object(value.valueOf());
  if (types.isPromise(value) || value instanceof WeakMap || value instanceof WeakSet) refuse(value);
  const keep = result => {
    seen.set(value, result);
    return result;
  };
  if (value instanceof ArrayBuffer) return keep(value.slice(0));
  if (ArrayBuffer.isView(value)) {
    const Constructor = Object.getPrototypeOf(value.constructor) === Uint8Array ? Uint8Array : value.constructor;
    return keep(value instanceof Uint8Array ? new Uint8Array(value) : new Constructor(value));
  }
  if (value instanceof Map) {
    const result = keep(new Map());
    for (const [key, item] of value) result.set(clone(key, seen, transfer), clone(item, seen, transfer));
    return result;
  }
  if (value instanceof Set) {
    const result = keep(new Set());
    for (const item of value) result.add(clone(item, seen, transfer));
    return result;
  }
  if (value instanceof Error) {
    const constructors = { EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError };
    const Constructor = constructors[value.name] || Error;
    const made = new Constructor(value.message);
    Object.defineProperty(made, 'stack', { value: value.stack, writable: true, configurable: true, enumerable: false });
    if ('cause' in value) Object.defineProperty(made, 'cause', { value: clone(value.cause, seen, transfer), writable: true, configurable: true, enumerable: false });
    seen.set(value, made);
    return made;
  }
  const result = keep(Array.isArray(value) ? new Array(value.length) : {});
  for (const key of Object.keys(value)) result[key] = clone(value[key], seen, transfer);
  return result;
}

module.exports = { structuredClone };
