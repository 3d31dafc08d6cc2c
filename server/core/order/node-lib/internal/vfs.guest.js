'use strict';
// A virtual file system: the program's own files (their text is known), the directories they are in, /tmp, and what the program
// writes. Nothing touches a disk. Paths that only the outside knows (/etc, /proc, …) give unknown answers.
const { Buffer } = require('buffer');
const { systemError, invalidArgType } = require('internal/errors');
const files = internalBinding('files');
const order = internalBinding('order');
const { unknown, isUnknown, isOpen, originOf, likely, cwd } = internalBinding('process');

const errors = {
  ENOENT: [-2, 'no such file or directory'], EEXIST: [-17, 'file already exists'], ENOTDIR: [-20, 'not a directory'], EISDIR: [-21, 'illegal operation on a directory'],
  EBADF: [-9, 'bad file descriptor'], ENOTEMPTY: [-39, 'directory not empty'], EACCES: [-13, 'permission denied'], EINVAL: [-22, 'invalid argument'],
};
function fail(code, syscall, path, dest) {
  const [errno, text] = errors[code];
  return systemError(code, errno, text, syscall, path, dest);
}

const nodes = new Map();
const descriptors = new Map();
let nextDescriptor = 17;
let nextInode = 1000;
let nextTemporary = 0;

function node(kind, data) {
  return { kind, data, mode: kind === 'dir' ? 0o40755 : 0o100644, inode: nextInode++, links: 1 };
}

/** A path argument as an absolute path without `.` and `..`. */
function toPath(path, name = 'path') {
  if (isOpen(path)) return `/unknown/${originOf(path).replaceAll('/', '\\')}`;
  let text = isUnknown(path) ? likely(path) : path;
  if (typeof text === 'string') return require('path').resolve(cwd(), text);
  if (text instanceof Uint8Array) text = Buffer.from(text).toString();
  else if (text !== null && typeof text === 'object' && typeof text.href === 'string') text = decodeURIComponent(text.pathname);
  if (typeof text !== 'string') throw invalidArgType(name, 'of type string or an instance of Buffer or URL', path);
  return require('path').resolve(cwd(), text);
}

/** Folders of each machine, whose content is the machine's own. */
const outside = /^\/(?:tmp|etc|proc|sys|usr|var|home|root|dev|bin|lib|lib64|opt|mnt|media|srv|run|boot|sbin|Users|private|Library|Volumes|app|data|workspace|workspaces|github)(?:\/|$)/;

const outsideFile = path => Object.assign(node('file', unknown(`the content of ${path}`, 'string')), { unknown: true });
const inProject = path => path.startsWith(files.directory);
/** The program's own code is there: it is what is explained. */
const isOwnCode = path => path === files.entry || /\.(?:[cm]?[jt]sx?|json)$/.test(path);
const shownPath = path => (path.startsWith('/unknown/') ? path.slice(9) : inProject(path) ? path.slice(files.directory.length) : path);

/** What the disk of the project holds there: a node, or undefined. */
function onDisk(path) {
  const text = files.read(path);
  // What is no text has other bytes than can be had here.
  if (text !== null) return text.includes('\ufffd') ? outsideFile(path) : node('file', Buffer.from(text));
  if (files.list(path) !== undefined || files.isDirectory(path)) return Object.assign(node('dir', null), { listed: false });
  return undefined;
}

/** Whether a folder that the program has made, or has seen to be missing, says that nothing is there. */
function isMissing(path) {
  for (let folder = require('path').dirname(path); folder !== '/'; folder = require('path').dirname(folder)) {
    if (!nodes.has(folder)) continue;
    const found = nodes.get(folder);
    return found === undefined || (found.kind === 'dir' && found.listed === true);
  }
  return false;
}

/** What is at a path that the program has not touched. Where the disk does not belong to the program, both is possible. */
function fromOutside(path, matters) {
  if (path === '/' || path === '/tmp' || files.isDirectory(path)) return Object.assign(node('dir', null), { listed: false });
  if (isMissing(path)) return undefined;
  if (path === '/dev/null') return node('file', Buffer.alloc(0));
  if (inProject(path)) {
    const found = onDisk(path);
    if (isOwnCode(path) && found !== undefined) return found;
    if (files.whole) {
      if (matters) files.assume(found === undefined ? `${shownPath(path)} is not there` : `${shownPath(path)} is there${found.kind === 'dir' ? '' : ' as it is here'}`);
      return found;
    }
    if (!matters) return undefined;
    const there = order.choose(`whether ${shownPath(path)} exists`, found === undefined || found.kind === 'file' ? ['it does', 'it does not'] : ['it does', 'it does not']) === 0;
    return there ? (found !== undefined && found.kind === 'dir' ? found : outsideFile(path)) : undefined;
  }
  if (!matters) return undefined;
  if (files.whole && !path.startsWith('/unknown') && !outside.test(path)) {
    files.assume(`${path} is not there`);
    return undefined;
  }
  if (path === '/unknown') return outsideFile(path);
  return order.choose(`whether ${shownPath(path)} exists`, ['it does', 'it does not']) === 0 ? outsideFile(path) : undefined;
}

/**
 * The node at an absolute path, following symbolic links unless told; undefined when there is none.
 * @param matters whether it makes a difference that something is there already: a file that is written anew is not asked for
 */
function lookup(path, follow = true, depth = 0, matters = true) {
  let found = nodes.get(path);
  if (found === undefined && !nodes.has(path)) {
    found = fromOutside(path, matters);
    if (matters) nodes.set(path, found);
  }
  if (found && found.kind === 'link' && follow && depth < 40) return lookup(require('path').resolve(require('path').dirname(path), found.target), true, depth + 1);
  return found;
}

/** The directory that a new entry of `path` goes into; throws as open(2) does. */
function parentOf(path, syscall, shown, dest) {
  const parent = lookup(require('path').dirname(path));
  if (parent === undefined) throw fail('ENOENT', syscall, shown, dest);
  if (parent.kind !== 'dir' && !parent.unknown) throw fail('ENOTDIR', syscall, shown, dest);
  return parent;
}

function need(path, syscall, shown, follow = true) {
  const found = lookup(path, follow);
  if (found === undefined) throw fail('ENOENT', syscall, shown);
  return found;
}

const isEmpty = path => ![...nodes].some(([key, value]) => value !== undefined && key !== path && key.startsWith(`${path === '/' ? '' : path}/`));

class Stats {
  constructor(found, bigint) {
    const number = value => (bigint ? BigInt(value) : value);
    const size = found.kind === 'dir' ? 4096 : found.unknown ? null : found.kind === 'link' ? found.target.length : found.data.length;
    this.dev = unknown('stats.dev', 'number');
    this.mode = number(found.mode);
    this.nlink = number(found.links);
    this.uid = unknown('stats.uid', 'number');
    this.gid = unknown('stats.gid', 'number');
    this.rdev = number(0);
    this.blksize = number(4096);
    this.ino = unknown('stats.ino', 'number');
    this.size = size === null ? unknown('stats.size', 'number') : number(size);
    this.blocks = size === null ? unknown('stats.blocks', 'number') : number(Math.ceil(size / 4096) * 8);
    for (const time of ['atimeMs', 'mtimeMs', 'ctimeMs', 'birthtimeMs']) this[time] = unknown(`stats.${time}`, 'number');
    for (const time of ['atime', 'mtime', 'ctime', 'birthtime']) this[time] = unknown(`stats.${time}`, 'object');
    Object.defineProperty(this, '_kind', { value: found.unknown ? unknown('the kind of a file', 'string') : found.kind, enumerable: false });
  }
  isFile() { return this._kind === 'file'; }
  isDirectory() { return this._kind === 'dir'; }
  isSymbolicLink() { return this._kind === 'link'; }
  isBlockDevice() { return false; }
  isCharacterDevice() { return false; }
  isFIFO() { return false; }
  isSocket() { return false; }
}

class Dirent {
  constructor(name, parentPath, found) {
    this.name = name;
    this.parentPath = parentPath;
    Object.defineProperty(this, '_kind', { value: found.kind, enumerable: false });
  }
  get path() { return this.parentPath; }
  isFile() { return this._kind === 'file'; }
  isDirectory() { return this._kind === 'dir'; }
  isSymbolicLink() { return this._kind === 'link'; }
  isBlockDevice() { return false; }
  isCharacterDevice() { return false; }
  isFIFO() { return false; }
  isSocket() { return false; }
}

function descriptor(fd, syscall) {
  const open = descriptors.get(fd);
  if (open === undefined) throw fail('EBADF', syscall);
  return open;
}

function bytesOf(data, encoding) {
  if (typeof data === 'string') return Buffer.from(data, encoding || 'utf8');
  if (ArrayBuffer.isView(data)) return Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  if (data instanceof ArrayBuffer) return Buffer.from(data);
  throw invalidArgType('data', 'of type string or an instance of Buffer, TypedArray, or DataView', data);
}

/** Content and encoding of a read: a string when an encoding is given. */
function decoded(data, encoding) {
  return encoding && encoding !== 'buffer' && data instanceof Uint8Array ? data.toString(encoding) : data;
}

/** The operations, synchronous and complete in themselves; the arguments are those of the binding, paths already absolute. */
const ops = {
  access(path, shown, mode = 0) {
    need(path, 'access', shown);
    if ((mode & 1) !== 0) throw fail('EACCES', 'access', shown);
  },
  stat: (path, shown, options) => new Stats(need(path, 'stat', shown), options && options.bigint),
  lstat: (path, shown, options) => new Stats(need(path, 'lstat', shown, false), options && options.bigint),
  fstat: (fd, options) => new Stats(fd <= 2 ? Object.assign(node('file', null), { unknown: true }) : descriptor(fd, 'fstat').node, options && options.bigint),
  /** Length in bytes; 0 where it is unknown. */
  size(path) {
    const found = lookup(path);
    return found && found.kind === 'file' && !found.unknown ? found.data.length : 0;
  },
  open(path, shown, flags = 'r', mode = 0o666) {
    const text = typeof flags === 'number' ? flagsFromNumber(flags) : flags || 'r';
    if (!/^(?:r|rs|sr|w|wx|xw|a|ax|xa|as|sa)\+?$/.test(text.replace('+', '')) && !/^[rwax+s]+$/.test(text)) throw invalidArgType('flags', 'a valid flag', flags);
    const writes = /[wa+]/.test(text);
    let found = lookup(path, true, 0, !(text.startsWith('w') && !text.includes('x')));
    if (found !== undefined && text.includes('x')) throw fail('EEXIST', 'open', shown);
    if (found === undefined) {
      if (text.startsWith('r')) throw fail('ENOENT', 'open', shown);
      parentOf(path, 'open', shown);
      found = node('file', Buffer.alloc(0));
      found.mode = 0o100000 | (mode & ~0o22);
      nodes.set(path, found);
    } else if (found.kind === 'dir' && writes) {
      throw fail('EISDIR', 'open', shown);
    } else if (text.startsWith('w')) {
      found.data = Buffer.alloc(0);
      found.unknown = false;
    }
    const fd = nextDescriptor++;
    descriptors.set(fd, { node: found, position: 0, append: text.startsWith('a'), path });
    return fd;
  },
  close(fd) {
    if (fd <= 2) return;
    descriptor(fd, 'close');
    descriptors.delete(fd);
  },
  /** Returns the bytes read, to be copied by the caller. */
  read(fd, length, position) {
    const open = descriptor(fd, 'read');
    if (open.node.kind === 'dir') throw fail('EISDIR', 'read');
    if (open.node.unknown) return unknown(`the content of ${open.path}`, 'object');
    const at = position == null || position === -1 ? open.position : Number(position);
    const bytes = Buffer.from(open.node.data.subarray(at, at + length));
    if (position == null || position === -1) open.position = at + bytes.length;
    return bytes;
  },
  write(fd, bytes, position) {
    if (fd === 1 || fd === 2) {
      internalBinding('process').writeRaw(fd, bytes.toString());
      return bytes.length;
    }
    const open = descriptor(fd, 'write');
    const { data } = open.node;
    const at = open.append ? data.length : position == null ? open.position : Number(position);
    const grown = Buffer.alloc(Math.max(data.length, at + bytes.length));
    grown.set(data, 0);
    grown.set(bytes, at);
    open.node.data = grown;
    if (position == null) open.position = at + bytes.length;
    return bytes.length;
  },
  fsync(fd) { descriptor(fd, 'fsync'); },
  ftruncate(fd, length = 0) { resize(descriptor(fd, 'ftruncate').node, length); },
  truncate(path, shown, length = 0) { resize(need(path, 'open', shown), length); },
  chmod(path, shown, mode) {
    const found = need(path, 'chmod', shown);
    found.mode = (found.mode & ~0o7777) | mode;
  },
  chown(path, shown) { need(path, 'chown', shown); },
  utimes(path, shown) { need(path, 'utime', shown); },
  readFile(target, shown, options) {
    let found;
    if (typeof target === 'number') {
      const open = descriptor(target, 'read');
      found = open.node;
      if (!found.unknown) {
        const rest = Buffer.from(found.data.subarray(open.position));
        open.position = found.data.length;
        return decoded(rest, options.encoding);
      }
    } else {
      found = need(target, 'open', shown);
    }
    if (found.kind === 'dir') throw fail('EISDIR', 'read');
    if (found.unknown) return unknown(`the content of ${shown}`, options.encoding ? 'string' : 'object');
    return decoded(Buffer.from(found.data), options.encoding);
  },
  writeFile(target, shown, data, options) {
    const bytes = bytesOf(data, options.encoding);
    const fd = typeof target === 'number' ? target : ops.open(target, shown, options.flag || 'w', options.mode);
    ops.write(fd, bytes, null);
    if (typeof target !== 'number') ops.close(fd);
  },
  mkdir(path, shown, options) {
    const recursive = options !== null && typeof options === 'object' && options.recursive;
    const found = lookup(path);
    if (found !== undefined) {
      if (recursive && (found.kind === 'dir' || found.unknown)) return undefined;
      throw fail('EEXIST', 'mkdir', shown);
    }
    const parentPath = require('path').dirname(path);
    let first;
    if (recursive && lookup(parentPath) === undefined) first = ops.mkdir(parentPath, shown, options);
    parentOf(path, 'mkdir', shown);
    nodes.set(path, Object.assign(node('dir', null), { listed: true }));
    return recursive ? first || path : undefined;
  },
  mkdtemp(prefix) {
    const path = `${prefix}${unknownName()}`;
    const full = toPath(path);
    parentOf(full, 'mkdtemp', `${prefix}XXXXXX`);
    nodes.set(full, Object.assign(node('dir', null), { listed: true }));
    return path;
  },
  rmdir(path, shown) {
    const found = need(path, 'rmdir', shown, false);
    if (found.kind !== 'dir') throw fail('ENOTDIR', 'rmdir', shown);
    if (!isEmpty(path)) throw fail('ENOTEMPTY', 'rmdir', shown);
    nodes.set(path, undefined);
  },
  unlink(path, shown) {
    const found = need(path, 'unlink', shown, false);
    if (found.kind === 'dir') throw fail('EISDIR', 'unlink', shown);
    nodes.set(path, undefined);
  },
  rm(path, shown, options = {}) {
    const found = lookup(path, false);
    if (found === undefined) {
      if (options && options.force) return;
      throw fail('ENOENT', internalBinding('process').major >= 24 ? 'rm' : 'lstat', shown);
    }
    if (found.kind === 'dir') {
      if (!options || !options.recursive) {
        const { nodeError } = require('internal/errors');
        throw nodeError(Error, 'ERR_FS_EISDIR', `Path is a directory: rm returned EISDIR (is a directory) ${path}`);
      }
      for (const key of [...nodes.keys()]) if (key.startsWith(`${path}/`)) nodes.set(key, undefined);
    }
    nodes.set(path, undefined);
  },
  rename(path, shown, to, shownTo) {
    const found = lookup(path, false);
    if (found === undefined) throw fail('ENOENT', 'rename', shown, shownTo);
    parentOf(to, 'rename', shown, shownTo);
    for (const key of [...nodes.keys()]) {
      if (key.startsWith(`${path}/`)) {
        nodes.set(to + key.slice(path.length), nodes.get(key));
        nodes.set(key, undefined);
      }
    }
    nodes.set(to, found);
    nodes.set(path, undefined);
  },
  copyFile(path, shown, to, shownTo, mode = 0) {
    const found = lookup(path);
    if (found === undefined) throw fail('ENOENT', 'copyfile', shown, shownTo);
    if ((mode & 1) !== 0 && lookup(to) !== undefined) throw fail('EEXIST', 'copyfile', shown, shownTo);
    parentOf(to, 'copyfile', shown, shownTo);
    nodes.set(to, { ...node('file', found.unknown ? found.data : Buffer.from(found.data)), unknown: found.unknown });
  },
  link(path, shown, to, shownTo) {
    const found = need(path, 'link', shown);
    if (lookup(to) !== undefined) throw fail('EEXIST', 'link', shown, shownTo);
    found.links++;
    nodes.set(to, found);
  },
  symlink(target, shown, path, shownPath) {
    if (lookup(path, false) !== undefined) throw fail('EEXIST', 'symlink', shown, shownPath);
    parentOf(path, 'symlink', shown, shownPath);
    nodes.set(path, Object.assign(node('link', null), { target: shown, mode: 0o120777 }));
  },
  readlink(path, shown) {
    const found = need(path, 'readlink', shown, false);
    if (found.kind !== 'link') throw fail('EINVAL', 'readlink', shown);
    return found.target;
  },
  realpath(path, shown) {
    need(path, 'lstat', shown);
    let current = path;
    for (let found = nodes.get(current); found && found.kind === 'link'; found = nodes.get(current)) current = require('path').resolve(require('path').dirname(current), found.target);
    return current;
  },
  readdir(path, shown, options) {
    const found = need(path, 'scandir', shown);
    if (found.kind !== 'dir' && !found.unknown) throw fail('ENOTDIR', 'scandir', shown);
    const entries = found.listed || !inProject(`${path}/`) || !files.whole ? undefined : files.list(path);
    if (!found.listed && entries === undefined) return unknown(`the entries of ${shown}`, 'object');
    if (entries !== undefined) {
      files.assume(`${shownPath(`${path}/`) || 'the folder of the program'} holds what it holds here`);
      for (const [name, folder] of entries) {
        const full = `${path === '/' ? '' : path}/${name}`;
        if (!nodes.has(full)) nodes.set(full, folder ? Object.assign(node('dir', null), { listed: false }) : onDisk(full) || outsideFile(full));
        if (folder && options && options.recursive) ops.readdir(full, `${shown}/${name}`, { recursive: true });
      }
    }
    const recursive = options && options.recursive;
    const names = [...nodes].filter(([key, value]) => value !== undefined && key.startsWith(`${path}/`) && (recursive || !key.slice(path.length + 1).includes('/'))).map(([key]) => key.slice(path.length + 1)).sort();
    return options && options.withFileTypes ? names.map(name => new Dirent(require('path').basename(name), require('path').dirname(`${shown}/${name}`), nodes.get(`${path}/${name}`))) : names;
  },
};

function resize(found, length) {
  const data = Buffer.alloc(length);
  data.set(found.data.subarray(0, length), 0);
  found.data = data;
}

/** Six characters; a program that prints them prints something that nobody can know. */
function unknownName() {
  return `xx${String(nextTemporary++).padStart(4, '0')}`;
}

function flagsFromNumber(flags) {
  const access = flags & 3;
  const text = flags & 0o2000 ? 'a' : flags & 0o1000 || flags & 0o100 ? 'w' : 'r';
  return `${text}${flags & 0o200 ? 'x' : ''}${access === 2 ? '+' : ''}`;
}

module.exports = { ops, toPath, Stats, Dirent, bytesOf };
