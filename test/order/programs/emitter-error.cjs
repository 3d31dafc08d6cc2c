const { EventEmitter } = require('events');
const emitter = new EventEmitter();
try {
  emitter.emit('error', new Error('nobody listens'));
} catch (error) {
  console.log('thrown:', error.message);
}
emitter.on('error', error => console.log('heard:', error.message));
emitter.emit('error', new Error('somebody listens'));
