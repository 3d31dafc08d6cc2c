import type { EventEmitter as Emitter } from 'node:events';
import { EventEmitter } from 'node:events';
class Queue<T> {
  private readonly items: T[] = [];
  readonly events: Emitter = new EventEmitter();
  push(item: T): this {
    this.items.push(item);
    this.events.emit('push', this.items.length);
    return this;
  }
}
const queue = new Queue<string>();
queue.events.on('push', (size: number) => console.log('size', size));
queue.push('a').push('b');
process.nextTick(() => console.log('tick'));
await Promise.resolve();
console.log('after await');
