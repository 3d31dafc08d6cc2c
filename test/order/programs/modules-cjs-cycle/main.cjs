console.log('main');
const a = require('./a.cjs');
const b = require('./b.cjs');
console.log(a.done, b.done, b.sawDone);
require('./a.cjs');
