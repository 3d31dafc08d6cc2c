'use strict';
// Node's `net` over virtual sockets: a server and its clients inside one program. On loopback the kernel makes an event ready at
// the very call that causes it, so events of all sockets come in the order of their causes (measured, SEMANTICS S-55, S-57).
// Connections to and from other processes are the outside's.
const EventEmitter = require('events');
const { Duplex } = require('stream');
const { Buffer } = require('buffer');
const { nodeError, systemError } = require('internal/errors');
const dns = require('dns');
const poll = internalBinding('poll');
const order = internalBinding('order');
const { major, unknown, likely, opaque, incomplete } = internalBinding('process');
const { setTimeout, clearTimeout } = require('timers');

const contexts = internalBinding('async_context');

/** Listening servers by port or path. A port that the system assigns has a number here that nobody may rely on. */
const listening = [];
const findServer = key => listening.find(one => one._key === key);
const agents = internalBinding('agents');
let nextPort = 40001;
/** A port that the system assigns. */
function freePort() {
  while (agents.isClaimed(nextPort)) nextPort++;
  return nextPort++;
}
const isClusterWorker = () => agents.hasChannel && require('cluster').isWorker;
class TCP {}

/** Something that the kernel has ready: the next poll phase calls back. Which of several sockets comes first is open. */
function ready(name, callback, channel = 'loopback') {
  return poll.start({ name, rounds: 0, within: 0, pool: false, ref: true, channel }, callback);
}

/** One direction of a connection as its reader sees it. */
class Inbox {
  constructor() {
    this.items = [];
    this.reader = null;
    this.scheduled = false;
  }
  put(item) {
    this.items.push(item);
    this.schedule();
  }
  schedule() {
    if (this.scheduled || this.items.length === 0 || this.reader === null) return;
    this.scheduled = true;
    ready('data of a socket', () => {
      this.scheduled = false;
      const reader = this.reader;
      if (reader === null) return;
      contexts.set(reader._context);
      const first = this.items[0];
      if (first === null || first instanceof Error) {
        this.items.shift();
        reader._onRead(first);
      } else {
        const chunks = [];
        while (this.items.length > 0 && this.items[0] instanceof Uint8Array) chunks.push(this.items.shift());
        reader._onRead(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks));
      }
      this.schedule();
    }, this);
  }
}

function Socket(options) {
  if (!(this instanceof Socket)) return new Socket(options);
  const settings = typeof options === 'number' ? { fd: options } : { ...options };
  Duplex.call(this, { ...settings, allowHalfOpen: settings.allowHalfOpen || false, emitClose: false, autoDestroy: true, decodeStrings: false, read: undefined, write: undefined });
  // Its callbacks run in the context in which it was made, whoever is at the other end.
  Object.defineProperty(this, '_context', { value: contexts.get(), writable: true, enumerable: false, configurable: true });
  this.connecting = false;
  this._hadError = false;
  this._parent = null;
  this._host = null;
  this._handle = null;
  this._pendingData = null;
  this.server = null;
  this._server = null;
  this.timeout = 0;
  this.bytesRead = 0;
  this.bytesWritten = 0;
  this.allowHalfOpen = settings.allowHalfOpen || false;
  if (settings.fd !== undefined) incomplete('net.Socket of a file descriptor');
  this.on('end', () => {
    if (!this.allowHalfOpen) this.write = writeAfterEnd;
  });
}
Object.setPrototypeOf(Socket.prototype, Duplex.prototype);
Object.setPrototypeOf(Socket, Duplex);

function writeAfterEnd(chunk, encoding, callback) {
  if (!this.writableEnded) return Duplex.prototype.write.call(this, chunk, encoding, callback);
  if (typeof encoding === 'function') callback = encoding;
  const error = Object.assign(new Error('This socket has been ended by the other party'), { code: 'EPIPE' });
  if (typeof callback === 'function') process.nextTick(callback, error);
  this.destroy(error);
  return false;
}

/** Two sockets back to back. */
function pair(client, server) {
  const toServer = new Inbox();
  const toClient = new Inbox();
  client._handle = { inbox: toClient, outbox: toServer, peer: server, held: false };
  server._handle = { inbox: toServer, outbox: toClient, peer: client, held: false };
  hold(client);
  hold(server);
}
function hold(socket) {
  if (!socket._handle.held) {
    socket._handle.held = true;
    poll.hold();
  }
}
function drop(handle) {
  if (handle.held) {
    handle.held = false;
    poll.release();
  }
}

Socket.prototype._onRead = function _onRead(item) {
  if (item === null) {
    if (this._readableState.length === 0 && this._readableState.flowing === null) this.read(0);
    // A handle that reads no more does not keep the loop alive.
    if (this._handle) drop(this._handle);
    this.push(null);
    this.read(0);
    return;
  }
  if (item instanceof Error) {
    this.destroy(item);
    return;
  }
  touch(this);
  this.bytesRead += item.length;
  if (!this.push(item) && this._handle) this._handle.inbox.reader = null;
};

Socket.prototype._read = function _read() {
  if (this.connecting || !this._handle) {
    this.once('connect', () => this._read());
    return;
  }
  this._handle.inbox.reader = this;
  this._handle.inbox.schedule();
};

Socket.prototype._write = function _write(chunk, encoding, callback) {
  if (this.connecting) {
    this._pendingData = chunk;
    const onClose = () => callback(nodeError(Error, 'ERR_SOCKET_CLOSED_BEFORE_CONNECTION', 'Socket closed before the connection was established'));
    this.once('connect', function connect() {
      this.off('close', onClose);
      this._write(chunk, encoding, callback);
    });
    this.once('close', onClose);
    return;
  }
  this._pendingData = null;
  if (!this._handle) {
    callback(nodeError(Error, 'ERR_SOCKET_CLOSED', 'Socket is closed'));
    return;
  }
  touch(this);
  const bytes = typeof chunk === 'string' ? Buffer.from(chunk, encoding === 'buffer' ? undefined : encoding) : chunk;
  this.bytesWritten += bytes.length;
  if (this._handle.peer._handle === null) {
    ready('an error of a socket', () => {
      if (!this.destroyed) this.destroy(systemError('EPIPE', -32, 'broken pipe', 'write'));
    });
  } else {
    this._handle.outbox.put(Buffer.from(bytes));
  }
  callback();
};
Socket.prototype._writev = null;

Socket.prototype._final = function _final(callback) {
  if (this.connecting) {
    this.once('connect', function connect() { this._final(callback); });
    return;
  }
  if (!this._handle) {
    callback();
    return;
  }
  const { outbox } = this._handle;
  const shutdown = () => {
    outbox.put(null);
    callback();
  };
  // libuv 1.44 waits for the socket to be writable; later it is a pending callback.
  if (major < 20) poll.start({ name: 'the shutdown of a socket', rounds: 0, within: 0, pool: false, ref: true }, shutdown);
  else poll.feed(shutdown);
};

Socket.prototype._destroy = function _destroy(error, callback) {
  this.connecting = false;
  clearTimeout(this._timer);
  const handle = this._handle;
  if (handle) {
    this._handle = null;
    handle.inbox.reader = null;
    if (!this._writableState.finished && handle.peer._handle) handle.outbox.put(handle.inbox.items.some(item => item instanceof Uint8Array) ? systemError('ECONNRESET', -104, 'connection reset by peer', 'read') : null);
    poll.close(() => {
      drop(handle);
      this.emit('close', !!error);
    });
    callback(error);
  } else {
    callback(error);
    process.nextTick(() => this.emit('close', !!error));
  }
  if (this._server) {
    const server = this._server;
    this._server = null;
    server._connections--;
    if (server._emitCloseIfDrained) server._emitCloseIfDrained();
  }
};

Socket.prototype.destroySoon = function destroySoon() {
  if (this.writable) this.end();
  if (this.writableFinished) this.destroy();
  else this.once('finish', this.destroy);
};
Socket.prototype.resetAndDestroy = function resetAndDestroy() {
  if (this._handle && this._handle.peer._handle) this._handle.outbox.put(systemError('ECONNRESET', -104, 'connection reset by peer', 'read'));
  return this.destroy();
};
Socket.prototype.end = function end(data, encoding, callback) {
  Duplex.prototype.end.call(this, data, encoding, callback);
  return this;
};
Socket.prototype.pause = function pause() {
  if (this._handle && !this.connecting) this._handle.inbox.reader = null;
  return Duplex.prototype.pause.call(this);
};
Socket.prototype.resume = function resume() {
  const result = Duplex.prototype.resume.call(this);
  if (this._handle && !this.connecting && !this._readableState.reading) this._read();
  return result;
};

function connectArguments(args) {
  const list = Array.isArray(args[0]) ? args[0] : args;
  let options = {};
  if (list[0] !== null && typeof list[0] === 'object') options = { ...list[0] };
  else if (typeof list[0] === 'string' && !/^\d+$/.test(list[0])) options.path = list[0];
  else {
    [options.port] = list;
    if (typeof list[1] === 'string') [, options.host] = list;
  }
  if (options.port !== undefined) options.port = likely(options.port);
  const callback = list.at(-1);
  return [options, typeof callback === 'function' ? callback : null];
}

Socket.prototype.connect = function connect(...args) {
  const [options, callback] = connectArguments(args);
  if (callback !== null) this.once('connect', callback);
  this.connecting = true;
  this.writable = true;
  if (options.path !== undefined) {
    reach(this, options.path, options);
    return this;
  }
  const { port } = options;
  if (!(Number(port) >= 0 && Number(port) <= 65535)) {
    if (port === undefined) throw nodeError(TypeError, 'ERR_MISSING_ARGS', 'The "options" or "port" or "path" argument must be specified');
    throw nodeError(RangeError, 'ERR_SOCKET_BAD_PORT', `Port should be >= 0 and < 65536. Received ${typeof port === 'string' ? `type string ('${port}')` : port}.`);
  }
  const host = options.host || 'localhost';
  this._host = host;
  if (dns._family(host)) {
    process.nextTick(() => {
      if (this.connecting) reach(this, Number(port), { ...options, host });
    });
    return this;
  }
  (options.lookup || dns.lookup)(host, { family: options.family }, (error, address, family) => {
    this.emit('lookup', error, address, family, host);
    if (!this.connecting) return;
    if (error) process.nextTick(() => this.destroy(error));
    else reach(this, Number(port), { ...options, host: address, named: true });
  });
  return this;
};

/** connect(2): to a server of this program, or out of it. */
function reach(socket, key, options) {
  const server = findServer(key);
  if (server !== undefined) {
    const accepted = new Socket({ allowHalfOpen: server.allowHalfOpen, pauseOnCreate: server.pauseOnConnect });
    accepted._context = server._context;
    pair(socket, accepted);
    ready('a connection', () => {
      contexts.set(server._context);
      if (!server._handle) {
        accepted.destroy();
        return;
      }
      if (server.maxConnections !== undefined && server._connections >= server.maxConnections) {
        accepted.destroy();
        server.emit('drop', {});
        return;
      }
      server._connections++;
      accepted.server = server;
      accepted._server = server;
      if (!server.pauseOnConnect) accepted.read(0);
      server.emit('connection', accepted);
    });
    ready('a connect', () => {
      contexts.set(socket._context);
      if (socket.destroyed) return;
      socket.connecting = false;
      touch(socket);
      socket.emit('connect');
      socket.emit('ready');
      if (socket.readable && !socket.isPaused()) socket.read(0);
    });
    return;
  }
  if (agents.isClaimed(key)) incomplete('a connection to a server of another process');
  const local = options.path !== undefined || options.host === '127.0.0.1' || options.host === '::1' || options.host === 'localhost';
  const address = options.path !== undefined ? options.path : `${options.host}:${key}`;
  poll.hold();
  poll.start({ name: `the connection to ${address}`, rounds: 0, within: local ? 0 : Infinity, pool: false, ref: true }, () => {
    poll.release();
    if (socket.destroyed) return;
    if (local || order.choose(`whether ${address} accepts the connection`, ['it does not', 'it does']) === 0) {
      const code = options.path !== undefined ? 'ENOENT' : 'ECONNREFUSED';
      const error = new Error(`connect ${code} ${address}`);
      Object.assign(error, { errno: code === 'ENOENT' ? -2 : -111, code, syscall: 'connect', address: options.path !== undefined ? options.path : options.host });
      if (options.path === undefined) error.port = key;
      socket.destroy(error);
    } else {
      incomplete(`the conversation with ${address}`);
    }
  });
}

Socket.prototype.setTimeout = function (ms, callback) {
  this.timeout = ms;
  clearTimeout(this._timer);
  if (ms > 0) this._timer = setTimeout(onTimeout, ms, this).unref();
  if (typeof callback === 'function') {
    if (ms === 0) this.removeListener('timeout', callback);
    else this.once('timeout', callback);
  }
  return this;
};
function onTimeout(socket) {
  socket.emit('timeout');
}
function touch(socket) {
  if (socket._timer && !socket._timer._destroyed) socket._timer.refresh();
}
for (const name of ['setNoDelay', 'setKeepAlive', 'setTypeOfService']) Socket.prototype[name] = function () { return this; };
Socket.prototype.ref = function ref() {
  if (this._handle) hold(this);
  else this.once('connect', this.ref);
  return this;
};
Socket.prototype.unref = function unref() {
  if (this._handle) drop(this._handle);
  else this.once('connect', this.unref);
  return this;
};
Socket.prototype.address = function address() {
  return this._handle ? { address: '127.0.0.1', family: 'IPv4', port: this.localPort } : {};
};
Object.defineProperties(Socket.prototype, {
  pending: { configurable: true, get() { return !this._handle || this.connecting; } },
  readyState: {
    configurable: true,
    get() { return this.connecting ? 'opening' : this.readable && this.writable ? 'open' : this.readable ? 'readOnly' : this.writable ? 'writeOnly' : 'closed'; },
  },
  remoteAddress: { configurable: true, get() { return this._handle ? '127.0.0.1' : undefined; } },
  remoteFamily: { configurable: true, get() { return this._handle ? 'IPv4' : undefined; } },
  remotePort: { configurable: true, get() { return this._handle ? unknown('socket.remotePort', 'number') : undefined; } },
  localAddress: { configurable: true, get() { return this._handle ? '127.0.0.1' : undefined; } },
  localPort: { configurable: true, get() { return this._handle ? unknown('socket.localPort', 'number') : undefined; } },
  bufferSize: { configurable: true, get() { return this.writableLength; } },
});

function Server(options, connectionListener) {
  if (!(this instanceof Server)) return new Server(options, connectionListener);
  EventEmitter.call(this);
  if (typeof options === 'function') [options, connectionListener] = [{}, options];
  if (typeof connectionListener === 'function') this.on('connection', connectionListener);
  this.allowHalfOpen = !!(options && options.allowHalfOpen);
  this.pauseOnConnect = !!(options && options.pauseOnConnect);
  Object.defineProperty(this, '_context', { value: undefined, writable: true, enumerable: false, configurable: true });
  this._connections = 0;
  this._handle = null;
  this._unref = false;
  this._key = null;
}
Object.setPrototypeOf(Server.prototype, EventEmitter.prototype);
Object.setPrototypeOf(Server, EventEmitter);

Server.prototype.listen = function listen(...args) {
  const [options, callback] = connectArguments(args);
  if (this._handle) throw nodeError(Error, 'ERR_SERVER_ALREADY_LISTEN', 'Listen method has been called more than once without closing.');
  if (callback !== null) this.once('listening', callback);
  this._context = contexts.get();
  const port = options.port === undefined || options.port === null || options.port === '' ? 0 : options.port;
  if (options.path === undefined && !(Number(port) >= 0 && Number(port) <= 65535 && Number.isInteger(Number(port)))) {
    throw nodeError(RangeError, 'ERR_SOCKET_BAD_PORT', `options.port should be >= 0 and < 65536. Received ${typeof port === 'string' ? `type string ('${port}')` : `type ${typeof port} (${port})`}.`);
  }
  const inUse = key => {
    const error = new Error(`listen EADDRINUSE: address already in use ${options.host || '::'}:${key}`);
    Object.assign(error, { code: 'EADDRINUSE', errno: -98, syscall: 'listen', address: options.host || '::', port: key });
    process.nextTick(() => this.emit('error', error));
  };
  const bind = () => {
    if (isClusterWorker() && !options.exclusive) {
      const asked = { host: options.host, port: Number(port), path: options.path };
      require('cluster')._listen(this, asked, (error, key, sharesHandle) => {
        if (error) inUse(port);
        else bound(key, sharesHandle ? new TCP() : {});
      });
      return;
    }
    const key = options.path !== undefined ? options.path : Number(port) || freePort();
    if (agents.claimPort(key)) bound(key, new TCP());
    else inUse(key);
  };
  const bound = (key, handle) => {
    this._key = key;
    this._address = options.path !== undefined ? options.path : { address: options.host || '::', family: !options.host || options.host.includes(':') ? 'IPv6' : 'IPv4', port: Number(port) === 0 ? opaque(key, 'the port that the system assigns') : key };
    this._handle = handle;
    listening.push(this);
    if (!this._unref) poll.hold();
    process.nextTick(() => {
      if (this._handle) this.emit('listening');
    });
  };
  if (options.signal) options.signal.addEventListener('abort', () => this.close(), { once: true });
  if (options.host) {
    poll.hold();
    dns.lookup(options.host, (error, address) => {
      poll.release();
      if (error) this.emit('error', error);
      else {
        options.host = address;
        bind();
      }
    });
  } else {
    bind();
  }
  return this;
};
Server.prototype.address = function address() {
  return this._handle ? this._address : null;
};
Object.defineProperty(Server.prototype, 'listening', { configurable: true, get() { return !!this._handle; } });
Server.prototype.getConnections = function getConnections(callback) {
  process.nextTick(callback, null, this._connections);
  return this;
};
/** The callback is a nextTick once no connection is left (SEMANTICS S-57). */
Server.prototype.close = function close(callback) {
  if (typeof callback === 'function') {
    if (!this._handle) this.once('close', () => callback(nodeError(Error, 'ERR_SERVER_NOT_RUNNING', 'Server is not running.')));
    else this.once('close', callback);
  }
  if (this._handle) {
    listening.splice(listening.indexOf(this), 1);
    this._handle = null;
    if (this._clusterKey !== undefined) require('cluster')._closed(this);
    else agents.releasePort(this._key);
    if (!this._unref) poll.release();
  }
  this._emitCloseIfDrained();
  return this;
};
Server.prototype[Symbol.asyncDispose] = function asyncDispose() {
  return this._handle ? new Promise((resolve, reject) => this.close(error => (error ? reject(error) : resolve()))) : Promise.resolve();
};
Server.prototype._emitCloseIfDrained = function _emitCloseIfDrained() {
  if (this._handle || this._connections > 0) return;
  process.nextTick(() => this.emit('close'));
};
Server.prototype.ref = function ref() {
  if (this._unref && this._handle) poll.hold();
  this._unref = false;
  return this;
};
Server.prototype.unref = function unref() {
  if (!this._unref && this._handle) poll.release();
  this._unref = true;
  return this;
};

const createConnection = (...args) => {
  const [options] = connectArguments(args);
  const socket = new Socket(options);
  if (options.timeout) socket.setTimeout(options.timeout);
  return socket.connect(...args);
};

module.exports = {
  Socket, Stream: Socket, Server, createServer: (options, listener) => new Server(options, listener), connect: createConnection, createConnection,
  isIP: dns._family, isIPv4: text => dns._family(text) === 4, isIPv6: text => dns._family(text) === 6,
  getDefaultAutoSelectFamily: () => major >= 20, setDefaultAutoSelectFamily() {},
};
