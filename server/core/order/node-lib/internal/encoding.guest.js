'use strict';
// TextEncoder and TextDecoder (WHATWG Encoding) for UTF-8, UTF-16LE and Latin-1.
const { utf8Bytes, Buffer } = require('buffer');
const { StringDecoder } = require('string_decoder');
const { nodeError } = require('internal/errors');

class TextEncoder {
  get encoding() { return 'utf-8'; }
  encode(text = '') { return Uint8Array.from(utf8Bytes(`${text}`)); }
  encodeInto(text, target) {
    let read = 0;
    let written = 0;
    for (const char of `${text}`) {
      const bytes = utf8Bytes(char);
      if (written + bytes.length > target.length) break;
      target.set(bytes, written);
      written += bytes.length;
      read += char.length;
    }
    return { read, written };
  }
  get [Symbol.toStringTag]() { return 'TextEncoder'; }
}

const labels = { utf8: 'utf-8', 'utf-8': 'utf-8', 'unicode-1-1-utf-8': 'utf-8', 'utf-16le': 'utf-16le', 'utf-16': 'utf-16le', latin1: 'windows-1252', ascii: 'windows-1252', 'iso-8859-1': 'windows-1252', 'windows-1252': 'windows-1252' };

class TextDecoder {
  #decoder;
  constructor(label = 'utf-8', options = {}) {
    this.encoding = labels[`${label}`.trim().toLowerCase()];
    if (this.encoding === undefined) throw nodeError(RangeError, 'ERR_ENCODING_NOT_SUPPORTED', `The "${label}" encoding is not supported`);
    this.fatal = !!options.fatal;
    this.ignoreBOM = !!options.ignoreBOM;
  }
  decode(input = new Uint8Array(0), options = {}) {
    const bytes = ArrayBuffer.isView(input) ? Buffer.from(input.buffer, input.byteOffset, input.byteLength) : Buffer.from(input);
    const decoder = this.#decoder || new StringDecoder(this.encoding === 'utf-8' ? 'utf8' : this.encoding === 'utf-16le' ? 'utf16le' : 'latin1');
    let text = decoder.write(bytes);
    if (options.stream) this.#decoder = decoder;
    else {
      text += decoder.end();
      this.#decoder = undefined;
    }
    if (this.fatal && text.includes('\ufffd')) throw nodeError(TypeError, 'ERR_ENCODING_INVALID_ENCODED_DATA', `The encoded data was not valid for encoding ${this.encoding}`);
    return this.ignoreBOM ? text : text.replace(/^\ufeff/, '');
  }
  get [Symbol.toStringTag]() { return 'TextDecoder'; }
}

module.exports = { TextEncoder, TextDecoder };
