'use strict';
// Node's `path` on POSIX; the functions of `path.win32` are not modelled.
const { validateString, validateObject } = require('internal/errors');
const { isOpen, originOf, unknown } = internalBinding('process');

/** Removes `.` and `..` segments; `..` above a relative start stays. */
function segments(path, absolute) {
  const kept = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..') {
      if (kept.length > 0 && kept[kept.length - 1] !== '..') kept.pop();
      else if (!absolute) kept.push('..');
    } else {
      kept.push(part);
    }
  }
  return kept.join('/');
}

function normalize(path) {
  validateString(path, 'path');
  if (path.length === 0) return '.';
  const absolute = path.startsWith('/');
  let result = segments(path, absolute);
  if (result.length === 0) return absolute ? '/' : path.endsWith('/') ? './' : '.';
  if (path.endsWith('/')) result += '/';
  return absolute ? `/${result}` : result;
}

function resolve(...paths) {
  let resolved = '';
  for (let i = paths.length - 1; i >= -1 && !resolved.startsWith('/'); i--) {
    const path = i >= 0 ? paths[i] : process.cwd();
    validateString(path, `paths[${i}]`);
    if (path.length > 0) resolved = `${path}/${resolved}`;
  }
  const absolute = resolved.startsWith('/');
  const result = segments(resolved, absolute);
  return absolute ? `/${result}` : result || '.';
}

function join(...paths) {
  for (const path of paths) validateString(path, 'path');
  const joined = paths.filter(path => path.length > 0).join('/');
  return joined.length === 0 ? '.' : normalize(joined);
}

function relative(from, to) {
  const a = resolve(from);
  const b = resolve(to);
  if (a === b) return '';
  const left = a === '/' ? [] : a.slice(1).split('/');
  const right = b === '/' ? [] : b.slice(1).split('/');
  let common = 0;
  while (common < left.length && common < right.length && left[common] === right[common]) common++;
  return [...left.slice(common).map(() => '..'), ...right.slice(common)].join('/');
}

function trimmed(path) {
  let end = path.length;
  while (end > 1 && path[end - 1] === '/') end--;
  return path.slice(0, end);
}

function dirname(path) {
  validateString(path, 'path');
  if (path.length === 0) return '.';
  const text = trimmed(path);
  const slash = text.lastIndexOf('/');
  if (slash < 0) return '.';
  return slash === 0 ? '/' : trimmed(text.slice(0, slash));
}

function basename(path, suffix) {
  validateString(path, 'path');
  if (suffix !== undefined) validateString(suffix, 'suffix');
  const text = trimmed(path);
  if (text === '/') return '';
  const base = text.slice(text.lastIndexOf('/') + 1);
  return suffix !== undefined && base !== suffix && base.endsWith(suffix) ? base.slice(0, base.length - suffix.length) : base;
}

function extname(path) {
  const base = basename(path);
  const dot = base.lastIndexOf('.');
  return dot <= 0 || base === '..' ? '' : base.slice(dot);
}

function format(object) {
  validateObject(object, 'pathObject');
  const dir = object.dir || object.root;
  const extension = object.ext ? (object.ext.startsWith('.') ? object.ext : `.${object.ext}`) : '';
  const base = object.base || `${object.name || ''}${extension}`;
  if (!dir) return base;
  return dir === object.root ? `${dir}${base}` : `${dir}/${base}`;
}

function parse(path) {
  validateString(path, 'path');
  const root = path.startsWith('/') ? '/' : '';
  const base = basename(path);
  const ext = extname(path);
  const parent = dirname(path);
  return { root, dir: parent === '.' && !path.startsWith('.') ? root : path === '' ? '' : trimmed(path).includes('/') ? parent : '', base, ext, name: ext ? base.slice(0, -ext.length) : base };
}

function isAbsolute(path) {
  validateString(path, 'path');
  return path.startsWith('/');
}

/** Of a path that is not known the result is not known. */
function ofKnown(fn, type) {
  const known = (...args) => (args.some(isOpen) ? unknown(`path.${fn.name}(${args.map(arg => originOf(arg) || `'${arg}'`).join(', ')})`, type) : fn(...args));
  Object.defineProperty(known, 'name', { value: fn.name });
  Object.defineProperty(known, 'length', { value: fn.length });
  return known;
}

const posix = {
  resolve: ofKnown(resolve, 'string'), normalize: ofKnown(normalize, 'string'), isAbsolute: ofKnown(isAbsolute, 'boolean'), join: ofKnown(join, 'string'),
  relative: ofKnown(relative, 'string'), dirname: ofKnown(dirname, 'string'), basename: ofKnown(basename, 'string'), extname: ofKnown(extname, 'string'), format, parse: ofKnown(parse, 'object'),
  toNamespacedPath: path => path, sep: '/', delimiter: ':',
};
/** Importing `node:path` reads `win32`: only what is done with it is not modelled. */
const win32 = { ...posix, sep: '\\', delimiter: ';' };
for (const [name, value] of Object.entries(win32)) {
  if (typeof value === 'function') win32[name] = { [name]: (...args) => internalBinding('process').incomplete(`path.win32.${name}`) }[name];
}
win32.win32 = posix.win32 = win32;
win32.posix = posix.posix = posix;
module.exports = posix;
