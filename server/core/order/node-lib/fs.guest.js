'use strict';
// Node's `fs` over the virtual file system. Callbacks come from the thread pool in the poll phase; how many turns of the loop an
// operation takes is its number of rounds (SEMANTICS S-50, S-51).
const { Buffer } = require('buffer');
const { ops, toPath, Stats, Dirent, bytesOf } = require('internal/vfs');
const { nodeError, invalidArgType, validateFunction, AbortError } = require('internal/errors');
const poll = internalBinding('poll');
const { major, incomplete, isUnknown, likely } = internalBinding('process');
const customPromisify = Symbol.for('nodejs.util.promisify.custom');
const promisifyArguments = Symbol.for('nodejs.util.promisify.customArgs');

const constants = {
  F_OK: 0, R_OK: 4, W_OK: 2, X_OK: 1, COPYFILE_EXCL: 1, COPYFILE_FICLONE: 2, COPYFILE_FICLONE_FORCE: 4,
  O_RDONLY: 0, O_WRONLY: 1, O_RDWR: 2, O_CREAT: 0o100, O_EXCL: 0o200, O_TRUNC: 0o1000, O_APPEND: 0o2000, O_SYNC: 0o4010000,
  S_IFMT: 0o170000, S_IFREG: 0o100000, S_IFDIR: 0o40000, S_IFLNK: 0o120000, S_IRWXU: 0o700, S_IRUSR: 0o400, S_IWUSR: 0o200, S_IXUSR: 0o100,
};

/** readFile, writeFile and appendFile are one pool job from Node 26.8 on. */
const wholeFile = major >= 26;

/** Ms within which a request of the pool is done, even where another job of about 20 ms is ahead of it. */
const usual = 35;

/** Paths that a pending operation reads or changes: two at once of which one changes it race, and the outcome is not modelled. */
const inFlight = [];
function touch(name, paths, changes) {
  const mine = { paths, changes, lists: /readdir|opendir/.test(name) };
  const disturbs = (changer, other) => changer.changes && changer.paths.some(path => other.paths.some(one =>
    one === path || one.startsWith(`${path}/`) || (other.lists && require('path').dirname(path) === one)));
  if (inFlight.some(other => disturbs(mine, other) || disturbs(other, mine))) incomplete(`fs.${name} while another operation on the same path is pending`);
  return mine;
}

/**
 * Starts an operation of the pool. `work` runs when it completes; `callback(error, result)` in the same poll callback.
 */
function start(name, rounds, paths, changes, work, callback) {
  const mine = touch(name, paths, changes);
  inFlight.push(mine);
  const whole = /File$/.test(name) && name !== 'copyFile';
  poll.start({ name: `fs.${name}`, rounds, within: usual + (whole && rounds === 0 ? 30 : 5 * rounds), pool: true, ref: true }, () => {
    inFlight.splice(inFlight.indexOf(mine), 1);
    let result;
    try {
      result = work();
    } catch (error) {
      callback(error);
      return;
    }
    if (result === undefined) callback(null);
    else callback(null, result);
  });
}

function optionsOf(options, defaults = {}) {
  if (options === null || options === undefined || typeof options === 'function') return { ...defaults };
  if (typeof options === 'string') return { ...defaults, encoding: options };
  if (typeof options !== 'object') throw invalidArgType('options', 'of type string or an instance of Object', options);
  return { ...defaults, ...options };
}

const named = value => (isUnknown(value) || typeof value === 'string' ? value : value instanceof Uint8Array ? Buffer.from(value).toString() : value !== null && typeof value === 'object' && value.href ? decodeURIComponent(value.pathname) : value);

/**
 * One row per operation: rounds, whether it changes the tree, and how the arguments before the callback become the arguments
 * of `ops`. From it come `fs.x`, `fs.xSync` and `fs.promises.x`.
 */
const onePath = (...rest) => [toPath(rest[0]), named(rest[0]), ...rest.slice(1)];
const twoPaths = (a, b, ...rest) => [toPath(a, 'src'), named(a), toPath(b, 'dest'), named(b), ...rest];
const table = {
  access: { rounds: 0, args: onePath },
  stat: { rounds: 0, args: onePath },
  lstat: { rounds: 0, args: onePath },
  fstat: { rounds: 0, args: (...rest) => rest, fd: true },
  open: { rounds: 0, changes: (path, flags) => /[wa+]/.test(`${flags || 'r'}`), args: onePath },
  close: { rounds: 0, args: fd => [fd], fd: true },
  fsync: { rounds: 0, args: fd => [fd], fd: true },
  fdatasync: { rounds: 0, args: fd => [fd], fd: true, op: 'fsync' },
  ftruncate: { rounds: 0, args: (...rest) => rest, fd: true },
  truncate: { rounds: 2, changes: true, args: onePath },
  chmod: { rounds: 0, changes: true, args: onePath },
  chown: { rounds: 0, args: onePath },
  lchown: { rounds: 0, args: onePath, op: 'chown' },
  utimes: { rounds: 0, args: onePath },
  lutimes: { rounds: 0, args: onePath, op: 'utimes' },
  mkdir: { rounds: options => (options && options.recursive ? 2 : 0), changes: true, args: onePath },
  mkdtemp: { rounds: 0, args: prefix => [named(prefix)] },
  rmdir: { rounds: 0, changes: true, args: onePath },
  unlink: { rounds: 0, changes: true, args: onePath },
  rm: { rounds: options => (options && options.recursive ? 4 : 2), changes: true, args: onePath },
  rename: { rounds: 0, changes: true, args: twoPaths },
  copyFile: { rounds: 0, changes: true, args: twoPaths },
  link: { rounds: 0, changes: true, args: twoPaths },
  symlink: { rounds: 0, changes: true, args: (target, path) => [named(target), named(target), toPath(path), named(path)] },
  readlink: { rounds: 0, args: onePath },
  realpath: { rounds: 2, args: onePath },
  readdir: { rounds: 0, args: onePath },
};

const fs = module.exports;
const promised = {};

for (const [name, row] of Object.entries(table)) {
  const op = ops[row.op || name];
  const roundsOf = args => (typeof row.rounds === 'function' ? row.rounds(args.at(-1)) : row.rounds);
  const pathsOf = args => (row.fd ? [] : args.filter((arg, i) => (i === 0 || i === 2) && typeof arg === 'string' && arg.startsWith('/')));
  const changesOf = args => (typeof row.changes === 'function' ? row.changes(args[0], args[2]) : !!row.changes);
  fs[name] = function (...given) {
    const callback = given.pop();
    validateFunction(callback, 'cb');
    const args = row.args(...given);
    start(name, roundsOf(given), pathsOf(args), changesOf(args), () => op(...args), callback);
  };
  Object.defineProperty(fs[name], 'name', { value: name });
  fs[`${name}Sync`] = function (...given) {
    const args = row.args(...given);
    touch(`${name}Sync`, pathsOf(args), changesOf(args));
    try {
      return op(...args);
    } catch (error) {
      const options = given.at(-1);
      if ((name === 'stat' || name === 'lstat') && options && options.throwIfNoEntry === false && error.code === 'ENOENT') return undefined;
      throw error;
    }
  };
  Object.defineProperty(fs[`${name}Sync`], 'name', { value: `${name}Sync` });
  promised[name] = (...given) => {
    const args = row.args(...given);
    return begin(`promises.${name}`, roundsOf(given), pathsOf(args), changesOf(args), () => op(...args));
  };
}
fs.realpath.native = fs.realpath;
fs.realpathSync.native = fs.realpathSync;

/** The promise that the binding resolves in the poll phase (`kUsePromises`). */
function begin(name, rounds, paths, changes, work) {
  return new Promise((resolve, reject) => start(name, rounds, paths, changes, work, (error, value) => (error ? reject(error) : resolve(value))));
}

fs.exists = function exists(path, callback) {
  validateFunction(callback, 'cb');
  let full;
  try {
    full = toPath(path);
  } catch {
    callback(false);
    return;
  }
  start('exists', 0, [full], false, () => ops.access(full, named(path)), error => callback(!error));
};
Object.defineProperty(fs.exists, customPromisify, { value: path => new Promise(resolve => fs.exists(path, resolve)) });
fs.existsSync = path => {
  try {
    ops.access(toPath(path), named(path));
    return true;
  } catch {
    return false;
  }
};

const isDescriptor = file => typeof likely(file) === 'number';
const target = file => (isDescriptor(file) ? file : toPath(file));
const targetPaths = file => (isDescriptor(file) ? [] : [toPath(file)]);

/** open, fstat, one read for each 512 KiB, close; one job for small files from Node 26.8 on (SEMANTICS S-50, S-51). */
function readRounds(file) {
  if (!exists(file)) return 0;
  const reads = Math.ceil(ops.size(toPath(file)) / (512 * 1024));
  if (wholeFile) return reads > 1 ? 3 : 0;
  return 2 + Math.max(1, reads);
}

/** The first request of a compound operation fails at once where the file cannot be opened. */
const exists = file => isDescriptor(file) || fs.existsSync(file);
const writable = file => isDescriptor(file) || fs.existsSync(require('path').dirname(toPath(file)));

fs.readFile = function readFile(path, options, callback) {
  callback = callback || options;
  validateFunction(callback, 'cb');
  const settings = optionsOf(options);
  if (settings.signal && settings.signal.aborted) {
    process.nextTick(callback, new AbortError(undefined, { cause: settings.signal.reason }));
    return;
  }
  const file = target(path);
  if (typeof file === 'number') process.nextTick(() => start('readFile', 1, [], false, () => ops.readFile(file, path, settings), callback));
  else start('readFile', readRounds(file), [file], false, () => aborted(settings) || ops.readFile(file, named(path), settings), callback);
};
function aborted({ signal }) {
  if (signal && signal.aborted) throw new AbortError(undefined, { cause: signal.reason });
}
fs.readFileSync = (path, options) => {
  touch('readFileSync', targetPaths(path), false);
  return ops.readFile(target(path), named(path), optionsOf(options));
};

function writer(name, flag) {
  fs[name] = function (path, data, options, callback) {
    callback = callback || options;
    validateFunction(callback, 'cb');
    const settings = optionsOf(options, { flag });
    const bytes = bytesOf(data, settings.encoding);
    const file = target(path);
    start(name, (wholeFile && !settings.flush) || !writable(path) ? 0 : 2, targetPaths(path), true, () => aborted(settings) || ops.writeFile(file, named(path), bytes, settings), callback);
  };
  Object.defineProperty(fs[name], 'name', { value: name });
  fs[`${name}Sync`] = (path, data, options) => {
    touch(`${name}Sync`, targetPaths(path), true);
    ops.writeFile(target(path), named(path), data, optionsOf(options, { flag }));
  };
  promised[name] = (path, data, options) => {
    const settings = optionsOf(options, { flag });
    if (isStreamLike(data)) {
      incomplete(`fs.promises.${name} from a stream`);
      return Promise.resolve();
    }
    const bytes = bytesOf(data, settings.encoding);
    const handle = path !== null && typeof path === 'object' && typeof path.fd === 'number' ? path.fd : path;
    return begin(`promises.${name}`, wholeFile || !writable(handle) ? 0 : 2, targetPaths(handle), true, () => aborted(settings) || ops.writeFile(target(handle), named(handle), bytes, settings));
  };
}
const isStreamLike = data => data !== null && typeof data === 'object' && !ArrayBuffer.isView(data) && (typeof data[Symbol.asyncIterator] === 'function' || typeof data[Symbol.iterator] === 'function');
writer('writeFile', 'w');
writer('appendFile', 'a');

promised.readFile = (path, options) => {
  const settings = optionsOf(options);
  const handle = path !== null && typeof path === 'object' && typeof path.fd === 'number' ? path.fd : path;
  return begin('promises.readFile', typeof handle === 'number' ? 1 : readRounds(handle), targetPaths(handle), false, () => aborted(settings) || ops.readFile(target(handle), named(handle), settings));
};

/** Arguments of read and write: (fd, buffer, offset, length, position) or (fd, buffer, options) or, for write, (fd, string, position, encoding). */
function readArguments(rest) {
  let [buffer, offset, length, position] = rest;
  if (buffer === undefined || (buffer !== null && typeof buffer === 'object' && !ArrayBuffer.isView(buffer))) {
    const options = buffer || {};
    buffer = options.buffer || Buffer.alloc(16384);
    ({ offset, length, position } = options);
  } else if (offset !== null && typeof offset === 'object') {
    ({ offset, length, position } = offset);
  }
  offset = offset || 0;
  return { buffer, offset, length: length == null ? buffer.byteLength - offset : length, position };
}
function copyInto({ buffer, offset }, bytes) {
  new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength).set(bytes, offset);
  return bytes.length;
}
fs.read = function read(fd, ...rest) {
  const callback = rest.pop();
  validateFunction(callback, 'cb');
  const wanted = readArguments(rest);
  start('read', 0, [], false, () => copyInto(wanted, ops.read(fd, wanted.length, wanted.position)), (error, count) => callback(error, count || 0, wanted.buffer));
};
Object.defineProperty(fs.read, promisifyArguments, { value: ['bytesRead', 'buffer'], enumerable: false });
fs.readSync = (fd, ...rest) => {
  const wanted = readArguments(rest);
  return copyInto(wanted, ops.read(fd, wanted.length, wanted.position));
};
function writeArguments(rest) {
  const [data, a, b, c] = rest;
  if (typeof data === 'string') return { bytes: Buffer.from(data, typeof b === 'string' ? b : 'utf8'), position: typeof a === 'number' ? a : null, data };
  const offset = a !== null && typeof a === 'object' ? a.offset || 0 : a || 0;
  const length = a !== null && typeof a === 'object' ? a.length : b;
  const position = a !== null && typeof a === 'object' ? a.position : c;
  const all = bytesOf(data);
  return { bytes: all.subarray(offset, length == null ? all.length : offset + length), position: typeof position === 'number' ? position : null, data };
}
fs.write = function write(fd, ...rest) {
  const callback = rest.pop();
  validateFunction(callback, 'cb');
  const { bytes, position, data } = writeArguments(rest);
  start('write', 0, [], false, () => ops.write(fd, bytes, position), (error, count) => callback(error, count || 0, data));
};
Object.defineProperty(fs.write, promisifyArguments, { value: ['bytesWritten', 'buffer'], enumerable: false });
fs.writeSync = (fd, ...rest) => {
  const { bytes, position } = writeArguments(rest);
  return ops.write(fd, bytes, position);
};
fs.writev = (fd, buffers, position, callback) => {
  callback = callback || position;
  start('writev', 0, [], false, () => ops.write(fd, Buffer.concat(buffers), typeof position === 'number' ? position : null), (error, count) => callback(error, count || 0, buffers));
};
fs.writevSync = (fd, buffers, position) => ops.write(fd, Buffer.concat(buffers), typeof position === 'number' ? position : null);
const readVector = (fd, buffers, position) => {
  let count = 0;
  for (const buffer of buffers) count += copyInto({ buffer, offset: 0 }, ops.read(fd, buffer.byteLength, typeof position === 'number' ? position + count : null));
  return count;
};
fs.readv = (fd, buffers, position, callback) => {
  callback = callback || position;
  start('readv', 0, [], false, () => readVector(fd, buffers, position), (error, count) => callback(error, count || 0, buffers));
};
fs.readvSync = readVector;

function recursiveCopy(from, to, options) {
  if (ops.stat(toPath(from), from).isDirectory()) {
    if (!options || !options.recursive) throw nodeError(Error, 'ERR_FS_EISDIR', `Recursive option not enabled, cannot copy a directory: ${from}`);
    ops.mkdir(toPath(to), to, { recursive: true });
    for (const name of ops.readdir(toPath(from), from)) recursiveCopy(`${from}/${name}`, `${to}/${name}`, options);
  } else {
    ops.copyFile(...twoPaths(from, to));
  }
}
fs.cp = (from, to, options, callback) => {
  callback = callback || options;
  start('cp', 4, [toPath(from), toPath(to)], true, () => recursiveCopy(from, to, typeof options === 'object' ? options : {}), callback);
};
fs.cpSync = recursiveCopy;
promised.cp = (from, to, options) => begin('promises.cp', 4, [toPath(from), toPath(to)], true, () => recursiveCopy(from, to, options));
promised.lchmod = () => Promise.reject(nodeError(Error, 'ERR_METHOD_NOT_IMPLEMENTED', 'The lchmod() method is not implemented'));

class Dir {
  constructor(path, entries) {
    this.path = path;
    this._entries = entries;
    this._closed = false;
  }
  readSync() { return this._entries.shift() || null; }
  read(callback) {
    if (typeof callback === 'function') {
      start('Dir.read', 0, [], false, () => this.readSync(), (error, value) => callback(error, value === undefined ? null : value));
      return undefined;
    }
    return begin('Dir.read', 0, [], false, () => this.readSync());
  }
  closeSync() { this._closed = true; }
  close(callback) {
    if (typeof callback === 'function') {
      start('Dir.close', 0, [], false, () => this.closeSync(), callback);
      return undefined;
    }
    return begin('Dir.close', 0, [], false, () => this.closeSync());
  }
  async* [Symbol.asyncIterator]() {
    try {
      for (let entry = await this.read(); entry !== null; entry = await this.read()) yield entry;
    } finally {
      if (!this._closed) await this.close();
    }
  }
}
fs.opendirSync = path => new Dir(named(path), ops.readdir(toPath(path), named(path), { withFileTypes: true }));
fs.opendir = (path, options, callback) => {
  callback = callback || options;
  start('opendir', 0, [toPath(path)], false, () => fs.opendirSync(path), callback);
};
promised.opendir = path => begin('promises.opendir', 0, [toPath(path)], false, () => fs.opendirSync(path));

Object.assign(fs, { constants, Stats, Dirent, Dir, F_OK: 0, R_OK: 4, W_OK: 2, X_OK: 1, _toUnixTimestamp: time => Number(time) });
fs._promised = promised;
fs._begin = begin;
Object.defineProperty(fs, '_promised', { enumerable: false });
Object.defineProperty(fs, '_begin', { enumerable: false });
for (const name of ['ReadStream', 'WriteStream', 'FileReadStream', 'FileWriteStream', 'createReadStream', 'createWriteStream']) {
  Object.defineProperty(fs, name, { configurable: true, enumerable: true, get: () => require('internal/fs-streams')[name.replace('File', '')] });
}
Object.defineProperty(fs, 'promises', { configurable: true, enumerable: true, get: () => require('fs/promises') });
