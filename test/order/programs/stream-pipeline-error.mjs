import { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
const failing = new Writable({
  write(chunk, encoding, callback) {
    callback(chunk === 'bad' ? new Error('bad chunk') : null);
  },
  objectMode: true,
});
try {
  await pipeline(Readable.from(['good', 'bad', 'never']), failing);
} catch (error) {
  console.log('rejected:', error.message, failing.destroyed);
}
