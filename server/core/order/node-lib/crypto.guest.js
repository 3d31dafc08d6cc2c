'use strict';
// Node's `crypto`: forms with a callback run in the pool (SEMANTICS S-48). Hashes and derived keys of known bytes are computed by the
// host; what nobody can know (random bytes, keys) are bytes of which only the number is known.
const { Buffer } = require('buffer');
const { nodeError, invalidArgType, outOfRange, validateFunction } = require('internal/errors');
const poll = internalBinding('poll');
const { compute } = internalBinding('computations');
const { unknown, isUnknown, forgetBytes, originOf } = internalBinding('process');

const openBytes = (what, length) => forgetBytes(Buffer.alloc(typeof length === 'number' && length < 65536 ? length : 16), what, !(typeof length === 'number' && length < 65536));
const toBytes = (value, encoding) => (typeof value === 'string' ? Buffer.from(value, encoding) : Buffer.from(value.buffer || value, value.byteOffset, value.byteLength));
const isBytes = value => typeof value === 'string' || ArrayBuffer.isView(value) || value instanceof ArrayBuffer;

/** Bytes that the host computes, or as many unknown ones. */
function computed(operation, inputs, numbers, what, length) {
  const result = inputs.some(isUnknown) ? undefined : compute(operation, inputs.map(one => toBytes(one)), numbers);
  return Array.isArray(result) ? Buffer.from(result) : openBytes(what, length);
}

/** No machine is faster than this with PBKDF2 over SHA-512. */
const leastMsPerIteration = 0.00025;

/** A pool job with a callback. */
function later(name, callback, make, cheap = true, atLeast = 0) {
  validateFunction(callback, 'callback');
  poll.start({ name: `crypto.${name}`, rounds: 0, within: cheap ? 35 : Infinity, atLeast, pool: true, ref: true }, () => callback(null, ...[].concat(make())));
}

const lengths = { md5: 16, sha1: 20, sha224: 28, sha256: 32, sha384: 48, sha512: 64, ripemd160: 20, rmd160: 20, 'sha512-256': 32, 'sha512-224': 28, 'sha3-224': 28, 'sha3-256': 32, 'sha3-384': 48, 'sha3-512': 64 };
function algorithmOf(name, argument) {
  if (isUnknown(name)) return name;
  if (typeof name !== 'string') throw invalidArgType(argument, 'of type string', name);
  return name.toLowerCase();
}
const lengthOf = name => (isUnknown(name) ? undefined : lengths[name.replace(/^rsa-/, '')]);

class Digest {
  constructor(operation, name, key) {
    Object.defineProperty(this, '_digest', { value: { operation, name, key, data: [], done: false, open: false } });
    if (lengthOf(name) === undefined) internalBinding('process').incomplete(`crypto with the algorithm ${isUnknown(name) ? originOf(name) : `'${name}'`}`);
  }
  update(data, encoding) {
    const state = this._digest;
    if (state.done && state.operation === 'digest') throw nodeError(Error, 'ERR_CRYPTO_HASH_FINALIZED', 'Digest already called');
    if (isUnknown(data)) state.open = true;
    else if (!isBytes(data)) throw invalidArgType('data', 'of type string or an instance of Buffer, TypedArray, or DataView', data);
    else state.data.push(toBytes(data, encoding));
    return this;
  }
  digest(encoding) {
    const state = this._digest;
    const { operation, name, key } = state;
    if (state.done) {
      if (operation === 'digest') throw nodeError(Error, 'ERR_CRYPTO_HASH_FINALIZED', 'Digest already called');
      return encoding && encoding !== 'buffer' ? '' : Buffer.alloc(0);
    }
    state.done = true;
    const data = Buffer.concat(state.data);
    const result = state.open || isUnknown(name) || (key && isUnknown(key)) ? openBytes(`the bytes of a ${operation}`, lengthOf(name)) : computed(`${operation} ${name}`, key === undefined ? [data] : [key, data], [], `the bytes of a ${name} ${operation}`, lengthOf(name));
    return encoding && encoding !== 'buffer' ? result.toString(encoding) : result;
  }
}
class Hash extends Digest {
  copy() {
    const state = this._digest;
    if (state.done) throw nodeError(Error, 'ERR_CRYPTO_HASH_FINALIZED', 'Digest already called');
    const other = new Hash('digest', state.name);
    other._digest.data.push(...state.data);
    other._digest.open = state.open;
    return other;
  }
}
class Hmac extends Digest {}

function createHmac(name, key) {
  const algorithm = algorithmOf(name, 'hmac');
  if (!isUnknown(key) && !isBytes(key)) {
    if (key === null || typeof key !== 'object') throw invalidArgType('key', 'of type string or an instance of ArrayBuffer, Buffer, TypedArray, DataView, KeyObject, or CryptoKey', key);
    internalBinding('process').incomplete('crypto.createHmac() with a KeyObject');
  }
  return new Hmac('hmac', algorithm, key);
}

function checkSize(size, name = 'size') {
  if (isUnknown(size)) return;
  if (typeof size !== 'number') throw invalidArgType(name, 'of type number', size);
  if (!(size >= 0 && size <= 2147483647)) throw outOfRange(name, '>= 0 && <= 2147483647', size);
}
function randomBytes(size, callback) {
  checkSize(size);
  if (callback === undefined) return openBytes('random bytes', size);
  return later('randomBytes', callback, () => openBytes('random bytes', size));
}
function randomFillSync(buffer, offset = 0, size = buffer.byteLength - offset) {
  if (!ArrayBuffer.isView(buffer) && !(buffer instanceof ArrayBuffer)) throw invalidArgType('buf', 'an instance of ArrayBuffer, Buffer, TypedArray, or DataView', buffer);
  return size === 0 ? buffer : forgetBytes(buffer, 'random bytes');
}
function randomFill(buffer, offset, size, callback) {
  if (typeof offset === 'function') [callback, offset, size] = [offset, undefined, undefined];
  else if (typeof size === 'function') [callback, size] = [size, undefined];
  later('randomFill', callback, () => randomFillSync(buffer, offset, size));
}
function randomInt(min, max, callback) {
  const onlyMax = max === undefined || typeof max === 'function';
  if (onlyMax) [min, max, callback] = [0, min, max];
  if (callback !== undefined) validateFunction(callback, 'callback');
  if (!isUnknown(min) && !Number.isSafeInteger(min)) throw invalidArgType('min', 'a safe integer', min);
  if (!isUnknown(max) && !Number.isSafeInteger(max)) throw invalidArgType('max', 'a safe integer', max);
  if (!isUnknown(min) && !isUnknown(max) && max <= min) throw outOfRange('max', `greater than the value of "min" (${min})`, max);
  const value = () => (max - min === 1 ? min : unknown('a random number', 'number'));
  if (callback === undefined) return value();
  process.nextTick(callback, undefined, value());
}

function pbkdf2Of(password, salt, iterations, length, digest) {
  const algorithm = algorithmOf(digest, 'digest');
  for (const [name, value] of [['password', password], ['salt', salt]]) if (!isUnknown(value) && !isBytes(value)) throw invalidArgType(name, 'of type string or an instance of ArrayBuffer, Buffer, TypedArray, or DataView', value);
  for (const [name, value, least] of [['iterations', iterations, 1], ['keylen', length, 0]]) {
    if (isUnknown(value)) continue;
    if (typeof value !== 'number') throw invalidArgType(name, 'of type number', value);
    if (!Number.isInteger(value)) throw outOfRange(name, 'an integer', value);
    if (value < least || value > 2147483647) throw outOfRange(name, `>= ${least} && <= 2147483647`, value);
  }
  if (lengthOf(algorithm) === undefined) internalBinding('process').incomplete(`crypto.pbkdf2() with the digest ${isUnknown(algorithm) ? originOf(algorithm) : `'${algorithm}'`}`);
  return () => computed(`pbkdf2 ${algorithm}`, [password, salt], [iterations, length], 'a derived key', length);
}
function scryptOf(password, salt, length, options = {}) {
  for (const [name, value] of [['password', password], ['salt', salt]]) if (!isUnknown(value) && !isBytes(value)) throw invalidArgType(name, 'of type string or an instance of ArrayBuffer, Buffer, TypedArray, or DataView', value);
  checkSize(length, 'keylen');
  const pick = (one, other, usual) => (options[one] !== undefined ? options[one] : options[other] !== undefined ? options[other] : usual);
  if (options.maxmem !== undefined) internalBinding('process').incomplete('the option maxmem of crypto.scrypt()');
  return () => computed('scrypt', [password, salt], [length, pick('N', 'cost', 16384), pick('r', 'blockSize', 8), pick('p', 'parallelization', 1)], 'a derived key', length);
}
const hkdfOf = (digest, key, salt, info, length) => () => {
  const result = computed(`hkdf ${algorithmOf(digest, 'digest')}`, [key, salt, info], [length], 'a derived key', length);
  return result.buffer;
};

const webcrypto = {
  subtle: {},
  getRandomValues: array => (array.byteLength === 0 ? array : forgetBytes(array, 'random bytes')),
  randomUUID: () => unknown('a random UUID', 'string'),
};
for (const name of ['digest', 'sign', 'verify', 'encrypt', 'decrypt', 'deriveBits', 'deriveKey', 'generateKey', 'importKey', 'exportKey', 'wrapKey', 'unwrapKey']) {
  webcrypto.subtle[name] = async () => new Promise(resolve => {
    poll.start({ name: `crypto.subtle.${name}`, rounds: 0, within: Infinity, pool: true, ref: true }, () => resolve(unknown(`the result of subtle.${name}`, 'object')));
  });
}

module.exports = {
  webcrypto, subtle: webcrypto.subtle, Hash, Hmac,
  randomBytes, pseudoRandomBytes: randomBytes, randomFill, randomFillSync, randomInt,
  randomUUID: () => unknown('a random UUID', 'string'),
  getRandomValues: webcrypto.getRandomValues,
  pbkdf2: (password, salt, iterations, length, digest, callback) => {
    if (typeof digest === 'function') [callback, digest] = [digest, undefined];
    validateFunction(callback, 'callback');
    later('pbkdf2', callback, pbkdf2Of(password, salt, iterations, length, digest), false, iterations * leastMsPerIteration);
  },
  scrypt: (password, salt, length, options, callback) => {
    if (typeof options === 'function') [callback, options] = [options, undefined];
    validateFunction(callback, 'callback');
    later('scrypt', callback, scryptOf(password, salt, length, options), false);
  },
  hkdf: (digest, key, salt, info, length, callback) => later('hkdf', callback, hkdfOf(digest, key, salt, info, length)),
  pbkdf2Sync: (...args) => pbkdf2Of(...args)(),
  scryptSync: (...args) => scryptOf(...args)(),
  hkdfSync: (...args) => hkdfOf(...args)(),
  generateKeyPair: (type, options, callback) => later('generateKeyPair', callback, () => [unknown('a public key', 'object'), unknown('a private key', 'object')], false),
  generateKey: (type, options, callback) => later('generateKey', callback, () => unknown('a key', 'object')),
  generateKeyPairSync: () => ({ publicKey: unknown('a public key', 'object'), privateKey: unknown('a private key', 'object') }),
  generatePrime: (size, options, callback) => later('generatePrime', callback || options, () => unknown('a prime', 'object'), false),
  checkPrime: (candidate, options, callback) => later('checkPrime', callback || options, () => unknown('whether it is prime', 'boolean'), false),
  createHash: name => new Hash('digest', algorithmOf(name, 'algorithm')),
  createHmac,
  hash: (name, data, encoding = 'hex') => new Hash('digest', algorithmOf(name, 'algorithm')).update(data).digest(encoding),
  timingSafeEqual(a, b) {
    if (!isBytes(a) || typeof a === 'string') throw invalidArgType('buf1', 'an instance of ArrayBuffer, Buffer, TypedArray, or DataView', a);
    if (!isBytes(b) || typeof b === 'string') throw invalidArgType('buf2', 'an instance of ArrayBuffer, Buffer, TypedArray, or DataView', b);
    if (a.byteLength !== b.byteLength) throw nodeError(RangeError, 'ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH', 'Input buffers must have the same byte length');
    return toBytes(a).equals(toBytes(b));
  },
};
