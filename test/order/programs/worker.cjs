const { Worker, isMainThread, parentPort } = require('node:worker_threads');
if (isMainThread) {
  const worker = new Worker(__filename);
  worker.on('message', message => console.log('main got', message));
  worker.on('exit', code => console.log('worker exit', code));
  console.log('started');
} else {
  parentPort.postMessage('hello');
}
