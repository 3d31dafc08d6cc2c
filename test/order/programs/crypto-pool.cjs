const { pbkdf2, randomBytes } = require('node:crypto');
pbkdf2('secret', 'salt', 1, 8, 'sha1', (error, key) => {
  console.log('key', key.length);
  setImmediate(() => console.log('immediate'));
  setTimeout(() => console.log('timeout'), 0);
});
randomBytes(8, (error, bytes) => console.log('random', bytes.length));
console.log('sync');
