const { Readable, Writable } = require('stream');
const r = new Readable({ read() {} });
r.on('data', c => console.log('data', c.toString()));
r.on('end', () => console.log('end'));
r.on('close', () => console.log('close'));
r.push('x');
r.push('y');
r.push(null);
const w = new Writable({
  write(c, e, cb) {
    console.log('write', c.toString());
    setImmediate(cb);
  },
  final(cb) {
    console.log('final');
    cb();
  },
});
w.on('finish', () => console.log('finish'));
w.on('drain', () => console.log('drain'));
w.write('1');
w.write('2');
w.end('3');
console.log('sync');
