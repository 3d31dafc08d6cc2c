const { PassThrough, finished } = require('stream');
const p = new PassThrough();
finished(p, e => console.log('finished', e ? e.code : 'ok'));
p.resume();
p.end('x');
const q = new PassThrough();
finished(q, e => console.log('q', e && e.code));
q.destroy();
