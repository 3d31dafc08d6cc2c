const http = require('http');
const s = http.createServer((q, r) => {
  console.log('req', q.method, q.url);
  setImmediate(() => r.end('hello'));
});
s.listen(0, () => {
  console.log('listening');
  http.get({ port: s.address().port, path: '/x' }, res => {
    console.log('status', res.statusCode);
    res.setEncoding('utf8');
    res.on('data', d => console.log('body', d));
    res.on('end', () => {
      console.log('end');
      s.close(() => console.log('closed'));
    });
  });
});
