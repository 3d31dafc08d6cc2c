'use strict';
// MessageChannel, BroadcastChannel: messages are delivered in the poll phase, in order, draining after each (SEMANTICS S-5, S-60).
// Messages between threads are operations of the receiver's poll phase.
const { EventTarget, Event, defineHandler } = require('internal/event-target');
const { structuredClone } = require('internal/structured-clone');
const EventEmitter = require('events');
const { nodeError, invalidArgType } = require('internal/errors');
const { Readable } = require('stream');
const { environmentOf } = require('internal/child-environment');
const poll = internalBinding('poll');
const { incomplete } = internalBinding('process');
const agents = internalBinding('agents');
const { serialize, deserialize } = require('internal/serializer');

class MessageEvent extends Event {
  #data;
  #ports;
  constructor(type, init = {}) {
    super(type, init);
    this.#data = init.data === undefined ? null : init.data;
    this.#ports = init.ports || [];
  }
  get data() { return this.#data; }
  get origin() { return ''; }
  get lastEventId() { return ''; }
  get source() { return null; }
  get ports() { return this.#ports; }
}

const kMake = Symbol('kMake');
const states = new WeakMap();

/** A port: an EventTarget that also has on(), once(), off(), emit() (NodeEventTarget). */
class MessagePort extends EventTarget {
  constructor(token) {
    if (token !== kMake) throw nodeError(TypeError, 'ERR_CONSTRUCT_CALL_INVALID', 'Constructor cannot be called');
    super();
    states.set(this, { peer: null, remote: null, queue: [], started: false, closed: false, held: false, wrapped: new Map() });
  }
  postMessage(value, transfer) {
    const { peer, remote, closed } = states.get(this);
    const list = Array.isArray(transfer) ? transfer : transfer && transfer.transfer;
    if (remote !== null) {
      const text = serialize(value, list || []);
      if (!closed) remote(text);
      return;
    }
    const message = structuredClone(value, { transfer: list });
    if (closed || !peer) return;
    states.get(peer).queue.push(message);
    deliver(peer);
  }
  start() {
    const state = states.get(this);
    if (state.closed || state.started) return;
    state.started = true;
    this.ref();
    for (let i = 0; i < state.queue.length; i++) schedule(this);
  }
  close(callback) {
    const state = states.get(this);
    if (typeof callback === 'function') this.once('close', callback);
    if (state.closed) return;
    const { peer } = state;
    for (const port of [this, peer]) {
      if (!port || states.get(port).closed) continue;
      states.get(port).closed = true;
      const keeps = port === this ? poll.close : fn => poll.start({ name: 'the close of the other port', rounds: 0, within: 0, pool: false, ref: states.get(port).held, channel: port }, () => fn());
      keeps(() => {
        release(port);
        port.dispatchEvent(new Event('close'));
      });
    }
  }
  ref() {
    const state = states.get(this);
    if (!state.held && !state.closed) {
      state.held = true;
      poll.hold();
    }
    return this;
  }
  unref() {
    release(this);
    return this;
  }
  hasRef() {
    return states.get(this).held;
  }
  on(type, listener) {
    return listen(this, type, listener, false);
  }
  addListener(type, listener) {
    return listen(this, type, listener, false);
  }
  once(type, listener) {
    return listen(this, type, listener, true);
  }
  off(type, listener) {
    const { wrapped } = states.get(this);
    const list = wrapped.get(type) || [];
    const index = list.findIndex(one => one.listener === listener);
    if (index >= 0) this.removeEventListener(type, list.splice(index, 1)[0].wrapper);
    if (type === 'message' && list.length === 0) this.unref();
    return this;
  }
  removeListener(type, listener) {
    return this.off(type, listener);
  }
  removeAllListeners(type) {
    for (const { listener } of [...(states.get(this).wrapped.get(type) || [])]) this.off(type, listener);
    return this;
  }
  emit(type, value) {
    return this.dispatchEvent(type === 'message' ? new MessageEvent('message', { data: value }) : new Event(type));
  }
  listenerCount(type) {
    return (states.get(this).wrapped.get(type) || []).length;
  }
}
defineHandler(MessagePort.prototype, 'message');
defineHandler(MessagePort.prototype, 'messageerror');
const handler = Object.getOwnPropertyDescriptor(MessagePort.prototype, 'onmessage');
Object.defineProperty(MessagePort.prototype, 'onmessage', {
  ...handler,
  set(value) {
    handler.set.call(this, value);
    if (typeof value === 'function') this.start();
    else this.unref();
  },
});

function listen(port, type, listener, once) {
  const { wrapped } = states.get(port);
  const wrapper = event => {
    if (once) port.off(type, listener);
    return Reflect.apply(listener, port, event instanceof MessageEvent ? [event.data] : type === 'close' ? [] : [event]);
  };
  if (!wrapped.has(type)) wrapped.set(type, []);
  wrapped.get(type).push({ listener, wrapper });
  port.addEventListener(type, wrapper);
  if (type === 'message') {
    port.start();
    port.ref();
  }
  return port;
}

function release(port) {
  const state = states.get(port);
  if (state.held) {
    state.held = false;
    poll.release();
  }
}

function deliver(port) {
  if (states.get(port).started) schedule(port);
}

function schedule(port) {
  poll.start({ name: 'a message', rounds: 0, within: 0, pool: false, ref: true, channel: port }, () => {
    const state = states.get(port);
    if (state.queue.length === 0) return;
    port.dispatchEvent(new MessageEvent('message', { data: state.queue.shift() }));
  });
}

/** A port whose other end is in another thread. */
function remotePort(send) {
  const port = new MessagePort(kMake);
  states.get(port).remote = send;
  return port;
}

/** A message from there has arrived. */
function arrive(port, text) {
  const state = states.get(port);
  if (state.closed) return;
  const data = deserialize(text);
  if (state.started) port.dispatchEvent(new MessageEvent('message', { data }));
  else state.queue.push(data);
}

class MessageChannel {
  constructor() {
    this.port1 = new MessagePort(kMake);
    this.port2 = new MessagePort(kMake);
    states.get(this.port1).peer = this.port2;
    states.get(this.port2).peer = this.port1;
  }
}

const rooms = new Map();

class BroadcastChannel extends EventTarget {
  constructor(name) {
    super();
    this.name = `${name}`;
    if (!rooms.has(this.name)) rooms.set(this.name, new Set());
    rooms.get(this.name).add(this);
    states.set(this, { held: true, closed: false });
    poll.hold();
  }
  postMessage(message) {
    if (states.get(this).closed) {
      const { DOMException } = require('internal/event-target');
      throw new DOMException('BroadcastChannel is closed.', 'InvalidStateError');
    }
    for (const other of rooms.get(this.name)) {
      if (other === this) continue;
      const data = structuredClone(message);
      poll.start({ name: 'a broadcast message', rounds: 0, within: 0, pool: false, ref: true, channel: other }, () => {
        if (!states.get(other).closed) other.dispatchEvent(new MessageEvent('message', { data }));
      });
    }
  }
  close() {
    const state = states.get(this);
    if (state.closed) return;
    state.closed = true;
    rooms.get(this.name).delete(this);
    release(this);
  }
  ref() {
    const state = states.get(this);
    if (!state.held && !state.closed) {
      state.held = true;
      poll.hold();
    }
    return this;
  }
  unref() {
    release(this);
    return this;
  }
}
defineHandler(BroadcastChannel.prototype, 'message');
defineHandler(BroadcastChannel.prototype, 'messageerror');

const stdioOf = (worker, name, own) => {
  const stream = new Readable({ read() {} });
  worker[name] = stream;
  // Node reads what nobody else does; here it is just not put in.
  return text => own || stream.listenerCount('data') + stream.listenerCount('readable') > 0 ? stream.push(Buffer.from(text)) : false;
};

let lastThreadId = 0;
const kPort = Symbol('kPort');
const kHandle = Symbol('kHandle');

/** lib/internal/worker.js `Worker`. */
class Worker extends EventEmitter {
  constructor(filename, options = {}) {
    super();
    const source = options.eval ? `${filename}` : null;
    const file = source === null ? fileOf(filename) : '[worker eval]';
    this.threadId = ++lastThreadId;
    this.resourceLimits = {};
    this.stdin = null;
    this.performance = { eventLoopUtilization: () => ({ idle: 0, active: 0, utilization: 0 }) };
    const streams = { stdout: stdioOf(this, 'stdout', options.stdout), stderr: stdioOf(this, 'stderr', options.stderr) };
    if (options.stdin) incomplete('the stdin of a worker');
    this.held = false;
    this.ref();
    if (file === null) {
      incomplete(`the file '${filename}' of a worker`);
      return;
    }
    const handle = this[kHandle] = agents.start({
      kind: 'thread', file, source, argv: (options.argv || []).map(one => `${one}`), execArgv: options.execArgv || [], threadId: this.threadId, channel: false,
      env: environmentOf(options.env && typeof options.env === 'object' ? options.env : process.env), inherits: !options.stdout && !options.stderr,
      data: serialize({ workerData: options.workerData, environment: [...environment] }, options.transferList || []),
    }, (type, text, signal) => {
      switch (type) {
        case 'heeds': return this.listenerCount(text) > 0;
        case 'online': return this.emit('online');
        case 'messages': return arrive(this[kPort], text);
        case 'error': return this.emit('error', deserialize(text));
        case 'stdout': case 'stderr': return streams[type](text);
        case 'exit':
          this[kHandle] = null;
          this.threadId = -1;
          this.unref();
          this.stdout.push(null);
          this.stderr.push(null);
          states.get(this[kPort]).closed = true;
          return this.emit('exit', signal ? 1 : Number(text));
        default: return false;
      }
    });
    this[kPort] = remotePort(text => { if (this[kHandle] !== null) agents.post(handle, 'a message to a worker', text); });
    this[kPort].on('message', message => this.emit('message', message));
    this[kPort].unref();
  }
  postMessage(value, transfer) {
    if (this[kPort]) this[kPort].postMessage(value, transfer);
  }
  terminate() {
    if (this[kHandle] === null || this[kHandle] === undefined) return Promise.resolve();
    this.ref();
    agents.stop(this[kHandle], '');
    return new Promise(resolve => this.once('exit', resolve));
  }
  ref() {
    if (this.held || this[kHandle] === null) return;
    this.held = true;
    poll.hold();
  }
  unref() {
    if (!this.held) return;
    this.held = false;
    poll.release();
  }
  getHeapSnapshot() {
    return incomplete('worker.getHeapSnapshot');
  }
}
for (const name of ['held']) Object.defineProperty(Worker.prototype, name, { writable: true, enumerable: false, value: false });

/** The file of the program that the argument of `new Worker()` means; null when it is none. */
function fileOf(filename) {
  if (filename !== null && typeof filename === 'object' && typeof filename.href === 'string') return agents.file(require('url').fileURLToPath(filename));
  if (typeof filename !== 'string') throw invalidArgType('filename', 'of type string or an instance of URL', filename);
  if (!/^(?:\/|\.\.?\/)/.test(filename)) {
    throw nodeError(TypeError, 'ERR_WORKER_PATH', `The worker script or module filename must be an absolute path or a relative path starting with './' or '../'. Received "${filename}"`);
  }
  return agents.file(require('path').resolve(filename));
}

const environment = new Map();
const isMainThread = agents.kind !== 'thread';
let parentPort = null;
let workerData = null;
if (!isMainThread) {
  const given = deserialize(agents.data);
  workerData = given.workerData;
  for (const [key, value] of given.environment) environment.set(key, value);
  parentPort = remotePort(text => agents.postUp('messages', 'messages', 'a message of the worker', text));
  agents.onReceive((type, text) => {
    if (type === 'messages') arrive(parentPort, text);
    return true;
  });
}

module.exports = {
  isMainThread, isInternalThread: false, parentPort, workerData, threadId: agents.threadId, resourceLimits: {}, SHARE_ENV: Symbol.for('nodejs.worker_threads.SHARE_ENV'),
  Worker, MessageChannel, MessagePort, BroadcastChannel, MessageEvent,
  receiveMessageOnPort(port) {
    const { queue } = states.get(port);
    return queue.length > 0 ? { message: queue.shift() } : undefined;
  },
  markAsUntransferable() {},
  isMarkedAsUntransferable: () => false,
  moveMessagePortToContext: port => port,
  getEnvironmentData: key => environment.get(key),
  setEnvironmentData(key, value) {
    if (value === undefined) environment.delete(key);
    else environment.set(key, value);
  },
};
