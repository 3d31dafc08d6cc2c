'use strict';
// fs.promises and FileHandle: async functions around a promise that settles in the poll phase (SEMANTICS S-53).
const fs = require('fs');
const EventEmitter = require('events');
const { Buffer } = require('buffer');
const { incomplete } = internalBinding('process');
const promised = fs._promised;
const kFd = Symbol('kFd');

class FileHandle extends EventEmitter {
  constructor(fd) {
    super();
    Object.defineProperty(this, kFd, { value: fd, writable: true, enumerable: false });
  }
  get fd() { return this[kFd]; }
  async close() {
    const fd = this[kFd];
    this[kFd] = -1;
    if (fd === -1) return;
    await promised.close(fd);
    this.emit('close');
  }
  async [Symbol.asyncDispose]() { await this.close(); }
  async read(buffer, offset, length, position) {
    if (buffer === undefined) buffer = Buffer.alloc(16384);
    return new Promise((resolve, reject) => fs.read(this.fd, buffer, offset, length, position, (error, bytesRead, filled) => (error ? reject(error) : resolve({ bytesRead, buffer: filled }))));
  }
  async write(data, offset, length, position) {
    return new Promise((resolve, reject) => fs.write(this.fd, data, offset, length, position, (error, bytesWritten) => (error ? reject(error) : resolve({ bytesWritten, buffer: data }))));
  }
  async readFile(options) { return promised.readFile(this.fd, options); }
  async writeFile(data, options) { return promised.writeFile(this.fd, data, options); }
  async appendFile(data, options) { return promised.appendFile(this.fd, data, options); }
  async stat(options) { return promised.fstat(this.fd, options); }
  async sync() { return promised.fsync(this.fd); }
  async datasync() { return promised.fsync(this.fd); }
  async truncate(length = 0) { return promised.ftruncate(this.fd, length); }
  async writev(buffers, position) {
    return new Promise((resolve, reject) => fs.writev(this.fd, buffers, position, (error, bytesWritten) => (error ? reject(error) : resolve({ bytesWritten, buffers }))));
  }
  async readv(buffers, position) {
    return new Promise((resolve, reject) => fs.readv(this.fd, buffers, position, (error, bytesRead) => (error ? reject(error) : resolve({ bytesRead, buffers }))));
  }
  async chmod() {}
  async chown() {}
  async utimes() {}
  createReadStream(options) { return fs.createReadStream(null, { ...options, fd: this.fd, handle: this }); }
  createWriteStream(options) { return fs.createWriteStream(null, { ...options, fd: this.fd, handle: this }); }
  readLines(options) { return require('readline').createInterface({ input: this.createReadStream(options), crlfDelay: Infinity }); }
}

const api = {};
for (const name of Object.keys(promised)) {
  if (name === 'open' || name.startsWith('f') || name === 'close') continue;
  api[name] = { async [name](...args) { return await promised[name](...args); } }[name];
}
api.open = async function open(path, flags, mode) {
  return new FileHandle(await promised.open(path, flags, mode));
};
api.constants = fs.constants;

module.exports = api;
