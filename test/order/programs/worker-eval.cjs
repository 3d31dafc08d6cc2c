const { Worker } = require('node:worker_threads');
const worker = new Worker(`
  const { parentPort } = require('worker_threads');
  const log = text => parentPort.postMessage(text);
  setTimeout(() => log('timeout'), 0);
  setImmediate(() => log('immediate'));
  Promise.resolve().then(() => log('promise'));
  process.nextTick(() => log('tick'));
  log('sync');
  process.on('beforeExit', () => log('beforeExit'));
  process.on('exit', code => log('exit ' + code));
`, { eval: true });
const lines = [];
worker.on('message', line => lines.push(line));
worker.on('exit', code => console.log(lines.join(' '), code));
