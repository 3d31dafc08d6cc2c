'use strict';
// Node's `crypto` as far as order goes: forms with a callback run in the pool (SEMANTICS S-48); what they compute is unknown.
const { Buffer } = require('buffer');
const { validateFunction } = require('internal/errors');
const poll = internalBinding('poll');
const { unknown, incomplete } = internalBinding('process');

/** Bytes that nobody can know. */
const bytes = (what, length) => internalBinding('process').opaque(Buffer.alloc(typeof length === 'number' && length < 65536 ? length : 16), what);

/** No machine is faster than this with PBKDF2 over SHA-512. */
const leastMsPerIteration = 0.00025;

/** A pool job with a callback, or the same thing at once without one. */
function job(name, args, make, cheap = true, atLeast = 0) {
  const callback = typeof args.at(-1) === 'function' ? args.pop() : undefined;
  if (callback === undefined) return make();
  poll.start({ name: `crypto.${name}`, rounds: 0, within: cheap ? 35 : Infinity, atLeast, pool: true, ref: true }, () => callback(null, ...[].concat(make())));
  return undefined;
}

class Hash {
  constructor(name) {
    this._name = name;
    this._data = [];
  }
  update(data, encoding) {
    this._data.push(typeof data === 'string' ? Buffer.from(data, encoding) : data);
    return this;
  }
  digest(encoding) {
    const known = internalBinding('process').digest ? internalBinding('process').digest(this._name, Buffer.concat(this._data)) : undefined;
    const result = known === undefined ? bytes(`the ${this._name} digest`, 32) : Buffer.from(known);
    return encoding && encoding !== 'buffer' ? (known === undefined ? unknown(`the ${this._name} digest`, 'string') : result.toString(encoding)) : result;
  }
  copy() { return Object.assign(new Hash(this._name), { _data: this._data.slice() }); }
}

const required = (name, callback) => {
  validateFunction(callback, 'callback');
  return name;
};
const webcrypto = { subtle: {}, getRandomValues: array => internalBinding('process').opaque(array, 'random bytes'), randomUUID: () => unknown('a random UUID', 'string') };
for (const name of ['digest', 'sign', 'verify', 'encrypt', 'decrypt', 'deriveBits', 'deriveKey', 'generateKey', 'importKey', 'exportKey', 'wrapKey', 'unwrapKey']) {
  webcrypto.subtle[name] = async () => new Promise(resolve => {
    poll.start({ name: `crypto.subtle.${name}`, rounds: 0, within: Infinity, pool: true, ref: true }, () => resolve(unknown(`the result of subtle.${name}`, 'object')));
  });
}

module.exports = {
  webcrypto, subtle: webcrypto.subtle,
  randomBytes: (size, ...rest) => job('randomBytes', rest, () => bytes('random bytes', size)),
  pseudoRandomBytes: (size, ...rest) => job('randomBytes', rest, () => bytes('random bytes', size)),
  randomFill: (buffer, ...rest) => job('randomFill', rest, () => bytes('random bytes', buffer.length)),
  randomFillSync: buffer => buffer,
  randomInt: (...args) => job('randomInt', args, () => unknown('a random number', 'number')),
  randomUUID: () => unknown('a random UUID', 'string'),
  getRandomValues: webcrypto.getRandomValues,
  pbkdf2: (...args) => job(required('pbkdf2', args.at(-1)), args, () => bytes('a derived key', args[3]), false, args[2] * leastMsPerIteration),
  scrypt: (...args) => job(required('scrypt', args.at(-1)), args, () => bytes('a derived key', args[2]), false),
  hkdf: (...args) => job(required('hkdf', args.at(-1)), args, () => bytes('a derived key', args[4])),
  pbkdf2Sync: (...args) => bytes('a derived key', args[3]),
  scryptSync: (...args) => bytes('a derived key', args[2]),
  hkdfSync: (...args) => bytes('a derived key', args[4]),
  generateKeyPair: (...args) => job(required('generateKeyPair', args.at(-1)), args, () => [unknown('a public key', 'object'), unknown('a private key', 'object')], false),
  generateKey: (...args) => job(required('generateKey', args.at(-1)), args, () => unknown('a key', 'object')),
  generateKeyPairSync: () => ({ publicKey: unknown('a public key', 'object'), privateKey: unknown('a private key', 'object') }),
  generatePrime: (...args) => job(required('generatePrime', args.at(-1)), args, () => unknown('a prime', 'object'), false),
  checkPrime: (...args) => job(required('checkPrime', args.at(-1)), args, () => unknown('whether it is prime', 'boolean'), false),
  createHash: name => new Hash(name),
  createHmac: name => new Hash(`HMAC ${name}`),
  hash: (name, data, encoding = 'hex') => new Hash(name).update(data).digest(encoding),
  timingSafeEqual: (a, b) => Buffer.compare(a, b) === 0,
  constants: {},
};
