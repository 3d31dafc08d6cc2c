console.log('1 start');
setTimeout(() => console.log('6 timeout'), 50);
setImmediate(() => console.log('5 immediate'));
process.nextTick(() => console.log('4 nextTick, behind promises in a module'));
Promise.resolve().then(() => console.log('3 promise'));
console.log('2 end');
