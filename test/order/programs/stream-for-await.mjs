import { Readable } from 'node:stream';
for await (const chunk of Readable.from(['x', 'y'])) console.log(chunk);
console.log('done');
