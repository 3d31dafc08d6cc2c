process.on('uncaughtException', (error, origin) => console.log(origin, error.message));
setTimeout(() => {
  console.log('timer 1');
  process.nextTick(() => console.log('tick of timer 1'));
  throw new Error('in timer 1');
}, 10);
setTimeout(() => console.log('timer 2'), 10);
process.on('exit', code => console.log('exit', code));
