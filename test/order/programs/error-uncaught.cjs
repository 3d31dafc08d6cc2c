process.on('exit', code => console.log('exit', code));
setImmediate(() => console.log('never'));
process.nextTick(() => console.log('never either'));
console.log('before');
throw new Error('uncaught');
