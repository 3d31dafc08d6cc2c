const { promisify, callbackify } = require('util');
const plain = (value, callback) => process.nextTick(callback, null, value * 2);
promisify(plain)(21).then(value => console.log('promisified', value));
callbackify(async () => 'callbackified')((error, value) => console.log(value));
process.nextTick(() => console.log('tick'));
Promise.resolve().then(() => console.log('promise'));
