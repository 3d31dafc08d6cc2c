class A {
  constructor() {
    this.x = 1;
    this.y = 's';
  }
}
console.log(
  new A(),
  { a: 1, b: { c: { d: { e: 1 } } } },
  [1, 2, [3, [4, [5]]]],
  new Map([['k', { v: 1 }]]),
  new Set([1, 'two']),
  null,
  undefined,
  true,
  Symbol('s'),
  10n,
  -0,
  NaN,
);
console.log(
  [undefined, , 3],
  [,],
  Array(5),
  'str',
  ['a', 'b'],
  { 'a-b': 1, [Symbol('q')]: 2 },
  function foo() {},
  class B {},
  () => {},
  new Date(0),
  /re/g,
  new Error('boom').message,
);
console.log(
  '%s is %d years and %i, %f, %j %o %O %%',
  'Bob',
  42.5,
  42.9,
  '1.5',
  { a: 1 },
  { b: [1] },
  { c: 1 },
  'extra',
);
console.log(
  Object.create(null),
  Object.assign(Object.create({ inherited: 1 }), { own: 1 }),
  new (class extends Map {})([[1, 2]]),
  [1.5, 'x', {}],
  new Array(120).fill(0),
);
console.log(
  {
    f() {},
    get g() {
      return 1;
    },
    set s(v) {},
    async h() {},
    *gen() {},
  },
  Promise.resolve(1),
  Promise.reject(2).catch(() => {}) && 0,
  new Promise(() => {}),
  new WeakMap(),
  Buffer.from('hi'),
  new Uint8Array([1, 2, 3]),
);
console.table([
  { a: 1, b: 2 },
  { a: 3, b: 4 },
]);
console.group('g');
console.log('inner');
console.groupEnd();
console.log('outer');
console.error('err');
console.dir({ a: { b: { c: {} } } }, { depth: 0 });
console.log(
  [
    ['a', 1],
    ['b', 2],
  ],
  {
    arr: [
      { id: 1, name: 'long name here to break the line width' },
      { id: 2, name: 'another long name to break' },
    ],
  },
);
console.log('a\nb', ['a\nb'], ["it's"], ['"q"'], [`b\`t`]);
console.log(process.argv.length, typeof require, typeof module, this === module.exports);
console.log(
  [1, 2, 3].map(String),
  'x'.padStart(3, '-'),
  [...'héllo'],
  Object.entries({ a: 1 }),
  JSON.stringify({ a: [1, { b: 2 }], d: undefined }, null, 2),
);
console.log(new Error('x') instanceof Error, String(new TypeError('t')), [new Map()], {
  m: new Map([[{ a: 1 }, new Set([1])]]),
});
console.count();
console.count('x');
console.count();
console.assert(1 === 2, 'asserted');
