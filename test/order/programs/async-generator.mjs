async function* numbers() {
  for (let n = 1; n <= 3; n++) {
    console.log('produce', n);
    yield n;
  }
}
process.nextTick(() => console.log('tick'));
Promise.resolve().then(() => console.log('p1')).then(() => console.log('p2')).then(() => console.log('p3'));
for await (const n of numbers()) console.log('consume', n);
console.log('done');
