// @ts-nocheck
// @desc: .mts native type stripping
// @min: 24
const x: number = 1;
console.log('sync1');
Promise.resolve().then(() => console.log('promise'));
process.nextTick(() => console.log('tick'));
console.log('sync2');
