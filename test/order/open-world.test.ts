// What the machine does not know it does not take for absent, and what nobody can know it does not print as exact. Truth: real Nodes.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import '../../server/core/syntax/load-reference-parser.ts';
import { exploreRuns } from '../../server/core/order/explore.ts';
import { runProgram } from '../../server/core/order/machine.ts';
import type { NodeMajor, Run } from '../../server/core/order/run.ts';
import { pureComputations } from '../../server/host/pure-computations.ts';
import { check } from './check-program.ts';
import { differentialBudget } from './differential.ts';

type Folders = Readonly<Record<string, readonly string[]>>;

function runsOf(code: string, node: NodeMajor, folders: Folders = {}, module: 'commonjs' | 'module' = 'commonjs'): { runs: Run[]; reasons: string[]; assumptions: string[] } {
  const entry = module === 'module' ? '/program/main.mjs' : '/program/main.cjs';
  const runs: Run[] = [];
  const missing = exploreRuns(runProgram, {
    entry, computations: pureComputations,
    read: file => (file === entry ? code : folders[file] === undefined && folders[file.slice(0, file.lastIndexOf('/'))]?.includes(file.slice(file.lastIndexOf('/') + 1)) ? 'text' : null),
    resolve: () => null, moduleType: () => module,
    list: folder => folders[folder]?.map(name => ({ name, folder: folders[`${folder}/${name}`] !== undefined })) ?? null,
  }, { node, module, entryPoint: { kind: 'file' }, budget: differentialBudget }, ({ run }) => runs.push(run));
  return { runs, reasons: [...new Set([...runs.flatMap(run => run.incompleteBecause), ...missing])], assumptions: [...new Set(runs.flatMap(run => run.assumptions ?? []))] };
}

/** Lines of stdout; `~` before those that are not exact. */
const linesOf = ({ output }: Run): string[] => output.filter(line => line.stream === 'stdout').map(line => (line.exact ? line.text : '~'));

/** The answer is not complete, for that reason. */
function open(name: string, code: string, reason: RegExp, nodes: readonly NodeMajor[] = [20, 24, 26]): void {
  for (const node of nodes) test(`open: ${name} (Node ${node})`, () => assert.match(runsOf(code, node).reasons.join('; '), reason));
}

/** The answer is complete and has exactly these outcomes; `~` stands for a line that is not exact. */
function answer(name: string, code: string, outcomes: readonly string[], nodes: readonly NodeMajor[] = [20, 24, 26], folders: Folders = {}): void {
  for (const node of nodes) {
    test(`${name} (Node ${node})`, () => {
      const { runs, reasons } = runsOf(code, node, folders);
      assert.deepEqual(reasons, []);
      assert.deepEqual([...new Set(runs.map(run => linesOf(run).join(' | ')))].sort(), [...outcomes].sort());
    });
  }
}

// 1. Absence is knowledge only when it is known.
open('a method of a buffer', 'console.log(Buffer.from([1, 2, 3]).utf8Slice(0, 3));', /Buffer\.prototype\.utf8Slice\(\)/);
open('a class of the console', 'new console.Console(process.stdout);', /console\.Console\(\)/);
open('a static of RegExp', "/(\\d+)/.test('a12'); console.log(RegExp.$1);", /RegExp\.\$1/);
open('a method of ArrayBuffer', 'new ArrayBuffer(8, { maxByteLength: 16 }).resize(12);', /ArrayBuffer\.prototype\.resize\(\)/);
open('a function of a module', "require('stream').duplexPair();", /stream\.duplexPair\(\)/, [22, 24, 26]);
open('a method of a stream of zlib', "require('zlib').createGzip().flush();", /flush\(\)/);
open('a getter of a state', "new (require('stream').Writable)()._writableState.bufferedRequestCount ? 1 : 2;", /bufferedRequestCount/);
open('what a child’s stdin has', "console.log(require('child_process').spawn('cat').stdout.writable);", /writable/);
open('an own property of an instance', "console.log(require('http').createServer()._usingWorkers);", /_usingWorkers/);
open('an option that Node reads', "require('http').createServer({ requestTimeout: 2000 }, () => {});", /the option requestTimeout/);
open('an option of a superclass', "class S extends require('net').Server { constructor() { super({ blockList: {} }); } } new S();", /the option blockList/);
open('a module that is not modelled', "require('vm').runInThisContext('1');", /vm\.runInThisContext\(\)/);
open('an upgraded connection', "const http = require('http'); const s = http.createServer(() => {}); s.on('upgrade', (q, c) => c.destroy()); s.listen(0, () => http.get({ port: s.address().port, headers: { connection: 'upgrade', upgrade: 'x' } }).on('error', () => s.close()));", /http\.Server 'upgrade'/);
open('end(callback) of a stream whose final() fails', "process.on('uncaughtException', () => {}); new (require('stream').Writable)({ write(c, e, cb) { cb(); }, final(cb) { cb(new Error('bad')); } }).end('x', () => {});", /the callback of end\(\)/);
open('a request that is destroyed at once', "const http = require('http'); const s = http.createServer(() => {}).listen(0, () => { const r = http.get({ port: s.address().port }); r.on('error', () => {}); r.destroy(); s.close(); });", /no socket yet/);
open('end(callback) behind a listener of finish', "const http = require('http'); const s = http.createServer((q, r) => { r.on('finish', () => console.log(1)); r.end('x', () => console.log(2)); }).listen(0, () => http.get({ port: s.address().port }, r => { r.resume(); r.on('end', () => s.close()); }));", /comes first/, [24, 26]);
open('a class that is not modelled', "new (require('net').BlockList)();", /new net\.BlockList\(\)/);
open('a subclass of one', "class A extends require('vm').Script {} new A('1');", /new vm\.Script\(\)/);
open('the own names of an instance', "console.log(Object.keys(require('http').createServer()).length);", /properties of a http\.Server/);
open('a buffer of 8 GB', 'new Uint8Array(2 ** 33);', /8589934592 bytes/);
answer('types, names and constants are known where values are not', `
console.log(typeof ''.anchor, typeof console.Console, 'resize' in ArrayBuffer.prototype, Object.hasOwn(String.prototype, 'big'));
console.log(typeof require('http2').connect, require('http2').constants.HTTP2_HEADER_STATUS, require('os').constants.signals.SIGWINCH, require('zlib').constants.Z_BEST_COMPRESSION);
const { anchor } = String.prototype; console.log(anchor === String.prototype.anchor, anchor.name, anchor.length);
console.log('nonsense' in Buffer.prototype, typeof [].nonsense, require('fs').nonsense);`,
['function function true true | function :status 28 9 | true anchor 1 | false undefined undefined']);
answer('for-in over a module and an emitter', `
const names = []; for (const name in new (require('events'))()) names.push(name); console.log(names.includes('on'), names.includes('emit'));
console.log(Object.keys(require('net')).includes('BlockList'));`, ['true true | true']);
check('an ES module that imports from a module of which not all is modelled', 'module', `
import { createServer } from 'node:net'; import * as http2 from 'node:http2'; import vm from 'node:vm';
console.log(typeof createServer, typeof http2.connect, typeof vm.Script);`, ['function function function'], [18, 20, 22, 24, 26]);

// 2. Nothing invented is exact.
answer('random bytes', "const b = require('crypto').randomBytes(4); console.log(b.length, Buffer.concat([b, b]).length); console.log(b.toString('hex')); console.log(b[0]); console.log(b);", ['4 8 | ~ | ~ | ~']);
answer('random bytes are compared', "console.log(require('crypto').randomBytes(8).equals(Buffer.alloc(8)) ? 'equal' : 'different');", ['equal', 'different']);
answer('derived keys and hashes of known bytes are computed', `const crypto = require('crypto');
console.log(crypto.scryptSync('p', 's', 4).toString('hex'), crypto.pbkdf2Sync('p', 's', 1, 4, 'sha1').toString('hex'), crypto.createHash('md5').update('a').digest('hex'));`, ['43297877 843c87e7 0cc175b9c0f1b6a831c399e269772661']);
answer('compressed bytes', "const z = require('zlib'); const b = z.gzipSync('hello'); console.log(b.length); console.log(b.toString('base64')); console.log(z.gunzipSync(b).toString());", ['~ | ~ | hello']);
answer('clocks', "console.log(performance.now() < 1e9); console.log(process.uptime()); console.log(process.hrtime.bigint()); console.log(process.hrtime()[1]); console.log(new Date().getTime());", ['~ | ~ | ~ | ~ | ~']);
answer('local times', "console.log(new Date(0).getHours()); console.log(new Date(0).getUTCHours(), new Date(2020, 0, 5).getDate()); console.log(new Date(2020, 0, 5).toISOString());", ['~ | 0 5 | ~']);
answer('memory that was not cleared', "const b = Buffer.allocUnsafe(2); console.log(b); b.fill(1); console.log(b);", ['~ | <Buffer 01 01>']);

// 3. The outside is a question.
answer('the exit code of another program', "require('child_process').spawn('grep').on('exit', code => console.log(code === 0 ? 'ok' : 'failed', code));", ['ok 0', '~']);
answer('a literal exit code', "require('child_process').spawn('sh', ['-c', 'exit 7']).on('exit', code => console.log(code));", ['7']);
answer('a variable of the environment', "console.log(process.env.NODE_ENV === 'production' ? 'live' : 'dev'); process.env.A = 1; console.log(process.env.A, typeof process.env.A);", ['live | 1 string', 'dev | 1 string']);
answer('a file of another folder', "console.log(require('fs').existsSync('/etc/looplens') ? 'there' : 'missing');", ['there', 'missing']);
answer('the pool may be later than any timer', "setTimeout(() => console.log('timer'), 100); require('fs').readFile(__filename, () => console.log('read'));", ['timer | read', 'read | timer']);
answer('folders of the project', `const fs = require('fs'); console.log(fs.existsSync('uploads'), fs.existsSync('nothing'));
fs.readdir('uploads', (error, list) => { console.log(list.length); fs.writeFile('uploads/n.txt', 'x', e => console.log(e, fs.readdirSync('uploads').join())); });`, ['true false | 1 | null a.txt,n.txt'], [20, 24, 26], { '/program': ['uploads'], '/program/uploads': ['a.txt'] });
test('what the disk holds is told as an assumption', () => {
  const { assumptions } = runsOf("require('fs').readFile(__dirname + '/orders.json', () => {}); require('fs').readFile('uploads/a.txt', () => {});", 24, { '/program/uploads': ['a.txt'] });
  assert.deepEqual(assumptions.sort(), ['orders.json is not there', 'uploads/a.txt is there as it is here']);
});
answer('two sockets of one program are ready in any order', `const net = require('net');
const s = net.createServer(c => { c.write('hi'); c.on('data', d => console.log('S', String(d))); c.on('end', () => s.close()); }).listen(0, () => {
  const c = net.connect(s.address().port, () => c.write('ping'));
  c.on('data', d => { console.log('C', String(d)); c.end(); });
});`, ['C hi | S ping', 'S ping | C hi']);
answer('a socket that has read the end does not keep the process', `const net = require('net');
const s = net.createServer(c => { c.write('hi'); c.end('bye'); s.close(); }).listen(0, () => {
  const c = net.connect(s.address().port, () => c.write('ping')); c.on('data', d => console.log(String(d)));
});`, ['hibye']);
const pieces = "const http = require('http'); const s = http.createServer((q, r) => { r.write('a'); r.write('b'); r.end('c'); }).listen(0, () => http.get({ port: s.address().port }, r => { r.on('data', d => console.log(String(d))); r.on('end', () => s.close()); }));";
answer('writes of one turn', pieces, ['a | b | c'], [20]);
answer('writes of one turn may be sent as one chunk', pieces, ['a | b | c', 'abc'], [24, 26]);

// 4. Node's own argument checks.
answer('wrong arguments', `const code = f => { try { f(); return 'none'; } catch (e) { return e.code; } };
const { Readable, Writable, finished } = require('stream');
console.log(code(() => new Readable({ defaultEncoding: 'x' })), code(() => new Writable({ defaultEncoding: 'x' })), code(() => finished(1, () => {})), code(() => require('fs').readFile('x', 'nope', () => {})), code(() => require('child_process').spawn('')), code(() => process.kill('a')), code(() => process.chdir(1)));`,
['ERR_UNKNOWN_ENCODING ERR_UNKNOWN_ENCODING ERR_INVALID_ARG_TYPE ERR_INVALID_ARG_VALUE ERR_INVALID_ARG_VALUE ERR_INVALID_ARG_TYPE ERR_INVALID_ARG_TYPE']);

// Errors, hooks and the language.
answer('the message of a JSON error', "try { JSON.parse('{bad'); } catch (e) { console.log(e.message); }", ["Expected property name or '}' in JSON at position 1 (line 1 column 2)"], [22, 24, 26]);
answer('a JSON error before there were lines', "try { JSON.parse('{bad'); } catch (e) { console.log(e.message); }", ["Expected property name or '}' in JSON at position 1"], [20]);
answer('the number of a signal', "process.on('SIGTERM', (name, number) => { console.log(name, number); process.exit(); }); process.kill(process.pid, 'SIGTERM'); setTimeout(() => {}, 1000);", ['SIGTERM 15']);
answer('a class without a name', "process.on('uncaughtException', e => console.log(e.message)); queueMicrotask(class {});", ["Class constructors cannot be invoked without 'new'"]);
answer('a store that is disabled', "const als = new (require('async_hooks').AsyncLocalStorage)(); als.run(1, () => { setTimeout(() => console.log(als.getStore()), 5); process.nextTick(() => als.disable()); });", ['undefined']);
answer('an error event with an inspect of its own', "const util = require('util'), E = require('events'); try { new E().emit('error', { [util.inspect.custom]() { console.log('custom'); throw 1; } }); } catch (e) { console.log(e.message); }", ['custom | Unhandled error. ([object Object])']);
open('how many frames a stack has', "console.log(new Error('x').stack.split('\\n').length);", /frames of a stack/);
answer('arguments are mapped', "function f(a, b) { Object.defineProperty(arguments, '0', { configurable: false }); a = 2; arguments[1] = 7; return [arguments[0], b].join(); } console.log(f(1, 2)); function g(a) { 'use strict'; a = 2; return arguments[0]; } console.log(g(1));", ['2,7 | 1']);
answer('texts of methods', "class A { static async *m() {} get x() { return 1; } } console.log(A.m.toString(), { async f() {} }.f.toString());", ['async *m() {} async f() {}']);
answer('toJSON of a date', "const d = new Date(0); d.toISOString = () => 'iso'; d.valueOf = () => Infinity; console.log(d.toJSON());", ['null']);
answer('caller of a strict function', "'use strict'; function g() {} try { g.caller; console.log('no'); } catch (e) { console.log(e.name); }", ['TypeError']);
answer('an expression in a message', "try { (void 0)(); } catch (e) { console.log(e.message); }", ['~']);
answer('unscopables', 'with ([1]) console.log(typeof values, typeof concat);', ['undefined function']);
answer('warnings of timers', "process.on('warning', w => console.log(w.name)); setTimeout(() => {}, 2 ** 31); setTimeout(() => {}, -1);", ['TimeoutOverflowWarning'], [20, 22]);
answer('more warnings of timers', "process.on('warning', w => console.log(w.name)); setTimeout(() => {}, 2 ** 31); setTimeout(() => {}, -1); setTimeout(() => {}, NaN);", ['TimeoutOverflowWarning | TimeoutNegativeWarning | TimeoutNaNWarning'], [24, 26]);
answer('clearImmediate of a timer', "clearImmediate(setTimeout(() => console.log('t'), 1));", [''], [20, 22]);
answer('clearImmediate of a timer does nothing later', "clearImmediate(setTimeout(() => console.log('t'), 1));", ['t'], [24, 26]);
answer('the context of a connection is that of its side', `const { AsyncLocalStorage } = require('async_hooks'); const http = require('http'); const als = new AsyncLocalStorage();
const server = http.createServer((req, res) => als.run(req.url, () => setTimeout(() => res.end('x'), 5)));
server.listen(0, () => als.run('client', () => http.get({ port: server.address().port, path: '/a' }, r => { r.resume(); r.on('end', () => { console.log(als.getStore()); server.close(); }); })));`, ['client']);
