'use strict';
// URL and URLSearchParams (WHATWG), and the parts of the legacy API that programs still use. Parsing is the machine's.
const { nodeError, invalidArgType } = require('internal/errors');
const binding = internalBinding('url');
const querystring = require('querystring');
const customInspect = Symbol.for('nodejs.util.inspect.custom');

const encode = text => encodeURIComponent(text).replace(/%20/g, '+').replace(/[!'()~]/g, char => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
const decode = text => {
  const spaced = text.replace(/\+/g, ' ');
  try { return decodeURIComponent(spaced); } catch { return spaced; }
};

class URLSearchParams {
  #list = [];
  #changed = null;
  constructor(init = undefined, changed = null) {
    this.#changed = changed;
    if (init === undefined || init === null) return;
    if (typeof init === 'object' || typeof init === 'function') {
      if (typeof init[Symbol.iterator] === 'function') {
        for (const [key, value] of init) this.#list.push([`${key}`, `${value}`]);
      } else {
        for (const key of Reflect.ownKeys(init)) this.#list.push([`${key}`, `${init[key]}`]);
      }
    } else {
      this._parse(`${init}`);
    }
  }
  _parse(text) {
    this.#list = text.replace(/^\?/, '').split('&').filter(Boolean).map(part => {
      const at = part.indexOf('=');
      return at < 0 ? [decode(part), ''] : [decode(part.slice(0, at)), decode(part.slice(at + 1))];
    });
  }
  #update() {
    if (this.#changed) this.#changed(this.toString());
  }
  get size() { return this.#list.length; }
  append(name, value) {
    this.#list.push([`${name}`, `${value}`]);
    this.#update();
  }
  delete(name, value) {
    this.#list = this.#list.filter(([key, item]) => key !== `${name}` || (value !== undefined && item !== `${value}`));
    this.#update();
  }
  get(name) {
    const found = this.#list.find(([key]) => key === `${name}`);
    return found ? found[1] : null;
  }
  getAll(name) { return this.#list.filter(([key]) => key === `${name}`).map(([, value]) => value); }
  has(name, value) { return this.#list.some(([key, item]) => key === `${name}` && (value === undefined || item === `${value}`)); }
  set(name, value) {
    const index = this.#list.findIndex(([key]) => key === `${name}`);
    if (index < 0) this.#list.push([`${name}`, `${value}`]);
    else this.#list = this.#list.filter(([key], i) => i <= index || key !== `${name}`).map((pair, i) => (i === index ? [pair[0], `${value}`] : pair));
    this.#update();
  }
  sort() {
    this.#list.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    this.#update();
  }
  forEach(callback, self) {
    if (typeof callback !== 'function') throw invalidArgType('callback', 'of type function', callback);
    for (const [key, value] of this.#list) Reflect.apply(callback, self, [value, key, this]);
  }
  *entries() { for (const pair of this.#list) yield pair.slice(); }
  *keys() { for (const [key] of this.#list) yield key; }
  *values() { for (const [, value] of this.#list) yield value; }
  [Symbol.iterator]() { return this.entries(); }
  toString() { return this.#list.map(([key, value]) => `${encode(key)}=${encode(value)}`).join('&'); }
  get [Symbol.toStringTag]() { return 'URLSearchParams'; }
  [customInspect](depth, options, inspect) {
    return this.#list.length === 0 ? 'URLSearchParams {}' : `URLSearchParams { ${this.#list.map(([key, value]) => `${inspect(key)} => ${inspect(value)}`).join(', ')} }`;
  }
}

const parts = ['protocol', 'username', 'password', 'host', 'hostname', 'port', 'pathname', 'search', 'hash'];

class URL {
  #record;
  #params;
  constructor(input, base = undefined) {
    if (arguments.length === 0) throw nodeError(TypeError, 'ERR_MISSING_ARGS', 'The "url" argument must be specified');
    const record = binding.parse(`${input}`, base === undefined ? null : `${base}`);
    if (record === null) {
      const error = nodeError(TypeError, 'ERR_INVALID_URL', 'Invalid URL');
      error.input = `${input}`;
      if (base !== undefined) error.base = `${base}`;
      throw error;
    }
    this.#record = record;
  }
  static canParse(input, base = undefined) { return binding.parse(`${input}`, base === undefined ? null : `${base}`) !== null; }
  static parse(input, base = undefined) { return URL.canParse(input, base) ? new URL(input, base) : null; }
  static revokeObjectURL() {}
  get href() { return this.#record.href; }
  set href(value) {
    this.#record = new URL(value).#record;
    if (this.#params) this.#params._parse(this.search);
  }
  get origin() { return this.#record.origin; }
  get searchParams() {
    if (this.#params === undefined) this.#params = new URLSearchParams(this.search, text => { this.#record = binding.change(this.#record.href, 'search', text); });
    return this.#params;
  }
  _get(part) { return this.#record[part]; }
  _set(part, value) {
    this.#record = binding.change(this.#record.href, part, `${value}`);
    if (part === 'search' && this.#params) this.#params._parse(this.search);
  }
  toString() { return this.href; }
  toJSON() { return this.href; }
  get [Symbol.toStringTag]() { return 'URL'; }
  [customInspect](depth, options, inspect) {
    const shown = {};
    for (const key of ['href', 'origin', 'protocol', 'username', 'password', 'host', 'hostname', 'port', 'pathname', 'search', 'searchParams', 'hash']) shown[key] = this[key];
    return `URL ${inspect(shown, options)}`;
  }
}
for (const part of parts) {
  Object.defineProperty(URL.prototype, part, { configurable: true, enumerable: true, get() { return this._get(part); }, set(value) { this._set(part, value); } });
}
for (const name of ['_get', '_set']) Object.defineProperty(URL.prototype, name, { enumerable: false });

/** Legacy `url.parse`. */
function parse(text, parseQuery = false) {
  const match = /^\s*([a-zA-Z][a-zA-Z0-9+.-]*:)?(\/\/)?(?:([^/?#@]*)@)?([^/?#]*)?([^?#]*)(\?[^#]*)?(#.*)?\s*$/.exec(text);
  const slashes = match[2] !== undefined;
  const host = slashes && match[4] ? match[4].toLowerCase() : null;
  const pathname = (slashes ? '' : match[4] || '') + match[5] || (host && /^(?:https?|ftp|file):$/.test(match[1] || '') ? '/' : null);
  const search = match[6] || null;
  const port = host ? /:(\d*)$/.exec(host) : null;
  const query = search ? search.slice(1) : null;
  const result = {
    protocol: match[1] ? match[1].toLowerCase() : null, slashes: slashes || null, auth: match[3] ? decodeURIComponent(match[3]) : null, host,
    port: port ? port[1] : null, hostname: host ? host.replace(/:\d*$/, '') : null, hash: match[7] || null, search: parseQuery ? search || '' : search,
    query: parseQuery ? querystring.parse(query || '') : query, pathname, path: (pathname || '') + (search || '') || null, href: '',
  };
  result.href = format(result);
  return result;
}

function format(object) {
  if (typeof object === 'string') object = parse(object);
  if (object instanceof URL) return object.href;
  const protocol = object.protocol ? `${object.protocol}`.replace(/:?$/, ':') : '';
  const host = object.host || (object.hostname ? `${object.hostname}${object.port ? `:${object.port}` : ''}` : '');
  const search = object.search || (object.query && typeof object.query === 'object' && Object.keys(object.query).length > 0 ? `?${querystring.stringify(object.query)}` : '');
  const slashes = object.slashes || /^(?:https?|ftp|file|wss?):$/.test(protocol);
  return `${protocol}${slashes && (host || protocol === 'file:') ? '//' : ''}${object.auth ? `${object.auth}@` : ''}${host}${object.pathname || ''}${search ? search.replace(/^\??/, '?') : ''}${object.hash ? object.hash.replace(/^#?/, '#') : ''}`;
}

module.exports = {
  URL, URLSearchParams, parse, format,
  resolve: (from, to) => {
    const resolved = new URL(to, new URL(from, 'resolve://'));
    return resolved.protocol === 'resolve:' ? resolved.pathname + resolved.search + resolved.hash : resolved.href;
  },
  fileURLToPath(url) {
    const record = typeof url === 'string' ? new URL(url) : url;
    if (record.protocol !== 'file:') throw nodeError(TypeError, 'ERR_INVALID_URL_SCHEME', 'The URL must be of scheme file');
    return decodeURIComponent(record.pathname);
  },
  pathToFileURL(path) {
    const resolved = require('path').resolve(path) + (path.endsWith('/') && !require('path').resolve(path).endsWith('/') ? '/' : '');
    return new URL(`file://${encodeURI(resolved).replace(/[?#]/g, char => (char === '?' ? '%3F' : '%23'))}`);
  },
  domainToASCII: text => { try { return new URL(`ws://${text}`).hostname; } catch { return ''; } },
  domainToUnicode: text => text,
  urlToHttpOptions: url => ({ protocol: url.protocol, hostname: url.hostname, hash: url.hash, search: url.search, pathname: url.pathname, path: `${url.pathname || ''}${url.search || ''}`, href: url.href, ...(url.port !== '' ? { port: Number(url.port) } : {}), ...(url.username || url.password ? { auth: `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}` } : {}) }),
};
