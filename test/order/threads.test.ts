import { check } from './check-program.ts';

// What a real Node printed for each of these programs is recorded in programs/ under a like name; here stands that nothing else is predicted.

check('a worker runs its phases from a poll phase on', 'commonjs', `
const { Worker, isMainThread, parentPort } = require('node:worker_threads');
if (isMainThread) {
  const lines = [];
  const worker = new Worker(__filename);
  worker.on('message', line => lines.push(line));
  worker.on('exit', code => console.log(lines.join(','), code));
} else {
  for (const [schedule, name] of [[setTimeout, 'timeout'], [setImmediate, 'immediate'], [process.nextTick, 'tick'], [queueMicrotask, 'microtask']]) schedule(() => parentPort.postMessage(name), schedule === setTimeout ? 0 : undefined);
}
`, ['tick,microtask,immediate,timeout 0']);

check("a worker's lines go one chunk at a time through the main thread", 'commonjs', `
const { Worker, isMainThread, parentPort } = require('node:worker_threads');
if (isMainThread) {
  const worker = new Worker(__filename);
  worker.on('message', message => console.log(message));
} else {
  console.log('a');
  console.log('b');
  parentPort.postMessage('m');
}
`, ['a m b', 'a b m', 'm a b']);

check('an error of a worker comes before its exit', 'commonjs', `
const { Worker } = require('node:worker_threads');
const worker = new Worker('throw new TypeError("no")', { eval: true });
worker.on('error', error => console.log(error instanceof TypeError, error.message));
worker.on('exit', code => console.log('exit', code));
`, ['true no exit 1']);

check('two processes that write at the same time write in any order', 'commonjs', `
const { fork } = require('node:child_process');
if (process.argv[2]) setTimeout(() => console.log(process.argv[2]), 50);
else for (const name of ['a', 'b']) fork(__filename, [name]);
`, ['a b', 'b a']);

check('what a message causes comes after it', 'commonjs', `
const { fork } = require('node:child_process');
if (process.argv[2]) {
  process.on('message', () => {
    console.log('child');
    process.disconnect();
  });
} else {
  const child = fork(__filename, ['child']);
  child.on('spawn', () => {
    console.log('parent');
    child.send('go');
  });
  child.on('disconnect', () => console.log('gone'));
}
`, ['parent child gone']);

check('a cluster worker that listens is told of in the order of its messages', 'commonjs', `
const cluster = require('node:cluster');
if (cluster.isPrimary) {
  cluster.on('fork', () => console.log('fork'));
  cluster.on('online', () => console.log('online'));
  cluster.on('listening', worker => {
    console.log('listening');
    worker.disconnect();
  });
  cluster.on('disconnect', worker => console.log('disconnect', worker.exitedAfterDisconnect));
  cluster.fork();
  console.log('forked');
} else {
  require('node:http').createServer().listen(0);
}
`, ['forked fork online listening disconnect true'], [20, 24]);
