const { callbackify, promisify, inspect, types, format, isDeepStrictEqual } = require('util');
callbackify(async x => x * 2)(4, (e, v) => console.log(e, v));
callbackify(() => Promise.reject(null))(e => console.log(e instanceof Error, e.code));
promisify((a, cb) => cb(null, a + 1))(1).then(console.log);
console.log(
  types.isPromise(Promise.resolve()),
  format('%s-%d', 'a', 1),
  isDeepStrictEqual({ a: [1] }, { a: [1] }),
  inspect({ a: 1n, b: 'x' }, { compact: false }),
);
