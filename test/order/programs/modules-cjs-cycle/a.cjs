console.log('a starts');
exports.done = false;
const b = require('./b.cjs');
console.log('a sees b', b.done);
exports.done = true;
process.nextTick(() => console.log('tick of a'));
