/** Programs that grow in one direction: each gives the files of a program of size `n`. */
export type Shape = (n: number) => Readonly<Record<string, string>>;

const repeat = (n: number, text: (index: number) => string, separator = '\n'): string => Array.from({ length: n }, (_, index) => text(index)).join(separator);
const nest = (n: number, open: string, core: string, close: string): string => open.repeat(n) + core + close.repeat(n);
const server = (body: string): string => `const fs = require('fs');\nrequire('http').createServer(async (req, res) => { ${body} }).listen(1);\n`;
/** A server whose handler calls `f0`, and functions `f0` to `fn`, of which each mentions the next. */
const chain = (n: number, fn: (index: number, next: string) => string, last: string, start = 'f0(req);'): Readonly<Record<string, string>> => ({ 'a.js': `${server(start)}${repeat(n, index => fn(index, index + 1 < n ? `f${index + 1}` : 'last'))}\n${last}\n` });
const readsFile = "function last() { return fs.readFileSync('a'); }";

/** A sum over the digits of the index decides: the same graph every time. */
function scattered(index: number, salt: number, n: number): number {
  let x = (index + 1) * 2654435761 + salt * 40503;
  x = (x ^ (x >>> 13)) >>> 0;
  return ((x * 2246822519) >>> 0) % n;
}

export const deepShapes: Readonly<Record<string, Shape>> = {
  'async functions that await the next': n => chain(n, (i, next) => `async function f${i}(x) { await ${next}(x); }`, readsFile),
  'functions that return the call of the next': n => chain(n, (i, next) => `function f${i}(x) { return ${next}(x); }`, readsFile),
  'functions that return the next and call what they are given': n => chain(n, (i, next) => `function f${i}() { return ${next}; }`, readsFile, 'f0()()()();'),
  'functions that return a call of a call': n => chain(n, (i, next) => `function f${i}() { return ${next}()(); }`, 'function last() { return last; }'),
  'async functions that return the next': n => chain(n, (i, next) => `async function f${i}() { return ${next}(); }`, 'async function last() { throw new Error(); }'),
  'arrow functions': n => chain(n, (i, next) => `const f${i} = async x => ${next}(x);`, `const last = async () => { throw fs.readFileSync('a'); };`),
  'a random call graph': n => ({ 'a.js': `${server('await f0(req.url)')}${repeat(n, i => `async function f${i}(x) { await f${scattered(i, 1, n)}(x); await f${scattered(i, 2, n)}(); return f${scattered(i, 3, n)}(x + 1); }`)}` }),
  'a random call graph of plain functions': n => ({ 'a.js': `${server('f0(req.url)')}${repeat(n, i => `function f${i}(x) { if (x) throw f${scattered(i, 1, n)}(x); f${scattered(i, 2, n)}(); return f${scattered(i, 3, n)}(x + 1); }`)}` }),
  'variables that hold the last': n => ({ 'a.js': `${server('v9().then(x => x)')}const v0 = async () => fs.readFileSync('a');\n${repeat(n, i => `let v${i + 1} = v${i};`)}` }),
  'variables that hold promises of the last': n => ({ 'a.js': `${server('')}let v0 = fs.promises.readFile('a');\n${repeat(n, i => `let v${i + 1} = v${i}.then(x => x);`)}\nv${n}.toString();` }),
  'variables written from one another': n => ({ 'a.js': `${server('')}async function load() {}\n${repeat(n, i => `let v${i} = load();`)}\nexport function go(c) {\n${repeat(n, i => `v${i} = c ? v${(i + 1) % n} : v${scattered(i, 5, n)};`)}\nv0.then(() => 0).toString(); }` }),
  'a promise variable written from itself': n => ({ 'a.js': `async function load() { return {}; }\nexport function start(flag) { let p = load(); ${'p = flag ? load() : p || p; '.repeat(n)} p.then(() => 0).toString(); }` }),
  'classes that extend the last': n => ({ 'a.js': `${server(`new C${n}().run();`)}class C0 { run() { fs.readFileSync('a'); } }\n${repeat(n, i => `class C${i + 1} extends C${i} {}`)}` }),
  'classes that call super': n => ({ 'a.js': `${server(`new C${n}().run();`)}class C0 { run() { fs.readFileSync('a'); } }\n${repeat(n, i => `class C${i + 1} extends C${i} { run() { super.run(); } }`)}` }),
  'objects that spread the last': n => ({ 'a.js': `${server(`o${n}.run();`)}const o0 = { run() { fs.readFileSync('a'); } };\n${repeat(n, i => `const o${i + 1} = { ...o${i} };`)}` }),
  'objects that hold the last': n => ({ 'a.js': `${server(`o${n}.in.in.in;`)}const o0 = { run() { fs.readFileSync('a'); } };\n${repeat(n, i => `const o${i + 1} = { in: o${i} };`)}` }),
  'prototypes of the last': n => ({ 'a.js': `${server(`o${n}.run();`)}const o0 = { run() { fs.readFileSync('a'); } };\n${repeat(n, i => `const o${i + 1} = Object.create(o${i});`)}` }),
  'Object.assign of the last': n => ({ 'a.js': `${server(`o${n}.run();`)}const o0 = { run() { fs.readFileSync('a'); } };\n${repeat(n, i => `const o${i + 1} = Object.assign({}, o${i});`)}` }),
  'methods that call the next': n => ({ 'a.js': `${server('new A().m0();')}class A {\n${repeat(n, i => `async m${i}() { await this.m${i + 1}(); }`)}\nasync m${n}() { fs.readFileSync('a'); }\n}` }),
  'getters of the next': n => ({ 'a.js': `${server('new A().m0;')}class A {\n${repeat(n, i => `get m${i}() { return this.m${i + 1}; }`)}\nget m${n}() { return fs.readFileSync('a'); }\n}` }),
  'bind of the last': n => ({ 'a.js': `${server(`b${n}();`)}const b0 = () => fs.readFileSync('a');\n${repeat(n, i => `const b${i + 1} = b${i}.bind(null, ${i});`)}` }),
  'wrappers of wrappers': n => ({ 'a.js': `${server(`w${n}(req);`)}const wrap = fn => (...args) => fn(...args);\nconst w0 = () => fs.readFileSync('a');\n${repeat(n, i => `const w${i + 1} = wrap(w${i});`)}` }),
  'generators that delegate': n => chain(n, (i, next) => `function* f${i}() { yield* ${next}(); }`, 'function* last() { yield fs.readFileSync("a"); }', 'for (const x of f0()) res.write(x);'),
  'async generators that delegate': n => chain(n, (i, next) => `async function* f${i}() { for await (const x of ${next}()) yield x; }`, 'async function* last() { yield 1; }', 'for await (const x of f0()) res.write(x);'),
  'callbacks handed on': n => chain(n, (i, next) => `function f${i}(req, done) { ${next}(req, error => done(error)); }`, "function last(req, done) { fs.readFile('a', done); }", 'f0(req, () => res.end());'),
  'timers that arm the next': n => chain(n, (i, next) => `function f${i}() { setTimeout(${next}, 0); }`, readsFile),
  'ticks that queue the next': n => chain(n, (i, next) => `function f${i}() { process.nextTick(${next}); }`, 'function last() { process.nextTick(f0); }'),
  'immediates that queue the next': n => chain(n, (i, next) => `function f${i}() { setImmediate(() => ${next}()); }`, 'function last() { setImmediate(f0); }'),
  'microtasks that queue the next': n => chain(n, (i, next) => `function f${i}() { Promise.resolve().then(${next}); }`, 'function last() { queueMicrotask(f0); }'),
  'executors that wait for the next': n => chain(n, (i, next) => `function f${i}() { return new Promise((resolve, reject) => ${next}().then(resolve, reject)); }`, 'function last() { return new Promise(() => {}); }', 'await f0();'),
  'Promise.all of the next': n => chain(n, (i, next) => `async function f${i}(list) { await Promise.all(list.map(x => ${next}(x))); }`, readsFile),
  'functions that throw what the next throws': n => chain(n, (i, next) => `function f${i}(x) { try { ${next}(x); } catch (error) { throw error; } }`, "function last() { throw new Error('a'); }"),
  'functions that check before the next': n => chain(n, (i, next) => `function f${i}(x) { if (x > ${i}) ${next}(x - 1); }`, readsFile),
  'mutual recursion': n => chain(n, (i, next) => `function f${i}(x) { return x ? ${next}(x - 1) : f${Math.max(0, i - 1)}(x); }`, 'function last(x) { return f0(x); }', 'f0(JSON.parse(req.url));'),
  'what a client sent, handed on': n => chain(n, (i, next) => `function f${i}(x) { ${next}(x); }`, 'function last(x) { for (let i = 0; i < x.headers.n; i++) work(); new RegExp(x.headers.r); JSON.parse(x.headers.j); }'),
  'what a client sent, through results': n => chain(n, (i, next) => `function f${i}(x) { return ${next}(x); }`, 'function last(x) { return x.headers.n; }', 'for (let i = 0; i < f0(req); i++) work();'),
  'what a client sent, through variables': n => ({ 'a.js': `${server(`let v0 = req.headers.n; ${repeat(n, i => `let v${i + 1} = v${i};`, ' ')} for (let i = 0; i < v${n}; i++) work();`)}` }),
  'handlers of the process that call the next': n => ({ 'a.js': `${server('')}process.on('uncaughtException', f0);\nprocess.on('SIGTERM', f0);\n${repeat(n, i => `function f${i}(e) { f${i + 1}(e); }`)}\nfunction f${n}() { process.exit(1); }` }),
  'forks behind the next': n => ({ 'a.js': `const cluster = require('cluster');\n${repeat(n, i => `function f${i}() { f${i + 1}(); }`)}\nfunction f${n}() { cluster.fork(); }\nif (cluster.isPrimary) { cluster.on('exit', f0); f0(); } else require('http').createServer(() => {}).listen(1);` }),
  'conditions handed on': n => chain(n, (i, next) => `const c${i} = () => cluster_${i} && ${next}();\nfunction f${i}() { return c${i}(); }`, readsFile),
  'emitters that tell the next': n => ({ 'a.js': `${server('e0.emit("x");')}const { EventEmitter } = require('events');\n${repeat(n + 1, i => `const e${i} = new EventEmitter();`)}\n${repeat(n, i => `e${i}.on('x', () => e${i + 1}.emit('x'));`)}\ne${n}.on('x', () => fs.readFileSync('a'));` }),
  'modules that import the next': n => ({ 'a.js': server("require('./m0').run();"), ...Object.fromEntries(Array.from({ length: n }, (_, i) => [`m${i}.js`, `const next = require('./m${i + 1}');\nexports.run = () => next.run();`])), [`m${n}.js`]: "exports.run = () => require('fs').readFileSync('a');" }),
  'modules that re-export the next': n => ({ 'a.mjs': "import http from 'http';\nimport { run } from './m0.mjs';\nhttp.createServer(() => run());", ...Object.fromEntries(Array.from({ length: n }, (_, i) => [`m${i}.mjs`, `export * from './m${i + 1}.mjs';`])), [`m${n}.mjs`]: "import fs from 'fs';\nexport const run = () => fs.readFileSync('a');" }),
  'modules that spread the next': n => ({ 'a.js': server("require('./m0').run();"), ...Object.fromEntries(Array.from({ length: n }, (_, i) => [`m${i}.js`, `module.exports = { ...require('./m${i + 1}') };`])), [`m${n}.js`]: "exports.run = () => require('fs').readFileSync('a');" }),
  'extended tsconfigs': n => ({ 'a.ts': "import http from 'http';\nimport { run } from '@lib/run';\nhttp.createServer(() => run());", 'lib/run.ts': "import fs from 'fs';\nexport const run = () => fs.readFileSync('a');", 'package.json': '{}', ...Object.fromEntries(Array.from({ length: n }, (_, i) => [i === 0 ? 'tsconfig.json' : `tsconfig.${i}.json`, JSON.stringify(i + 1 < n ? { extends: `./tsconfig.${i + 1}.json` } : { compilerOptions: { paths: { '@lib/*': ['./lib/*'] } } })])) }),
  'brackets': n => ({ 'a.js': `${server('')}x = ${nest(n, '[', '', ']')};` }),
  'calls in arguments': n => ({ 'a.js': `${server('')}x = ${nest(n, 'f(', '', ')')};` }),
  'functions in functions': n => ({ 'a.js': `${server('')}${nest(n, 'function f() { ', "fs.readFileSync('a')", ' }')}` }),
  'arrows in arrows': n => ({ 'a.js': `${server('')}x = ${'a => '.repeat(n)}1;` }),
  'blocks in blocks': n => ({ 'a.js': `${server('')}${nest(n, 'if (a) { ', 'b()', ' }')}` }),
  'else if': n => ({ 'a.js': `${server('')}function f(a) { ${repeat(n, i => `if (a === ${i}) b(${i});`, ' else ')} }` }),
  'conditionals': n => ({ 'a.js': `${server('')}x = ${repeat(n, i => `a === ${i} ? b${i}() : `, '')} c();` }),
  'a chain of methods': n => ({ 'a.js': `${server(`fs.promises.readFile('a')${'.then(x => x)'.repeat(n)}`)}` }),
  'a chain of properties': n => ({ 'a.js': `${server('')}x = a${'.b'.repeat(n)}();` }),
  'a chain of calls': n => ({ 'a.js': `${server('')}x = a${'()'.repeat(n)};` }),
  'a sum': n => ({ 'a.js': `${server('')}x = ${repeat(n, i => `f(${i})`, ' + ')};` }),
  'a disjunction': n => ({ 'a.js': `${server('')}x = ${repeat(n, i => `f(${i})`, ' || ')};` }),
  'templates in templates': n => ({ 'a.js': `${server('')}x = ${nest(n, '`${', 'a', '}`')};` }),
  'elements in elements': n => ({ 'a.jsx': `const x = ${nest(n, '<a>', '', '</a>')};` }),
  'types in types': n => ({ 'a.ts': `let x: ${nest(n, 'Array<', 'string', '>')} = f();` }),
  'try in try': n => ({ 'a.js': `${server('')}${nest(n, 'try { ', 'f()', ' } catch {}')}` }),
  'loops in loops': n => ({ 'a.js': server(nest(n, 'for (const a of req.body) { ', 'work()', ' }')) }),
  'cases': n => ({ 'a.js': `${server('')}function f(a) { switch (a) { ${repeat(n, i => `case ${i}: b${i}(); break;`, ' ')} } }` }),
  'calls in a line': n => ({ 'a.js': `${server('')}${'a();'.repeat(n * 10)}` }),
  'groups in a regular expression': n => ({ 'a.js': server(`/^${nest(n, '(', 'a*', ')*')}$/.test(req.url)`) }),
  'alternatives in a regular expression': n => ({ 'a.js': server(`/^(?:${repeat(n, i => `a${i}`, '|')})*$/.test(req.url)`) }),
};
