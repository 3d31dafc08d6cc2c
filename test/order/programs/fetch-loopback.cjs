const http = require('http');
const s = http.createServer(async (q, r) => {
  let b = '';
  for await (const c of q) b += c;
  r.writeHead(201, { 'x-a': '1' });
  r.write(b);
  r.end('!');
});
s.listen(0, async () => {
  const res = await fetch(`http://localhost:${s.address().port}/`, { method: 'POST', body: 'hello' });
  console.log(res.status, res.headers.get('x-a'), await res.text());
  s.close();
  s.closeAllConnections?.();
});
