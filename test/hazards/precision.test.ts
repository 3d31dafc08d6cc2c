import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check, type Program } from './check-program.ts';

// Kinds of false alarms that were seen in real programs, each in its smallest form, with siblings.

/** What is shown by default, as `rule severity`. */
const shown = (program: Program | string): string[] =>
  check(typeof program === 'string' ? { 'a.js': program } : program)
    .filter(({ confidence }) => confidence !== 'possible')
    .map(({ rule, location }) => `${rule} ${location.file}:${location.line}`);

function quiet(name: string, rule: string, program: Program | string): void {
  test(`nothing of ${rule}: ${name}`, () => assert.deepEqual(shown(program).filter(item => item.startsWith(`${rule} `)), []));
}

function found(name: string, rule: string, program: Program | string): void {
  test(`${rule}: ${name}`, () => assert.notDeepEqual(shown(program).filter(item => item.startsWith(`${rule} `)), []));
}

const http = "const http = require('http');\n";

// 4: another process, another command
quiet('a forked process answers nobody', 'uncaught-exception-no-close', { 'a.js': `${http}const { fork } = require('child_process');\nfork('./child.js');\nhttp.createServer((q, r) => r.end()).listen(1).on('error', console.error);\n`, 'child.js': "process.on('uncaughtException', e => { console.error(e); process.exit(1); });\nprocess.on('message', m => process.send(m));\n" });
for (const path of ["path.resolve(__dirname, 'child.js')", "path.join(__dirname, 'child.js')", "require.resolve('./child.js')"]) {
  quiet(`a forked process by ${path}`, 'uncaught-exception-no-close', { 'a.js': `${http}const path = require('path');\nconst { fork } = require('child_process');\nfork(${path});\nhttp.createServer((q, r) => r.end()).listen(1).on('error', console.error);\n`, 'child.js': "process.on('uncaughtException', e => { console.error(e); process.exit(1); });\nprocess.on('message', m => process.send(m));\n" });
}
quiet('a command that serves beside one that reads lines', 'blocking-fs', { 'package.json': '{ "bin": "a.js" }', 'a.js': "#!/usr/bin/env node\nconst { program } = require('commander');\nconst express = require('express');\nconst { readFileSync } = require('fs');\nconst readline = require('readline');\nprogram.command('serve').action(() => { express().get('/', (q, r) => r.end()).listen(1); });\nprogram.command('ask').action(() => { readline.createInterface({ input: process.stdin }).on('line', l => { readFileSync(l); }); });\nprogram.parse();\n" });
quiet('a listener of a library whose benchmark serves', 'blocking-fs', { 'package.json': '{ "name": "x", "main": "lib/index.js" }', 'lib/index.js': "const { EventEmitter } = require('events');\nconst fs = require('fs');\nclass Store extends EventEmitter { constructor() { super(); this.on('load', f => fs.readFileSync(f)); setInterval(() => fs.readFileSync('a'), 1000); } }\nmodule.exports = Store;\n", 'bench/server.js': `${http}const Store = require('../lib');\nnew Store();\nhttp.createServer((q, r) => r.end()).listen(1);\n` });
quiet('a forked process that is told to stop', 'blocking-fs', { 'a.js': `${http}const { fork } = require('child_process');\nfork('./child.js');\nhttp.createServer((q, r) => r.end()).listen(1);\n`, 'child.js': "const { unlinkSync, readFileSync } = require('fs');\nprocess.on('message', m => { if (m === 'stop') { readFileSync('pid'); unlinkSync('pid'); process.exit(0); } });\n" });

// 5: built once
const page = "import { readdirSync, readFileSync } from 'fs';\n";
const next = { 'package.json': '{ "dependencies": { "next": "15" } }' };
quiet('static paths only', 'blocking-fs', { ...next, 'app/blog/[slug]/page.tsx': `${page}export const dynamicParams = false;\nexport function generateStaticParams() { return readdirSync('posts').map(slug => ({ slug })); }\nexport default async function Page({ params }) { const { slug } = await params; return <pre>{readFileSync('posts/' + slug, 'utf8')}</pre>; }\n` });
quiet('force-static', 'blocking-fs', { ...next, 'app/x/route.ts': `${page}export const dynamic = 'force-static';\nexport const GET = () => new Response(readFileSync('a', 'utf8'));\n` });
quiet('prerendered by SvelteKit', 'blocking-fs', { 'package.json': '{ "devDependencies": { "@sveltejs/kit": "2" } }', 'src/routes/+page.server.ts': `${page}export const prerender = true;\nexport const load = () => ({ text: readFileSync('a', 'utf8') });\n` });
quiet('prerendered by Astro', 'blocking-fs', { 'package.json': '{ "dependencies": { "astro": "5" } }', 'src/pages/a.json.ts': `${page}export const prerender = true;\nexport const GET = () => new Response(readFileSync('a', 'utf8'));\n` });
found('a dynamic route', 'blocking-fs', { ...next, 'app/x/route.ts': `${page}export const GET = () => new Response(readFileSync('a', 'utf8'));\n` });

// 6: once, and at the end
const bot = "const fs = require('fs');\nconst { Client } = require('discord.js');\nconst client = new Client({});\n";
quiet('ready', 'blocking-fs', `${bot}client.once('ready', () => { fs.readFileSync('/banner'); });\nclient.on('messageCreate', m => m.reply('a'));\nclient.login('t');\n`);
quiet('clientReady', 'blocking-fs', `${bot}client.once('clientReady', () => { fs.readFileSync('/banner'); });\nclient.on('messageCreate', m => m.reply('a'));\nclient.login('t');\n`);
quiet('ready of Electron', 'blocking-fs', "const fs = require('fs');\nconst { app, ipcMain } = require('electron');\napp.on('ready', () => { fs.readFileSync('/a'); });\napp.whenReady().then(() => { fs.readFileSync('/a'); });\napp.on('before-quit', () => { fs.writeFileSync('/b', 'x'); });\napp.on('will-quit', () => { fs.writeFileSync('/b', 'x'); });\nipcMain.handle('a', () => 1);\n");

// 7: a promise's catch
quiet('login().catch()', 'process-exit-in-handler', "const { Client } = require('discord.js');\nconst client = new Client({});\nclient.on('messageCreate', m => m.reply('a'));\nclient.login('t').catch(() => process.exit(1));\n");

// 8: what cannot reject
const save = "async function save(strict = true) { try { await fetch('http://127.0.0.1/'); } catch (error) { console.error(error); if (strict) throw error; } }\n";
quiet('a literal decides', 'floating-promise', `${http}${save}http.createServer((req, res) => { save(false); res.end('ok'); }).listen(1).on('error', console.error);\n`);
found('another literal', 'floating-promise', `${http}${save}http.createServer((req, res) => { save(true); res.end('ok'); }).listen(1).on('error', console.error);\n`);
found('the default', 'floating-promise', `${http}${save}http.createServer((req, res) => { save(); res.end('ok'); }).listen(1).on('error', console.error);\n`);
quiet('a flag in an options object', 'floating-promise', `${http}async function get(url, opts = {}) { try { await fetch(url); } catch (e) { if (!opts.ignoreErrors) throw e; } }\nhttp.createServer((req, res) => { get('http://a/', { ignoreErrors: true }); res.end('ok'); }).listen(1).on('error', console.error);\n`);
quiet('each promise of a list has its own catch', 'floating-promise', `${http}const list = ['a', 'b'];\nhttp.createServer((req, res) => { Promise.all(list.map(u => fetch(u).catch(console.error))); res.end('ok'); }).listen(1).on('error', console.error);\n`);

// 9: a chain with its own handler
quiet('a returned chain that ends in a handler', 'try-around-unawaited', "const save = async x => { if (!x) throw new Error('no'); };\nasync function update(x) {\n  try { if (!x) throw new Error('empty'); return save(x).catch(e => { console.error('audit', e); e.status = 400; throw e; }); }\n  catch (e) { console.error('audit', e); e.status = 400; throw e; }\n}\nmodule.exports = update;\n");
quiet('… by the second argument of then', 'try-around-unawaited', "const save = async x => { if (!x) throw new Error('no'); };\nasync function update(x) {\n  try { return save(x).then(y => y, e => { console.error(e); throw e; }); }\n  catch (e) { console.error(e); throw e; }\n}\nmodule.exports = update;\n");

// 10: an executor that throws rejects
quiet('an executor that throws', 'promise-never-settles', "const p = new Promise((resolve, reject) => { throw new Error('x'); });\np.catch(console.error);\n");
found('an executor that throws on one way', 'promise-never-settles', "async function f(x) { await new Promise((resolve, reject) => { if (x) throw new Error('x'); }); }\nmodule.exports = f;\n");

// 11: a library that takes both
quiet('a callback of async', 'inconsistently-async-callback', "const async = require('async');\nconst fs = require('fs');\nmodule.exports = (list, done) => async.eachSeries(list, (x, cb) => { if (!x) return cb(); fs.unlink(x, cb); }, done);\n");
quiet('a named iteratee of async', 'inconsistently-async-callback', "const async = require('async');\nconst fs = require('fs');\nfunction one(x, cb) { if (!x) return cb(); fs.unlink(x, cb); }\nmodule.exports = (list, done) => async.eachLimit(list, 5, one, done);\n");

// 12: who listens for a server's errors
const bind = "async function bind(server, port) { return new Promise((ok, no) => { server.listen(port, e => e ? no(e) : ok()); }); }\n";
quiet('the caller listens', 'server-error-unhandled', `const net = require('net');\n${bind}const server = net.createServer(s => s.end());\nserver.on('error', console.error);\nbind(server, 2525).catch(console.error);\n`);
quiet('the caller of a worker listens', 'server-error-unhandled', `const net = require('net');\nconst cluster = require('cluster');\n${bind}if (cluster.isPrimary) { cluster.fork(); cluster.on('exit', () => setTimeout(() => cluster.fork(), 1000)); }\nelse { const server = net.createServer(s => s.end()); server.on('error', console.error); bind(server, 2525).catch(console.error); }\n`);

// 16: type assertions
quiet('a signal behind as', 'no-graceful-shutdown', { 'a.ts': "import http from 'http';\nconst server = http.createServer((q, r) => { r.end(); });\nserver.listen(1).on('error', console.error);\nfor (const signal of ['SIGINT', 'SIGTERM']) process.once(signal as NodeJS.Signals, () => server.close(() => process.exit(0)));\n" });
quiet('a signal behind as const', 'no-graceful-shutdown', { 'a.ts': "import http from 'http';\nconst server = http.createServer((q, r) => { r.end(); });\nserver.listen(1).on('error', console.error);\nfor (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal!, () => server.close(() => process.exit(0)));\n" });

// 17: methods that keep the elements
for (const method of ['reverse()', 'sort()', 'slice()', 'concat([])', 'filter(Boolean)', 'flat()', 'toReversed()', 'toSorted()', 'with(0, createGunzip())', 'splice(0)']) {
  quiet(`the elements of ${method}`, 'emitter-error-unhandled', `${http}const { pipeline } = require('stream');\nconst { createGunzip } = require('zlib');\nfunction decoders(q) { const out = []; if (q.headers.a) out.push(createGunzip()); return out.${method}; }\nhttp.createServer((req, res) => { pipeline([req, ...decoders(req), res], err => { if (err) console.error(err); }); }).listen(1).on('error', console.error);\n`);
}

// 18: a deadline after a failed start
quiet('a failed start', 'timer-keeps-process-alive', { 'pop.js': "const net = require('net');\nclass S { constructor() { this.server = net.createServer(s => s.end()); }\n  close(cb) { this.server.close(() => { if (typeof cb === 'function') return cb(); }); }\n  listen(port, done) { this.server.once('error', done); this.server.listen(port, () => done()); } }\nmodule.exports = done => { const s = new S(); s.listen(1, done); process.on('SIGINT', () => s.close(done)); };\n", 'x.js': "require('./pop')(err => { if (err) return setTimeout(() => process.exit(1), 3000); console.log('started'); });\n" });

// 19: short texts
quiet('an error', 'process-exit-truncates', "async function main() { await fetch('http://a/'); }\nmain().catch(err => { console.log(JSON.stringify(err)); process.exit(1); });\n");
quiet('a version', 'process-exit-truncates', "if (process.argv[2] === '-v') { console.log(require('./package.json').version); process.exit(0); }\n");

// 22: folders beside the program
found('a program of its own in a folder called examples', 'no-graceful-shutdown', { 'examples/shop/package.json': '{ "name": "shop", "scripts": { "start": "node a.js" } }', 'examples/shop/a.js': `${http}http.createServer((q, r) => r.end()).listen(1).on('error', console.error);\n` });

// 24: the process does not end
test('the message says what becomes of a rejection in this program', () => {
  const [finding] = check({ 'a.js': `${http}process.on('uncaughtException', err => { console.error(err); });\nasync function save(x) { if (!x) throw new Error('no'); }\nhttp.createServer((req, res) => { save(req.headers.x); res.end('ok'); }).listen(1).on('error', console.error);\n` }).filter(({ rule }) => rule === 'floating-promise');
  assert.doesNotMatch(finding!.message, /the process ends/);
});
