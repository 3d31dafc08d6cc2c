import { value } from './counter.mjs';
console.log('side effect sees', value);
await null;
console.log('side effect after await');
