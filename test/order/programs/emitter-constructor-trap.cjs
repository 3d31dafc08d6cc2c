// Emitting in the constructor is too early for any listener.
const { EventEmitter } = require('events');
class Job extends EventEmitter {
  constructor() {
    super();
    this.emit('start', 'too early');
    process.nextTick(() => this.emit('start', 'in time'));
  }
}
new Job().on('start', when => console.log(when));
console.log('listening');
