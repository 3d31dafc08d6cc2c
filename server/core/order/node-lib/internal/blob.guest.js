'use strict';
// Blob and File: their contents arrive in microtasks only (SEMANTICS S-61).
const { Buffer } = require('buffer');

/** One promise job more from Node 20 on (measured). */
const later = internalBinding('process').major >= 20 ? async value => { await undefined; return value; } : value => Promise.resolve(value);

class Blob {
  #bytes;
  #type;
  constructor(sources = [], options = {}) {
    this.#bytes = Buffer.concat([...sources].map(one => (one instanceof Blob ? one.#bytes : ArrayBuffer.isView(one) ? Buffer.from(one.buffer, one.byteOffset, one.byteLength) : one instanceof ArrayBuffer ? Buffer.from(one) : Buffer.from(`${one}`))));
    this.#type = options && options.type ? `${options.type}`.toLowerCase() : '';
  }
  get size() { return this.#bytes.length; }
  get type() { return this.#type; }
  slice(start, end, type) { return new Blob([this.#bytes.slice(start, end)], { type }); }
  arrayBuffer() { return later(Uint8Array.from(this.#bytes).buffer); }
  bytes() { return later(Uint8Array.from(this.#bytes)); }
  async text() {
    await this.arrayBuffer();
    return this.#bytes.toString();
  }
  get [Symbol.toStringTag]() { return 'Blob'; }
}

class File extends Blob {
  constructor(sources, name, options = {}) {
    super(sources, options);
    this.name = `${name}`;
    this.lastModified = options.lastModified === undefined ? Date.now() : options.lastModified;
  }
}

module.exports = { Blob, File };
