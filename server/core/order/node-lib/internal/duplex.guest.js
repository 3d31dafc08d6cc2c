'use strict';
// Duplex, Transform, PassThrough (lib/internal/streams/duplex.js, transform.js, passthrough.js).
module.exports = Duplex;
const Readable = require('internal/readable');
const Writable = require('internal/writable');
const { nodeError } = require('internal/errors');
const { major } = internalBinding('process');

Object.setPrototypeOf(Duplex.prototype, Readable.prototype);
Object.setPrototypeOf(Duplex, Readable);
for (const key of Object.getOwnPropertyNames(Writable.prototype)) {
  if (key !== 'constructor' && !Object.prototype.hasOwnProperty.call(Readable.prototype, key) && Duplex.prototype[key] === undefined) {
    Object.defineProperty(Duplex.prototype, key, Object.getOwnPropertyDescriptor(Writable.prototype, key));
  }
}
for (const key of ['write', 'end', 'cork', 'uncork', 'setDefaultEncoding', '_write', 'writableLength']) {
  Object.defineProperty(Duplex.prototype, key, Object.getOwnPropertyDescriptor(Writable.prototype, key));
}
Duplex.prototype.destroy = Writable.prototype.destroy;

function Duplex(options) {
  if (!(this instanceof Duplex)) return new Duplex(options);
  Readable.call(this, options);
  Writable.call(this, options);
  this.allowHalfOpen = true;
  if (options) {
    this.allowHalfOpen = options.allowHalfOpen !== false;
    if (options.readable === false) Object.assign(this._readableState, { readable: false, ended: true, endEmitted: true });
    if (options.writable === false) Object.assign(this._writableState, { writable: false, ending: true, ended: true, finished: true });
  }
}
Object.defineProperty(Duplex.prototype, 'destroyed', {
  configurable: true,
  get() { return !!this._readableState && !!this._writableState && this._readableState.destroyed && this._writableState.destroyed; },
  set(value) {
    if (this._readableState && this._writableState) this._readableState.destroyed = this._writableState.destroyed = value;
  },
});

const kCallback = Symbol('kCallback');

function Transform(options) {
  if (!(this instanceof Transform)) return new Transform(options);
  // A readable side without buffering of its own lets back-pressure reach the writable side at once.
  const readableHighWaterMark = options ? (options.readableHighWaterMark !== undefined ? options.readableHighWaterMark : options.highWaterMark) : undefined;
  const passed = readableHighWaterMark === 0
    ? { ...options, highWaterMark: null, readableHighWaterMark, writableHighWaterMark: options.writableHighWaterMark || 0 }
    : options;
  Duplex.call(this, passed);
  this._readableState.sync = false;
  this[kCallback] = null;
  if (options) {
    if (typeof options.transform === 'function') this._transform = options.transform;
    if (typeof options.flush === 'function') this._flush = options.flush;
  }
  this.on('prefinish', onPrefinish);
}
Object.setPrototypeOf(Transform.prototype, Duplex.prototype);
Object.setPrototypeOf(Transform, Duplex);

function final(callback) {
  const { destroyed } = this;
  if (typeof this._flush === 'function' && !destroyed) {
    this._flush((error, data) => {
      if (error) {
        if (callback) callback(error);
        else this.destroy(error);
        return;
      }
      if (data != null) this.push(data);
      this.push(null);
      if (callback) callback();
    });
  } else {
    this.push(null);
    if (callback) callback();
  }
}

function onPrefinish() {
  if (this._final !== final) final.call(this);
}
Transform.prototype._final = final;

Transform.prototype._transform = function _transform() {
  throw nodeError(Error, 'ERR_METHOD_NOT_IMPLEMENTED', 'The _transform() method is not implemented');
};

Transform.prototype._write = function _write(chunk, encoding, callback) {
  const r = this._readableState;
  const w = this._writableState;
  const before = r.length;
  this._transform(chunk, encoding, (error, value) => {
    if (error) {
      callback(error);
      return;
    }
    if (value != null) this.push(value);
    if (major >= 20 && r.ended) {
      // Ended from inside: what is still written goes nowhere.
      process.nextTick(callback);
    } else if (w.ended || before === r.length || r.length < r.highWaterMark) {
      callback();
    } else {
      this[kCallback] = callback;
    }
  });
};

Transform.prototype._read = function _read() {
  if (this[kCallback]) {
    const callback = this[kCallback];
    this[kCallback] = null;
    callback();
  }
};

function PassThrough(options) {
  if (!(this instanceof PassThrough)) return new PassThrough(options);
  Transform.call(this, options);
}
Object.setPrototypeOf(PassThrough.prototype, Transform.prototype);
Object.setPrototypeOf(PassThrough, Transform);
PassThrough.prototype._transform = function _transform(chunk, encoding, callback) {
  callback(null, chunk);
};

/** Duplex.from for the shapes that programs use: a stream, an async iterable, `{readable, writable}`, an async generator function. */
Duplex.from = function from(body) {
  if (body instanceof Duplex) return body;
  if (body && (body[Symbol.asyncIterator] || body[Symbol.iterator]) && typeof body !== 'string') return Readable.from(body, { objectMode: true });
  if (typeof body === 'string' || body instanceof Uint8Array) return Readable.from(body);
  internalBinding('process').incomplete('stream.Duplex.from');
  return new PassThrough();
};

Duplex.Transform = Transform;
Duplex.PassThrough = PassThrough;
