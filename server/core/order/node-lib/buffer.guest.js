'use strict';
// Node's Buffer over Uint8Array. Encodings are written out here: the machine has no host buffers.
const { nodeError, invalidArgType, outOfRange } = require('internal/errors');
const { isUnknown, likely, incomplete, forgetBytes, unknownBytes, unknown } = internalBinding('process');
const customInspect = Symbol.for('nodejs.util.inspect.custom');
const kMaxLength = 2 ** 53 - 1;

const aliases = { utf8: 'utf8', 'utf-8': 'utf8', hex: 'hex', ascii: 'ascii', latin1: 'latin1', binary: 'latin1', base64: 'base64', base64url: 'base64url', ucs2: 'utf16le', 'ucs-2': 'utf16le', utf16le: 'utf16le', 'utf-16le': 'utf16le' };

function encodingOf(encoding) {
  if (encoding === undefined || encoding === null || encoding === '') return 'utf8';
  const name = aliases[`${encoding}`.toLowerCase()];
  if (name === undefined) throw nodeError(TypeError, 'ERR_UNKNOWN_ENCODING', `Unknown encoding: ${encoding}`);
  return name;
}

function utf8Bytes(text) {
  const bytes = [];
  for (let i = 0; i < text.length; i++) {
    let code = text.charCodeAt(i);
    if (code < 0x80) {
      bytes.push(code);
      continue;
    }
    if (code >= 0xd800 && code <= 0xdfff) {
      const next = i + 1 < text.length ? text.charCodeAt(i + 1) : 0;
      if (code <= 0xdbff && next >= 0xdc00 && next <= 0xdfff) {
        code = 0x10000 + ((code - 0xd800) << 10) + (next - 0xdc00);
        i++;
      } else {
        code = 0xfffd;
      }
    }
    if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 63));
    else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
    else bytes.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
  }
  return bytes;
}

/** WHATWG "UTF-8 decode": each maximal ill-formed part becomes one U+FFFD. */
function utf8Text(bytes, start, end) {
  let text = '';
  for (let i = start; i < end;) {
    const first = bytes[i++];
    if (first < 0x80) {
      text += String.fromCharCode(first);
      continue;
    }
    let needs = first >= 0xc2 && first <= 0xdf ? 1 : first >= 0xe0 && first <= 0xef ? 2 : first >= 0xf0 && first <= 0xf4 ? 3 : 0;
    let low = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
    let high = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
    if (needs === 0) {
      text += '\ufffd';
      continue;
    }
    let code = needs === 1 ? first & 0x1f : needs === 2 ? first & 0xf : first & 7;
    while (needs > 0 && i < end && bytes[i] >= low && bytes[i] <= high) {
      code = (code << 6) | (bytes[i++] & 63);
      low = 0x80;
      high = 0xbf;
      needs--;
    }
    text += needs > 0 ? '\ufffd' : String.fromCodePoint(code);
  }
  return text;
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function base64Text(bytes, start, end, url) {
  let text = '';
  for (let i = start; i < end; i += 3) {
    const left = end - i;
    const group = (bytes[i] << 16) | ((left > 1 ? bytes[i + 1] : 0) << 8) | (left > 2 ? bytes[i + 2] : 0);
    text += alphabet[group >> 18] + alphabet[(group >> 12) & 63] + (left > 1 ? alphabet[(group >> 6) & 63] : url ? '' : '=') + (left > 2 ? alphabet[group & 63] : url ? '' : '=');
  }
  return url ? text.replace(/\+/g, '-').replace(/\//g, '_') : text;
}

function base64Bytes(text) {
  const bytes = [];
  let bits = 0;
  let count = 0;
  for (const char of text) {
    if (char === '=') break;
    const value = alphabet.indexOf(char === '-' ? '+' : char === '_' ? '/' : char);
    if (value < 0) continue;
    bits = ((bits << 6) | value) & 0xffffff;
    count += 6;
    if (count >= 8) {
      count -= 8;
      bytes.push((bits >> count) & 255);
    }
  }
  return bytes;
}

/** The bytes of a text. Those of a text that is not known are not to be trusted. */
function bytesOf(text, encoding) {
  if (isUnknown(text)) {
    incomplete('the bytes of a text that is not known');
    text = likely(text) === undefined ? '' : likely(text);
  }
  const bytes = [];
  switch (encodingOf(encoding)) {
    case 'utf8':
      return utf8Bytes(text);
    case 'hex':
      for (let i = 0; i + 1 < text.length; i += 2) {
        const pair = text.slice(i, i + 2);
        if (!/^[0-9a-fA-F]{2}$/.test(pair)) break;
        bytes.push(Number.parseInt(pair, 16));
      }
      return bytes;
    case 'base64':
    case 'base64url':
      return base64Bytes(text);
    case 'utf16le':
      for (let i = 0; i < text.length; i++) bytes.push(text.charCodeAt(i) & 255, text.charCodeAt(i) >> 8);
      return bytes;
    default:
      for (let i = 0; i < text.length; i++) bytes.push(text.charCodeAt(i) & 255);
      return bytes;
  }
}

function textOf(bytes, encoding, start, end) {
  let text = '';
  switch (encodingOf(encoding)) {
    case 'utf8':
      return utf8Text(bytes, start, end);
    case 'hex':
      for (let i = start; i < end; i++) text += bytes[i].toString(16).padStart(2, '0');
      return text;
    case 'base64':
      return base64Text(bytes, start, end, false);
    case 'base64url':
      return base64Text(bytes, start, end, true);
    case 'utf16le':
      for (let i = start; i + 1 < end; i += 2) text += String.fromCharCode(bytes[i] | (bytes[i + 1] << 8));
      return text;
    case 'ascii':
      for (let i = start; i < end; i++) text += String.fromCharCode(bytes[i] & 127);
      return text;
    default:
      for (let i = start; i < end; i++) text += String.fromCharCode(bytes[i]);
      return text;
  }
}

class FastBuffer extends Uint8Array {}

function Buffer(value, encodingOrOffset, length) {
  return typeof value === 'number' ? Buffer.alloc(value) : Buffer.from(value, encodingOrOffset, length);
}
Object.setPrototypeOf(Buffer, Uint8Array);
Buffer.prototype = FastBuffer.prototype;
Object.defineProperty(FastBuffer.prototype, 'constructor', { value: Buffer, writable: true, enumerable: false, configurable: true });
Object.defineProperty(Buffer, Symbol.species, { configurable: true, get: () => FastBuffer });

function fromBytes(bytes) {
  const buffer = new FastBuffer(bytes.length);
  buffer.set(bytes);
  return buffer;
}

Buffer.from = function from(value, encodingOrOffset, length) {
  if (typeof value === 'string') return fromBytes(bytesOf(value, encodingOrOffset));
  if (value !== null && typeof value === 'object') {
    if (value instanceof ArrayBuffer || (typeof SharedArrayBuffer === 'function' && value instanceof SharedArrayBuffer)) return new FastBuffer(value, encodingOrOffset, length);
    if (ArrayBuffer.isView(value) || Array.isArray(value)) return fromBytes(Array.from(value, byte => Number(byte) & 255));
    const primitive = typeof value.valueOf === 'function' ? value.valueOf() : value;
    if (primitive != null && primitive !== value && (typeof primitive === 'string' || typeof primitive === 'object')) return Buffer.from(primitive, encodingOrOffset, length);
    if (value.type === 'Buffer' && Array.isArray(value.data)) return fromBytes(value.data.map(byte => Number(byte) & 255));
    if (typeof value.length === 'number') return fromBytes(Array.from(value, byte => Number(byte) & 255));
  }
  throw invalidArgType('first argument', 'of type string or an instance of Buffer, ArrayBuffer, or Array or an Array-like Object', value);
};
Buffer.of = (...items) => fromBytes(items.map(byte => Number(byte) & 255));

function checkSize(size) {
  if (typeof size !== 'number') throw invalidArgType('size', 'of type number', size);
  if (!(size >= 0 && size <= kMaxLength)) throw outOfRange('size', `>= 0 && <= ${kMaxLength}`, size);
}
Buffer.alloc = function alloc(size, fill, encoding) {
  checkSize(size);
  const buffer = new FastBuffer(size);
  return fill !== undefined && fill !== 0 && size > 0 ? buffer.fill(fill, encoding) : buffer;
};
// What was in that memory before.
Buffer.allocUnsafe = size => {
  checkSize(size);
  return size === 0 ? new FastBuffer(size) : forgetBytes(new FastBuffer(size), 'the bytes of memory that was not cleared');
};
Buffer.allocUnsafeSlow = size => Buffer.allocUnsafe(size);
Buffer.isBuffer = value => value instanceof Buffer;
Buffer.isEncoding = encoding => typeof encoding === 'string' && aliases[encoding.toLowerCase()] !== undefined;
Buffer.byteLength = function byteLength(value, encoding) {
  if (typeof value !== 'string') {
    if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return value.byteLength;
    throw invalidArgType('string', 'of type string or an instance of Buffer or ArrayBuffer', value);
  }
  return bytesOf(value, Buffer.isEncoding(encoding) ? encoding : 'utf8').length;
};
/** Whether the bytes of one of them are not known. */
const areUnknown = (a, b) => unknownBytes(a) !== undefined || unknownBytes(b) !== undefined;
Buffer.compare = function compare(a, b) {
  if (!(a instanceof Uint8Array)) throw invalidArgType('buf1', 'an instance of Buffer or Uint8Array', a);
  if (!(b instanceof Uint8Array)) throw invalidArgType('buf2', 'an instance of Buffer or Uint8Array', b);
  if (a !== b && areUnknown(a, b)) return unknown(`how ${unknownBytes(a) || unknownBytes(b)} compare`, 'number');
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) if (a[i] !== b[i]) return a[i] < b[i] ? -1 : 1;
  return a.length < b.length ? -1 : a.length > b.length ? 1 : 0;
};
Buffer.concat = function concat(list, length) {
  if (!Array.isArray(list)) throw invalidArgType('list', 'an instance of Array', list);
  const size = length === undefined ? list.reduce((sum, one) => sum + one.length, 0) : length;
  const buffer = Buffer.alloc(size);
  let at = 0;
  for (const one of list) {
    if (at >= size) break;
    const part = at + one.length > size ? one.subarray(0, size - at) : one;
    buffer.set(part, at);
    at += part.length;
  }
  return buffer;
};
Buffer.copyBytesFrom = (view, offset = 0, length = view.length - offset) => {
  const part = view.slice(offset, offset + length);
  return fromBytes(new Uint8Array(part.buffer, part.byteOffset, part.byteLength));
};

const methods = {
  toString(encoding, start = 0, end = this.length) {
    const from = Math.max(0, Math.trunc(start) || 0);
    const to = Math.min(this.length, Math.trunc(end));
    if (unknownBytes(this) !== undefined && from < to) {
      encodingOf(encoding);
      return unknown(`${unknownBytes(this)} as text`, 'string');
    }
    return from >= to ? '' : textOf(this, encoding, from, to);
  },
  toJSON() {
    return { type: 'Buffer', data: Array.from(this) };
  },
  equals(other) {
    if (!(other instanceof Uint8Array)) throw invalidArgType('otherBuffer', 'an instance of Buffer or Uint8Array', other);
    if (this !== other && this.length === other.length && areUnknown(this, other)) return unknown(`whether ${unknownBytes(this) || unknownBytes(other)} are equal to others`, 'boolean');
    return this === other || Buffer.compare(this, other) === 0;
  },
  compare(target, targetStart = 0, targetEnd = target.length, sourceStart = 0, sourceEnd = this.length) {
    return Buffer.compare(this.subarray(sourceStart, sourceEnd), target.subarray(targetStart, targetEnd));
  },
  copy(target, targetStart = 0, sourceStart = 0, sourceEnd = this.length) {
    const part = this.subarray(sourceStart, Math.min(sourceEnd, sourceStart + Math.max(0, target.length - targetStart)));
    target.set(part, targetStart);
    return part.length;
  },
  slice(start, end) {
    return this.subarray(start, end);
  },
  write(text, offset, length, encoding) {
    if (typeof offset === 'string') [encoding, offset, length] = [offset, 0, undefined];
    else if (typeof length === 'string') [encoding, length] = [length, undefined];
    const at = offset === undefined ? 0 : offset;
    const room = Math.min(this.length - at, length === undefined ? Infinity : length);
    const name = encodingOf(encoding);
    let bytes = bytesOf(text, name);
    if (bytes.length > room) {
      let keep = room;
      if (name === 'utf8') while (keep > 0 && (bytes[keep] & 0xc0) === 0x80) keep--;
      bytes = bytes.slice(0, keep);
    }
    this.set(bytes, at);
    return bytes.length;
  },
  fill(value, offset, end, encoding) {
    if (typeof offset === 'string') [encoding, offset, end] = [offset, undefined, undefined];
    const from = offset === undefined ? 0 : offset;
    const to = end === undefined ? this.length : end;
    if (typeof value === 'number' || typeof value === 'boolean') return Uint8Array.prototype.fill.call(this, Number(value) & 255, from, to);
    const pattern = typeof value === 'string' ? bytesOf(value, encoding) : value;
    const filled = [];
    for (let i = from; i < to; i++) filled.push(pattern.length === 0 ? 0 : pattern[(i - from) % pattern.length]);
    this.set(filled, from);
    return this;
  },
  indexOf(value, offset = 0, encoding = undefined) {
    if (typeof offset === 'string') [encoding, offset] = [offset, 0];
    const needle = typeof value === 'number' ? [value & 255] : typeof value === 'string' ? bytesOf(value, encoding) : value;
    if (unknownBytes(this) !== undefined || unknownBytes(needle) !== undefined) return unknown(`where something is in ${unknownBytes(this) || unknownBytes(needle)}`, 'number');
    const from = offset < 0 ? Math.max(0, this.length + offset) : offset;
    for (let i = from; i + needle.length <= this.length; i++) {
      let j = 0;
      while (j < needle.length && this[i + j] === needle[j]) j++;
      if (j === needle.length) return i;
    }
    return -1;
  },
  lastIndexOf(value, offset, encoding) {
    const needle = typeof value === 'number' ? [value & 255] : typeof value === 'string' ? bytesOf(value, encoding) : value;
    if (unknownBytes(this) !== undefined || unknownBytes(needle) !== undefined) return unknown(`where something is in ${unknownBytes(this) || unknownBytes(needle)}`, 'number');
    for (let i = Math.min(this.length - needle.length, offset === undefined ? Infinity : offset); i >= 0; i--) {
      let j = 0;
      while (j < needle.length && this[i + j] === needle[j]) j++;
      if (j === needle.length) return i;
    }
    return -1;
  },
  includes(value, offset, encoding) {
    return this.indexOf(value, offset, encoding) !== -1;
  },
  [customInspect]() {
    if (unknownBytes(this) !== undefined) return unknown(`a Buffer of ${unknownBytes(this)}`, 'string');
    const shown = Array.from(this.subarray(0, 50), byte => byte.toString(16).padStart(2, '0')).join(' ');
    const more = this.length - 50;
    return `<Buffer${shown ? ` ${shown}` : ''}${more > 0 ? ` ... ${more} more byte${more > 1 ? 's' : ''}` : ''}>`;
  },
};
for (const key of Reflect.ownKeys(methods)) Object.defineProperty(FastBuffer.prototype, key, { value: methods[key], writable: true, configurable: true, enumerable: false });

/** readInt32BE and its relatives, over one DataView. */
const numbers = [['UInt8', 'getUint8', 1], ['Int8', 'getInt8', 1], ['UInt16', 'getUint16', 2], ['Int16', 'getInt16', 2], ['UInt32', 'getUint32', 4], ['Int32', 'getInt32', 4], ['BigUInt64', 'getBigUint64', 8], ['BigInt64', 'getBigInt64', 8], ['Float', 'getFloat32', 4], ['Double', 'getFloat64', 8]];
for (const [name, getter, size] of numbers) {
  for (const endian of size === 1 ? [''] : ['LE', 'BE']) {
    const at = (buffer, offset) => {
      if (typeof offset !== 'number') throw invalidArgType('offset', 'of type number', offset);
      if (!(offset >= 0 && offset + size <= buffer.length)) throw outOfRange('offset', `>= 0 and <= ${buffer.length - size}`, offset);
      return new DataView(buffer.buffer, buffer.byteOffset, buffer.byteLength);
    };
    const read = function (offset = 0) { return at(this, offset)[getter](offset, endian === 'LE'); };
    const write = function (value, offset = 0) {
      at(this, offset)[getter.replace('get', 'set')](offset, value, endian === 'LE');
      return offset + size;
    };
    for (const spelled of new Set([name, name.replace('UInt', 'Uint')])) {
      Object.defineProperty(FastBuffer.prototype, `read${spelled}${endian}`, { value: read, writable: true, configurable: true });
      Object.defineProperty(FastBuffer.prototype, `write${spelled}${endian}`, { value: write, writable: true, configurable: true });
    }
  }
}
/** Numbers of one to six bytes: readUIntBE and its relatives. */
const define = (name, value) => Object.defineProperty(FastBuffer.prototype, name, { value, writable: true, configurable: true });
for (const signed of [true, false]) {
  for (const endian of ['LE', 'BE']) {
    const positions = (buffer, offset, byteLength) => {
      if (offset === undefined) throw invalidArgType('offset', 'of type number', offset);
      if (typeof byteLength !== 'number') throw invalidArgType('byteLength', 'of type number', byteLength);
      if (!Number.isInteger(byteLength)) throw outOfRange('byteLength', 'an integer', byteLength);
      if (!(byteLength >= 1 && byteLength <= 6)) throw outOfRange('byteLength', '>= 1 and <= 6', byteLength);
      if (typeof offset !== 'number') throw invalidArgType('offset', 'of type number', offset);
      if (!Number.isInteger(offset)) throw outOfRange('offset', 'an integer', offset);
      if (byteLength > buffer.length) throw nodeError(RangeError, 'ERR_BUFFER_OUT_OF_BOUNDS', 'Attempt to access memory outside buffer bounds');
      if (!(offset >= 0 && offset + byteLength <= buffer.length)) throw outOfRange('offset', `>= 0 and <= ${buffer.length - byteLength}`, offset);
      // From the most significant byte to the least.
      return Array.from({ length: byteLength }, (_, index) => offset + (endian === 'BE' ? index : byteLength - 1 - index));
    };
    const read = function (offset, byteLength) {
      const value = positions(this, offset, byteLength).reduce((sum, position) => sum * 256 + this[position], 0);
      return signed && value >= 2 ** (8 * byteLength - 1) ? value - 2 ** (8 * byteLength) : value;
    };
    const write = function (value, offset, byteLength) {
      const places = positions(this, offset, byteLength);
      const number = Number(value);
      const [least, most] = signed ? [-(2 ** (8 * byteLength - 1)), 2 ** (8 * byteLength - 1) - 1] : [0, 2 ** (8 * byteLength) - 1];
      if (number < least || number > most) {
        const bits = 8 * byteLength;
        throw outOfRange('value', byteLength > 4 ? (signed ? `>= -(2 ** ${bits - 1}) and < 2 ** ${bits - 1}` : `>= 0 and < 2 ** ${bits}`) : `>= ${least} and <= ${most}`, value);
      }
      let rest = Math.floor(number) || 0;
      for (const position of places.reverse()) {
        this[position] = ((rest % 256) + 256) % 256;
        rest = Math.floor(rest / 256);
      }
      return offset + byteLength;
    };
    for (const spelled of signed ? ['Int'] : ['UInt', 'Uint']) {
      define(`read${spelled}${endian}`, read);
      define(`write${spelled}${endian}`, write);
    }
  }
}
Object.defineProperties(FastBuffer.prototype, {
  parent: { configurable: true, enumerable: true, get() { return this.buffer; } },
  offset: { configurable: true, enumerable: true, get() { return this.byteOffset; } },
});

const latin1 = text => Array.from(bytesOf(text, 'latin1'));
module.exports = {
  Buffer, kMaxLength, kStringMaxLength: 536870888, INSPECT_MAX_BYTES: 50,
  constants: { MAX_LENGTH: kMaxLength, MAX_STRING_LENGTH: 536870888 },
  atob: text => textOf(base64Bytes(`${text}`), 'latin1', 0, base64Bytes(`${text}`).length),
  btoa: text => base64Text(latin1(`${text}`), 0, `${text}`.length, false),
  isUtf8: input => unknownBytes(input) !== undefined ? unknown('whether the bytes are UTF-8', 'boolean') : !utf8Text(input, 0, input.length).includes('\ufffd'),
  isAscii: input => unknownBytes(input) !== undefined ? unknown('whether the bytes are ASCII', 'boolean') : Array.from(input).every(byte => byte < 128),
  transcode: (source, from, to) => Buffer.from(source.toString(from), to),
  utf8Bytes, utf8Text,
};
for (const name of ['Blob', 'File']) Object.defineProperty(module.exports, name, { configurable: true, enumerable: true, get: () => require('internal/blob')[name] });
