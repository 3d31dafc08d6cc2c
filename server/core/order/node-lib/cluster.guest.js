'use strict';
// Node's `cluster` seen from the primary; what the workers do is outside of the model.
const EventEmitter = require('events');
const { incomplete, unknown } = internalBinding('process');

const cluster = module.exports = new EventEmitter();
let frozen = false;
Object.assign(cluster, {
  isPrimary: true, isMaster: true, isWorker: false, SCHED_NONE: 1, SCHED_RR: 2, schedulingPolicy: 2, workers: {}, settings: {}, worker: undefined,
  setupPrimary(settings) {
    Object.assign(cluster.settings, settings);
    frozen = true;
    process.nextTick(() => cluster.emit('setup', cluster.settings));
  },
  disconnect(callback) {
    if (typeof callback === 'function') process.nextTick(callback);
  },
  fork() {
    incomplete('cluster.fork');
    if (!frozen) cluster.setupPrimary();
    const worker = new EventEmitter();
    worker.id = Object.keys(cluster.workers).length + 1;
    worker.process = Object.assign(new EventEmitter(), { pid: unknown('the pid of a worker', 'number'), kill() {} });
    Object.assign(worker, { send: () => true, kill() {}, disconnect: () => worker, isDead: () => false, isConnected: () => true });
    cluster.workers[worker.id] = worker;
    process.nextTick(() => cluster.emit('fork', worker));
    return worker;
  },
});
cluster.setupMaster = cluster.setupPrimary;
cluster.Worker = class Worker extends EventEmitter {};
