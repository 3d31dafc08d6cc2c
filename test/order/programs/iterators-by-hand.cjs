const r = [];
const it = {
  from: 0,
  to: 3,
  [Symbol.iterator]() {
    let c = this.from,
      t = this.to;
    return { next: () => (c < t ? { done: false, value: c++ } : { done: true, value: undefined }) };
  },
};
console.log([...it], Math.max(...it));
const [first, ...others] = it;
console.log(first, others);
function* fib() {
  let [a, b] = [0, 1];
  for (;;) {
    yield a;
    [a, b] = [b, a + b];
  }
}
for (const x of fib()) {
  if (x > 20) break;
  r.push(x);
}
console.log(r);
function* deleg() {
  const x = yield* inner();
  console.log('ret', x);
}
function* inner() {
  yield 1;
  return 2;
}
console.log([...deleg()]);
console.log([1, 2, 3].values().next(), fib().take ? [...fib().take(3)] : 'no helpers');
