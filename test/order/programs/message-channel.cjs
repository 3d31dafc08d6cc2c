const { MessageChannel } = require('node:worker_threads');
const { port1, port2 } = new MessageChannel();
port1.on('message', message => {
  console.log('message', message);
  Promise.resolve().then(() => console.log('promise after', message));
  if (message === 2) port1.close();
});
port2.postMessage(1);
port2.postMessage(2);
process.nextTick(() => console.log('tick'));
console.log('posted');
