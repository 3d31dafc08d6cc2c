const { Writable } = require('stream');
const writable = new Writable({
  highWaterMark: 3,
  write(chunk, encoding, callback) {
    console.log('write', String(chunk));
    setImmediate(callback);
  },
  final(callback) {
    console.log('final');
    callback();
  },
});
console.log(writable.write('ab'));
console.log(writable.write('cd'));
writable.on('drain', () => {
  console.log('drain');
  writable.end('e');
});
writable.on('finish', () => console.log('finish'));
writable.on('close', () => console.log('close'));
