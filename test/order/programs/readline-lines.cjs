const rl = require('readline');
const { Readable } = require('stream');
const r = rl.createInterface({ input: Readable.from(['a\nb\n', 'c']) });
r.on('line', l => console.log('line', l));
r.on('close', () => console.log('close'));
