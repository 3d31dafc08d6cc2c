'use strict';
// Node's `cluster`: lib/internal/cluster/{primary,child,worker,round_robin_handle,shared_handle}.js. Connections that another
// process accepts are not modelled; who listens, comes online, disconnects and exits is (SEMANTICS S-59).
/** The variables that are known: those that Node itself and the program have set. */
const inherit = require('internal/inherit');
const ownEnvironment = internalBinding('process').env;
const EventEmitter = require('events');
const agents = internalBinding('agents');

const cluster = module.exports = new EventEmitter();
const [SCHED_NONE, SCHED_RR] = [1, 2];

function Worker(options) {
  if (!(this instanceof Worker)) return new Worker(options);
  const { id, process: own, state = 'none' } = options !== null && typeof options === 'object' ? options : {};
  EventEmitter.call(this);
  this.exitedAfterDisconnect = undefined;
  this.state = state;
  this.id = id | 0;
  if (own) {
    this.process = own;
    own.on('error', (code, signal) => this.emit('error', code, signal));
    own.on('message', (message, handle) => this.emit('message', message, handle));
  }
}
inherit(Worker, EventEmitter, class extends EventEmitter {
  kill(...args) { return this.destroy(...args); }
  send(...args) { return this.process.send(...args); }
  isDead() { return this.process.exitCode != null || this.process.signalCode != null; }
  isConnected() { return this.process.connected; }
});

/** lib/internal/cluster/utils.js: messages of its own between primary and worker, with answers. */
const callbacks = new Map();
let sequence = 0;
function sendTo(target, message, callback) {
  if (!target.connected) return false;
  message = { cmd: 'NODE_CLUSTER', ...message, seq: sequence };
  if (callback) callbacks.set(sequence, callback);
  sequence++;
  return target.send(message);
}
const internal = (worker, onMessage) => message => {
  if (message.cmd !== 'NODE_CLUSTER') return;
  const callback = message.ack === undefined ? undefined : callbacks.get(message.ack);
  if (callback !== undefined) {
    callbacks.delete(message.ack);
    callback(message);
  } else onMessage(worker, message);
};

Object.assign(cluster, { SCHED_NONE, SCHED_RR, Worker });

/** The primary's half. */
function primary() {
  const intercom = new EventEmitter();
  const policies = { none: SCHED_NONE, rr: SCHED_RR };
  let initialized = false;
  let policy = SCHED_RR;
  let ids = 0;
  /** Shared listening sockets by what they listen on. */
  const handles = new Map();

  Object.assign(cluster, {
    isWorker: false, isMaster: true, isPrimary: true, settings: {}, workers: {},
    schedulingPolicy: policies[ownEnvironment.NODE_CLUSTER_SCHED_POLICY] || SCHED_RR,
    setupPrimary(options) {
      const settings = { args: process.argv.slice(2), exec: process.argv[1], execArgv: process.execArgv, silent: false, ...cluster.settings, ...options };
      cluster.settings = settings;
      if (!initialized) {
        initialized = true;
        policy = cluster.schedulingPolicy;
      }
      process.nextTick(() => cluster.emit('setup', settings));
    },
    fork(env) {
      cluster.setupPrimary();
      const id = ++ids;
      const { exec, args, cwd, serialization, silent, execArgv, stdio } = cluster.settings;
      const child = require('child_process').fork(exec, args, { cwd, serialization, silent, execArgv, stdio, env: { ...ownEnvironment, ...env, NODE_UNIQUE_ID: `${id}` } });
      const worker = new Worker({ id, process: child });
      worker.on('message', (message, handle) => cluster.emit('message', worker, message, handle));
      child.once('exit', (code, signal) => {
        if (!worker.isConnected()) {
          removeHandles(worker);
          removeWorker(worker);
        }
        worker.exitedAfterDisconnect = !!worker.exitedAfterDisconnect;
        worker.state = 'dead';
        worker.emit('exit', code, signal);
        cluster.emit('exit', worker, code, signal);
      });
      child.once('disconnect', () => {
        removeHandles(worker);
        if (worker.isDead()) removeWorker(worker);
        worker.exitedAfterDisconnect = !!worker.exitedAfterDisconnect;
        worker.state = 'disconnected';
        worker.emit('disconnect');
        cluster.emit('disconnect', worker);
      });
      child.on('internalMessage', internal(worker, onMessage));
      process.nextTick(() => cluster.emit('fork', worker));
      cluster.workers[worker.id] = worker;
      return worker;
    },
    disconnect(callback) {
      const workers = Object.values(cluster.workers);
      if (workers.length === 0) process.nextTick(() => intercom.emit('disconnect'));
      for (const worker of workers) if (worker.isConnected()) worker.disconnect();
      if (typeof callback === 'function') intercom.once('disconnect', callback);
    },
  });
  cluster.setupMaster = cluster.setupPrimary;

  Worker.prototype.disconnect = function disconnect() {
    this.exitedAfterDisconnect = true;
    sendTo(this.process, { act: 'disconnect' });
    removeHandles(this);
    removeWorker(this);
    return this;
  };
  Worker.prototype.destroy = function destroy(signal = 'SIGTERM') {
    this.process.kill(signal);
  };

  function removeWorker(worker) {
    delete cluster.workers[worker.id];
    if (Object.keys(cluster.workers).length === 0) intercom.emit('disconnect');
  }
  function removeHandles(worker) {
    for (const [key, handle] of handles) removeFrom(key, handle, worker);
  }
  function removeFrom(key, handle, worker) {
    if (!handle.workers.delete(worker) || handle.workers.size > 0) return;
    handles.delete(key);
    handle.server.close();
  }

  const acts = {
    online(worker) {
      worker.emit('online');
      cluster.emit('online', worker);
    },
    listening(worker, { port, address, addressType }) {
      const info = { addressType, address, port, fd: undefined };
      worker.state = 'listening';
      worker.emit('listening', info);
      cluster.emit('listening', worker, info);
    },
    exitedAfterDisconnect(worker, message) {
      worker.exitedAfterDisconnect = true;
      sendTo(worker.process, { ack: message.seq });
    },
    close(worker, { key }) {
      if (handles.has(key)) removeFrom(key, handles.get(key), worker);
    },
    queryServer(worker, { seq, options, index }) {
      if (worker.exitedAfterDisconnect) return;
      const key = `${options.host || ''}:${options.path === undefined ? options.port : options.path}:${options.port === 0 ? index : 0}`;
      const answer = reply => sendTo(worker.process, { ack: seq, key, sharesHandle: policy === SCHED_NONE, ...reply });
      let handle = handles.get(key);
      if (handle === undefined) {
        handle = { workers: new Set(), server: require('net').createServer(), error: null, key: null, asking: [] };
        handles.set(key, handle);
        const settle = () => {
          const { asking } = handle;
          handle.asking = null;
          for (const each of asking) each();
        };
        handle.server.once('listening', () => {
          handle.key = handle.server._key;
          settle();
        });
        handle.server.once('error', error => {
          handle.error = error.code;
          handles.delete(key);
          settle();
        });
        handle.server.listen(options);
      }
      handle.workers.add(worker);
      const done = () => answer({ error: handle.error, listensOn: handle.key });
      if (handle.asking === null) done();
      else handle.asking.push(done);
    },
  };
  function onMessage(worker, message) {
    if (Object.hasOwn(acts, message.act)) acts[message.act](worker, message);
  }
}

/** The worker's half. */
function child() {
  const servers = new Set();
  const send = (message, callback) => sendTo(process, message, callback);
  Object.assign(cluster, { isWorker: true, isMaster: false, isPrimary: false, worker: null });

  cluster._setupWorker = () => {
    const worker = cluster.worker = new Worker({ id: Number(ownEnvironment.NODE_UNIQUE_ID), process, state: 'online' });
    delete ownEnvironment.NODE_UNIQUE_ID;
    process.once('disconnect', () => {
      worker.emit('disconnect');
      if (!worker.exitedAfterDisconnect) process.exit(0);
    });
    process.on('internalMessage', internal(worker, (_, message) => {
      if (message.act === 'disconnect') disconnect(worker, true);
    }));
    send({ act: 'online' });
  };

  /** `cluster._getHandle`: the primary listens; `callback(errorCode, portOrPath, sharesHandle)`. */
  const indexes = new Map();
  cluster._listen = (server, options, callback) => {
    const name = `${options.host || ''}:${options.port}`;
    const index = indexes.get(name) || 0;
    indexes.set(name, index + 1);
    cluster.worker.state = 'listening';
    send({ act: 'queryServer', options, index }, reply => {
      if (!reply.error) {
        servers.add(server);
        server._clusterKey = reply.key;
        server.once('listening', () => {
          const { address, port, family } = server.address() || {};
          send({ act: 'listening', port, address: options.host ? address : null, addressType: options.path !== undefined ? -1 : options.host && family === 'IPv6' ? 6 : 4 });
        });
      }
      callback(reply.error, reply.listensOn, reply.sharesHandle);
    });
  };
  cluster._closed = server => {
    if (servers.delete(server)) send({ act: 'close', key: server._clusterKey });
  };

  function disconnect(worker, byPrimary) {
    worker.exitedAfterDisconnect = true;
    let open = 1;
    const closed = () => {
      if (--open > 0) return;
      if (byPrimary) process.disconnect();
      else send({ act: 'exitedAfterDisconnect' }, () => process.disconnect());
    };
    for (const server of [...servers]) {
      open++;
      server.close(closed);
    }
    closed();
  }
  Worker.prototype.disconnect = function disconnectWorker() {
    if (this.state !== 'disconnecting' && this.state !== 'destroying') {
      this.state = 'disconnecting';
      disconnect(this, false);
    }
    return this;
  };
  Worker.prototype.destroy = function destroy() {
    if (this.state === 'destroying') return;
    this.exitedAfterDisconnect = true;
    if (!this.isConnected()) process.exit(0);
    this.state = 'destroying';
    send({ act: 'exitedAfterDisconnect' }, () => process.disconnect());
    process.once('disconnect', () => process.exit(0));
  };
}

if (agents.hasChannel && ownEnvironment.NODE_UNIQUE_ID) child();
else primary();
