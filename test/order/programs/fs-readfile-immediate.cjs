const fs = require('fs');
fs.readFile(__filename, (error, data) => {
  console.log('file read', error, data.length > 0);
  process.nextTick(() => console.log('tick'));
  Promise.resolve().then(() => console.log('promise'));
});
setImmediate(() => console.log('immediate'));
