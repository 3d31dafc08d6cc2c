'use strict';
// Node's `assert`. The text of a generated message that holds a diff is not the same as Node's; everything else is.
const { inspect } = internalBinding('inspect');
const { isDeepEqual, isDeepStrictEqual, contains } = require('internal/comparisons');
const { nodeError, invalidArgType } = require('internal/errors');

class AssertionError extends Error {
  constructor(options) {
    const { message, actual, expected, operator } = options;
    super(message === undefined ? `${inspect(actual)} ${operator} ${inspect(expected)}` : String(message));
    this.generatedMessage = message === undefined || !!options.generated;
    this.code = 'ERR_ASSERTION';
    this.actual = actual;
    this.expected = expected;
    this.operator = operator;
    Object.defineProperty(this, 'name', { value: 'AssertionError', enumerable: false, writable: true, configurable: true });
    if (typeof this.stack === 'string') {
      Object.defineProperty(this, 'stack', { value: this.stack.replace(/^(?:AssertionError|Error)/, 'AssertionError [ERR_ASSERTION]'), enumerable: false, writable: true, configurable: true });
    }
  }
  toString() {
    return `${this.name} [${this.code}]: ${this.message}`;
  }
}

/** A generated message is Node's only where it needs no diff. */
function fail(actual, expected, message, operator, generated) {
  if (message instanceof Error) throw message;
  const text = message !== undefined ? message : internalBinding('process').inexact(generated);
  throw new AssertionError({ actual, expected, message: text, operator, generated: message === undefined });
}

function assert(...args) {
  const [value, message] = args;
  if (!value) {
    if (message instanceof Error) throw message;
    const text = args.length === 0 ? 'No value argument passed to `assert.ok()`' : message;
    fail(value, true, text, '==', 'The expression evaluated to a falsy value');
  }
}
assert.ok = function ok(...args) {
  assert(...args);
};

function twoValues(name, holds, word) {
  assert[name] = { [name](actual, expected, message) {
    if (arguments.length < 2) throw nodeError(TypeError, 'ERR_MISSING_ARGS', 'The "actual" and "expected" arguments must be specified');
    if (!holds(actual, expected)) fail(actual, expected, message, name, `${word}\n\n${inspect(actual)} !== ${inspect(expected)}\n`);
  } }[name];
}
// eslint-disable-next-line eqeqeq
twoValues('equal', (a, b) => a == b || (Number.isNaN(a) && Number.isNaN(b)), 'Expected values to be loosely equal:');
// eslint-disable-next-line eqeqeq
twoValues('notEqual', (a, b) => !(a == b || (Number.isNaN(a) && Number.isNaN(b))), 'Expected "actual" to be loosely unequal to:');
twoValues('strictEqual', (a, b) => Object.is(a, b), 'Expected values to be strictly equal:');
twoValues('notStrictEqual', (a, b) => !Object.is(a, b), 'Expected "actual" to be strictly unequal to:');
twoValues('deepEqual', isDeepEqual, 'Expected values to be loosely deep-equal:');
twoValues('notDeepEqual', (a, b) => !isDeepEqual(a, b), 'Expected "actual" not to be loosely deep-equal to:');
twoValues('deepStrictEqual', isDeepStrictEqual, 'Expected values to be strictly deep-equal:');
twoValues('notDeepStrictEqual', (a, b) => !isDeepStrictEqual(a, b), 'Expected "actual" not to be strictly deep-equal to:');
twoValues('partialDeepStrictEqual', contains, 'Expected values to be partially and strictly deep-equal:');

assert.fail = message => {
  if (message instanceof Error) throw message;
  throw new AssertionError({ message: message === undefined ? 'Failed' : message, operator: 'fail', generated: message === undefined });
};
assert.ifError = value => {
  if (value === null || value === undefined) return;
  throw new AssertionError({ actual: value, expected: null, operator: 'ifError', message: `ifError got unwanted exception: ${value instanceof Error ? value.message : inspect(value)}`, generated: true });
};
assert.match = (text, regexp, message) => {
  if (typeof text !== 'string' || !regexp.test(text)) fail(text, regexp, message, 'match', `The input did not match the regular expression ${inspect(regexp)}. Input:\n\n${inspect(text)}\n`);
};
assert.doesNotMatch = (text, regexp, message) => {
  if (typeof text === 'string' && regexp.test(text)) fail(text, regexp, message, 'doesNotMatch', `The input was expected to not match the regular expression ${inspect(regexp)}. Input:\n\n${inspect(text)}\n`);
};

/** Whether an error is the expected one: class, regular expression, object of properties, or a validating function. */
function checkError(error, expected, message, name) {
  if (expected === undefined) return;
  if (typeof expected === 'function') {
    if (expected.prototype !== undefined && error instanceof expected) return;
    if (Error.isPrototypeOf(expected) || expected === Error) throw error;
    if (expected.call({}, error) === true) return;
    fail(error, expected, message, name, `The ${expected.name ? `"${expected.name}" ` : ''}validation function is expected to return "true". Received ${inspect(false)}\n\nCaught error:\n\n${error}`);
  }
  if (expected instanceof RegExp) {
    if (expected.test(String(error))) return;
    fail(error, expected, message, name, `The input did not match the regular expression ${inspect(expected)}. Input:\n\n${inspect(String(error))}\n`);
  }
  if (typeof expected !== 'object') throw invalidArgType('expected', 'of type function or an instance of Error, RegExp, or Object', expected);
  const keys = Object.keys(expected);
  if (expected instanceof Error) keys.push('name', 'message');
  for (const key of keys) {
    const regexp = expected[key] instanceof RegExp && typeof error[key] === 'string';
    if (!(key in error) || !(regexp ? expected[key].test(error[key]) : isDeepStrictEqual(error[key], expected[key]))) {
      fail(error, expected, message, name, `Expected values to be strictly deep-equal:\n\n${inspect(error)}\n${inspect(expected)}\n`);
    }
  }
}

function missing(expected, message, name) {
  if (typeof expected === 'string') [expected, message] = [undefined, expected];
  const what = name === 'rejects' ? 'rejection' : 'exception';
  const kind = expected && expected.name ? ` (${expected.name}).` : '.';
  throw new AssertionError({ actual: undefined, expected, operator: name, message: `Missing expected ${what}${message !== undefined && kind === '.' ? `: ${message}` : message !== undefined ? `${kind.slice(0, -1)}: ${message}` : kind}`, generated: message === undefined });
}

assert.throws = (fn, expected, message) => {
  if (typeof fn !== 'function') throw invalidArgType('fn', 'of type function', fn);
  let caught;
  try {
    fn();
  } catch (error) {
    caught = { error };
  }
  if (caught === undefined) missing(expected, message, 'throws');
  checkError(caught.error, typeof expected === 'string' ? undefined : expected, message, 'throws');
};
assert.doesNotThrow = (fn, expected, message) => {
  try {
    fn();
  } catch (error) {
    const text = typeof expected === 'string' ? expected : message;
    fail(error, expected, `Got unwanted exception${text === undefined ? '.' : `: ${text}`}\nActual message: "${error && error.message}"`, 'doesNotThrow');
  }
};

async function waited(promiseOrFn) {
  if (typeof promiseOrFn === 'function') {
    const result = promiseOrFn();
    if (result === null || typeof result !== 'object' || typeof result.then !== 'function') throw nodeError(TypeError, 'ERR_INVALID_RETURN_VALUE', `Expected instance of Promise to be returned from the "promiseFn" function but got ${result === undefined ? 'undefined' : `type ${typeof result}`}.`);
    return settled(result);
  }
  if (promiseOrFn === null || typeof promiseOrFn !== 'object' || typeof promiseOrFn.then !== 'function') throw invalidArgType('promiseFn', 'of type function or an instance of Promise', promiseOrFn);
  return settled(promiseOrFn);
}
async function settled(promise) {
  try {
    await promise;
  } catch (error) {
    return { error };
  }
  return undefined;
}
assert.rejects = async function rejects(promise, expected, message) {
  const caught = await waited(promise);
  if (caught === undefined) missing(expected, message, 'rejects');
  checkError(caught.error, typeof expected === 'string' ? undefined : expected, message, 'rejects');
};
assert.doesNotReject = async function doesNotReject(promise, expected, message) {
  const caught = await waited(promise);
  if (caught !== undefined) {
    const text = typeof expected === 'string' ? expected : message;
    fail(caught.error, expected, `Got unwanted rejection${text === undefined ? '.' : `: ${text}`}\nActual message: "${caught.error && caught.error.message}"`, 'doesNotReject');
  }
};

assert.AssertionError = AssertionError;
assert.strict = Object.assign((...args) => assert(...args), assert, {
  equal: assert.strictEqual, deepEqual: assert.deepStrictEqual, notEqual: assert.notStrictEqual, notDeepEqual: assert.notDeepStrictEqual,
});
assert.strict.strict = assert.strict;
module.exports = assert;
