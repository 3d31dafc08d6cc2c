const { Readable } = require('stream');
async function* g() {
  yield 'a';
  await new Promise(r => setTimeout(r, 5));
  yield 'b';
}
const r = Readable.from(g());
r.on('readable', () => {
  let c;
  while ((c = r.read()) !== null) console.log('read', c);
});
r.on('end', () => console.log('end'));
