'use strict';
// Node's `zlib`: one-shots take two trips to the pool and call back from poll (SEMANTICS S-50). What this program compressed it can
// decompress again, and known bytes the host decompresses; compressed bytes are unknown but for their round trip.
const { Transform } = require('stream');
const { Buffer } = require('buffer');
const { invalidArgType, validateFunction } = require('internal/errors');
const { compute } = internalBinding('computations');
const { unknown, isUnknown, incomplete, forgetBytes, unknownBytes } = internalBinding('process');
const poll = internalBinding('poll');

const pairs = { gzip: 'gunzip', deflate: 'inflate', deflateRaw: 'inflateRaw', brotliCompress: 'brotliDecompress', zstdCompress: 'zstdDecompress' };
/** What each compressed buffer of this program holds. */
const contents = new WeakMap();

function bytesOf(data) {
  if (typeof data === 'string' || isUnknown(data)) return Buffer.from(data);
  if (ArrayBuffer.isView(data) || data instanceof ArrayBuffer) return Buffer.from(data.buffer || data, data.byteOffset, data.byteLength);
  throw invalidArgType('buffer', 'of type string or an instance of Buffer, TypedArray, DataView, or ArrayBuffer', data);
}

/** Compressed bytes differ from one zlib to the next, in number too: only what they decompress to is known. */
function compress(name, data) {
  const bytes = bytesOf(data);
  const result = forgetBytes(Buffer.alloc(bytes.length + 20), `the bytes that zlib.${name} makes`, true);
  contents.set(result.buffer, bytes);
  return result;
}

const messages = { Z_DATA_ERROR: -3, Z_BUF_ERROR: -5, Z_NEED_DICT: 2 };
function decompress(name, data) {
  const kept = contents.get(data.buffer);
  if (kept !== undefined) return Buffer.from(kept);
  const bytes = bytesOf(data);
  const format = name === 'unzip' ? (bytes[0] === 0x1f ? 'gunzip' : 'inflate') : name;
  const result = unknownBytes(bytes) === undefined ? compute(`inflate ${format}`, [bytes], []) : undefined;
  if (Array.isArray(result)) return Buffer.from(result);
  if (result !== undefined) {
    const message = result === 'Z_BUF_ERROR' ? 'unexpected end of file' : result === 'Z_DATA_ERROR' && /^(?:gunzip|inflate)$/.test(format) && bytes[0] !== 0x1f && bytes[0] !== 0x78 ? 'incorrect header check' : unknown('what is wrong with compressed bytes', 'string');
    throw Object.assign(new Error(message), { errno: messages[result], code: result });
  }
  incomplete(`zlib.${name}() of bytes that are not known`);
  return forgetBytes(Buffer.alloc(16), `the bytes that zlib.${name} makes`, true);
}

const operations = {};
for (const [compressor, decompressor] of Object.entries(pairs)) {
  operations[compressor] = data => compress(compressor, data);
  operations[decompressor] = data => decompress(decompressor, data);
}
operations.unzip = data => decompress('unzip', data);

/** A class of zlib streams that works at the end of its input; what it does with `flush`, `params` and `reset` is not modelled. */
function classOf(name, operation) {
  const className = { gzip: 'Gzip', gunzip: 'Gunzip', deflate: 'Deflate', inflate: 'Inflate', deflateRaw: 'DeflateRaw', inflateRaw: 'InflateRaw', unzip: 'Unzip' }[name] || name[0].toUpperCase() + name.slice(1);
  const work = (callback, done) => poll.start({ name: `zlib.${className}`, rounds: 0, within: Infinity, pool: true, ref: true }, done || callback);
  const Class = {
    [className]: class extends Transform {
      #chunks = [];
      _transform(chunk, encoding, callback) {
        this.#chunks.push(chunk);
        work(() => callback());
      }
      _flush(callback) {
        work(() => {
          try {
            callback(null, operation(Buffer.concat(this.#chunks)));
          } catch (error) {
            callback(error);
          }
        });
      }
    },
  }[className];
  // As those of Node, it can be called without new.
  const constructor = { [className]: function (options) { return Reflect.construct(Class, [options], new.target || constructor); } }[className];
  Object.setPrototypeOf(constructor, Transform);
  constructor.prototype = Class.prototype;
  Object.defineProperty(Class.prototype, 'constructor', { value: constructor, writable: true, enumerable: false, configurable: true });
  return [className, constructor];
}

for (const [name, operation] of Object.entries(operations)) {
  module.exports[name] = (data, options, callback) => {
    callback = typeof options === 'function' ? options : callback;
    validateFunction(callback, 'callback');
    bytesOf(data);
    poll.start({ name: `zlib.${name}`, rounds: 1, within: Infinity, pool: true, ref: true }, () => {
      let result;
      try {
        result = operation(data);
      } catch (error) {
        process.nextTick(callback, error);
        return;
      }
      process.nextTick(callback, null, result);
    });
  };
  module.exports[`${name}Sync`] = data => operation(data);
  const [className, Class] = classOf(name, operation);
  module.exports[className] = Class;
  module.exports[`create${className}`] = options => new Class(options);
}
