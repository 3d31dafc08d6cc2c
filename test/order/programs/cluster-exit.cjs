const cluster = require('node:cluster');
if (cluster.isPrimary) {
  console.log('primary', cluster.isWorker, Object.keys(cluster.workers).length);
  const worker = cluster.fork();
  cluster.on('online', ({ id }) => console.log('online', id));
  cluster.on('exit', ({ id, exitedAfterDisconnect }, code, signal) => console.log('exit', id, code, signal, exitedAfterDisconnect, Object.keys(cluster.workers).length));
  console.log('forked', worker.id, Object.keys(cluster.workers).length);
} else {
  console.log('worker', cluster.worker.id, cluster.isPrimary);
  process.exit(4);
}
