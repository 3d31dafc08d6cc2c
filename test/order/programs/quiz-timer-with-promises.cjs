setTimeout(() => {
  console.log('timeout 1');
  Promise.resolve().then(() => console.log('promise of timeout 1'));
  process.nextTick(() => console.log('tick of timeout 1'));
}, 10);
setTimeout(() => {
  console.log('timeout 2');
  Promise.resolve().then(() => console.log('promise of timeout 2'));
}, 10);
