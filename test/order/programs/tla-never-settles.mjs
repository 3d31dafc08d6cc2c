process.on('exit', c => console.log('code', c));
console.log('start');
await new Promise(() => {});
console.log('never');
