new Promise((resolve, reject) => {
  console.log('executor');
  resolve('first');
  resolve('second');
  reject(new Error('never seen'));
  console.log('still runs');
}).then(console.log, console.error);
console.log('after');
