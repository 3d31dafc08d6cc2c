const { EventEmitter } = require('events');
const e = new EventEmitter();
e.on('error', er => console.log('E', er.message));
e.emit('error', new Error('x'));
const f = new EventEmitter();
try {
  f.emit('error', new Error('y'));
} catch (er) {
  console.log('thrown', er.message);
}
f.once('a', () => {
  f.emit('a');
  console.log('once a');
});
f.on('a', () => console.log('on a'));
f.emit('a');
f.on('newListener', n => console.log('new', n));
f.on('b', () => {});
f.removeAllListeners('a');
console.log(f.eventNames(), f.rawListeners('b').length, EventEmitter.defaultMaxListeners);
