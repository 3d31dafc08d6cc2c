setImmediate(() => {
  console.log('A');
  setImmediate(() => console.log('C'));
  process.nextTick(() => console.log('A tick'));
});
setImmediate(() => console.log('B'));
