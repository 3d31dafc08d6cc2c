'use strict';
// Node's `zlib`: one-shots take two trips to the pool and call back from poll (SEMANTICS S-50). What this program compressed it can
// decompress again; compressed bytes themselves are unknown to it but for their round trip.
const { Transform } = require('stream');
const { Buffer } = require('buffer');
const { validateFunction } = require('internal/errors');
const poll = internalBinding('poll');

const pairs = { gzip: 'gunzip', deflate: 'inflate', deflateRaw: 'inflateRaw', brotliCompress: 'brotliDecompress', zstdCompress: 'zstdDecompress' };
const magic = { gzip: [0x1f, 0x8b], deflate: [0x78, 0x9c], deflateRaw: [0x4b], brotliCompress: [0x0b], zstdCompress: [0x28, 0xb5] };
/** What each compressed buffer of this program holds. */
const contents = new WeakMap();

const bytesOf = data => (typeof data === 'string' ? Buffer.from(data) : Buffer.from(data.buffer || data, data.byteOffset, data.byteLength));

function compress(name, data) {
  const bytes = bytesOf(data);
  const result = Buffer.concat([Buffer.from(magic[name]), bytes]);
  contents.set(result, bytes);
  internalBinding('process').opaque(result, `bytes that zlib.${name} makes`);
  return result;
}

function decompress(name, data) {
  const kept = contents.get(data);
  if (kept !== undefined) return Buffer.from(kept);
  if (data instanceof Uint8Array) {
    const compressor = Object.keys(pairs).find(key => pairs[key] === name) || 'gzip';
    const head = magic[compressor];
    if (head.every((byte, i) => data[i] === byte) && head.length > 1) return Buffer.from(data.subarray(head.length));
    if (data.length === 0 || head.length > 1) {
      throw Object.assign(new Error('incorrect header check'), { errno: -3, code: 'Z_DATA_ERROR' });
    }
  }
  return internalBinding('process').unknown(`the result of zlib.${name}`, 'object');
}

const operations = {};
for (const [compressor, decompressor] of Object.entries(pairs)) {
  operations[compressor] = data => compress(compressor, data);
  operations[decompressor] = data => decompress(decompressor, data);
}
operations.unzip = data => decompress('gunzip', data);

for (const [name, operation] of Object.entries(operations)) {
  module.exports[name] = (data, options, callback) => {
    callback = callback || options;
    validateFunction(callback, 'callback');
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
  const className = name.startsWith('brotli') || name.startsWith('zstd') ? name[0].toUpperCase() + name.slice(1) : { gzip: 'Gzip', gunzip: 'Gunzip', deflate: 'Deflate', inflate: 'Inflate', deflateRaw: 'DeflateRaw', inflateRaw: 'InflateRaw', unzip: 'Unzip' }[name];
  module.exports[`create${className}`] = options => {
    const chunks = [];
    return new Transform({
      ...options,
      transform(chunk, encoding, callback) {
        chunks.push(chunk);
        poll.start({ name: `zlib.${className}`, rounds: 0, within: Infinity, pool: true, ref: true }, () => callback());
      },
      flush(callback) {
        poll.start({ name: `zlib.${className}`, rounds: 0, within: Infinity, pool: true, ref: true }, () => {
          try {
            callback(null, operation(Buffer.concat(chunks)));
          } catch (error) {
            callback(error);
          }
        });
      },
    });
  };
}
module.exports.constants = { Z_NO_FLUSH: 0, Z_SYNC_FLUSH: 2, Z_FINISH: 4, Z_BEST_SPEED: 1, Z_BEST_COMPRESSION: 9, Z_DEFAULT_COMPRESSION: -1 };
