const net = require('net');
const s = net.createServer(c => {
  console.log('conn');
  c.on('data', d => {
    console.log('server got', d.toString());
    c.end('bye');
  });
  c.on('close', () => console.log('server side closed'));
});
s.listen(0, () => {
  const c = net.connect(s.address().port, () => {
    console.log('connected');
    c.write('hi');
  });
  c.on('data', d => console.log('client got', d.toString()));
  c.on('end', () => console.log('client end'));
  c.on('close', () => s.close(() => console.log('server closed')));
});
