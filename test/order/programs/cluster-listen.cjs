const cluster = require('node:cluster');
const http = require('node:http');
if (cluster.isPrimary) {
  const worker = cluster.fork();
  worker.on('online', () => console.log('online'));
  cluster.on('listening', ({ id }, { addressType, port }) => {
    console.log('listening', id, addressType, port > 0);
    cluster.disconnect(() => console.log('all gone'));
  });
  cluster.on('disconnect', ({ id }) => console.log('disconnect', id));
} else {
  const server = http.createServer((request, response) => response.end('ok'));
  server.listen(0, () => console.log('worker listens'));
  server.on('close', () => console.log('server closed'));
}
