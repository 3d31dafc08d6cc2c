'use strict';
// Values that the program does not determine, on their way to another thread or process.
const { likely, originOf, opaque, unknown } = internalBinding('process');

module.exports = {
  /** The key of an object that stands for one. */
  unknownMark: '\uF8FDunknown',
  /** A value of JSON for it. */
  pack: value => [originOf(value), typeof value, likely(value)],
  unpack: ([origin, type, value]) => (value === undefined || value === null ? unknown(origin, type) : opaque(value, origin)),
};
