const m = new Map([['a', 1]]);
m.forEach((v, k) => console.log(k, v));
const ws = new WeakSet();
const k = {};
ws.add(k);
console.log(ws.has(k), [...m.entries()], new Map(Object.entries({ x: 1 })).get('x'), Object.fromEntries(m));
console.log(
  [...'👍a'].length,
  'ß'.toUpperCase(),
  'abc'.localeCompare('abd'),
  encodeURIComponent('a b&'),
  decodeURIComponent('%20'),
  btoa('hi'),
  atob('aGk='),
  Number('0x1f'),
  parseFloat('1.5abc'),
  (12345.678).toFixed(1),
  Number.MAX_SAFE_INTEGER,
  2 ** 53 === 2 ** 53 + 1,
);
const d = new Date(Date.UTC(2020, 1, 29, 12, 30));
console.log(d.toISOString(), d.getUTCDay(), JSON.stringify(d), +d);
