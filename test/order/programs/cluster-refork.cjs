const cluster = require('node:cluster');
if (cluster.isMaster) {
  let left = 1;
  cluster.on('exit', (worker, code) => {
    console.log('died', worker.id, code);
    if (left-- > 0) cluster.fork();
  });
  cluster.fork();
} else {
  process.on('uncaughtException', error => {
    console.log('worker', cluster.worker.id, error.message);
    process.exit(1);
  });
  setTimeout(() => { throw new Error('crash'); }, 20);
}
