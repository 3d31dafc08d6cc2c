import { setTimeout as sleep } from 'node:timers/promises';
let attempts = 0;
async function flaky() {
  if (++attempts < 3) throw new Error(`attempt ${attempts}`);
  return 'success';
}
async function retry(task) {
  for (let wait = 5; ; wait *= 2) {
    try {
      return await task();
    } catch (error) {
      console.log(error.message);
      await sleep(wait);
    }
  }
}
console.log(await retry(flaky));
