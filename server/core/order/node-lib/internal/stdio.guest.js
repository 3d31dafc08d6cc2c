'use strict';
// process.stdin, stdout, stderr. Writing to a pipe is tried at once (SEMANTICS S-62); the callback of write() comes on nextTick.
const { Writable, Readable } = require('stream');
const { writeStdio } = internalBinding('process');

function create(fd) {
  const stream = fd === 0 ? input() : output(fd);
  stream.fd = fd;
  stream._isStdio = true;
  Object.defineProperty(stream, 'isTTY', { value: undefined, writable: true, configurable: true, enumerable: false });
  return stream;
}

function output(fd) {
  const stream = new Writable({
    decodeStrings: false,
    write(chunk, encoding, callback) {
      writeStdio(fd, typeof chunk === 'string' ? chunk : chunk.toString());
      callback();
    },
  });
  stream.destroySoon = stream.destroy;
  stream._destroy = (error, callback) => callback(error);
  stream.hasColors = () => false;
  stream.getColorDepth = () => 1;
  return stream;
}

/** What comes in on stdin is the outside's; a program that reads it is explained for an empty one. */
function input() {
  const stream = new Readable({
    read() {
      if (stream._asked) return;
      stream._asked = true;
      internalBinding('process').incomplete('process.stdin');
      internalBinding('poll').start({ name: 'the end of stdin', rounds: 0, within: Infinity, pool: false, ref: true }, () => stream.push(null));
    },
  });
  stream.setRawMode = () => stream;
  stream.ref = stream.unref = () => stream;
  return stream;
}

module.exports = { create };
