import { EventEmitter, once } from 'node:events';
const emitter = new EventEmitter();
setTimeout(() => emitter.emit('ready', 42), 10);
process.nextTick(() => console.log('tick'));
const [value] = await once(emitter, 'ready');
console.log('ready', value);
