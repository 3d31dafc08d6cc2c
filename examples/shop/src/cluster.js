// Starts one server per core and replaces those that die.
import cluster from 'node:cluster';
import { availableParallelism } from 'node:os';

if (cluster.isPrimary) {
  for (let i = 0; i < availableParallelism(); i++) cluster.fork();
  cluster.on('exit', (worker, code) => {
    console.error(`worker ${worker.process.pid} left with code ${code}`);
    if (!worker.exitedAfterDisconnect) setTimeout(() => cluster.fork(), 1000);
  });
} else {
  await import('./server.js');
}
