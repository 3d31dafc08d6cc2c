import type { OverlayRule } from './rule.ts';

/** stream and its submodules, readline, repl, tty, string_decoder */
export const streamsOverlay: readonly OverlayRule[] = [
  { module: 'stream', members: ['*'], only: 'callback', runsIn: 'nextTick', times: 'once', errorFirst: true, source: 'lib/internal/streams/{writable,destroy,end-of-stream}.js' },
  { module: ['stream', 'stream/promises', 'stream/consumers'], members: ['*'], only: 'promise', settlesIn: 'nextTick', source: 'lib/internal/streams/end-of-stream.js' },
  { module: 'stream', members: ['Readable#on'], callback: 1, runsIn: null, times: 'many', errorFirst: false, schedules: true, source: 'lib/internal/streams/readable.js Readable.prototype.on' },
  { module: 'stream', members: ['Readable#off', 'Readable#removeListener', '*#removeAllListeners', 'Stream#eventNames'], drop: true },
  {
    module: 'stream',
    members: ['Readable#map', 'Readable#filter', 'Readable#forEach', 'Readable#some', 'Readable#every', 'Readable#find', 'Readable#flatMap', 'Readable#reduce'],
    runsIn: 'microtask',
    times: 'many',
    errorFirst: false,
    schedules: true,
    source: 'lib/internal/streams/operators.js: async generators over the stream',
  },
  { module: 'stream', members: ['Readable#compose', 'compose', 'addAbortSignal', 'Readable#wrap', 'destroy', 'isErrored', 'isReadable', 'isDisturbed', 'duplexPair', '*.fromWeb', '*.toWeb'], drop: true },
  { module: 'stream', members: ['Writable#write', 'finished', 'pipeline'], evidence: 'measured' },
  { module: 'stream/promises', members: ['finished', 'pipeline'], evidence: 'measured' },
  // Constructors take functions as options, which the class conventions of frameworks/node.ts describe.
  { module: 'stream', members: ['Stream', 'Readable', 'Writable', 'Duplex', 'Transform', 'PassThrough'], drop: true },
  { module: ['stream/web', 'globals'], members: ['ReadableStream*', 'WritableStream*', 'TransformStream*'], only: 'promise', settlesIn: 'microtask', source: 'WHATWG Streams: promise jobs only' },
  { module: 'stream/web', members: ['*'], only: 'callback', runsIn: 'microtask', times: 'many', errorFirst: false },
  { module: 'readline', members: ['*'], only: 'callback', runsIn: 'nextTick', times: 'once', errorFirst: true },
  { module: 'readline', members: ['*#question'], runsIn: null, errorFirst: false, evidence: 'measured', source: 'lib/internal/readline/interface.js kOnLine: called from the input’s data event' },
  { module: 'readline', members: ['createInterface', 'emitKeypressEvents', 'Interface'], only: 'callback', drop: true },
  { module: ['readline', 'readline/promises'], members: ['*'], only: 'promise', settlesIn: null },
  { module: 'readline/promises', members: ['Interface#question', 'Readline#commit'], settlesIn: 'nextTick' },
  { module: 'repl', members: ['*'], only: 'callback', runsIn: null, times: 'many' },
  { module: 'tty', members: ['*'], only: 'callback', runsIn: 'nextTick', times: 'once', errorFirst: false },
];
