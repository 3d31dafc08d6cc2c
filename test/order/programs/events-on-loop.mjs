import { on, EventEmitter } from 'node:events';
const e = new EventEmitter();
setImmediate(() => {
  e.emit('v', 1);
  e.emit('v', 2);
  e.emit('v', 3);
});
for await (const [v] of on(e, 'v')) {
  console.log(v);
  if (v === 3) break;
}
console.log('done', e.listenerCount('v'));
