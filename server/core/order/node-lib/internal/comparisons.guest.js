'use strict';
// Deep equality of `assert` and `util.isDeepStrictEqual` (doc/api/assert "Comparison details").
const types = internalBinding('types');

const tag = value => Object.prototype.toString.call(value);

function equalDeep(a, b, strict, seen) {
  if (a === b) return a !== 0 || !strict || Object.is(a, b);
  if (strict ? typeof a !== 'object' : a === null || typeof a !== 'object') {
    if (strict) return typeof a === 'number' && Number.isNaN(a) && Number.isNaN(b);
    // eslint-disable-next-line eqeqeq
    return (b === null || typeof b !== 'object') && (a == b || (Number.isNaN(a) && Number.isNaN(b)));
  }
  if (a === null || b === null || typeof b !== 'object') return false;
  if (strict && Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false;
  if (tag(a) !== tag(b) || Array.isArray(a) !== Array.isArray(b)) return false;
  for (const [left, right] of seen) if (left === a && right === b) return true;
  const pairs = [...seen, [a, b]];
  const same = (x, y) => equalDeep(x, y, strict, pairs);
  if (types.isDate(a)) {
    if (!types.isDate(b) || a.getTime() !== b.getTime()) return false;
  } else if (types.isRegExp(a)) {
    if (!types.isRegExp(b) || a.source !== b.source || a.flags !== b.flags || a.lastIndex !== b.lastIndex) return false;
  } else if (a instanceof Error) {
    if (!(b instanceof Error) || a.message !== b.message || a.name !== b.name) return false;
    if (strict && (!same(a.cause, b.cause) || !same(a.errors, b.errors))) return false;
  } else if (types.isBoxedPrimitive(a)) {
    if (!types.isBoxedPrimitive(b) || !Object.is(a.valueOf(), b.valueOf())) return false;
  } else if (ArrayBuffer.isView(a)) {
    if (!ArrayBuffer.isView(b) || a.length !== b.length) return false;
    for (let i = 0; i < a.length; i++) if (!same(a[i], b[i])) return false;
    return true;
  } else if (a instanceof Set) {
    if (!(b instanceof Set) || a.size !== b.size) return false;
    const rest = [...b];
    for (const value of a) {
      const index = rest.findIndex(other => same(value, other));
      if (index < 0) return false;
      rest.splice(index, 1);
    }
  } else if (a instanceof Map) {
    if (!(b instanceof Map) || a.size !== b.size) return false;
    const rest = [...b];
    for (const [key, value] of a) {
      const index = rest.findIndex(([otherKey, other]) => same(key, otherKey) && same(value, other));
      if (index < 0) return false;
      rest.splice(index, 1);
    }
  } else if (Array.isArray(a) && a.length !== b.length) {
    return false;
  }
  const keysOf = value => [...Object.keys(value), ...(strict ? Object.getOwnPropertySymbols(value).filter(key => Object.prototype.propertyIsEnumerable.call(value, key)) : [])];
  const keys = keysOf(a);
  if (keys.length !== keysOf(b).length) return false;
  return keys.every(key => Object.prototype.hasOwnProperty.call(b, key) && same(a[key], b[key]));
}

/** `assert.partialDeepStrictEqual`: every part of `expected` is in `actual`. */
function contains(actual, expected) {
  if (expected === null || typeof expected !== 'object') return Object.is(actual, expected);
  if (actual === null || typeof actual !== 'object') return false;
  if (expected instanceof Set) return actual instanceof Set && [...expected].every(value => [...actual].some(other => contains(other, value)));
  if (expected instanceof Map) return actual instanceof Map && [...expected].every(([key, value]) => actual.has(key) && contains(actual.get(key), value));
  if (Array.isArray(expected)) return Array.isArray(actual) && expected.every((value, i) => contains(actual[i], value));
  return Reflect.ownKeys(expected).every(key => key in actual && contains(actual[key], expected[key]));
}

module.exports = {
  isDeepEqual: (a, b) => equalDeep(a, b, false, []),
  isDeepStrictEqual: (a, b) => equalDeep(a, b, true, []),
  contains,
};
