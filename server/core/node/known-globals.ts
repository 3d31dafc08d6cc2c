/**
 * Names that need no declaration in a program for Node: what any of Node 18 to 26 has on its global object (also behind a
 * flag), what a CommonJS module and a function are given, and what other run times and pages bring for code that asks
 * where it runs. Taken from Object.getOwnPropertyNames(globalThis) of each major version.
 */
export const knownGlobals: ReadonlySet<string> = new Set(
  [
    'AbortController AbortSignal AggregateError Array ArrayBuffer AsyncDisposableStack Atomics BigInt BigInt64Array BigUint64Array Blob Boolean BroadcastChannel Buffer',
    'ByteLengthQueuingStrategy CloseEvent CompressionStream CountQueuingStrategy Crypto CryptoKey CustomEvent DOMException DataView Date DecompressionStream DisposableStack',
    'Error ErrorEvent EvalError Event EventSource EventTarget File FinalizationRegistry Float16Array Float32Array Float64Array FormData Function Headers Infinity Int16Array',
    'Int32Array Int8Array Intl Iterator JSON Map Math MessageChannel MessageEvent MessagePort NaN Navigator Number Object Performance PerformanceEntry PerformanceMark',
    'PerformanceMeasure PerformanceObserver PerformanceObserverEntryList PerformanceResourceTiming Promise Proxy QuotaExceededError RangeError ReadableByteStreamController',
    'ReadableStream ReadableStreamBYOBReader ReadableStreamBYOBRequest ReadableStreamDefaultController ReadableStreamDefaultReader ReferenceError Reflect RegExp Request',
    'Response Set SharedArrayBuffer Storage String SubtleCrypto SuppressedError Symbol SyntaxError Temporal TextDecoder TextDecoderStream TextEncoder TextEncoderStream',
    'TransformStream TransformStreamDefaultController TypeError URIError URL URLPattern URLSearchParams Uint16Array Uint32Array Uint8Array Uint8ClampedArray WeakMap WeakRef',
    'WeakSet WebAssembly WebSocket WritableStream WritableStreamDefaultController WritableStreamDefaultWriter atob btoa clearImmediate clearInterval clearTimeout console',
    'crypto decodeURI decodeURIComponent encodeURI encodeURIComponent escape eval fetch global globalThis isFinite isNaN localStorage navigator parseFloat parseInt',
    'performance process queueMicrotask sessionStorage setImmediate setInterval setTimeout structuredClone undefined unescape gc GLOBAL root',
    '__dirname __filename arguments exports module require import.meta new.target',
    'Bun Deno window document self location history alert name XMLHttpRequest ActiveXObject HTMLElement importScripts postMessage define requirejs __webpack_require__ __non_webpack_require__',
  ].flatMap(line => line.split(' ')),
);
