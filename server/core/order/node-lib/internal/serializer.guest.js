'use strict';
// Messages between threads: HTML "StructuredSerialize" to a text and "StructuredDeserialize" from it. The text is a JSON array of
// nodes; a value is a primitive as [type, text] or the index of a node, so cycles and shared objects stay what they are.
const types = internalBinding('types');
const { isUnknown, incomplete } = internalBinding('process');
const { pack, unpack } = require('internal/unknown-values');
const { structuredClone } = require('internal/structured-clone');

const errorConstructors = { EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError };
const viewConstructors = { Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array, Float32Array, Float64Array, BigInt64Array, BigUint64Array };

function serialize(value, transfer = []) {
  const nodes = [];
  const indexes = new Map();
  const write = item => {
    if (isUnknown(item)) return ['unknown', pack(item)];
    if (item === undefined) return ['undefined'];
    if (item === null || typeof item === 'boolean' || typeof item === 'string') return ['json', item];
    if (typeof item === 'number') return ['number', Object.is(item, -0) ? '-0' : `${item}`];
    if (typeof item === 'bigint') return ['bigint', `${item}`];
    if (typeof item === 'function' || typeof item === 'symbol') structuredClone(item);
    if (indexes.has(item)) return ['node', indexes.get(item)];
    const index = nodes.push(null) - 1;
    indexes.set(item, index);
    nodes[index] = node(item);
    return ['node', index];
  };
  const node = item => {
    if (transfer.includes(item) && !(item instanceof ArrayBuffer)) {
      incomplete('an object that moves to another thread');
      return ['Object', []];
    }
    if (types.isDate(item)) return ['Date', item.getTime()];
    if (types.isRegExp(item)) return ['RegExp', item.source, item.flags];
    if (types.isBoxedPrimitive(item)) return ['Boxed', write(item.valueOf())];
    if (types.isPromise(item) || item instanceof WeakMap || item instanceof WeakSet) structuredClone(item);
    if (typeof SharedArrayBuffer === 'function' && item instanceof SharedArrayBuffer) incomplete('memory that threads share');
    if (item instanceof ArrayBuffer) return ['ArrayBuffer', [...new Uint8Array(item)]];
    if (ArrayBuffer.isView(item)) {
      if (typeof SharedArrayBuffer === 'function' && item.buffer instanceof SharedArrayBuffer) incomplete('memory that threads share');
      const name = item instanceof Uint8Array ? 'Uint8Array' : item.constructor.name;
      if (!viewConstructors[name]) incomplete(`a ${name} in a message between threads`);
      return ['View', name, Array.from(item, write)];
    }
    if (item instanceof Map) return ['Map', [...item].map(([key, one]) => [write(key), write(one)])];
    if (item instanceof Set) return ['Set', [...item].map(write)];
    if (item instanceof Error) return ['Error', errorConstructors[item.name] ? item.name : 'Error', write(item.message), 'cause' in item ? write(item.cause) : null];
    if (item.constructor && item.constructor.name === 'MessagePort') structuredClone(item);
    return [Array.isArray(item) ? 'Array' : 'Object', Object.keys(item).map(key => [key, write(item[key])]), item.length];
  };
  const root = write(value);
  return JSON.stringify({ root, nodes });
}

function deserialize(text) {
  const { root, nodes } = JSON.parse(text);
  const made = [];
  const read = ([type, value]) => {
    switch (type) {
      case 'undefined': return undefined;
      case 'json': return value;
      case 'number': return value === '-0' ? -0 : Number(value);
      case 'bigint': return BigInt(value);
      case 'unknown': return unpack(value);
      default: return made[value] !== undefined ? made[value] : build(value);
    }
  };
  const build = index => {
    const [type, a, b, c] = nodes[index];
    const keep = value => (made[index] = value);
    switch (type) {
      case 'Date': return keep(new Date(a));
      case 'RegExp': return keep(new RegExp(a, b));
      case 'Boxed': return keep(Object(read(a)));
      case 'ArrayBuffer': return keep(new Uint8Array(a).buffer);
      case 'View': return keep(new viewConstructors[a](b.map(read)));
      case 'Map': {
        const result = keep(new Map());
        for (const [key, value] of a) result.set(read(key), read(value));
        return result;
      }
      case 'Set': {
        const result = keep(new Set());
        for (const value of a) result.add(read(value));
        return result;
      }
      case 'Error': {
        const error = keep(new (errorConstructors[a] || Error)(read(b)));
        if (c !== null) Object.defineProperty(error, 'cause', { value: read(c), writable: true, configurable: true, enumerable: false });
        return error;
      }
      default: {
        const result = keep(type === 'Array' ? new Array(b) : {});
        for (const [key, value] of a) result[key] = read(value);
        return result;
      }
    }
  };
  return read(root);
}

module.exports = { serialize, deserialize };
