const cluster = require('node:cluster');
if (cluster.isPrimary) {
  const worker = cluster.fork({ ROLE: 'reader' });
  cluster.on('message', (from, message) => console.log('cluster got', from.id, message));
  worker.on('message', message => {
    console.log('worker object got', message);
    if (message === 'ready') worker.send({ job: 1 });
    else worker.disconnect();
  });
  worker.on('disconnect', () => console.log('disconnected', worker.exitedAfterDisconnect));
} else {
  process.on('message', ({ job }) => process.send({ job, done: process.env.ROLE }));
  process.send('ready');
}
