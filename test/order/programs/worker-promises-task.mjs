import { parentPort, workerData } from 'node:worker_threads';
if (parentPort) {
  if (workerData < 0) throw new RangeError('negative');
  if (workerData === 0) process.exit(2);
  parentPort.postMessage(workerData ** 2);
}
