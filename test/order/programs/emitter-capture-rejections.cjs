const { EventEmitter } = require('events');
class My extends EventEmitter {
  constructor() {
    super({ captureRejections: true });
    this.on('error', e => console.log('err', e.message));
    this.on('x', async () => {
      throw new Error('rej');
    });
  }
}
new My().emit('x');
console.log('s');
