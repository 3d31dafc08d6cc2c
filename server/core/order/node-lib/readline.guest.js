'use strict';
// Node's `readline` for an input that is no terminal: 'line' is emitted synchronously from the input's 'data' (SEMANTICS S-68).
const EventEmitter = require('events');
const { AbortError, nodeError, validateFunction, invalidArgType } = require('internal/errors');
const { StringDecoder } = require('string_decoder');
const customPromisify = Symbol.for('nodejs.util.promisify.custom');

function Interface(input, output, completer, terminal) {
  if (!(this instanceof Interface)) return new Interface(input, output, completer, terminal);
  EventEmitter.call(this);
  const options = input && input.input ? input : { input, output, completer, terminal };
  if (!options.input || typeof options.input.on !== 'function') throw invalidArgType('input', 'an instance of ReadableStream', options.input);
  this.input = options.input;
  this.output = options.output;
  this.terminal = !!options.terminal;
  if (this.terminal) internalBinding('process').incomplete('readline with terminal: true');
  this.line = '';
  this.closed = false;
  this.paused = false;
  this.history = [];
  this._prompt = options.prompt === undefined ? '> ' : `${options.prompt}`;
  this._decoder = new StringDecoder('utf8');
  this._sawReturn = false;
  this._rest = '';
  this._questionCallback = null;
  this._crlfDelay = options.crlfDelay ? Math.max(100, options.crlfDelay) : 100;
  const ondata = chunk => this._onData(chunk);
  const onend = () => {
    if (this._rest.length > 0) this.emit('line', this._rest);
    this._rest = '';
    this.close();
  };
  const onerror = error => this.emit('error', error);
  this.input.on('error', onerror);
  this.input.on('data', ondata);
  this.input.on('end', onend);
  this.once('close', () => {
    this.input.removeListener('data', ondata);
    this.input.removeListener('end', onend);
    this.input.removeListener('error', onerror);
  });
  if (options.signal) {
    const onAbort = () => this.close();
    if (options.signal.aborted) process.nextTick(onAbort);
    else {
      options.signal.addEventListener('abort', onAbort, { once: true });
      this.once('close', () => options.signal.removeEventListener('abort', onAbort));
    }
  }
  this.input.resume();
}
Object.setPrototypeOf(Interface.prototype, EventEmitter.prototype);
Object.setPrototypeOf(Interface, EventEmitter);

Interface.prototype._onData = function _onData(chunk) {
  if (this.paused) this.resume();
  let text = this._decoder.write(chunk);
  if (this._sawReturn && text.startsWith('\n')) text = text.slice(1);
  if (text === '') return;
  this._sawReturn = text.endsWith('\r');
  const lines = (this._rest + text).split(/\r\n|\n|\r|\u2028|\u2029/);
  this._rest = lines.pop();
  for (const line of lines) this._onLine(line);
};
Interface.prototype._onLine = function _onLine(line) {
  if (this._questionCallback) {
    const callback = this._questionCallback;
    this._questionCallback = null;
    this.setPrompt(this._oldPrompt);
    callback(line);
  } else {
    this.emit('line', line);
  }
};
Interface.prototype.setPrompt = function setPrompt(prompt) {
  this._prompt = prompt;
};
Interface.prototype.getPrompt = function getPrompt() {
  return this._prompt;
};
Interface.prototype.prompt = function prompt() {
  if (this.paused) this.resume();
  if (this.output) this.output.write(this._prompt);
};
Interface.prototype.question = function question(query, options, callback) {
  callback = typeof options === 'function' ? options : callback;
  if (this.closed) throw nodeError(Error, 'ERR_USE_AFTER_CLOSE', 'readline was closed');
  if (options && options.signal) {
    if (options.signal.aborted) return;
    options.signal.addEventListener('abort', () => { this._questionCallback = null; }, { once: true });
  }
  if (typeof callback !== 'function') return;
  if (this._questionCallback) {
    this.prompt();
    return;
  }
  this._oldPrompt = this._prompt;
  this.setPrompt(query);
  this._questionCallback = callback;
  this.prompt();
};
Interface.prototype.question[customPromisify] = function question(query, options = {}) {
  return new Promise((resolve, reject) => {
    if (options.signal) {
      if (options.signal.aborted) {
        reject(new AbortError(undefined, { cause: options.signal.reason }));
        return;
      }
      options.signal.addEventListener('abort', () => reject(new AbortError(undefined, { cause: options.signal.reason })), { once: true });
    }
    this.question(query, options, resolve);
  });
};
Interface.prototype.pause = function pause() {
  if (this.paused) return this;
  this.input.pause();
  this.paused = true;
  this.emit('pause');
  return this;
};
Interface.prototype.resume = function resume() {
  if (!this.paused) return this;
  this.input.resume();
  this.paused = false;
  this.emit('resume');
  return this;
};
Interface.prototype.write = function write(data) {
  if (this.paused) this.resume();
  this._onData(Buffer.from(`${data}`));
};
Interface.prototype.close = function close() {
  if (this.closed) return;
  this.pause();
  this.closed = true;
  this.emit('close');
};
Interface.prototype[Symbol.asyncIterator] = function asyncIterator() {
  if (this._iterator === undefined) {
    this._iterator = linesOf(this);
  }
  return this._iterator;
};

/** Async iterator over the lines; as `events.on`, it resolves without a promise job of its own. */
function linesOf(rl) {
  const lines = [];
  const waiting = [];
  let finished = false;
  const onLine = line => {
    const promise = waiting.shift();
    if (promise) promise({ value: line, done: false });
    else lines.push(line);
  };
  rl.on('line', onLine);
  const close = () => {
    finished = true;
    rl.removeListener('line', onLine);
    for (const promise of waiting.splice(0)) promise({ value: undefined, done: true });
  };
  rl.on('close', close);
  return {
    next() {
      if (lines.length > 0) return Promise.resolve({ value: lines.shift(), done: false });
      if (finished) return Promise.resolve({ value: undefined, done: true });
      return new Promise(resolve => waiting.push(resolve));
    },
    return() {
      close();
      return Promise.resolve({ value: undefined, done: true });
    },
    throw(error) {
      close();
      return Promise.reject(error);
    },
    [Symbol.asyncIterator]() { return this; },
  };
}

function createInterface(input, output, completer, terminal) {
  return new Interface(input, output, completer, terminal);
}

/** Cursor moves write nothing that a program without a terminal could be asked about, but they call back. */
function moved(stream, text, callback) {
  if (callback !== undefined) validateFunction(callback, 'callback');
  if (stream == null) {
    if (typeof callback === 'function') process.nextTick(callback, null);
    return true;
  }
  return stream.write(text, callback);
}

module.exports = {
  Interface, createInterface,
  clearLine: (stream, direction, callback) => moved(stream, direction < 0 ? '\u001b[1K' : direction > 0 ? '\u001b[0K' : '\u001b[2K', callback),
  clearScreenDown: (stream, callback) => moved(stream, '\u001b[0J', callback),
  cursorTo: (stream, x, y, callback) => moved(stream, typeof y === 'number' ? `\u001b[${y + 1};${x + 1}H` : `\u001b[${x + 1}G`, typeof y === 'function' ? y : callback),
  moveCursor: (stream, dx, dy, callback) => moved(stream, `${dx < 0 ? `\u001b[${-dx}D` : dx > 0 ? `\u001b[${dx}C` : ''}${dy < 0 ? `\u001b[${-dy}A` : dy > 0 ? `\u001b[${dy}B` : ''}`, callback),
};
Object.defineProperty(module.exports, 'promises', { configurable: true, enumerable: true, get: () => require('readline/promises') });
