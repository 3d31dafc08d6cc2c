const { fork } = require('node:child_process');
if (process.argv[2] === 'child') {
  process.on('message', message => {
    process.send({ pong: message.ping });
    if (message.ping === 2) process.disconnect();
  });
  process.on('exit', code => console.log('child exit', code));
} else {
  const child = fork(__filename, ['child']);
  child.on('message', ({ pong }) => {
    console.log('pong', pong);
    if (pong === 1) child.send({ ping: 2 });
  });
  child.on('disconnect', () => console.log('disconnect', child.connected));
  child.send({ ping: 1 });
  console.log('sent', child.connected);
}
