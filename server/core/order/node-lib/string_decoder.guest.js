'use strict';
// Node's `string_decoder`: keeps the bytes of an unfinished character for the next write.
const { Buffer } = require('buffer');
const { nodeError, invalidArgType } = require('internal/errors');

const names = { utf8: 'utf8', 'utf-8': 'utf8', hex: 'hex', ascii: 'ascii', binary: 'latin1', latin1: 'latin1', base64: 'base64', base64url: 'base64url', ucs2: 'utf16le', 'ucs-2': 'utf16le', utf16le: 'utf16le', 'utf-16le': 'utf16le' };

function StringDecoder(encoding) {
  const name = names[`${encoding || 'utf8'}`.toLowerCase()];
  if (name === undefined) throw nodeError(TypeError, 'ERR_UNKNOWN_ENCODING', `Unknown encoding: ${encoding}`);
  this.encoding = name;
  Object.defineProperty(this, 'rest', { value: Buffer.alloc(0), writable: true, enumerable: false });
}

/** Bytes at the end of `bytes` that do not make a whole character yet. */
function unfinished(bytes, encoding) {
  if (encoding === 'base64' || encoding === 'base64url') return bytes.length % 3;
  if (encoding === 'utf16le') {
    if (bytes.length % 2 === 1) return 1;
    const high = bytes.length >= 2 ? bytes[bytes.length - 1] : 0;
    return high >= 0xd8 && high <= 0xdb ? 2 : 0;
  }
  if (encoding !== 'utf8') return 0;
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back];
    if ((byte & 0xc0) === 0x80) continue;
    const needs = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return needs > back ? back : 0;
  }
  return 0;
}

StringDecoder.prototype.write = function write(chunk) {
  if (typeof chunk === 'string') return chunk;
  if (!ArrayBuffer.isView(chunk)) throw invalidArgType('buf', 'an instance of Buffer, TypedArray, or DataView', chunk);
  const all = this.rest.length > 0 ? Buffer.concat([this.rest, chunk]) : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  const kept = unfinished(all, this.encoding);
  this.rest = all.subarray(all.length - kept);
  return all.toString(this.encoding, 0, all.length - kept);
};
StringDecoder.prototype.end = function end(chunk) {
  const text = chunk === undefined ? '' : this.write(chunk);
  const last = this.rest.length > 0 ? this.rest.toString(this.encoding) : '';
  this.rest = Buffer.alloc(0);
  return text + last;
};
StringDecoder.prototype.text = function text(chunk, offset) {
  this.rest = Buffer.alloc(0);
  return this.write(chunk.slice(offset));
};
Object.defineProperties(StringDecoder.prototype, {
  lastNeed: { configurable: true, get() { return this.rest.length; } },
  lastTotal: { configurable: true, get() { return this.rest.length; } },
});

module.exports = { StringDecoder };
