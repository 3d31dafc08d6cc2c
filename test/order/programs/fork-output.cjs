const { fork } = require('node:child_process');
if (process.argv[2]) {
  console.log('child', process.argv.slice(2).join(' '), process.env.COLOUR, typeof process.send);
  process.exitCode = 5;
} else {
  console.log('parent starts');
  const child = fork(__filename, ['a', 'b'], { env: { ...process.env, COLOUR: 'red' } });
  child.on('close', code => console.log('close', code));
  setTimeout(() => console.log('parent timeout'), 0);
}
