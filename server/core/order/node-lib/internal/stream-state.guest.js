'use strict';
// What Readable and Writable share: construct, destroy, errors (lib/internal/streams/destroy.js, state.js, utils.js).
const { nodeError, aggregateTwoErrors } = require('internal/errors');
const { major } = internalBinding('process');

const kDestroy = Symbol('kDestroy');
const kConstruct = Symbol('kConstruct');
const kIsDestroyed = Symbol('kIsDestroyed');
const nop = () => {};

let byteHighWaterMark = major >= 22 ? 64 * 1024 : 16 * 1024;
let objectHighWaterMark = 16;
const getDefaultHighWaterMark = objectMode => (objectMode ? objectHighWaterMark : byteHighWaterMark);
function setDefaultHighWaterMark(objectMode, value) {
  if (objectMode) objectHighWaterMark = value;
  else byteHighWaterMark = value;
}

/** The high-water mark of one side, from `highWaterMark` or `readableHighWaterMark`/`writableHighWaterMark` of a Duplex. */
function highWaterMarkFrom(options, objectMode, sideKey, isDuplex) {
  const value = options && options.highWaterMark != null ? options.highWaterMark : isDuplex && options ? options[sideKey] : undefined;
  if (value == null) return getDefaultHighWaterMark(objectMode);
  if (!Number.isInteger(value) || value < 0) {
    throw nodeError(TypeError, 'ERR_INVALID_ARG_VALUE', `The property 'options.${isDuplex ? sideKey : 'highWaterMark'}' is invalid. Received ${value}`);
  }
  return value;
}

function noteError(error, w, r) {
  if (!error) return;
  if (w && !w.errored) w.errored = error;
  if (r && !r.errored) r.errored = error;
}

function destroy(error, callback) {
  const r = this._readableState;
  const w = this._writableState;
  const state = w || r;
  if ((w && w.destroyed) || (r && r.destroyed)) {
    if (typeof callback === 'function') callback();
    return this;
  }
  noteError(error, w, r);
  if (w) w.destroyed = true;
  if (r) r.destroyed = true;
  if (!state.constructed) this.once(kDestroy, late => runDestroy(this, aggregateTwoErrors(late, error), callback));
  else runDestroy(this, error, callback);
  return this;
}

function runDestroy(self, error, callback) {
  let called = false;
  const onDestroy = failure => {
    if (called) return;
    called = true;
    const r = self._readableState;
    const w = self._writableState;
    noteError(failure, w, r);
    if (w) w.closed = true;
    if (r) r.closed = true;
    if (typeof callback === 'function') callback(failure);
    if (failure) process.nextTick(emitErrorCloseNT, self, failure);
    else process.nextTick(emitCloseNT, self);
  };
  try {
    self._destroy(error || null, onDestroy);
  } catch (failure) {
    onDestroy(failure);
  }
}

function emitErrorCloseNT(self, error) {
  emitErrorNT(self, error);
  emitCloseNT(self);
}

function emitCloseNT(self) {
  const r = self._readableState;
  const w = self._writableState;
  if (w) w.closeEmitted = true;
  if (r) r.closeEmitted = true;
  if ((w && w.emitClose) || (r && r.emitClose)) self.emit('close');
}

function emitErrorNT(self, error) {
  const r = self._readableState;
  const w = self._writableState;
  if ((w && w.errorEmitted) || (r && r.errorEmitted)) return;
  if (w) w.errorEmitted = true;
  if (r) r.errorEmitted = true;
  self.emit('error', error);
}

function undestroy() {
  const r = this._readableState;
  const w = this._writableState;
  if (r) Object.assign(r, { constructed: true, closed: false, closeEmitted: false, destroyed: false, errored: null, errorEmitted: false, reading: false, ended: r.readable === false, endEmitted: r.readable === false });
  if (w) Object.assign(w, { constructed: true, destroyed: false, closed: false, closeEmitted: false, errored: null, errorEmitted: false, finalCalled: false, prefinished: false, ended: w.writable === false, ending: w.writable === false, finished: w.writable === false });
}

function errorOrDestroy(stream, error, sync) {
  const r = stream._readableState;
  const w = stream._writableState;
  if ((w && w.destroyed) || (r && r.destroyed)) return;
  if ((r && r.autoDestroy) || (w && w.autoDestroy)) stream.destroy(error);
  else if (error) {
    noteError(error, w, r);
    if (sync) process.nextTick(emitErrorNT, stream, error);
    else emitErrorNT(stream, error);
  }
}

/** `options.construct`: on nextTick, then again nextTick for its callback. */
function construct(stream, callback) {
  if (typeof stream._construct !== 'function') return;
  const r = stream._readableState;
  const w = stream._writableState;
  if (r) r.constructed = false;
  if (w) w.constructed = false;
  stream.once(kConstruct, callback);
  if (stream.listenerCount(kConstruct) > 1) return;
  process.nextTick(constructNT, stream);
}

function constructNT(stream) {
  let called = false;
  const onConstruct = error => {
    if (called) {
      errorOrDestroy(stream, error || nodeError(Error, 'ERR_MULTIPLE_CALLBACK', 'Callback called multiple times'));
      return;
    }
    called = true;
    const r = stream._readableState;
    const w = stream._writableState;
    const state = w || r;
    if (r) r.constructed = true;
    if (w) w.constructed = true;
    if (state.destroyed) stream.emit(kDestroy, error);
    else if (error) errorOrDestroy(stream, error, true);
    else process.nextTick(emitConstructNT, stream);
  };
  try {
    stream._construct(error => process.nextTick(onConstruct, error));
  } catch (error) {
    process.nextTick(onConstruct, error);
  }
}

function emitConstructNT(stream) {
  stream.emit(kConstruct);
}

const isRequest = stream => stream && stream.setHeader && typeof stream.abort === 'function';
const isStream = value => value && (value._readableState || value._writableState || (typeof value.write === 'function' && typeof value.on === 'function') || (typeof value.pipe === 'function' && typeof value.on === 'function'));
const isReadable = stream => Boolean(stream && stream._readableState && stream.readable !== false && typeof stream.read === 'function' && !stream._readableState.endEmitted && !stream.destroyed);

/** Destroys whatever stream-like thing it is given (`destroyer`). */
function destroyer(stream, error) {
  if (!stream || stream.destroyed) return;
  if (!error && !(stream._readableState && stream._readableState.endEmitted) && !(stream._writableState && stream._writableState.finished)) {
    error = new (require('internal/errors').AbortError)();
  }
  if (isRequest(stream)) stream.abort();
  else if (typeof stream.destroy === 'function') stream.destroy(error);
  else if (typeof stream.close === 'function') stream.close();
}

/** The encoding of texts that come without one. */
function defaultEncodingOf(options) {
  const encoding = options && options.defaultEncoding;
  if (encoding == null || encoding === 'utf8' || encoding === 'utf-8') return 'utf8';
  if (require('buffer').Buffer.isEncoding(encoding)) return encoding;
  throw require('internal/errors').nodeError(TypeError, 'ERR_UNKNOWN_ENCODING', `Unknown encoding: ${encoding}`);
}

module.exports = { defaultEncodingOf,
  nop, destroy, undestroy, errorOrDestroy, construct, destroyer, isStream, isReadable, isRequest, kIsDestroyed,
  highWaterMarkFrom, getDefaultHighWaterMark, setDefaultHighWaterMark,
};
