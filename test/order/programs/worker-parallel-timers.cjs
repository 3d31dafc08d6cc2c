const { Worker, isMainThread, parentPort, workerData } = require('node:worker_threads');
if (isMainThread) {
  for (const [name, ms] of [['slow', 900], ['fast', 100]]) {
    const worker = new Worker(__filename, { workerData: { name, ms } });
    worker.on('message', message => console.log(message));
  }
} else {
  setTimeout(() => parentPort.postMessage(`${workerData.name} done`), workerData.ms);
}
