const { spawn } = require('node:child_process');
if (process.argv[2] === 'child') {
  console.log('one');
  console.error('problem');
  setTimeout(() => console.log('two'), 100);
} else {
  const child = spawn(process.execPath, [__filename, 'child']);
  child.stdout.setEncoding('utf8');
  child.stdout.on('data', text => console.log('stdout', JSON.stringify(text)));
  child.stdout.on('end', () => console.log('end'));
  child.on('close', (code, signal) => console.log('close', code, signal));
  console.log('spawned', child.connected);
}
