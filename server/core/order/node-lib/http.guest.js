'use strict';
// Node's `http` between a server and its clients in one program (SEMANTICS S-56). lib/_http_*.js.
const inherit = require('internal/inherit');
const net = require('net');
const EventEmitter = require('events');
const { Readable } = require('stream');
const { Stream } = require('internal/legacy-stream');
const { Buffer } = require('buffer');
const { nodeError, invalidArgType } = require('internal/errors');
const { createParser } = require('internal/http-parser');
const { major, likely, unknown, opaque } = internalBinding('process');
const poll = internalBinding('poll');
const order = internalBinding('order');

const METHODS = ['ACL', 'BIND', 'CHECKOUT', 'CONNECT', 'COPY', 'DELETE', 'GET', 'HEAD', 'LINK', 'LOCK', 'M-SEARCH', 'MERGE', 'MKACTIVITY', 'MKCALENDAR', 'MKCOL', 'MOVE', 'NOTIFY', 'OPTIONS', 'PATCH', 'POST', 'PROPFIND', 'PROPPATCH', 'PURGE', 'PUT', 'REBIND', 'REPORT', 'SEARCH', 'SOURCE', 'SUBSCRIBE', 'TRACE', 'UNBIND', 'UNLINK', 'UNLOCK', 'UNSUBSCRIBE'];
const STATUS_CODES = { 100: 'Continue', 101: 'Switching Protocols', 200: 'OK', 201: 'Created', 202: 'Accepted', 204: 'No Content', 206: 'Partial Content', 301: 'Moved Permanently', 302: 'Found', 303: 'See Other', 304: 'Not Modified', 307: 'Temporary Redirect', 308: 'Permanent Redirect', 400: 'Bad Request', 401: 'Unauthorized', 403: 'Forbidden', 404: 'Not Found', 405: 'Method Not Allowed', 406: 'Not Acceptable', 408: 'Request Timeout', 409: 'Conflict', 410: 'Gone', 411: 'Length Required', 413: 'Payload Too Large', 415: 'Unsupported Media Type', 418: "I'm a Teapot", 422: 'Unprocessable Entity', 429: 'Too Many Requests', 500: 'Internal Server Error', 501: 'Not Implemented', 502: 'Bad Gateway', 503: 'Service Unavailable', 504: 'Gateway Timeout' };

function IncomingMessage(socket) {
  Readable.call(this, { autoDestroy: true, highWaterMark: socket && socket.readableHighWaterMark });
  this.socket = socket;
  this.httpVersion = '1.1';
  this.httpVersionMajor = 1;
  this.httpVersionMinor = 1;
  this.complete = false;
  this.headers = {};
  this.rawHeaders = [];
  this.trailers = {};
  this.rawTrailers = [];
  this.aborted = false;
  this.url = '';
  this.method = null;
  this.statusCode = null;
  this.statusMessage = null;
  this._consuming = false;
  this._dumped = false;
}
inherit(IncomingMessage, Readable, class extends Readable {
  get connection() { return this.socket; }
  get headersDistinct() { return Object.fromEntries(Object.entries(this.headers).map(([key, value]) => [key, [].concat(value)])); }
  _read() {
    this._consuming = true;
    if (this.socket && this.socket.readable && this.socket.isPaused()) this.socket.resume();
  }
  _destroy(error, callback) {
    if (!this.readableEnded || !this.complete) {
      this.aborted = true;
      this.emit('aborted');
    }
    if (this.socket && !this.socket.destroyed && this.aborted) this.socket.destroy(error);
    process.nextTick(callback, error);
  }
  _dump() {
    if (this._dumped) return;
    this._dumped = true;
    this._readableState.length = 0;
    this._readableState.buffer = [];
    this.resume();
  }
  setTimeout(ms, callback) {
    if (callback) this.on('timeout', callback);
    this.socket.setTimeout(ms);
    return this;
  }
});

/** Headers and body of a message that this side sends (lib/_http_outgoing.js). */
function OutgoingMessage() {
  Stream.call(this);
  this._headers = new Map();
  this.headersSent = false;
  this.finished = false;
  this.destroyed = false;
  this.sendDate = true;
  this.chunkedEncoding = false;
  this.shouldKeepAlive = true;
  this.useChunkedEncodingByDefault = true;
  this.socket = null;
  this._output = [];
  this._hasBody = true;
  this._header = null;
  this._closed = false;
  this._last = false;
  this._writableLength = 0;
}
Object.setPrototypeOf(OutgoingMessage.prototype, Stream.prototype);
Object.setPrototypeOf(OutgoingMessage, Stream);

OutgoingMessage.prototype.setHeader = function setHeader(name, value) {
  if (this._header) throw nodeError(Error, 'ERR_HTTP_HEADERS_SENT', 'Cannot set headers after they are sent to the client');
  if (value === undefined) throw nodeError(TypeError, 'ERR_HTTP_INVALID_HEADER_VALUE', `Invalid value "undefined" for header "${name}"`);
  this._headers.set(`${name}`.toLowerCase(), [name, value]);
  return this;
};
OutgoingMessage.prototype.setHeaders = function setHeaders(headers) {
  for (const [name, value] of headers) this.setHeader(name, value);
  return this;
};
OutgoingMessage.prototype.appendHeader = function appendHeader(name, value) {
  const before = this.getHeader(name);
  return this.setHeader(name, before === undefined ? value : [].concat(before, value));
};
OutgoingMessage.prototype.getHeader = function getHeader(name) {
  const found = this._headers.get(`${name}`.toLowerCase());
  return found && found[1];
};
OutgoingMessage.prototype.getHeaders = function getHeaders() {
  return Object.assign(Object.create(null), Object.fromEntries([...this._headers].map(([key, [, value]]) => [key, value])));
};
OutgoingMessage.prototype.getHeaderNames = function getHeaderNames() { return [...this._headers.keys()]; };
OutgoingMessage.prototype.hasHeader = function hasHeader(name) { return this._headers.has(`${name}`.toLowerCase()); };
OutgoingMessage.prototype.removeHeader = function removeHeader(name) {
  if (this._header) throw nodeError(Error, 'ERR_HTTP_HEADERS_SENT', 'Cannot remove headers after they are sent to the client');
  this._headers.delete(`${name}`.toLowerCase());
};
OutgoingMessage.prototype.flushHeaders = function flushHeaders() {
  if (!this._header) this._implicitHeader();
  this._send('');
};
OutgoingMessage.prototype.addTrailers = function addTrailers() {};
OutgoingMessage.prototype.setTimeout = function setTimeoutOf(ms, callback) {
  if (callback) this.on('timeout', callback);
  if (this.socket) this.socket.setTimeout(ms);
  else this.once('socket', socket => socket.setTimeout(ms));
  return this;
};
OutgoingMessage.prototype.cork = function cork() { if (this.socket) this.socket.cork(); };
OutgoingMessage.prototype.uncork = function uncork() { if (this.socket) this.socket.uncork(); };

OutgoingMessage.prototype._storeHeader = function _storeHeader(firstLine, knownLength) {
  const lines = [firstLine];
  for (const [, [name, value]] of this._headers) for (const one of Array.isArray(value) ? value : [value]) lines.push(`${name}: ${one}`);
  const connection = this.getHeader('connection');
  if (connection === undefined) lines.push(`Connection: ${this.shouldKeepAlive ? 'keep-alive' : 'close'}`);
  else if (/close/i.test(connection)) this.shouldKeepAlive = false;
  if (!this.shouldKeepAlive) this._last = true;
  if (!this.hasHeader('content-length') && !this.hasHeader('transfer-encoding') && this._hasBody) {
    if (knownLength !== undefined) lines.push(`Content-Length: ${knownLength}`);
    else if (this.useChunkedEncodingByDefault) {
      lines.push('Transfer-Encoding: chunked');
      this.chunkedEncoding = true;
    }
  } else if (/chunked/i.test(this.getHeader('transfer-encoding') || '')) {
    this.chunkedEncoding = true;
  }
  this._header = `${lines.join('\r\n')}\r\n\r\n`;
};

/** Sends the header with the first data; `callback` when the socket has taken them. */
OutgoingMessage.prototype._send = function _send(data, encoding, callback) {
  if (!this.headersSent && this._header) {
    data = typeof data === 'string' && (encoding === undefined || encoding === 'utf8' || encoding === 'latin1') ? this._header + data : Buffer.concat([Buffer.from(this._header, 'latin1'), Buffer.from(data, encoding)]);
    this.headersSent = true;
  }
  const { socket } = this;
  if (socket && socket._httpMessage === this && socket.writable) return socket.write(data, encoding, callback);
  this._output.push([data, encoding, callback]);
  this._writableLength += data.length;
  return false;
};
OutgoingMessage.prototype._flush = function _flush() {
  const { socket } = this;
  if (!socket || !socket.writable) return;
  socket.cork();
  for (const [data, encoding, callback] of this._output.splice(0)) socket.write(data, encoding, callback);
  socket.uncork();
  this._writableLength = 0;
  if (this.finished) this._finish();
  else if (this._needDrain) {
    this._needDrain = false;
    this.emit('drain');
  }
};
OutgoingMessage.prototype._finish = function _finish() {
  this.emit('prefinish');
};

OutgoingMessage.prototype.write = function write(chunk, encoding, callback) {
  if (typeof encoding === 'function') [encoding, callback] = [undefined, encoding];
  if (chunk === null) throw nodeError(TypeError, 'ERR_STREAM_NULL_VALUES', 'May not write null values to stream');
  if (typeof chunk !== 'string' && !(chunk instanceof Uint8Array)) throw invalidArgType('chunk', 'of type string or an instance of Buffer or Uint8Array', chunk);
  if (this.finished || this.destroyed) {
    const error = this.finished ? nodeError(Error, 'ERR_STREAM_WRITE_AFTER_END', 'write after end') : nodeError(Error, 'ERR_STREAM_DESTROYED', 'Cannot call write after a stream was destroyed');
    process.nextTick(() => {
      if (callback) callback(error);
      if (!this.destroyed) this.emit('error', error);
    });
    return false;
  }
  if (!this._header) this._implicitHeader();
  if (!this._hasBody) {
    if (callback) process.nextTick(callback);
    return true;
  }
  const { socket } = this;
  if (socket && !socket.writableCorked && this.chunkedEncoding) {
    socket.cork();
    process.nextTick(() => socket.uncork());
  }
  const length = typeof chunk === 'string' ? Buffer.byteLength(chunk, encoding) : chunk.length;
  if (!this.chunkedEncoding) return this._noteDrain(this._send(chunk, encoding, callback));
  if (length === 0) {
    if (callback) process.nextTick(callback);
    return true;
  }
  this._send(`${length.toString(16)}\r\n`, 'latin1');
  this._send(chunk, encoding);
  return this._noteDrain(this._send('\r\n', undefined, callback));
};
OutgoingMessage.prototype._noteDrain = function _noteDrain(ret) {
  if (!ret && this.socket) this._needDrain = true;
  return ret;
};

OutgoingMessage.prototype.end = function end(chunk, encoding, callback) {
  if (typeof chunk === 'function') [chunk, encoding, callback] = [null, null, chunk];
  else if (typeof encoding === 'function') [encoding, callback] = [null, encoding];
  if (this.finished) {
    if (typeof callback === 'function') {
      if (this._finishEmitted) process.nextTick(callback, nodeError(Error, 'ERR_STREAM_ALREADY_FINISHED', 'Cannot call end after a stream was finished'));
      else this.once('finish', callback);
    }
    return this;
  }
  const { socket } = this;
  if (socket) socket.cork();
  if (chunk !== null && chunk !== undefined) {
    if (typeof chunk !== 'string' && !(chunk instanceof Uint8Array)) throw invalidArgType('chunk', 'of type string or an instance of Buffer or Uint8Array', chunk);
    this._endLength = typeof chunk === 'string' ? Buffer.byteLength(chunk, encoding || undefined) : chunk.length;
    this.write(chunk, encoding || undefined);
  } else if (!this._header) {
    this._endLength = 0;
    this._implicitHeader();
  }
  if (typeof callback === 'function') {
    // Newer versions call it before listeners that were there earlier; the server has one of its own.
    if (major >= 24 && this.listenerCount('finish') > (this instanceof ServerResponse ? 1 : 0)) internalBinding('process').incomplete("whether the callback of end() or a listener of 'finish' comes first");
    this.once('finish', callback);
  }
  const finish = () => {
    if (this.socket && this.socket._hadError) return;
    this._finishEmitted = true;
    this.emit('finish');
  };
  if (this._hasBody && this.chunkedEncoding) this._send('0\r\n\r\n', 'latin1', finish);
  else if (!this.headersSent || this._writableLength > 0 || chunk) this._send('', 'latin1', finish);
  else process.nextTick(finish);
  if (socket) {
    socket._writableState.corked = 1;
    socket.uncork();
  }
  this.finished = true;
  if (this._leaving || (this._output.length === 0 && this.socket && this.socket._httpMessage === this)) this._finish();
  return this;
};
OutgoingMessage.prototype.destroy = function destroy(error) {
  if (this.destroyed) return this;
  this.destroyed = true;
  this.errored = error;
  if (this.socket) this.socket.destroy(error);
  else this.once('socket', socket => socket.destroy(error));
  return this;
};
OutgoingMessage.prototype.pipe = function pipe() {
  this.emit('error', nodeError(Error, 'ERR_STREAM_CANNOT_PIPE', 'Cannot pipe, not readable'));
};
Object.defineProperties(OutgoingMessage.prototype, {
  writableEnded: { configurable: true, get() { return this.finished; } },
  writableFinished: { configurable: true, get() { return this.finished && this._output.length === 0 && (!this.socket || this.socket.writableLength === 0); } },
  writable: { configurable: true, get() { return !this.finished && !this.destroyed; }, set() {} },
  writableLength: { configurable: true, get() { return this._writableLength + (this.socket ? this.socket.writableLength : 0); } },
  writableHighWaterMark: { configurable: true, get() { return this.socket ? this.socket.writableHighWaterMark : 16384; } },
  writableObjectMode: { configurable: true, get() { return false; } },
  writableNeedDrain: { configurable: true, get() { return !this.destroyed && !this.finished && !!this._needDrain; } },
  closed: { configurable: true, get() { return this._closed; } },
  connection: { configurable: true, get() { return this.socket; } },
});

function ServerResponse(request) {
  OutgoingMessage.call(this);
  this.req = request;
  this.statusCode = 200;
  this.statusMessage = undefined;
  if (request.method === 'HEAD') this._hasBody = false;
}
Object.setPrototypeOf(ServerResponse.prototype, OutgoingMessage.prototype);
Object.setPrototypeOf(ServerResponse, OutgoingMessage);
ServerResponse.prototype.writeHead = function writeHead(status, reason, headers) {
  if (this._header) throw nodeError(Error, 'ERR_HTTP_HEADERS_SENT', 'Cannot write headers after they are sent to the client');
  if (typeof reason !== 'string') [reason, headers] = [undefined, reason];
  if (!(Number(status) >= 100 && Number(status) <= 999)) throw nodeError(RangeError, 'ERR_HTTP_INVALID_STATUS_CODE', `Invalid status code: ${status}`);
  this.statusCode = Number(status);
  this.statusMessage = reason || this.statusMessage || STATUS_CODES[this.statusCode] || 'unknown';
  if (Array.isArray(headers)) for (let i = 0; i < headers.length; i += 2) this.setHeader(headers[i], headers[i + 1]);
  else if (headers) for (const [name, value] of Object.entries(headers)) this.setHeader(name, value);
  if (this.statusCode === 204 || this.statusCode === 304 || this.statusCode < 200) this._hasBody = false;
  this._storeHeader(`HTTP/1.1 ${this.statusCode} ${this.statusMessage}`, this._endLength);
  return this;
};
ServerResponse.prototype._implicitHeader = function _implicitHeader() {
  this.writeHead(this.statusCode);
};
ServerResponse.prototype.writeContinue = function writeContinue(callback) {
  this._send('HTTP/1.1 100 Continue\r\n\r\n', 'latin1', callback);
};
ServerResponse.prototype.writeEarlyHints = function writeEarlyHints() {};
ServerResponse.prototype.assignSocket = function assignSocket(socket) {
  socket._httpMessage = this;
  this.socket = socket;
  this._onSocketClose = () => {
    this.destroyed = true;
    closeResponse(this);
  };
  socket.on('close', this._onSocketClose);
  this.emit('socket', socket);
  this._flush();
};
ServerResponse.prototype.detachSocket = function detachSocket(socket) {
  socket.removeListener('close', this._onSocketClose);
  socket._httpMessage = null;
  this.socket = null;
};
function closeResponse(response) {
  if (response._closed) return;
  response.destroyed = true;
  response._closed = true;
  response.emit('close');
}

function Server(options, listener) {
  if (!(this instanceof Server)) return new Server(options, listener);
  initServer(this, options, listener);
}
/** What the constructors of `http.Server` and of `https.Server`, which does not inherit from it, have in common. */
function initServer(server, options, listener) {
  if (typeof options === 'function') [options, listener] = [{}, options];
  net.Server.call(server, { allowHalfOpen: true });
  if (listener) server.on('request', listener);
  server.on('connection', onConnection);
  server._sockets = new Set();
  server.timeout = 0;
  server.keepAliveTimeout = options && options.keepAliveTimeout !== undefined ? options.keepAliveTimeout : 5000;
  server.headersTimeout = 60000;
  server.requestTimeout = 300000;
  server.maxHeadersCount = null;
  server.maxRequestsPerSocket = 0;
}
inherit(Server, net.Server, class extends net.Server {
  close(callback) {
    if (major >= 19) this.closeIdleConnections();
    return net.Server.prototype.close.call(this, callback);
  }
  closeIdleConnections() {
    for (const socket of [...this._sockets]) if (socket._idle) socket.destroy();
  }
  closeAllConnections() {
    for (const socket of [...this._sockets]) socket.destroy();
  }
  setTimeout(ms, callback) {
    this.timeout = ms;
    if (callback) this.on('timeout', callback);
    return this;
  }
});

function onConnection(socket) {
  const server = this;
  const outgoing = [];
  const incoming = [];
  server._sockets.add(socket);
  socket._idle = true;
  if (server.timeout > 0) socket.setTimeout(server.timeout);
  socket.on('timeout', () => {
    if (socket._keepAliveTimeout || (!server.emit('timeout', socket) && (!socket._httpMessage || !socket._httpMessage.emit('timeout', socket)))) socket.destroy();
  });
  let request = null;
  const parser = createParser({
    head({ first, headers, rawHeaders }) {
      const [method, url] = first.split(' ');
      // The port that the system assigned is in it.
      if (headers.host !== undefined && /:4\d{4}$/.test(headers.host)) headers.host = opaque(headers.host, 'the Host header');
      request = Object.assign(new IncomingMessage(socket), { method, url, headers, rawHeaders });
      socket._idle = false;
      if (socket._keepAliveTimeout) {
        socket.setTimeout(0);
        socket._keepAliveTimeout = false;
      }
      if ((headers.upgrade !== undefined && server.listenerCount('upgrade') > 0) || method === 'CONNECT') internalBinding('process').incomplete(`http.Server '${method === 'CONNECT' ? 'connect' : 'upgrade'}'`);
      incoming.push(request);
      const response = new ServerResponse(request);
      response.shouldKeepAlive = !/close/i.test(headers.connection || '');
      if (socket._httpMessage) outgoing.push(response);
      else response.assignSocket(socket);
      const mine = request;
      response.on('finish', () => onFinish(mine, response));
      if (headers.expect !== undefined && /100-continue/i.test(headers.expect)) {
        if (server.listenerCount('checkContinue') > 0) server.emit('checkContinue', request, response);
        else {
          response.writeContinue();
          server.emit('request', request, response);
        }
      } else {
        server.emit('request', request, response);
      }
    },
    body(chunk) {
      if (!request._dumped && !request.push(Buffer.from(chunk))) socket.pause();
    },
    complete() {
      request.complete = true;
      request.push(null);
    },
  });
  const onFinish = (mine, response) => {
    incoming.shift();
    if (!mine._consuming) mine._dump();
    response.detachSocket(socket);
    process.nextTick(closeResponse, response);
    if (response._last) {
      socket.destroySoon();
    } else if (outgoing.length === 0) {
      socket._idle = true;
      if (server.keepAliveTimeout > 0) {
        socket.setTimeout(server.keepAliveTimeout);
        socket._keepAliveTimeout = true;
      }
    } else {
      outgoing.shift().assignSocket(socket);
    }
  };
  socket.on('data', bytes => {
    try {
      parser.execute(bytes);
    } catch (error) {
      if (error.code !== 'HPE_INVALID_METHOD') throw error;
      if (!server.emit('clientError', error, socket)) socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n');
    }
  });
  const abort = () => {
    for (const one of incoming.splice(0)) if (!one.complete || !one.readableEnded) one.destroy(Object.assign(new Error('aborted'), { code: 'ECONNRESET' }));
  };
  socket.on('end', () => {
    if (outgoing.length === 0 && !socket._httpMessage) {
      if (socket.writable) socket.end();
    } else if (socket._httpMessage) {
      socket._httpMessage._last = true;
    }
  });
  socket.on('error', error => {
    if (!server.emit('clientError', error, socket)) socket.destroy(error);
  });
  socket.on('close', () => {
    server._sockets.delete(socket);
    abort();
  });
}

let defaultMaxSockets = Infinity;

function Agent(options = {}) {
  if (!(this instanceof Agent)) return new Agent(options);
  EventEmitter.call(this);
  this.options = { ...options };
  this.keepAlive = !!options.keepAlive;
  this.keepAliveMsecs = options.keepAliveMsecs || 1000;
  this.maxSockets = options.maxSockets || defaultMaxSockets;
  this.maxFreeSockets = options.maxFreeSockets || 256;
  this.maxTotalSockets = options.maxTotalSockets || Infinity;
  this.scheduling = options.scheduling || 'lifo';
  this.defaultPort = 80;
  this.protocol = 'http:';
  this.sockets = {};
  this.freeSockets = {};
  this.requests = {};
  this.on('free', (socket, options_) => {
    const name = this.getName(options_);
    if (!socket.writable) {
      socket.destroy();
      return;
    }
    const waiting = this.requests[name];
    if (waiting && waiting.length > 0) {
      const request = waiting.shift();
      if (waiting.length === 0) delete this.requests[name];
      request.reusedSocket = true;
      request._onSocket(socket);
      return;
    }
    const request = socket._httpMessage;
    if (!request || !request.shouldKeepAlive || !this.keepAlive) {
      socket.destroy();
      return;
    }
    socket._httpMessage = null;
    removeFrom(this.sockets, name, socket);
    (this.freeSockets[name] = this.freeSockets[name] || []).push(socket);
    socket.unref();
  });
}
inherit(Agent, EventEmitter, class extends EventEmitter {
  getName(options = {}) {
    return `${options.host || 'localhost'}:${likely(options.port) || ''}:${options.localAddress || ''}`;
  }
  createConnection(options, callback) {
    return net.createConnection(options, callback);
  }
  addRequest(request, options) {
    const name = this.getName(options);
    const free = this.freeSockets[name];
    let socket;
    while (free && free.length > 0 && (socket = this.scheduling === 'fifo' ? free.shift() : free.pop()) && socket.destroyed) socket = undefined;
    if (free && free.length === 0) delete this.freeSockets[name];
    if (socket) {
      socket.ref();
      request.reusedSocket = true;
      (this.sockets[name] = this.sockets[name] || []).push(socket);
      request._onSocket(socket);
    } else if ((this.sockets[name] || []).length < this.maxSockets) {
      const created = this.createConnection({ ...this.options, ...options });
      (this.sockets[name] = this.sockets[name] || []).push(created);
      created.on('free', () => this.emit('free', created, options));
      created.on('close', () => {
        removeFrom(this.sockets, name, created);
        removeFrom(this.freeSockets, name, created);
        const waiting = this.requests[name];
        if (waiting && waiting.length > 0) {
          const next = waiting.shift();
          if (waiting.length === 0) delete this.requests[name];
          this.addRequest(next, options);
        }
      });
      request._onSocket(created);
    } else {
      (this.requests[name] = this.requests[name] || []).push(request);
    }
  }
  destroy() {
    for (const set of [this.freeSockets, this.sockets]) for (const list of Object.values(set)) for (const socket of [...list]) socket.destroy();
  }
});
function removeFrom(set, name, socket) {
  const index = set[name] ? set[name].indexOf(socket) : -1;
  if (index < 0) return;
  set[name].splice(index, 1);
  if (set[name].length === 0) delete set[name];
}

let globalAgent = new Agent(major >= 19 ? { keepAlive: true, scheduling: 'lifo', timeout: 5000 } : {});

function requestOptions(input, options) {
  if (typeof input === 'string') input = new (require('url').URL)(input);
  if (input !== null && typeof input === 'object' && typeof input.href === 'string' && input.searchParams) input = require('url').urlToHttpOptions(input);
  return { ...input, ...options };
}

function ClientRequest(input, options, callback) {
  OutgoingMessage.call(this);
  Object.defineProperty(this, '_context', { value: internalBinding('async_context').get(), writable: true, enumerable: false, configurable: true });
  if (typeof options === 'function') [options, callback] = [undefined, options];
  const settings = requestOptions(input, options);
  let { agent } = settings;
  if (agent === false) agent = new (settings._defaultAgent || globalAgent).constructor();
  else if (agent === null || agent === undefined) agent = typeof settings.createConnection === 'function' ? null : settings._defaultAgent || globalAgent;
  this.agent = agent;
  const protocol = settings.protocol || (agent ? agent.protocol : 'http:');
  if (agent && protocol !== agent.protocol) throw nodeError(TypeError, 'ERR_INVALID_PROTOCOL', `Protocol "${protocol}" not supported. Expected "${agent.protocol}"`);
  const method = (settings.method || 'GET').toUpperCase();
  const host = settings.hostname || settings.host || 'localhost';
  const port = likely(settings.port) || settings.defaultPort || (agent && agent.defaultPort) || 80;
  this.method = method;
  this.path = settings.path || '/';
  if (/[^\u0021-\u00ff]/.test(this.path)) throw nodeError(TypeError, 'ERR_UNESCAPED_CHARACTERS', 'Request path contains unescaped characters');
  this.host = host;
  this.protocol = protocol;
  this.reusedSocket = false;
  this.res = null;
  this.aborted = false;
  this.timeout = settings.timeout;
  this.useChunkedEncodingByDefault = !['GET', 'HEAD', 'DELETE', 'OPTIONS', 'TRACE', 'CONNECT'].includes(method);
  this.shouldKeepAlive = !!(agent && (agent.keepAlive || Number.isFinite(agent.maxSockets)));
  if (callback) this.once('response', callback);
  for (const [name, value] of Object.entries(settings.headers || {})) this.setHeader(name, value);
  if (!this.hasHeader('host')) this.setHeader('Host', Number(likely(port)) === 80 ? host : `${host}:${likely(port)}`);
  if (settings.auth && !this.hasHeader('authorization')) this.setHeader('Authorization', `Basic ${Buffer.from(settings.auth).toString('base64')}`);
  if (settings.signal) {
    const onAbort = () => this.destroy(Object.assign(new Error('The operation was aborted'), { name: 'AbortError', code: 'ABORT_ERR' }));
    if (settings.signal.aborted) process.nextTick(onAbort);
    else settings.signal.addEventListener('abort', onAbort, { once: true });
  }
  if (!settings.socketPath && !/^(?:localhost|127\.\d+\.\d+\.\d+|::1|\[::1\]|0\.0\.0\.0)$/.test(host) && !settings.createConnection) {
    this._leave();
    return;
  }
  const connect = { ...settings, host, port, path: settings.socketPath };
  if (agent) agent.addRequest(this, connect);
  else this._onSocket((settings.createConnection || net.createConnection)(connect));
}
Object.setPrototypeOf(ClientRequest.prototype, OutgoingMessage.prototype);
Object.setPrototypeOf(ClientRequest, OutgoingMessage);
/** A request that leaves the program's world: once it is sent, a response comes, or an error does. */
ClientRequest.prototype._leave = function _leave() {
  const outside = { rounds: 0, within: Infinity, pool: false, ref: true };
  this.once('prefinish', () => {
    process.nextTick(() => this.emit('finish'));
    poll.start({ ...outside, name: `the response of ${this.host}` }, () => {
      if (this.destroyed) return;
      if (order.choose(`whether ${this.host} responds`, ['it responds', 'the request fails']) === 1) {
        this.destroyed = true;
        this.emit('error', Object.assign(new Error(`connect ECONNREFUSED ${this.host}`), { code: unknown('error.code', 'string'), syscall: 'connect' }));
        process.nextTick(() => this._emitClose());
        return;
      }
      const response = Object.assign(new IncomingMessage(null), { req: this, statusCode: unknown('response.statusCode', 'number'), statusMessage: unknown('response.statusMessage', 'string'), headers: unknown('response.headers', 'object') });
      this.res = response;
      if (!this.emit('response', response)) response._dump();
      const channel = {};
      poll.start({ ...outside, channel, name: `data of ${this.host}` }, () => response.push(opaque(Buffer.from(' '), `data of ${this.host}`)));
      poll.start({ ...outside, channel, name: `the end of the response of ${this.host}` }, () => {
        response.complete = true;
        response.push(null);
        response.once('end', () => process.nextTick(() => this._emitClose()));
      });
    });
  });
  this._leaving = true;
  this._hasBody = false;
};
ClientRequest.prototype._implicitHeader = function _implicitHeader() {
  this._storeHeader(`${this.method} ${this.path} HTTP/1.1`, this._endLength > 0 || this.useChunkedEncodingByDefault ? this._endLength : undefined);
};
ClientRequest.prototype._storeHeader = function _storeHeader(firstLine, knownLength) {
  if (!this.useChunkedEncodingByDefault && knownLength === undefined) this._hasBody = this.hasHeader('content-length') || this.hasHeader('transfer-encoding');
  OutgoingMessage.prototype._storeHeader.call(this, firstLine, knownLength);
};
ClientRequest.prototype._onSocket = function _onSocket(socket) {
  process.nextTick(() => {
    if (this.destroyed) {
      if (!socket.destroyed) socket.destroy(this.errored);
      this._fail(socket, this.errored);
      return;
    }
    this._attach(socket);
  });
};
ClientRequest.prototype._attach = function _attach(socket) {
  this.socket = socket;
  // A connection that is kept alive runs its callbacks for the request that uses it.
  socket._context = this._context;
  socket._httpMessage = this;
  if (this.timeout) this.setTimeout(this.timeout);
  let response = null;
  const parser = createParser({
    head: ({ first, headers, rawHeaders, status }) => {
      if (status >= 100 && status < 200 && status !== 101) {
        if (status === 100) this.emit('continue');
        this.emit('information', { statusCode: status, headers });
        return true;
      }
      response = Object.assign(new IncomingMessage(socket), { headers, rawHeaders, statusCode: status, statusMessage: first.split(' ').slice(2).join(' '), req: this });
      this.res = response;
      if (/close/i.test(headers.connection || '')) this.shouldKeepAlive = false;
      response.on('end', () => this._onResponseEnd());
      if (!this.emit('response', response)) response._dump();
      return this.method === 'HEAD';
    },
    body: chunk => {
      if (!response._dumped && !response.push(Buffer.from(chunk))) socket.pause();
    },
    complete: () => {
      if (response === null) return;
      response.complete = true;
      response.push(null);
    },
  });
  const onData = bytes => parser.execute(bytes);
  const onEnd = () => {
    parser.finish();
    if (!this.res && !this._hadError) {
      this._hadError = true;
      this.emit('error', Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }));
    }
    socket.end();
  };
  const onError = error => {
    this._hadError = true;
    this.emit('error', error);
  };
  const onTimeout = () => this.emit('timeout');
  const onClose = () => {
    parser.finish();
    this.destroyed = true;
    if (this.res) {
      if (!this.res.complete) this.res.destroy(Object.assign(new Error('aborted'), { code: 'ECONNRESET' }));
      this._emitClose();
      if (!this.res.aborted && this.res.readable) this.res.push(null);
    } else {
      if (!this._hadError) {
        this._hadError = true;
        this.emit('error', this.errored || Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }));
      }
      this._emitClose();
    }
  };
  this._detach = () => {
    for (const [event, listener] of [['data', onData], ['end', onEnd], ['error', onError], ['close', onClose], ['timeout', onTimeout]]) socket.removeListener(event, listener);
  };
  for (const [event, listener] of [['error', onError], ['data', onData], ['end', onEnd], ['close', onClose], ['timeout', onTimeout]]) socket.on(event, listener);
  this.emit('socket', socket);
  this._flush();
};
ClientRequest.prototype._emitClose = function _emitClose() {
  if (this._closed) return;
  this._closed = true;
  this.emit('close');
};
ClientRequest.prototype._fail = function _fail(socket, error) {
  process.nextTick(() => {
    if (!this._hadError) this.emit('error', error || Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }));
    this._hadError = true;
    this._emitClose();
  });
};
ClientRequest.prototype._onResponseEnd = function _onResponseEnd() {
  const { socket } = this;
  if (!this.shouldKeepAlive) {
    if (socket.writable && typeof socket.destroySoon === 'function') socket.destroySoon();
    return;
  }
  this._detach();
  this.destroyed = true;
  this.res.socket = socket;
  process.nextTick(() => {
    this._emitClose();
    socket.emit('free');
  });
};
ClientRequest.prototype.abort = function abort() {
  if (this.aborted) return;
  this.aborted = true;
  process.nextTick(() => this.emit('abort'));
  this.destroy();
};
ClientRequest.prototype.destroy = function destroy(error) {
  if (this.destroyed) return this;
  if (!this.socket) internalBinding('process').incomplete('destroy() of a request that has no socket yet');
  this.destroyed = true;
  this.errored = error || (this.res ? undefined : Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }));
  if (this.res) this.res._dump();
  if (this.socket) this.socket.destroy(error);
  return this;
};
ClientRequest.prototype.setNoDelay = ClientRequest.prototype.setSocketKeepAlive = function () {};

const request = (input, options, callback) => new ClientRequest(input, options, callback);
function get(input, options, callback) {
  const created = request(input, options, callback);
  created.end();
  return created;
}

require('internal/http-hooks').initServer = initServer;

module.exports = {
  METHODS, STATUS_CODES, Agent, ClientRequest, IncomingMessage, OutgoingMessage, Server, ServerResponse, request, get, maxHeaderSize: 16384,
  createServer: (options, listener) => new Server(options, listener),
  validateHeaderName(name) { if (!/^[\^_`a-zA-Z\-0-9!#$%&'*+.|~]+$/.test(name)) throw nodeError(TypeError, 'ERR_INVALID_HTTP_TOKEN', `Header name must be a valid HTTP token ["${name}"]`); },
  validateHeaderValue() {},
  setMaxIdleHTTPParsers() {},
  get globalAgent() { return globalAgent; },
  set globalAgent(value) { globalAgent = value; },
};
