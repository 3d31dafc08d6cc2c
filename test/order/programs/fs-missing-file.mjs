import { readFile } from 'node:fs/promises';
try {
  await readFile('/no/such/file');
} catch (error) {
  console.log(error.code);
}
process.nextTick(() => console.log('tick'));
await null;
console.log('after await');
