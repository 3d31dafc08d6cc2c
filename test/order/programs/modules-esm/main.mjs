console.log('main body');
import { value, set } from './counter.mjs';
import './side-effect.mjs';
set(5);
console.log('live binding', value);
const { default: lazy } = await import('./lazy.mjs');
console.log(lazy());
