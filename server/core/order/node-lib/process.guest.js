'use strict';
// The `process` object and the process-wide part of the error handling: lib/internal/bootstrap/node.js,
// lib/internal/process/execution.js, lib/internal/process/promises.js, lib/internal/process/warning.js.
const binding = internalBinding('process');
const queues = internalBinding('task_queue');
const { inspect } = internalBinding('inspect');
const agents = internalBinding('agents');

// events needs `process` only when it is called, so the prototype can be given afterwards.
const EventEmitter = require('events');
const { nodeError, invalidArgType, outOfRange, validateFunction } = require('internal/errors');

function Process() {}
Object.setPrototypeOf(Process.prototype, EventEmitter.prototype);
Object.defineProperty(Process.prototype, Symbol.toStringTag, { value: 'process', configurable: true });
Object.defineProperty(Process.prototype, 'constructor', { value: Process, enumerable: false, writable: true, configurable: true });
Object.setPrototypeOf(process, Process.prototype);
EventEmitter.call(process);

let exitCode;
Object.defineProperty(process, 'exitCode', {
  configurable: true,
  enumerable: true,
  get: () => exitCode,
  set(value) {
    if (value !== null && value !== undefined) {
      const number = typeof value === 'string' && value !== '' ? Number(value) : value;
      if (!Number.isInteger(number) && binding.major >= 20) throw invalidArgType('code', 'of type number', value);
      exitCode = binding.major >= 20 ? number : value;
    } else {
      exitCode = value;
    }
  },
});

Object.assign(process, {
  version: binding.version,
  versions: binding.versions,
  arch: 'x64',
  platform: 'linux',
  release: { name: 'node', lts: undefined },
  argv: binding.argv.slice(),
  execArgv: binding.execArgv.slice(),
  execPath: binding.execPath,
  env: binding.env,
  title: 'node',
  pid: binding.pid,
  ppid: binding.ppid,
  debugPort: 9229,
  argv0: 'node',
  _exiting: false,
  features: { inspector: true, debug: false, uv: true, ipv6: true, tls_alpn: true, tls_sni: true, tls_ocsp: true, tls: true, cached_builtins: true },
  config: { target_defaults: {}, variables: {} },
});

process.nextTick = function nextTick(callback, ...args) {
  validateFunction(callback, 'callback');
  if (process._exiting) return;
  queues.nextTick(callback, args);
};

/** Runs the 'exit' listeners and ends: nothing that is queued runs (SEMANTICS S-73). */
process.exit = function exit(code) {
  if (code !== undefined) process.exitCode = code;
  if (!process._exiting) {
    process._exiting = true;
    process.emit('exit', process.exitCode || 0);
  }
  process.reallyExit(process.exitCode || 0);
};
process.reallyExit = code => binding.reallyExit(Number(code) || 0);
process.abort = () => binding.reallyExit(134);

process.cwd = () => binding.cwd();
process.chdir = directory => binding.chdir(`${directory}`);
process.umask = () => 0o22;
process.uptime = () => binding.uptime();
process.hrtime = function hrtime(previous) {
  if (previous === undefined) return binding.hrtime();
  if (!Array.isArray(previous)) throw invalidArgType('time', 'an instance of Array', previous);
  if (previous.length !== 2) throw outOfRange('time', '2', previous.length);
  return binding.hrtime(previous[0], previous[1]);
};
process.hrtime.bigint = () => binding.hrtimeBigint();
process.memoryUsage = () => binding.unknown('process.memoryUsage()', 'object');
process.memoryUsage.rss = () => binding.unknown('process.memoryUsage.rss()', 'number');
process.cpuUsage = () => binding.unknown('process.cpuUsage()', 'object');
process.resourceUsage = () => binding.unknown('process.resourceUsage()', 'object');
process.constrainedMemory = () => binding.unknown('process.constrainedMemory()', 'number');
process.availableMemory = () => binding.unknown('process.availableMemory()', 'number');
process.getuid = process.geteuid = process.getgid = process.getegid = () => binding.unknown('process.getuid()', 'number');
process.getActiveResourcesInfo = () => binding.unknown('process.getActiveResourcesInfo()', 'object');
process.getBuiltinModule = id => {
  const name = `${id}`.replace(/^node:/, '');
  return binding.isBuiltin(name) ? require(name) : undefined;
};
process.binding = () => { throw nodeError(Error, 'ERR_INVALID_MODULE', 'No such module'); };
process.setSourceMapsEnabled = () => {};
process.setUncaughtExceptionCaptureCallback = callback => { captureCallback = callback; };
process.hasUncaughtExceptionCaptureCallback = () => captureCallback !== null;

/** A signal to the process itself arrives in the poll phase (SEMANTICS S-61); to others it leaves the program's world. */
process.kill = function kill(pid, signal = 'SIGTERM') {
  if (binding.likely(pid) !== binding.likely(process.pid)) {
    require('child_process')._signal(pid, signal);
    return true;
  }
  const { signals } = require('os').constants;
  const name = typeof signal === 'number' ? Object.keys(signals).find(one => signals[one] === signal) : signal;
  if (signal === 0) return true;
  if (process.listenerCount(name) > 0) {
    internalBinding('poll').start({ name, within: 0, rounds: 0, pool: false, channel: 'signals', ref: false }, () => process.emit(name, name, signals[name]));
    return true;
  }
  if (name === 'SIGCHLD' || name === 'SIGURG' || name === 'SIGWINCH' || name === 'SIGCONT') return true;
  binding.killed(name);
  return true;
};

/** 'warning' is emitted on nextTick, in its place in the queue (SEMANTICS S-75). */
process.emitWarning = function emitWarning(warning, type, code) {
  let detail;
  if (type !== null && typeof type === 'object' && !Array.isArray(type)) {
    code = type.code;
    detail = typeof type.detail === 'string' ? type.detail : undefined;
    type = type.type || 'Warning';
  } else if (typeof type === 'function') {
    type = 'Warning';
  }
  let error = warning;
  if (typeof warning === 'string') {
    error = new Error(warning);
    error.name = String(type || 'Warning');
    if (code !== undefined) error.code = code;
    if (detail !== undefined) error.detail = detail;
  } else if (!(warning instanceof Error)) {
    throw invalidArgType('warning', 'of type string or an instance of Error', warning);
  }
  if (error.name === 'DeprecationWarning') {
    if (process.noDeprecation) return;
    if (process.throwDeprecation) {
      process.nextTick(() => { throw error; });
      return;
    }
  }
  process.nextTick(doEmitWarning, error);
};

function doEmitWarning(warning) {
  process.emit('warning', warning);
}

let traceHintShown = false;
function onWarning(warning) {
  if (!(warning instanceof Error)) return;
  const isDeprecation = warning.name === 'DeprecationWarning';
  if (isDeprecation && process.noDeprecation) return;
  let text = `(node:${process.pid}) `;
  if (warning.code) text += `[${warning.code}] `;
  text += `${warning.name}: ${warning.message}`;
  if (typeof warning.detail === 'string') text += `\n${warning.detail}`;
  if (!traceHintShown) {
    text += `\n(Use \`node --trace-${isDeprecation ? 'deprecation' : 'warnings'} ...\` to show where the warning was created)`;
    traceHintShown = true;
  }
  binding.writeError(text);
}
process.on('warning', onWarning);

let captureCallback = null;

/**
 * `process._fatalException` (lib/internal/process/execution.js): true when somebody took the error (SEMANTICS S-71, S-72). The
 * empty immediate sees to it that the loop comes round and queued ticks are processed.
 */
function fatalException(error, origin) {
  if (captureCallback !== null) captureCallback(error);
  else {
    process.emit('uncaughtExceptionMonitor', error, origin);
    if (!process.emit('uncaughtException', error, origin)) return false;
  }
  require('timers').setImmediate(() => {});
  return true;
}

/** Nobody took it: the text on stderr, then the 'exit' listeners with code 1. Returns the exit code. */
function exitOnError(error) {
  // lib/internal/main/worker_thread.js `workerOnGlobalUncaughtException`: the thread that started it gets the error.
  if (agents.kind === 'thread') agents.postUp('port', 'error', 'the error of the worker', require('internal/serializer').serialize(error));
  else binding.writeFatal(error);
  if (!process._exiting) {
    process._exiting = true;
    process.exitCode = 1;
    process.emit('exit', 1);
  }
  return typeof process.exitCode === 'number' ? process.exitCode : 1;
}

/** `throwUnhandledRejectionsMode`: true when a listener was there. */
function unhandledRejection(promise, reason) {
  return process.emit('unhandledRejection', reason, promise);
}

/** What is thrown for a rejection that nobody handles. */
function rejectionError(reason) {
  if (reason instanceof Error) return reason;
  return nodeError(Error, 'ERR_UNHANDLED_REJECTION',
    'This error originated either by throwing inside of an async function without a catch block, ' +
    'or by rejecting a promise which was not handled with .catch(). The promise rejected with the reason ' +
    `"${typeof reason === 'string' ? reason : inspect(reason)}".`);
}

function rejectionHandled(promise) {
  if (!process.emit('rejectionHandled', promise)) {
    const warning = new Error(`Promise rejection was handled asynchronously`);
    warning.name = 'PromiseRejectionHandledWarning';
    process.emitWarning(warning);
  }
}

function emitExit(event, unsettled) {
  if (event === 'beforeExit') {
    process.emit('beforeExit', process.exitCode || 0);
    return 0;
  }
  process._exiting = true;
  if (unsettled && process.exitCode === undefined) {
    if (binding.major >= 22) process.exitCode = 13;
    else exitCode = undefined;
  }
  process.emit('exit', process.exitCode || 0);
  return process.exitCode !== undefined && process.exitCode !== null ? Number(process.exitCode) : unsettled ? 13 : 0;
}

queues.setCallbacks({ fatalException, exitOnError, unhandledRejection, rejectionError, rejectionHandled, emitExit });

function lazyStream(name, fd) {
  let stream;
  Object.defineProperty(process, name, {
    configurable: true,
    enumerable: true,
    get() {
      return stream === undefined ? (stream = require('internal/stdio').create(fd)) : stream;
    },
  });
}
lazyStream('stdin', 0);
lazyStream('stdout', 1);
lazyStream('stderr', 2);

if (agents.kind === 'thread') require('worker_threads');
else if (agents.kind === 'process') require('internal/ipc').setupChild();
