console.log('b starts');
const a = require('./a.cjs');
console.log('b sees a', a.done);
exports.sawDone = a.done;
exports.done = true;
Promise.resolve().then(() => console.log('promise of b'));
