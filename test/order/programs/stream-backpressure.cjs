const { Writable } = require('stream');
const w = new Writable({
  highWaterMark: 3,
  write(c, e, cb) {
    console.log('w', c.toString());
    setTimeout(cb, 1);
  },
});
console.log(w.write('ab'), w.write('cd'), w.writableLength);
w.once('drain', () => {
  console.log('drain');
  w.end(() => console.log('ended'));
});
w.on('close', () => console.log('close'));
