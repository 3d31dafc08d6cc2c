const { EventEmitter } = require('node:events');
const emitter = new EventEmitter();
emitter.on('job', async id => {
  console.log('start', id);
  await null;
  console.log('end', id);
});
emitter.emit('job', 1);
emitter.emit('job', 2);
console.log('emitted');
