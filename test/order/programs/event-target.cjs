const target = new EventTarget();
target.addEventListener('x', () => { console.log('first'); queueMicrotask(() => console.log('microtask')); });
target.addEventListener('x', { handleEvent: event => console.log('object', event.type) }, { once: true });
target.dispatchEvent(new Event('x'));
target.dispatchEvent(new Event('x'));
console.log('dispatched');
