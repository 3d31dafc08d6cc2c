process.on('exit', c => console.log('code', c));
console.log('a');
process.nextTick(() => console.log('tick'));
await null;
console.log('b');
throw new Error('x');
