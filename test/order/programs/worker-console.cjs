const { Worker, isMainThread, parentPort } = require('node:worker_threads');
if (isMainThread) {
  const worker = new Worker(__filename);
  worker.on('message', message => console.log('main:', message));
  worker.on('exit', () => console.log('main: exit'));
  console.log('main: sync');
} else {
  console.log('worker: one');
  setTimeout(() => {
    console.log('worker: two');
    setTimeout(() => parentPort.postMessage('done'), 100);
  }, 100);
}
