const http = require('http');
const server = http.createServer((request, response) => {
  console.log('server got', request.method, request.url);
  response.end('ok');
});
server.listen(0, '127.0.0.1', () => {
  console.log('listening');
  http.get({ port: server.address().port, host: '127.0.0.1', path: '/x', agent: false }, response => {
    console.log('status', response.statusCode);
    response.on('data', chunk => console.log('body', String(chunk)));
    response.on('end', () => {
      console.log('end');
      server.close(() => console.log('closed'));
    });
  });
});
console.log('sync');
