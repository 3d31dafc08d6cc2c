const t = new EventTarget();
t.addEventListener('x', e => console.log(e.type, e instanceof Event));
t.addEventListener('x', () => console.log('once'), { once: true });
t.dispatchEvent(new Event('x'));
t.dispatchEvent(new Event('x'));
