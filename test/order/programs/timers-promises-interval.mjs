import { setTimeout as st, setImmediate as si, setInterval as sv } from 'node:timers/promises';
console.log(await st(5, 'v'));
console.log(await si('i'));
let n = 0;
for await (const v of sv(5, 'x')) {
  console.log(v);
  if (++n === 2) break;
}
