function Foo() {
  this.a = 1;
}
Foo.prototype.get = function () {
  return this.a;
};
const f = new Foo();
console.log(f.get(), f instanceof Foo, Foo.prototype.constructor === Foo, f);
const b = f.get.bind({ a: 9 });
console.log(
  b(),
  f.get.call({ a: 3 }),
  (() => typeof this)(),
  (function () {
    return typeof this;
  })(),
  (function () {
    'use strict';
    return this;
  })(),
);
var h = 1;
{
  function inner() {}
}
console.log(typeof inner, hoisted());
function hoisted() {
  return 'h';
}
console.log(typeof undefinedVar);
try {
  tdz;
  let tdz = 1;
} catch (e) {
  console.log(e.name, e.message);
}
try {
  null.x;
} catch (e) {
  console.log(e.message);
}
try {
  undefined.foo();
} catch (e) {
  console.log(e.message);
}
try {
  ({}).x.y;
} catch (e) {
  console.log(e.message);
}
try {
  const c = 1;
  c = 2;
} catch (e) {
  console.log(e.message);
}
try {
  f.nope();
} catch (e) {
  console.log(e.message);
}
