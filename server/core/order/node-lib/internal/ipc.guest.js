'use strict';
// The channel between a process and its child: lib/internal/child_process.js `setupChannel`. Messages are emitted on nextTick
// (SEMANTICS S-58); a channel that nobody listens on keeps no child alive.
const { nodeError, invalidArgType } = require('internal/errors');
const { isUnknown, incomplete } = internalBinding('process');
const { unknownMark, pack, unpack } = require('internal/unknown-values');
const poll = internalBinding('poll');
const agents = internalBinding('agents');
const { waiting } = internalBinding('task_queue');

const isInternal = message => message !== null && typeof message === 'object' && typeof message.cmd === 'string' && message.cmd.startsWith('NODE_');

function encode(message) {
  if (message === undefined) throw nodeError(TypeError, 'ERR_MISSING_ARGS', 'The "message" argument must be specified');
  if (typeof message === 'symbol' || typeof message === 'function') throw invalidArgType('message', 'one of type string, object, number, or boolean', message);
  return JSON.stringify(message, (key, value) => (isUnknown(value) ? { [unknownMark]: pack(value) } : value));
}
const decode = text => JSON.parse(text, (key, value) => (value !== null && typeof value === 'object' && Object.hasOwn(value, unknownMark) ? unpack(value[unknownMark]) : value));

/**
 * @param target the ChildProcess, or `process` in a child
 * @param write sends a text to the other end; '' closes the channel
 * @param alsoRead the next text if it came in one read with the one before
 * @param counted whether the channel keeps the process alive only while somebody listens
 * @returns what takes the texts that arrive
 */
function setupChannel(target, { write, alsoRead }, counted) {
  let held = false;
  const hold = () => {
    if (held || target._channel === null) return;
    held = true;
    poll.hold();
  };
  const release = () => {
    if (!held) return;
    held = false;
    poll.release();
  };
  let early = [];
  const channel = { ref: hold, unref: release, hasRef: () => held };
  target._channel = target.channel = channel;
  target.connected = true;
  if (!counted) hold();

  const emit = (event, message) => {
    if (event === 'internalMessage' || target.listenerCount('message') > 0) target.emit(event, message, undefined);
    else early.push(message);
  };
  target.on('newListener', event => {
    if (event !== 'message' && event !== 'disconnect') return;
    if (counted) hold();
    process.nextTick(() => {
      if (target._channel === null || target.listenerCount('message') === 0) return;
      const messages = early;
      early = [];
      for (const message of messages) target.emit('message', message, undefined);
    });
  });
  target.on('removeListener', event => {
    if (counted && (event === 'message' || event === 'disconnect') && target.listenerCount('message') + target.listenerCount('disconnect') === 0) release();
  });

  target.send = function send(message, handle, options, callback) {
    if (typeof handle === 'function') [callback, handle] = [handle, undefined];
    else if (typeof options === 'function') callback = options;
    if (handle !== undefined && handle !== null) incomplete('a handle sent to another process');
    if (!target.connected) {
      const error = nodeError(Error, 'ERR_IPC_CHANNEL_CLOSED', 'Channel closed');
      if (typeof callback === 'function') process.nextTick(callback, error);
      else process.nextTick(() => target.emit('error', error));
      return false;
    }
    write(encode(message));
    if (typeof callback === 'function') process.nextTick(callback, null);
    return true;
  };

  const closed = () => {
    target._channel = null;
    target.channel = null;
    release();
  };
  target.disconnect = function disconnect() {
    if (!target.connected) {
      target.emit('error', nodeError(Error, 'ERR_IPC_DISCONNECTED', 'IPC channel is already disconnected'));
      return;
    }
    target.connected = false;
    write('');
    finish();
  };
  const finish = () => {
    closed();
    process.nextTick(() => {
      target.emit('disconnect');
      if (target._maybeClose) target._maybeClose();
    });
  };

  const receive = text => {
    const message = decode(text);
    emit(isInternal(message) ? 'internalMessage' : 'message', message);
  };
  // Messages of one read are emitted before what the first of them has queued; without that, nobody can tell.
  const goOn = () => {
    if (!waiting()) return;
    const text = alsoRead();
    if (text === null) return;
    receive(text);
    goOn();
  };
  return text => {
    if (text !== '') {
      if (target._channel === null) return;
      process.nextTick(receive, text);
      process.nextTick(goOn);
    } else if (target.connected) {
      target.connected = false;
      finish();
    }
  };
}

/** lib/internal/process/pre_execution.js `setupChildProcessIpcChannel`, `initializeClusterIPC`; signals of other processes. */
function setupChild() {
  const read = agents.hasChannel ? setupChannel(process, { write: text => agents.postUp('messages', 'messages', 'a message of the child', text), alsoRead: () => agents.alsoRead() }, true) : null;
  agents.onReceive((type, text) => {
    if (type === 'begin') {
      if (process.env.NODE_UNIQUE_ID) require('cluster')._setupWorker();
    } else if (type === 'messages') read(text);
    else if (type === 'disconnect') {
      if (read !== null) read('');
    } else if (type === 'signal') {
      if (process.listenerCount(text) === 0) return /^SIG(?:CHLD|URG|WINCH|CONT)$/.test(text);
      process.emit(text, text, undefined);
    }
    return true;
  });
}

module.exports = { setupChannel, setupChild };
