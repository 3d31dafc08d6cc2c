const { Readable } = require('stream');
const readable = Readable.from(['a', 'b', 'c']);
readable.on('data', chunk => console.log('data', chunk));
readable.on('end', () => console.log('end'));
readable.on('close', () => console.log('close'));
process.nextTick(() => console.log('tick'));
setImmediate(() => console.log('immediate'));
console.log('sync');
