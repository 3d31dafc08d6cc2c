// The question that every course begins with.
console.log('1 start');
setTimeout(() => console.log('6 timeout'), 50);
setImmediate(() => console.log('5 immediate'));
process.nextTick(() => console.log('3 nextTick'));
Promise.resolve().then(() => console.log('4 promise'));
console.log('2 end');
