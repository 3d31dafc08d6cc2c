'use strict';
// finished, pipeline, addAbortSignal (lib/internal/streams/end-of-stream.js, pipeline.js, add-abort-signal.js). Callbacks on nextTick (S-66).
const { nodeError, AbortError, invalidArgType, validateFunction, validateAbortSignal, aggregateTwoErrors } = require('internal/errors');
const { nop, destroyer, isStream, isRequest } = require('internal/stream-state');
const { major } = internalBinding('process');

const isReadableSide = stream => !!stream._readableState || typeof stream.read === 'function';
const isWritableSide = stream => !!stream._writableState || (typeof stream.write === 'function' && typeof stream.end === 'function');
const prematureClose = () => nodeError(Error, 'ERR_STREAM_PREMATURE_CLOSE', 'Premature close');

function willEmitClose(stream) {
  const state = stream._writableState || stream._readableState;
  return !!state && state.autoDestroy && state.emitClose && state.closed === false;
}

/** Calls back once the stream has ended, failed or closed; returns a function that stops listening. */
function finished(stream, options, callback) {
  if (arguments.length === 2) {
    callback = options;
    options = {};
  } else if (options == null) {
    options = {};
  }
  if (typeof options === 'object' && options !== null && !internalBinding('process').isUnknown(stream) && (stream === null || typeof stream !== 'object' || (!isStream(stream) && typeof stream.getReader !== 'function' && typeof stream.getWriter !== 'function' && typeof stream.on !== 'function'))) {
    throw invalidArgType('stream', 'an instance of ReadableStream, WritableStream, or Stream', stream);
  }
  validateFunction(callback, 'callback');
  validateAbortSignal(options.signal, 'options.signal');
  let called = false;
  const done = callback;
  callback = function (...args) {
    if (called) return;
    called = true;
    Reflect.apply(done, stream, args);
  };
  const w = stream._writableState;
  const r = stream._readableState;
  const readable = options.readable !== undefined ? options.readable : !!r && isReadableSide(stream);
  const writable = options.writable !== undefined ? options.writable : !!w && isWritableSide(stream);
  let willClose = willEmitClose(stream) && (!!r === readable || !r) && (!!w === writable || !w);
  if (r && readable === false && w) willClose = willClose && !readable === !r;
  let writableFinished = !w || w.finished || false;
  let readableFinished = !r || r.endEmitted || false;
  const onlegacyfinish = () => { if (!stream.writable) onfinish(); };
  const onfinish = () => {
    writableFinished = true;
    if (stream.destroyed) willClose = false;
    if (willClose && (!stream.readable || readable)) return;
    if (!readable || readableFinished) callback.call(stream);
  };
  const onend = () => {
    readableFinished = true;
    if (stream.destroyed) willClose = false;
    if (willClose && (!stream.writable || writable)) return;
    if (!writable || writableFinished) callback.call(stream);
  };
  const onerror = error => callback.call(stream, error);
  const isClosed = () => !!((w && w.closed) || (r && r.closed));
  let closed = isClosed();
  const onclose = () => {
    closed = true;
    const errored = (w && w.errored) || (r && r.errored);
    if (errored && typeof errored !== 'boolean') return callback.call(stream, errored);
    if (readable && !readableFinished && r && !(r.endEmitted || (r.ended && r.length === 0 && false))) return callback.call(stream, prematureClose());
    if (writable && !writableFinished && w && !w.finished) return callback.call(stream, prematureClose());
    callback.call(stream);
    return undefined;
  };
  const onrequest = () => stream.req.on('finish', onfinish);
  if (isRequest(stream)) {
    stream.on('complete', onfinish);
    if (!willClose) stream.on('abort', onclose);
    if (stream.req) onrequest();
    else stream.on('request', onrequest);
  } else if (writable && !w) {
    stream.on('end', onlegacyfinish);
    stream.on('close', onlegacyfinish);
  }
  if (!willClose && typeof stream.aborted === 'boolean') stream.on('aborted', onclose);
  stream.on('end', onend);
  stream.on('finish', onfinish);
  if (options.error !== false) stream.on('error', onerror);
  stream.on('close', onclose);
  if (closed) {
    process.nextTick(onclose);
  } else if ((w && w.errorEmitted) || (r && r.errorEmitted)) {
    if (!willClose) process.nextTick(onclose);
  } else if (!readable && (!willClose || stream.readable) && (writableFinished || !stream.writable) && (!w || w.pendingcb === undefined || w.pendingcb === 0 || major < 22)) {
    process.nextTick(onclose);
  } else if (!writable && (!willClose || stream.writable) && (readableFinished || stream.readable === false)) {
    process.nextTick(onclose);
  }
  const cleanup = () => {
    callback = nop;
    for (const [event, listener] of [['aborted', onclose], ['complete', onfinish], ['abort', onclose], ['request', onrequest], ['end', onlegacyfinish], ['close', onlegacyfinish], ['finish', onfinish], ['end', onend], ['error', onerror], ['close', onclose]]) {
      stream.removeListener(event, listener);
    }
    if (stream.req) stream.req.removeListener('finish', onfinish);
  };
  if (options.signal && !closed) {
    const abort = () => {
      const end = callback;
      cleanup();
      end.call(stream, new AbortError(undefined, { cause: options.signal.reason }));
    };
    if (options.signal.aborted) process.nextTick(abort);
    else {
      const original = callback;
      options.signal.addEventListener('abort', abort, { once: true });
      callback = (...args) => {
        options.signal.removeEventListener('abort', abort);
        original.apply(stream, args);
      };
    }
  }
  return cleanup;
}

function finishedPromise(stream, options) {
  let autoCleanup = false;
  if (options && options.cleanup) autoCleanup = true;
  return new Promise((resolve, reject) => {
    const cleanup = finished(stream, options || {}, error => {
      if (autoCleanup) cleanup();
      if (error) reject(error);
      else resolve();
    });
  });
}

function addAbortSignal(signal, stream) {
  validateAbortSignal(signal, 'signal');
  const onAbort = () => stream.destroy(new AbortError(undefined, { cause: signal.reason }));
  if (signal.aborted) onAbort();
  else {
    signal.addEventListener('abort', onAbort, { once: true });
    finished(stream, () => signal.removeEventListener('abort', onAbort));
  }
  return stream;
}

function once(callback) {
  let called = false;
  return (...args) => {
    if (called) return;
    called = true;
    callback(...args);
  };
}

function pipeline(...streams) {
  const callback = streams.pop();
  validateFunction(callback, 'streams[stream.length - 1]');
  return pipelineImpl(Array.isArray(streams[0]) && streams.length === 1 ? streams[0] : streams, once(callback));
}

const isIterable = value => value != null && (typeof value[Symbol.asyncIterator] === 'function' || typeof value[Symbol.iterator] === 'function');

function pipelineImpl(streams, callback, options = {}) {
  if (streams.length < 2) throw nodeError(TypeError, 'ERR_MISSING_ARGS', 'The "streams" argument must be specified');
  const controller = new AbortController();
  const { signal } = controller;
  const outerSignal = options.signal;
  const lastStreamCleanup = [];
  const destroys = [];
  let error;
  let value;
  let finishCount = 0;
  const abort = () => finishImpl(new AbortError());
  if (outerSignal) outerSignal.addEventListener('abort', abort);
  function finishOnlyHandleError(failure) { finishImpl(failure, false); }
  function finish(failure) { finishImpl(failure, --finishCount === 0); }
  function finishImpl(failure, final) {
    if (failure && (!error || error.code === 'ERR_STREAM_PREMATURE_CLOSE')) error = failure;
    if (!error && !final) return;
    while (destroys.length) destroys.shift()(error);
    if (outerSignal) outerSignal.removeEventListener('abort', abort);
    controller.abort();
    if (final) {
      if (!error) lastStreamCleanup.forEach(fn => fn());
      process.nextTick(callback, error, value);
    }
  }
  function destroyerFor(stream, reading, writing) {
    let isDone = false;
    stream.on('close', () => { isDone = true; });
    const cleanup = finished(stream, { readable: reading, writable: writing }, failure => { isDone = !failure; });
    return {
      destroy(failure) {
        if (isDone) return;
        isDone = true;
        destroyer(stream, failure || nodeError(Error, 'ERR_STREAM_DESTROYED', 'Cannot call pipe after a stream was destroyed'));
      },
      cleanup,
    };
  }
  let ret;
  for (let i = 0; i < streams.length; i++) {
    const stream = streams[i];
    const reading = i < streams.length - 1;
    const writing = i > 0;
    const next = i + 1 < streams.length ? streams[i + 1] : null;
    const end = reading || options.end !== false;
    const isLast = i === streams.length - 1;
    const isNode = isStream(stream);
    if (isNode && typeof stream !== 'function') {
      if (end) {
        const { destroy, cleanup } = destroyerFor(stream, reading, writing);
        destroys.push(destroy);
        if (stream.readable && isLast) lastStreamCleanup.push(cleanup);
      }
      const onerror = failure => {
        if (failure && failure.name !== 'AbortError' && failure.code !== 'ERR_STREAM_PREMATURE_CLOSE') finishOnlyHandleError(failure);
      };
      stream.on('error', onerror);
      if (stream.readable && isLast) lastStreamCleanup.push(() => stream.removeListener('error', onerror));
    }
    if (i === 0) {
      if (typeof stream === 'function') {
        ret = stream({ signal });
        if (!isIterable(ret)) throw nodeError(TypeError, 'ERR_INVALID_RETURN_VALUE', 'Expected Iterable, AsyncIterable or Stream to be returned from the "source" function');
      } else if (isIterable(stream) || (isNode && stream._readableState)) {
        ret = stream;
      } else {
        throw invalidArgType('source', 'an instance of Stream, Iterable, or AsyncIterable', stream);
      }
    } else if (typeof stream === 'function') {
      ret = stream(isStream(ret) && ret[Symbol.asyncIterator] ? ret[Symbol.asyncIterator]() : toAsyncIterable(ret), { signal });
      if (reading) {
        if (!isIterable(ret)) throw nodeError(TypeError, 'ERR_INVALID_RETURN_VALUE', `Expected AsyncIterable to be returned from the "transform[${i - 1}]" function`);
      } else {
        const { PassThrough } = require('internal/duplex');
        const through = new PassThrough({ objectMode: true });
        const then = ret && ret.then;
        if (typeof then === 'function') {
          finishCount++;
          then.call(ret, result => {
            value = result;
            if (result != null) through.write(result);
            if (end) through.end();
            process.nextTick(finish);
          }, failure => {
            through.destroy(failure);
            process.nextTick(finish, failure);
          });
        } else if (isIterable(ret)) {
          finishCount++;
          pumpToNode(ret, through, finish, { end });
        } else {
          throw nodeError(TypeError, 'ERR_INVALID_RETURN_VALUE', 'Expected AsyncIterable or Promise to be returned from the "destination" function');
        }
        ret = through;
        const { destroy, cleanup } = destroyerFor(ret, false, true);
        destroys.push(destroy);
        if (isLast) lastStreamCleanup.push(cleanup);
      }
    } else if (isNode) {
      if (isStream(ret) && ret._readableState) {
        finishCount += 2;
        const cleanup = pipeBetween(ret, stream, finish, finishOnlyHandleError, { end });
        if (stream.readable && isLast) lastStreamCleanup.push(cleanup);
      } else if (isIterable(ret)) {
        finishCount++;
        pumpToNode(ret, stream, finish, { end });
      } else {
        throw invalidArgType('val', 'an instance of Readable, Iterable, or AsyncIterable', ret);
      }
      ret = stream;
    } else {
      throw invalidArgType('streams', 'a stream or a function', stream);
    }
    void next;
  }
  if ((signal && signal.aborted) || (outerSignal && outerSignal.aborted)) process.nextTick(abort);
  return ret;
}

async function* toAsyncIterable(value) {
  yield* value;
}

function pipeBetween(src, dst, finish, finishOnlyHandleError, { end }) {
  let ended = false;
  dst.on('close', () => {
    if (!ended) finishOnlyHandleError(prematureClose());
  });
  src.pipe(dst, { end: false });
  if (end) {
    const endFn = () => {
      ended = true;
      dst.end();
    };
    if (src._readableState && src._readableState.endEmitted) process.nextTick(endFn);
    else src.once('end', endFn);
  } else {
    finish();
  }
  finished(src, { readable: true, writable: false }, error => {
    const r = src._readableState;
    if (error && error.code === 'ERR_STREAM_PREMATURE_CLOSE' && r && r.ended && !r.errored && !r.errorEmitted) {
      src.once('end', finish).once('error', finish);
    } else {
      finish(error);
    }
  });
  return finished(dst, { readable: false, writable: true }, finish);
}

async function pumpToNode(iterable, writable, finish, { end }) {
  let error;
  let onresolve = null;
  const resume = failure => {
    if (failure) error = failure;
    if (onresolve) {
      const callback = onresolve;
      onresolve = null;
      callback();
    }
  };
  const wait = () => new Promise((resolve, reject) => {
    if (error) reject(error);
    else onresolve = () => (error ? reject(error) : resolve());
  });
  writable.on('drain', resume);
  const cleanup = finished(writable, { readable: false }, resume);
  try {
    if (writable.writableNeedDrain) await wait();
    for await (const chunk of iterable) {
      if (!writable.write(chunk)) await wait();
    }
    if (end) {
      writable.end();
      await wait();
    }
    finish();
  } catch (failure) {
    finish(error !== failure ? aggregateTwoErrors(error, failure) : failure);
  } finally {
    cleanup();
    writable.off('drain', resume);
  }
}

function pipelinePromise(...streams) {
  return new Promise((resolve, reject) => {
    let signal;
    let end;
    const last = streams[streams.length - 1];
    if (last && typeof last === 'object' && !isStream(last) && !isIterable(last)) {
      const options = streams.pop();
      signal = options.signal;
      end = options.end;
    }
    pipelineImpl(streams, once((error, value) => {
      if (error) reject(error);
      else resolve(value);
    }), { signal, end });
  });
}

module.exports = { finished, finishedPromise, addAbortSignal, pipeline, pipelinePromise };
