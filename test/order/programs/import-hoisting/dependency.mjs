process.nextTick(() => console.log('tick of dependency'));
Promise.resolve().then(() => console.log('promise of dependency'));
console.log('dependency');
