const sym = Symbol('desc');
class T {
  static [Symbol.hasInstance](x) {
    return x === 1;
  }
  get [Symbol.toStringTag]() {
    return 'TT';
  }
  [Symbol.toPrimitive](h) {
    return h === 'number' ? 42 : 'prim';
  }
}
console.log(
  1 instanceof T,
  String(new T()),
  +new T(),
  `${new T()}`,
  new T() + '',
  Object.prototype.toString.call(new T()),
  sym.description,
  new T(),
);
