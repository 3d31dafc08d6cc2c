import { setTimeout as sleep } from 'node:timers/promises';
const controller = new AbortController();
controller.signal.addEventListener('abort', () => console.log('abort event', controller.signal.aborted));
setTimeout(() => {
  controller.abort();
  console.log('after abort()');
}, 10);
try {
  await sleep(10_000, null, { signal: controller.signal });
} catch (error) {
  console.log(error.name);
}
