import { pipeline } from 'node:stream/promises';
import { Readable, Transform } from 'node:stream';
const out = [];
await pipeline(
  Readable.from([1, 2, 3]),
  new Transform({
    objectMode: true,
    transform(c, e, cb) {
      cb(null, c * 2);
    },
  }),
  async function (s) {
    for await (const c of s) out.push(c);
  },
);
console.log(out);
try {
  await pipeline(
    Readable.from([1]),
    async function* () {
      throw new Error('p');
    },
    async function (s) {
      for await (const x of s);
    },
  );
} catch (e) {
  console.log(e.message);
}
