const { fork } = require('node:child_process');
if (process.argv[2] === 'polite') {
  process.on('SIGTERM', () => {
    console.log('child: SIGTERM');
    process.exit(7);
  });
  process.send('ready');
  setInterval(() => {}, 1000);
} else if (process.argv[2] === 'deaf') {
  process.send('ready');
  setInterval(() => {}, 1000);
} else {
  const start = (name, next) => {
    const child = fork(__filename, [name]);
    child.on('message', message => {
      console.log(name, message);
      console.log(child.kill(), child.killed);
    });
    child.on('exit', (code, signal) => {
      console.log(name, 'exit', code, signal);
      if (next) next();
    });
  };
  start('polite', () => start('deaf'));
}
