process.nextTick(() => {
  console.log('tick 1');
  Promise.resolve().then(() => console.log('promise in tick 1'));
  process.nextTick(() => console.log('tick in tick 1'));
});
process.nextTick(() => console.log('tick 2'));
Promise.resolve().then(() => {
  console.log('promise 1');
  process.nextTick(() => console.log('tick in promise 1'));
  queueMicrotask(() => console.log('microtask in promise 1'));
});
