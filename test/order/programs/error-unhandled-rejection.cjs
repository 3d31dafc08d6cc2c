process.on('exit', code => console.log('exit', code));
Promise.reject(new Error('nobody catches'));
process.nextTick(() => console.log('tick'));
Promise.resolve().then(() => console.log('promise'));
setImmediate(() => console.log('never'));
