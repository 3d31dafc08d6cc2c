const fs = require('fs');
console.log(typeof fs.readFileSync(__filename, 'utf8'));
fs.stat(__filename, () => console.log('stat callback'));
setTimeout(() => console.log('100 ms'), 100);
console.log('last line');
