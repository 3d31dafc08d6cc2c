import { Worker } from 'node:worker_threads';
const run = n => new Promise((resolve, reject) => {
  const worker = new Worker(new URL('./worker-promises-task.mjs', import.meta.url), { workerData: n });
  worker.once('message', resolve);
  worker.once('error', reject);
  worker.once('exit', code => code !== 0 && reject(new Error(`stopped with ${code}`)));
});
console.log('before');
console.log('first', await run(3));
try {
  await run(-1);
} catch (error) {
  console.log('caught', error instanceof RangeError, error.message);
}
await run(0).catch(error => console.log('caught', error.message));
