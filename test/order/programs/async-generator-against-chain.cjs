async function* ag() {
  try {
    yield 1;
    yield 2;
    yield 3;
  } finally {
    console.log('cleanup');
  }
}
(async () => {
  for await (const v of ag()) {
    console.log(v);
    if (v === 2) break;
  }
  console.log('end');
})();
process.nextTick(() => console.log('tick'));
Promise.resolve()
  .then(() => console.log('p1'))
  .then(() => console.log('p2'))
  .then(() => console.log('p3'))
  .then(() => console.log('p4'))
  .then(() => console.log('p5'))
  .then(() => console.log('p6'));
