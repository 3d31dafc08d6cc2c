console.log('1');
const value = await new Promise(resolve => setTimeout(resolve, 10, '3'));
console.log(value);
process.nextTick(() => console.log('6 tick'));
Promise.resolve().then(() => console.log('5 promise'));
console.log('4');
