'use strict';
// Node's `child_process`: what a child does is the outside's. Kept are the edges that always hold: 'spawn' and spawn errors on
// nextTick, 'exit' in poll, 'close' behind 'exit' and the end of all streams, the callback of exec right before 'close' (S-58).
const inherit = require('internal/inherit');
const EventEmitter = require('events');
const { Readable, Writable } = require('stream');
const { invalidArgType, invalidArgValue, nodeError, AbortError } = require('internal/errors');
const poll = internalBinding('poll');
const order = internalBinding('order');
const { unknown, unknownTruthy, opaque, likely, incomplete } = internalBinding('process');
const agents = internalBinding('agents');
const { setupChannel } = require('internal/ipc');
const { environmentOf } = require('internal/child-environment');

/** What a few shell commands do for certain: {output, code, ms}; null for everything else. */
function known(command, args) {
  // A shell does nothing but what its one argument says.
  if (/^(?:\/bin\/)?(?:ba)?sh$/.test(command) && args.length === 2 && args[0] === '-c') return known(args[1], []);
  const text = args.length > 0 ? `${command} ${args.join(' ')}` : command;
  const match = /^\s*(echo|true|false|sleep|exit|printf)\b\s*([^|&;<>$`\\*?]*)$/.exec(text);
  if (match === null) return null;
  const rest = match[2].trim().replace(/^(['"])(.*)\1$/, '$2');
  switch (match[1]) {
    case 'echo': return /^-/.test(rest) || /["']/.test(rest) ? null : { output: `${rest}\n`, code: 0, ms: 0 };
    case 'printf': return /[%"']/.test(rest) ? null : { output: rest, code: 0, ms: 0 };
    case 'true': return { output: '', code: 0, ms: 0 };
    case 'false': return { output: '', code: 1, ms: 0 };
    case 'exit': return /^\d*$/.test(rest) ? { output: '', code: Number(rest) & 255, ms: 0 } : null;
    default: return /^[\d.]+$/.test(rest) ? { output: '', code: 0, ms: Number(rest) * 1000 } : null;
  }
}

/** What stands at the ends of a child's pipes: in Node sockets, of which only one direction is modelled. */
const { standsFor } = internalBinding('members');
class ReadableEnd extends Readable {}
class ReadableSocket extends ReadableEnd {}
class WritableOther extends Writable {}
class WritableEnd extends WritableOther {}
class WritableSocket extends WritableEnd {}
standsFor(ReadableEnd.prototype, 'node:stream.Duplex.prototype');
standsFor(ReadableSocket.prototype, 'node:net.Socket.prototype');
standsFor(WritableOther.prototype, 'node:stream.Readable.prototype');
standsFor(WritableEnd.prototype, 'node:stream.Duplex.prototype');
standsFor(WritableSocket.prototype, 'node:net.Socket.prototype');

const missing = command => /nonexist|does-?not-?exist|no-such|nosuch|not-a-command/i.test(command);
const isNode = command => command === process.execPath || /(?:^|\/)node$/.test(command);

function ChildProcess() {
  EventEmitter.call(this);
  this.exitCode = null;
  this.signalCode = null;
  this.killed = false;
  this.connected = false;
  this.stdin = this.stdout = this.stderr = null;
}
inherit(ChildProcess, EventEmitter, class extends EventEmitter {
  kill(signal = 'SIGTERM') {
    if (this.exitCode !== null || this.signalCode !== null) return false;
    this.killed = true;
    this._kill(typeof signal === 'string' ? signal : 'SIGTERM');
    return true;
  }
  ref() { this._setRef(true); }
  unref() { this._setRef(false); }
});
Object.defineProperty(ChildProcess.prototype, '_setRef', { writable: true, enumerable: false, value(on) { poll.setRef(this._exit, on); } });

function spawn(command, args, options) {
  if (typeof command !== 'string') throw invalidArgType('file', 'of type string', command);
  if (command === '') throw invalidArgValue('file', command, 'cannot be empty');
  if (!Array.isArray(args)) [args, options] = [[], args];
  options = options || {};
  const child = new ChildProcess();
  child.spawnfile = command;
  child.spawnargs = [command, ...args];
  if (missing(command) && !options.shell) {
    const error = Object.assign(new Error(`spawn ${command} ENOENT`), { errno: -2, code: 'ENOENT', syscall: `spawn ${command}`, path: command, spawnargs: args });
    child.pid = undefined;
    child.exitCode = -2;
    pipes(child, options);
    process.nextTick(() => {
      child.emit('error', error);
      const streams = child.stdio.filter(Boolean);
      for (const stream of streams) stream.destroy();
      if (streams.length > 0) poll.close(() => child.emit('close', -2, null));
      else child.emit('close', -2, null);
    });
    return child;
  }
  if (isNode(command) && !options.shell) {
    const file = args.findIndex(one => !`${one}`.startsWith('-'));
    const script = file >= 0 ? agents.file(require('path').resolve(options.cwd || '.', args[file])) : null;
    if (script !== null) return runScript(child, script, args.slice(file + 1), args.slice(0, file), options);
  }
  child.pid = unknown('the pid of a child', 'number');
  process.nextTick(() => child.emit('spawn'));
  pipes(child, options);
  run(child, known(command, args), isNode(command) ? 'a Node.js child' : `'${command}'`);
  return child;
}

let lastChild = 0;
/** By their pids. */
const children = new Map();

/** A script of the program in a process of its own, which the machine runs beside this one. */
function runScript(child, file, args, execArgv, options) {
  const stdio = options.stdio === undefined ? 'pipe' : options.stdio;
  const kind = i => (Array.isArray(stdio) ? (stdio[i] === i || (stdio[i] && stdio[i].fd === i) ? 'inherit' : stdio[i] || 'pipe') : stdio);
  const hasChannel = Array.isArray(stdio) && stdio.includes('ipc');
  if (kind(1) !== kind(2) && [kind(1), kind(2)].includes('pipe')) incomplete('a child of which one stream is a pipe and the other is not');
  child.pid = opaque(4242 + ++lastChild, 'the pid of a child');
  children.set(4242 + lastChild, child);
  process.nextTick(() => child.emit('spawn'));
  if (kind(0) === 'pipe') child.stdin = new WritableSocket({ write(chunk, encoding, callback) { incomplete('what is written to a child'); callback(); } });
  for (const [i, name] of [[1, 'stdout'], [2, 'stderr']]) if (kind(i) === 'pipe' || kind(i) === 'overlapped') child[name] = new ReadableSocket({ read() {} });
  child.stdio = [child.stdin, child.stdout, child.stderr];
  let open = 1 + (hasChannel ? 1 : 0);
  const maybeClose = () => {
    if (--open === 0) child.emit('close', child.exitCode, child.signalCode);
  };
  for (const stream of [child.stdout, child.stderr]) {
    if (stream === null) continue;
    open++;
    poll.hold();
    stream.once('close', maybeClose);
  }
  let held = false;
  child._setRef = on => {
    if (on === held || child.exitCode !== null || child.signalCode !== null) return;
    held = on;
    if (on) poll.hold();
    else poll.release();
  };
  child._setRef(true);
  let read = null;
  const id = agents.start({
    kind: 'process', file, source: null, argv: args.map(one => `${one}`), execArgv: execArgv.map(one => `${one}`), env: environmentOf(options.env || process.env), data: null,
    threadId: lastChild, inherits: kind(1) === 'inherit', channel: hasChannel,
  }, (type, text, signal) => {
    switch (type) {
      case 'messages': return read(text);
      case 'disconnect': return read('');
      case 'stdout': case 'stderr': return child[type].push(Buffer.from(text));
      case 'stdout end': case 'stderr end': {
        const stream = child[type.slice(0, 6)];
        poll.release();
        stream.push(null);
        if (!stream.readableFlowing && stream.listenerCount('data') + stream.listenerCount('readable') === 0) stream.resume();
        return true;
      }
      case 'exit':
        child._setRef(false);
        child.exitCode = signal ? null : Number(text);
        child.signalCode = signal || null;
        if (child.stdin) child.stdin.destroy();
        child.emit('exit', child.exitCode, child.signalCode);
        return maybeClose();
      default: return false;
    }
  });
  Object.defineProperty(child, '_kill', { value: signal => agents.stop(id, signal), enumerable: false });
  if (hasChannel) {
    read = setupChannel(child, { write: text => agents.post(id, 'a message to the child', text), alsoRead: () => agents.alsoRead(id) }, false);
    Object.defineProperty(child, '_maybeClose', { value: maybeClose, enumerable: false });
  }
  return child;
}

function pipes(child, { stdio = 'pipe' }) {
  const kind = i => (Array.isArray(stdio) ? stdio[i] || 'pipe' : stdio);
  if (kind(0) === 'pipe') child.stdin = new WritableSocket({ write(chunk, encoding, callback) { poll.start({ name: 'a write to the child', rounds: 0, within: 0, pool: false, ref: true }, () => callback()); } });
  for (const [i, name] of [[1, 'stdout'], [2, 'stderr']]) {
    if (kind(i) === 'pipe' || kind(i) === 'overlapped') child[name] = new ReadableSocket({ read() {} });
    else if (kind(i) === 'inherit' || kind(i) === i) incomplete('a child that writes to the same output');
  }
  child.stdio = [child.stdin, child.stdout, child.stderr];
}

/** How a program ends of which nothing is known: with 0, or with any other code. */
const codeOf = name => (order.choose(`whether ${name} succeeds`, ['it exits with 0', 'it fails']) === 0 ? 0 : unknownTruthy(`the exit code of ${name}`, 'number'));

/** The life of a child: its output, the end of its streams and its exit come in any order that their channels allow. */
function run(child, fate, name) {
  let open = 1;
  const finished = () => {
    if (--open === 0) child.emit('close', child.exitCode, child.signalCode);
  };
  const channels = [];
  for (const [stream, label, text] of [[child.stdout, 'stdout', fate ? fate.output : null], [child.stderr, 'stderr', fate ? '' : null]]) {
    if (!stream) continue;
    open++;
    stream.once('close', finished);
    const channel = {};
    channels.push(channel);
    const kind = what => ({ name: `${what} of ${name}`, rounds: 0, within: Infinity, pool: false, ref: true, channel, atLeast: fate ? fate.ms : undefined });
    stream.on('newListener', event => {
      if ((event === 'data' || event === 'readable') && text === null) incomplete(`what ${name} writes to ${label}`);
    });
    if (text) poll.start(kind(label), () => stream.push(Buffer.from(text)));
    poll.start(kind(`the end of ${label}`), () => {
      stream.push(null);
      if (stream.listenerCount('data') === 0 && stream.listenerCount('readable') === 0 && !stream.readableFlowing) stream.resume();
    });
  }
  const exit = (code, signal) => {
    child.exitCode = signal ? null : code;
    child.signalCode = signal;
    if (child.stdin) child.stdin.destroy();
    child.emit('exit', child.exitCode, child.signalCode);
    finished();
  };
  let signalled = null;
  child._exit = poll.start({ name: `the exit of ${name}`, rounds: 0, within: Infinity, pool: false, ref: true, atLeast: fate ? fate.ms : undefined }, () => {
    if (signalled) exit(null, signalled);
    else if (fate) exit(fate.code, null);
    else exit(codeOf(name), null);
  });
  child._kill = signal => { signalled = signal; };
}

function normalizeExec(command, options, callback) {
  if (typeof options === 'function') [options, callback] = [{}, options];
  return [command, { ...options }, callback];
}

function execLike(child, command, options, callback, fate) {
  const stdout = [];
  let spawnError = null;
  if (child.stdout && (fate || !callback)) child.stdout.on('data', chunk => stdout.push(chunk));
  else if (child.stdout) child.stdout.resume();
  if (child.stderr) child.stderr.resume();
  let timedOut = false;
  if (options.timeout > 0) {
    const timer = require('timers').setTimeout(() => {
      timedOut = true;
      child.kill(options.killSignal || 'SIGTERM');
    }, options.timeout);
    child.once('exit', () => require('timers').clearTimeout(timer));
  }
  if (options.signal) options.signal.addEventListener('abort', () => { child.kill(); spawnError = new AbortError(undefined, { cause: options.signal.reason }); }, { once: true });
  const finish = (code, signal) => {
    if (!callback) return;
    const text = fate ? stdout.map(String).join('') : unknown(`the output of '${command}'`, 'string');
    const errorText = fate ? '' : unknown(`the error output of '${command}'`, 'string');
    if (spawnError || code !== 0 || signal) {
      const error = spawnError || Object.assign(new Error(`Command failed: ${command}\n`), { code: signal ? null : code, killed: child.killed || timedOut, signal, cmd: command });
      error.stdout = text;
      error.stderr = errorText;
      callback(error, text, errorText);
    } else {
      callback(null, text, errorText);
    }
  };
  child.on('error', error => {
    spawnError = Object.assign(error, { cmd: command });
  });
  child.prependListener('close', finish);
  return child;
}

function exec(command, options, callback) {
  [command, options, callback] = normalizeExec(command, options, callback);
  const child = spawnShell(command, options);
  return execLike(child, command, options, callback, known(command, []));
}

function spawnShell(command, options) {
  const child = spawn(command, [], { ...options, shell: true });
  child.spawnfile = '/bin/sh';
  child.spawnargs = ['/bin/sh', '-c', command];
  return child;
}

function execFile(file, args, options, callback) {
  if (typeof args === 'function') [args, options, callback] = [[], {}, args];
  else if (!Array.isArray(args)) [args, options, callback] = [[], args, options];
  if (typeof options === 'function') [options, callback] = [{}, options];
  const child = spawn(file, args, options || {});
  return execLike(child, [file, ...args].join(' '), options || {}, callback, known(file, args));
}

const promised = fn => (...args) => {
  let child;
  const promise = new Promise((resolve, reject) => {
    child = fn(...args, (error, stdout, stderr) => {
      if (error) reject(Object.assign(error, { stdout, stderr }));
      else resolve({ stdout, stderr });
    });
  });
  promise.child = child;
  return promise;
};
for (const fn of [exec, execFile]) Object.defineProperty(fn, Symbol.for('nodejs.util.promisify.custom'), { enumerable: false, value: promised(fn) });

/** Synchronous forms: block everything (S-63). */
function runSync(command, args, options = {}) {
  const fate = known(command, args);
  if (fate) internalBinding('process').waitFor(fate.ms);
  else internalBinding('process').waitForOutside();
  const decode = text => (options.encoding && options.encoding !== 'buffer' ? text : Buffer.from(text));
  if (fate) return { pid: unknown('a pid', 'number'), status: fate.code, signal: null, stdout: decode(fate.output), stderr: decode(''), output: [null, decode(fate.output), decode('')] };
  const what = `the output of '${command}'`;
  const output = unknown(what, options.encoding && options.encoding !== 'buffer' ? 'string' : 'object');
  return { pid: unknown('a pid', 'number'), status: codeOf(`'${command}'`), signal: null, stdout: output, stderr: output, output: [null, output, output] };
}
function checked(command, args, options) {
  const result = runSync(command, args, options);
  if (result.status !== 0) throw Object.assign(new Error(`Command failed: ${[command, ...args].join(' ')}`), result);
  return result.stdout;
}

function fork(modulePath, args, options) {
  if (args !== null && typeof args === 'object' && !Array.isArray(args)) [args, options] = [[], args];
  options = { ...options };
  const path = modulePath !== null && typeof modulePath === 'object' && typeof modulePath.href === 'string' ? require('url').fileURLToPath(modulePath) : modulePath;
  if (typeof path !== 'string') throw invalidArgType('modulePath', 'of type string or an instance of Buffer or URL', modulePath);
  if (options.stdio === undefined || typeof options.stdio === 'string') {
    const one = options.stdio || (options.silent ? 'pipe' : 'inherit');
    options.stdio = [one, one, one, 'ipc'];
  } else if (!options.stdio.includes('ipc')) throw nodeError(Error, 'ERR_CHILD_PROCESS_IPC_REQUIRED', "Forked processes must have an IPC channel, missing value 'ipc' in options.stdio");
  if (options.serialization === 'advanced') incomplete("child_process.fork with serialization 'advanced'");
  const child = new ChildProcess();
  child.spawnfile = options.execPath || process.execPath;
  child.spawnargs = [child.spawnfile, ...(options.execArgv || process.execArgv), path, ...(args || [])];
  const file = agents.file(require('path').resolve(options.cwd || '.', path));
  if (file !== null) return runScript(child, file, args || [], options.execArgv || process.execArgv, options);
  incomplete(`the file '${path}' of a child process`);
  child.pid = unknown('the pid of a child', 'number');
  child.connected = true;
  child.send = () => true;
  child.disconnect = () => {};
  process.nextTick(() => child.emit('spawn'));
  run(child, null, `'${path}'`);
  return child;
}

module.exports = {
  ChildProcess, spawn, exec, execFile, fork,
  execSync: (command, options) => checked(command, [], options),
  execFileSync: (file, args, options) => checked(file, Array.isArray(args) ? args : [], Array.isArray(args) ? options : args),
  spawnSync: (command, args, options) => runSync(command, Array.isArray(args) ? args : [], Array.isArray(args) ? options : args),
  _signal(pid, signal) {
    const child = children.get(likely(pid));
    if (child === undefined) incomplete('process.kill of another process');
    else if (signal !== 0) child.kill(signal);
  },
};
