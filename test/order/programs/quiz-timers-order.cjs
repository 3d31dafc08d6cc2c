setTimeout(() => console.log('100'), 100);
setTimeout(() => console.log('40'), 40);
setTimeout(() => console.log('0'), 0);
setTimeout(() => console.log('1'), 1);
setTimeout(() => console.log('40 again'), 40);
