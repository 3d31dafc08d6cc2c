process.nextTick(() => {
  console.log('n1');
  Promise.resolve().then(() => console.log('p in n1'));
  process.nextTick(() => console.log('n in n1'));
});
process.nextTick(() => console.log('n2'));
Promise.resolve().then(() => {
  console.log('p1');
  process.nextTick(() => console.log('n in p1'));
  Promise.resolve().then(() => console.log('p in p1'));
});
Promise.resolve().then(() => console.log('p2'));
