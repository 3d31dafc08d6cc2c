const { Worker, isMainThread, workerData, threadId, parentPort } = require('node:worker_threads');
if (isMainThread) {
  const worker = new Worker(__filename, { workerData: { list: [1, 2, { three: 3 }], when: new Date(0), map: new Map([['a', 1]]), nothing: undefined } });
  console.log('thread', threadId, worker.threadId);
  worker.on('message', message => console.log('message', message));
  worker.on('exit', code => console.log('exit', code, worker.threadId));
} else {
  parentPort.postMessage(workerData);
  parentPort.postMessage([threadId, isMainThread]);
  process.on('exit', code => parentPort.postMessage(`leaving with ${code}`));
  process.exit(3);
}
