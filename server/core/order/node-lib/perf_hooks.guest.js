'use strict';
// Node's `perf_hooks`: marks and measures; observers are called from setImmediate (SEMANTICS S-61).
const binding = internalBinding('performance');
const { setImmediate } = require('timers');
const { nodeError } = require('internal/errors');

class PerformanceEntry {
  constructor(name, entryType, startTime, duration, detail) {
    Object.assign(this, { name, entryType, startTime, duration, detail });
  }
  toJSON() {
    return { ...this };
  }
}
class PerformanceMark extends PerformanceEntry {}
class PerformanceMeasure extends PerformanceEntry {}

const entries = [];
const observers = new Set();

function enqueue(entry) {
  entries.push(entry);
  for (const observer of observers) observer._take(entry);
  return entry;
}

class PerformanceObserver {
  constructor(callback) {
    this._callback = callback;
    this._types = new Set();
    this._buffer = [];
    this._queued = false;
  }
  static get supportedEntryTypes() {
    return ['function', 'gc', 'http', 'mark', 'measure', 'net', 'resource'];
  }
  observe(options = {}) {
    for (const type of options.entryTypes || [options.type]) {
      if (type !== 'mark' && type !== 'measure') internalBinding('process').incomplete(`PerformanceObserver of ${type}`);
      this._types.add(type);
    }
    observers.add(this);
    if (options.buffered) for (const entry of entries) this._take(entry);
  }
  disconnect() {
    observers.delete(this);
    this._buffer = [];
    this._types.clear();
  }
  takeRecords() {
    return this._buffer.splice(0);
  }
  _take(entry) {
    if (!this._types.has(entry.entryType)) return;
    this._buffer.push(entry);
    if (this._queued) return;
    this._queued = true;
    setImmediate(() => {
      this._queued = false;
      const list = this._buffer.splice(0);
      if (list.length === 0) return;
      this._callback({
        getEntries: () => list.slice(),
        getEntriesByType: type => list.filter(one => one.entryType === type),
        getEntriesByName: (name, type) => list.filter(one => one.name === name && (type === undefined || one.entryType === type)),
      }, this);
    });
  }
}

const timeOf = mark => {
  if (typeof mark === 'number') return mark;
  const found = entries.findLast(entry => entry.entryType === 'mark' && entry.name === mark);
  if (found === undefined) throw nodeError(Error, 'ERR_INVALID_PERFORMANCE_MARK', `The "${mark}" performance mark has not been set`);
  return found.startTime;
};

const performance = {
  timeOrigin: binding.timeOrigin,
  now: () => binding.now(),
  mark: (name, options = {}) => enqueue(new PerformanceMark(`${name}`, 'mark', options.startTime === undefined ? binding.now() : options.startTime, 0, options.detail === undefined ? null : options.detail)),
  measure(name, startOrOptions, endMark) {
    const options = startOrOptions !== null && typeof startOrOptions === 'object' ? startOrOptions : { start: startOrOptions, end: endMark };
    const start = options.start === undefined ? 0 : timeOf(options.start);
    const end = options.end === undefined ? (options.duration !== undefined ? start + options.duration : binding.now()) : timeOf(options.end);
    return enqueue(new PerformanceMeasure(`${name}`, 'measure', start, end - start, options.detail === undefined ? null : options.detail));
  },
  clearMarks: name => remove('mark', name),
  clearMeasures: name => remove('measure', name),
  getEntries: () => entries.slice(),
  getEntriesByType: type => entries.filter(one => one.entryType === type),
  getEntriesByName: (name, type) => entries.filter(one => one.name === name && (type === undefined || one.entryType === type)),
  eventLoopUtilization: () => internalBinding('process').unknown('performance.eventLoopUtilization()', 'object'),
  timerify: fn => fn,
  toJSON: () => ({ timeOrigin: binding.timeOrigin }),
  get nodeTiming() { return internalBinding('process').unknown('performance.nodeTiming', 'object'); },
};

function remove(type, name) {
  for (let i = entries.length - 1; i >= 0; i--) {
    if (entries[i].entryType === type && (name === undefined || entries[i].name === name)) entries.splice(i, 1);
  }
}

module.exports = {
  performance, PerformanceObserver, PerformanceEntry, PerformanceMark, PerformanceMeasure,
  constants: {},
};
