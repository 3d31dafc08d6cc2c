import { setTimeout as sleep, setImmediate as immediate, setInterval as every } from 'node:timers/promises';
console.log(await sleep(5, 'slept'));
console.log(await immediate('immediate'));
let n = 0;
for await (const tick of every(5, 'interval')) {
  console.log(tick, ++n);
  if (n === 2) break;
}
