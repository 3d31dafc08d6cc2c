const { Readable, Writable, pipeline } = require('stream');
const bad = new Readable({
  read() {
    this.destroy(new Error('bad'));
  },
});
pipeline(
  bad,
  new Writable({
    write(c, e, cb) {
      cb();
    },
  }),
  e => console.log('pipeline', e.message),
);
bad.on('error', e => console.log('error', e.message));
bad.on('close', () => console.log('close'));
console.log('sync');
