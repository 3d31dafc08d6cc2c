'use strict';
// fs.ReadStream and fs.WriteStream: open, ready, data, end, close (SEMANTICS S-68; lib/internal/fs/streams.js).
const fs = require('fs');
const { Buffer } = require('buffer');
const { Readable, Writable, finished } = require('stream');
const { aggregateTwoErrors } = require('internal/errors');
const { toPath } = require('internal/vfs');

const settingsOf = options => (typeof options === 'string' ? { encoding: options } : { ...options });

function construct(callback) {
  const stream = this;
  if (typeof stream.fd === 'number') {
    callback();
    return;
  }
  fs.open(stream.path, stream.flags, stream.mode, (error, fd) => {
    if (error) {
      callback(error);
      return;
    }
    stream.fd = fd;
    callback();
    stream.emit('open', stream.fd);
    stream.emit('ready');
  });
}

function close(stream, error, callback) {
  if (stream._handle) {
    stream._handle.close().then(() => callback(error), failure => callback(aggregateTwoErrors(failure, error)));
    return;
  }
  fs.close(stream.fd, failure => callback(failure ? aggregateTwoErrors(failure, error) : error));
  stream.fd = null;
}

function common(stream, path, options) {
  stream.fd = options.fd === undefined || options.fd === null ? null : typeof options.fd === 'number' ? options.fd : options.fd.fd;
  stream._handle = options.handle || (options.fd && typeof options.fd === 'object' ? options.fd : undefined);
  if (stream.fd === null) {
    toPath(path);
    stream.path = path;
  }
  stream.flags = options.flags;
  stream.mode = options.mode === undefined ? 0o666 : options.mode;
  stream.pos = options.start === undefined ? undefined : options.start;
}

function ReadStream(path, given) {
  if (!(this instanceof ReadStream)) return new ReadStream(path, given);
  const options = settingsOf(given);
  if (options.highWaterMark === undefined) options.highWaterMark = 64 * 1024;
  if (options.autoDestroy === undefined) options.autoDestroy = options.autoClose !== false;
  options.flags = options.flags || 'r';
  common(this, path, options);
  this.start = options.start;
  this.end = options.end === undefined ? Infinity : options.end;
  this.bytesRead = 0;
  Readable.call(this, options);
  if (options.encoding) this.setEncoding(options.encoding);
}
Object.setPrototypeOf(ReadStream.prototype, Readable.prototype);
Object.setPrototypeOf(ReadStream, Readable);
ReadStream.prototype._construct = construct;
ReadStream.prototype._read = function _read(size) {
  const wanted = this.pos !== undefined ? Math.min(this.end - this.pos + 1, size) : Math.min(this.end - this.bytesRead + 1, size);
  if (wanted <= 0) {
    this.push(null);
    return;
  }
  const buffer = Buffer.alloc(Math.min(wanted, 65536));
  this._reading = true;
  fs.read(this.fd, buffer, 0, buffer.length, this.pos, (error, count) => {
    this._reading = false;
    if (this._onRead) {
      const callback = this._onRead;
      this._onRead = undefined;
      callback(error);
      return;
    }
    if (error) {
      this.destroy(error);
      return;
    }
    if (count > 0) {
      this.bytesRead += count;
      if (this.pos !== undefined) this.pos += count;
      this.push(count === buffer.length ? buffer : Buffer.from(buffer.subarray(0, count)));
    } else {
      this.push(null);
    }
  });
};
ReadStream.prototype._destroy = function _destroy(error, callback) {
  if (this._reading) this._onRead = failure => close(this, error || failure, callback);
  else if (typeof this.fd === 'number') close(this, error, callback);
  else callback(error);
};
ReadStream.prototype.close = function (callback) {
  if (callback) finished(this, callback);
  this.destroy();
};
Object.defineProperty(ReadStream.prototype, 'pending', { configurable: true, get() { return this.fd === null; } });

function WriteStream(path, given) {
  if (!(this instanceof WriteStream)) return new WriteStream(path, given);
  const options = settingsOf(given);
  options.decodeStrings = true;
  if (options.autoDestroy === undefined) options.autoDestroy = options.autoClose !== false;
  options.flags = options.flags || 'w';
  common(this, path, options);
  this.bytesWritten = 0;
  Writable.call(this, { ...options, writev: undefined });
  if (options.encoding) this.setDefaultEncoding(options.encoding);
}
Object.setPrototypeOf(WriteStream.prototype, Writable.prototype);
Object.setPrototypeOf(WriteStream, Writable);
WriteStream.prototype._construct = construct;
WriteStream.prototype._write = function _write(data, encoding, callback) {
  this._writing = true;
  fs.write(this.fd, data, 0, data.length, this.pos, (error, count) => {
    this._writing = false;
    if (this._onWritten) {
      const done = this._onWritten;
      this._onWritten = undefined;
      callback(error);
      done(error);
      return;
    }
    if (error) {
      callback(error);
      return;
    }
    this.bytesWritten += count;
    callback();
  });
  if (this.pos !== undefined) this.pos += data.length;
};
WriteStream.prototype._writev = function _writev(list, callback) {
  const chunks = list.map(one => one.chunk);
  this._writing = true;
  fs.writev(this.fd, chunks, this.pos, (error, count) => {
    this._writing = false;
    if (this._onWritten) {
      const done = this._onWritten;
      this._onWritten = undefined;
      callback(error);
      done(error);
      return;
    }
    if (error) {
      callback(error);
      return;
    }
    this.bytesWritten += count;
    callback();
  });
  if (this.pos !== undefined) this.pos += chunks.reduce((sum, one) => sum + one.length, 0);
};
WriteStream.prototype._destroy = function _destroy(error, callback) {
  if (this._writing) this._onWritten = failure => close(this, error || failure, callback);
  else if (typeof this.fd === 'number') close(this, error, callback);
  else callback(error);
};
WriteStream.prototype.close = function (callback) {
  if (callback) {
    if (this.closed) {
      process.nextTick(callback);
      return;
    }
    this.on('close', callback);
  }
  this.end();
};
WriteStream.prototype.destroySoon = WriteStream.prototype.end;
Object.defineProperty(WriteStream.prototype, 'pending', { configurable: true, get() { return this.fd === null; } });

module.exports = {
  ReadStream, WriteStream,
  createReadStream: (path, options) => new ReadStream(path, options),
  createWriteStream: (path, options) => new WriteStream(path, options),
};
