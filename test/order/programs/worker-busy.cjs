const { Worker, isMainThread, parentPort } = require('node:worker_threads');
if (isMainThread) {
  const worker = new Worker(__filename);
  setTimeout(() => console.log('the main thread is free'), 400);
  worker.on('message', sum => console.log('sum', sum));
} else {
  const until = Date.now() + 1200;
  let sum = 0;
  while (Date.now() < until) sum = 42;
  parentPort.postMessage(sum);
}
