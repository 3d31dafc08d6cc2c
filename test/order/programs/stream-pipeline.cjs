const { Readable, Transform, Writable, pipeline } = require('stream');
const upper = new Transform({
  transform(chunk, encoding, callback) {
    callback(null, String(chunk).toUpperCase());
  },
});
const out = new Writable({
  write(chunk, encoding, callback) {
    console.log(String(chunk));
    callback();
  },
});
pipeline(Readable.from(['a', 'b']), upper, out, error => console.log(error ? error.message : 'pipeline done'));
