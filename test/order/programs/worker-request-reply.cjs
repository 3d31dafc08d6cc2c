const { Worker, isMainThread, parentPort } = require('node:worker_threads');
if (isMainThread) {
  const worker = new Worker(__filename);
  worker.on('online', () => console.log('online'));
  worker.on('message', async ({ id, result }) => {
    console.log('result', id, result);
    if (id === 1) worker.postMessage({ id: 2, n: 6 });
    else {
      const code = await worker.terminate();
      console.log('terminated', code);
    }
  });
  worker.on('exit', code => console.log('exit', code));
  worker.postMessage({ id: 1, n: 5 });
  setTimeout(() => console.log('timeout'), 0);
  setImmediate(() => console.log('immediate'));
  console.log('started');
} else {
  const factorial = n => (n < 2 ? 1 : n * factorial(n - 1));
  parentPort.on('message', ({ id, n }) => parentPort.postMessage({ id, result: factorial(n) }));
}
