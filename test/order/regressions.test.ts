// What random programs (scripts/fuzz-order.ts) once found, made small. Each order was seen on a real Node, but for a few of the open ones that none of them happened to take.
import { check } from './check-program.ts';

const busy = 'const busy = ms => { for (const start = Date.now(); Date.now() < start + ms;); };';

check('ticks of a handler of uncaughtException run before a timer that is due later', 'commonjs', `
process.on('uncaughtException', error => { console.log('caught'); process.nextTick(() => console.log('tick')); });
setTimeout(() => { console.log('a'); throw new Error('1'); }, 1);
setTimeout(() => console.log('b'), 150);
`, ['a caught tick b'], [18, 20, 22, 24, 26]);

// The pool may be busy with another program's work for as long as it likes: then the file comes after the second timer.
check('a file is read between two timers that are far apart, or after both', 'commonjs', `
const fs = require('node:fs');
setTimeout(() => { console.log('a'); fs.readFile(process.argv[1], () => console.log('b')); }, 5);
setTimeout(() => console.log('c'), 250);
`, ['a b c', 'a c b'], [18, 20, 22, 24, 26]);

check('an operation may complete between two timers of one list that were armed in different turns', 'commonjs', `
const fs = require('node:fs');
setTimeout(() => console.log('a'), 0);
Promise.resolve().then(() => setTimeout(() => console.log('b'), 1));
fs.stat('.', () => console.log('stat'));
`, ['a b stat', 'a stat b', 'stat a b'], [18, 20, 22, 24, 26]);

const armedInDrain = `${busy}
setTimeout(() => setImmediate(() => console.log('immediate')), 1);
for (const n of [1, 2]) {
  setTimeout(() => {
    console.log('t' + n);
    process.nextTick(() => { busy(3); setTimeout(() => console.log('u' + n), 1); });
  }, 1);
}
busy(3);
`;
// libuv < 1.48 looks at its timers again within the phase; the real Node shows the first, the second takes 1 ms more.
check('a timer may be due in the timers phase whose last drain armed it', 'commonjs', armedInDrain, ['t1 t2 u1 immediate u2', 't1 t2 u1 u2 immediate'], [18, 20]);
check('a timer is never due in the timers phase whose last drain armed it', 'commonjs', armedInDrain, ['t1 t2 immediate u1 u2'], [22, 24, 26]);

check('an unref\'d timer that is due does not run when nothing else keeps the loop alive', 'commonjs', `${busy}
setTimeout(() => console.log('never'), 0).unref();
busy(5);
`, [''], [18, 20, 22, 24, 26]);

check('importing node:path is no use of path.win32', 'module', `
import('node:path').then(path => console.log(path.sep, path.win32.sep));
`, ['/ \\'], [18, 20, 22, 24, 26]);

check('a module that ran late, as its dependency awaited, may be imported again', 'module', `
import './b.mjs';
console.log('1');
// file: b.mjs
import './c.mjs';
import('./b.mjs').then(() => console.log('b'));
console.log('2');
// file: c.mjs
await 1;
console.log('3');
`, ['3 2 1 b']);
