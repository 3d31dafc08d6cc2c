const z = require('zlib');
z.gzip('hello', (e, b) => {
  console.log('gz', Buffer.isBuffer(b));
  z.gunzip(b, (e, r) => console.log(r.toString()));
});
console.log('sync');
