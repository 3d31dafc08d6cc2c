'use strict';
// fetch, Headers, Request, Response. A server of the program is reached through `http`; any other answer is unknown. The number of
// promise jobs between arrival and continuation changes from release to release and is not claimed.
const http = require('http');
const { Buffer } = require('buffer');
const { URL } = require('url');
const poll = internalBinding('poll');
const order = internalBinding('order');
const { unknown, isUnknown, likely } = internalBinding('process');

class Headers {
  #map = new Map();
  constructor(init = undefined) {
    if (init == null) return;
    for (const [name, value] of typeof init[Symbol.iterator] === 'function' ? init : Object.entries(init)) this.append(name, value);
  }
  append(name, value) {
    const key = `${name}`.toLowerCase();
    this.#map.set(key, this.#map.has(key) ? `${this.#map.get(key)}, ${value}` : `${value}`);
  }
  delete(name) { this.#map.delete(`${name}`.toLowerCase()); }
  get(name) {
    const key = `${name}`.toLowerCase();
    return this.#map.has(key) ? this.#map.get(key) : null;
  }
  has(name) { return this.#map.has(`${name}`.toLowerCase()); }
  set(name, value) { this.#map.set(`${name}`.toLowerCase(), `${value}`); }
  forEach(callback, self) { for (const [key, value] of this) Reflect.apply(callback, self, [value, key, this]); }
  getSetCookie() { return this.has('set-cookie') ? [this.get('set-cookie')] : []; }
  *entries() { yield* [...this.#map].sort(([a], [b]) => (a < b ? -1 : 1)); }
  *keys() { for (const [key] of this.entries()) yield key; }
  *values() { for (const [, value] of this.entries()) yield value; }
  [Symbol.iterator]() { return this.entries(); }
}

const textOf = async body => (typeof body === 'function' ? body() : body == null ? '' : typeof body === 'string' ? body : body.text ? body.text() : Buffer.from(body).toString());

class Body {
  #body;
  bodyUsed = false;
  constructor(body) { this.#body = body; }
  async text() {
    if (this.bodyUsed) throw new TypeError('Body is unusable: Body has already been read');
    this.bodyUsed = true;
    return textOf(this.#body);
  }
  async json() { return JSON.parse(await this.text()); }
  async arrayBuffer() { return Uint8Array.from(Buffer.from(await this.text())).buffer; }
  async bytes() { return Uint8Array.from(Buffer.from(await this.text())); }
  async blob() { return new (require('buffer').Blob)([await this.text()]); }
  async formData() { return internalBinding('process').incomplete('Body.formData'); }
  get body() { return this.#body == null ? null : internalBinding('process').incomplete('Response.body'); }
}

class Response extends Body {
  constructor(body = null, init = {}) {
    super(body);
    this.status = init.status === undefined ? 200 : init.status;
    this.statusText = init.statusText === undefined ? '' : init.statusText;
    this.headers = init.headers instanceof Headers ? init.headers : new Headers(init.headers);
    this.url = init.url || '';
    this.redirected = false;
    this.type = init.url ? 'basic' : 'default';
  }
  get ok() { return this.status >= 200 && this.status <= 299; }
  static json(value, init = {}) { return new Response(JSON.stringify(value), { ...init, headers: { 'content-type': 'application/json', ...init.headers } }); }
  static error() { return new Response(null, { status: 0 }); }
  static redirect(url, status = 302) { return new Response(null, { status, headers: { location: `${url}` } }); }
}

class Request extends Body {
  constructor(input, init = {}) {
    super(init.body === undefined ? null : init.body);
    this.url = new URL(input instanceof Request ? input.url : input).href;
    this.method = (init.method || (input instanceof Request ? input.method : 'GET')).toUpperCase();
    this.headers = new Headers(init.headers || (input instanceof Request ? input.headers : undefined));
    this.signal = init.signal || new AbortController().signal;
  }
}

/** A body of which only the arrival is known. */
function unknownResponse(host) {
  const arrives = what => () => new Promise((resolve, reject) => {
    poll.start({ name: `the body from ${host}`, rounds: 0, within: Infinity, pool: false, ref: true }, () => {
      if (what === 'the parsed body' && order.choose(`whether the body from ${host} is valid JSON`, ['it is', 'it is not']) === 1) reject(new SyntaxError(unknown('the message', 'string')));
      else resolve(unknown(`${what} from ${host}`, what === 'the text' ? 'string' : 'object'));
    });
  });
  const response = new Response(null, { url: host });
  return Object.assign(response, {
    status: unknown('response.status', 'number'), statusText: unknown('response.statusText', 'string'), headers: unknown('response.headers', 'object'),
    text: arrives('the text'), json: arrives('the parsed body'), arrayBuffer: arrives('the bytes'), blob: arrives('the blob'), bytes: arrives('the bytes'),
  });
}

async function fetch(given, init = {}) {
  const input = isUnknown(given) && likely(given) !== undefined ? likely(given) : given;
  const request = new Request(input, init);
  const url = new URL(request.url);
  const { signal } = request;
  if (signal.aborted) throw signal.reason;
  const body = init.body === undefined || init.body === null ? null : await textOf(init.body);
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    if (!/^(?:localhost|127\..*|\[::1\])$/.test(url.hostname)) {
      poll.start({ name: `the response of ${url.host}`, rounds: 0, within: Infinity, pool: false, ref: true }, () => {
        if (order.choose(`whether ${url.host} responds`, ['it responds', 'the request fails']) === 0) resolve(unknownResponse(url.host));
        else reject(Object.assign(new TypeError('fetch failed'), { cause: new Error(unknown('the cause', 'string')) }));
      });
      return;
    }
    const sent = http.request(url, { method: request.method, headers: Object.fromEntries(request.headers), agent: keepAlive }, response => {
      resolve(new Response(() => new Promise((done, failed) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', part => { text += part; });
        response.on('end', () => done(text));
        response.on('error', failed);
      }), { status: response.statusCode, statusText: response.statusMessage, headers: response.headers, url: url.href }));
    });
    sent.on('error', error => reject(Object.assign(new TypeError('fetch failed'), { cause: error })));
    sent.end(body === null ? undefined : body);
  });
}
const keepAlive = new http.Agent({ keepAlive: true });

module.exports = { fetch, Headers, Request, Response };
