'use strict';
// The base class `Stream` of every stream (lib/internal/streams/legacy.js).
const EventEmitter = require('events');

function Stream(options) {
  EventEmitter.call(this, options);
}
Object.setPrototypeOf(Stream.prototype, EventEmitter.prototype);
Object.setPrototypeOf(Stream, EventEmitter);

Stream.prototype.pipe = function pipe(dest, options) {
  const source = this;
  const ondata = chunk => {
    if (dest.writable && dest.write(chunk) === false && source.pause) source.pause();
  };
  const ondrain = () => {
    if (source.readable && source.resume) source.resume();
  };
  let ended = false;
  const onend = () => {
    if (!ended) dest.end();
    ended = true;
  };
  const onclose = () => {
    if (!ended && typeof dest.destroy === 'function') dest.destroy();
    ended = true;
  };
  source.on('data', ondata);
  dest.on('drain', ondrain);
  if (!dest._isStdio && (!options || options.end !== false)) {
    source.on('end', onend);
    source.on('close', onclose);
  }
  dest.emit('pipe', source);
  return dest;
};

module.exports = { Stream };
