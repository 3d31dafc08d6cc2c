console.log('main');
process.nextTick(() => console.log('tick of main'));
import './dependency.mjs';
Promise.resolve().then(() => console.log('promise of main'));
