import assert from 'node:assert/strict';
import { test } from 'node:test';
import { link, type Program } from '../hazards/check-program.ts';

// Who calls a function that is handed over, and for whom.

/** The ways from requests to the program's readFileSync calls: how sure, and the names on the way. */
function ways(program: Program): string[] {
  const graph = link(program);
  return graph.operations
    .filter(operation => operation.api.member === 'readFileSync')
    .flatMap(operation => graph.reachingOperation(operation, ['request']).map(({ path, confidence }) => `${confidence} ${path.map(step => step.label).join(' > ')}`))
    .sort();
}
const read = "fs.readFileSync('a')";
const start = "const fs = require('fs');\nconst app = require('express')();\n";
const heavy = `function heavy() { return ${read}; }\n`;

function check(name: string, program: Program, expected: readonly string[]): void {
  test(name, () => assert.deepEqual(ways(program), expected));
}

/** How sure it is that a call in a handler calls what it is handed. */
function handing(code: string, before = ''): string {
  const [first = 'never', ...others] = ways({ 'a.js': `${start}${before}${heavy}app.get('/', async (req, res) => { ${code}; });` });
  assert.deepEqual(others, []);
  return first.split(' ')[0]!;
}

const never = [
  'clearTimeout(heavy)', 'clearInterval(heavy)', 'clearImmediate(heavy)', 'JSON.parse(heavy)', 'JSON.stringify(heavy)', 'console.log(heavy)', 'console.error("x", heavy)', 'String(heavy)', 'Symbol(heavy)',
  'Error(heavy)', 'new TypeError(heavy)', 'Array(heavy)', 'Array.isArray(heavy)', 'Array.of(heavy)', '[].includes(heavy)', '[].indexOf(heavy)', '[].push(heavy)', '[].concat(heavy)', 'Object.keys(heavy)', 'Object.freeze(heavy)',
  'Object.entries({ heavy })', 'Object.assign({}, { heavy })', 'isNaN(heavy)', 'Number.isInteger(heavy)', 'Math.max(heavy)', 'structuredClone(heavy)', 'Buffer.from(heavy)', 'new Set([heavy])', 'new Map([["a", heavy]])', 'new WeakMap().set(heavy, 1)',
  'Promise.resolve(heavy)', 'Promise.reject(heavy)', 'Promise.all([heavy])', 'encodeURIComponent(heavy)', 'Reflect.has(heavy, "a")', 'fetch("http://x/", { heavy })', 'globalThis.console.log(heavy)',
  'process.off("x", heavy)', 'process.removeListener("x", heavy)', 'process.emitWarning(heavy)', 'require("util").inspect(heavy)', 'require("util").promisify(heavy)', 'require("util").format("%s", heavy)', 'require("util").types.isProxy(heavy)',
  'require("path").join(heavy)', 'require("url").format({ heavy })', 'require("assert").ok(heavy)', 'require("assert").equal(heavy, heavy)', 'require("fs").writeFileSync("a", heavy)', 'require("events").once(process, heavy)', 'require("crypto").createHash(heavy)',
  'const bus = new (require("events"))(); bus.removeListener("x", heavy)', 'req.off("x", heavy)', 'unknown.removeListener("x", heavy)', 'require("unknown").off("x", heavy)',
  'res.set("a", heavy)', 'res.json(heavy)', 'res.json({ heavy })', 'res.send(heavy)', 'res.status(heavy)', 'res.setHeader("a", heavy)', 'Response.json(heavy)', 'new Response(heavy)',
];
for (const code of never) test(`nobody calls it: ${code}`, () => assert.equal(handing(code), 'never'));

const certain = [
  '[1].forEach(heavy)', '[1].map(() => heavy())', '[1].reduce((a) => heavy(), 0)', 'Array.from([1], heavy)', 'Promise.resolve().then(heavy)', 'await new Promise(done => done(heavy()))', 'JSON.parse("1", heavy)', 'JSON.stringify(1, heavy)', '"a".replace(/a/, heavy)',
  'require("fs").stat("a", heavy)', 'require("crypto").randomBytes(8, heavy)', 'require("assert").throws(heavy)', 'new (require("async_hooks").AsyncLocalStorage)().run({}, heavy)', 'require("lodash").map([1], heavy)', 'new Map().forEach(heavy)',
];
for (const code of certain) test(`it is called: ${code}`, () => assert.equal(handing(code), 'certain'));

const guessed: readonly (readonly [string, string])[] = [
  ['require("unknown").each([1], () => heavy())', 'likely'],
  ['require("unknown").retry(() => heavy())', 'likely'],
  ['require("unknown").withLock("a", () => heavy())', 'likely'],
  ['require("unknown").use(heavy)', 'likely'],
  ['require("unknown").load("a", (err, data) => heavy())', 'likely'],
  ['await require("unknown").load(async () => heavy())', 'likely'],
  ['require("unknown").create(() => heavy())', 'possible'],
  ['require("unknown").create(heavy)', 'possible'],
  ['require("unknown").create({ heavy })', 'possible'],
  ['require("unknown").each(() => heavy(), 1)', 'possible'],
  ['unknown.on("data", () => heavy())', 'likely'],
  ['unknown.on("data", heavy)', 'possible'],
  ['unknown.register(heavy)', 'possible'],
];
for (const [code, expected] of guessed) test(`it may be called: ${code}`, () => assert.equal(handing(code), expected));

const pick = "const store = { name: 'a', migrate: () => fs.readFileSync('a') };\nconst pick = (o, k) => o[k];\n";
check('a member by a computed name is not called by who only answers with it', { 'a.js': `${start}${pick}app.get('/', (req, res) => res.json(pick(store, req.query.k)));` }, []);
check('… nor at the same place', { 'a.js': `${start}${pick}app.get('/', (req, res) => res.json(store[req.query.k]));` }, []);
check('… and is called where somebody does', { 'a.js': `${start}${pick}app.get('/', (req, res) => res.json(pick(store, req.query.k)()));` }, ['certain GET / handler > calls migrate > fs.readFileSync()']);
check('one of several by a computed name is likely', { 'a.js': `${start}const table = { a: () => ${read}, b() {} };\napp.get('/', req => table[req.query.k]());` }, ['likely GET / handler > calls a > fs.readFileSync()']);

const safe = 'const safe = fn => (...args) => { try { return fn(...args); } catch (e) { console.error(e); } };\n';
check('a wrapper at start-up says nothing of requests', { 'a.js': `${start}${safe}const load = safe(() => ${read});\nconst conf = load();\napp.get('/', safe((req, res) => res.end(conf)));` }, []);
check('… and the one of a request nothing of the start', { 'a.js': `${start}${safe}const load = safe(() => 1);\nload();\napp.get('/', safe(() => ${read}));` }, ['certain GET / handler > fs.readFileSync()']);
check('a wrapped function that a handler calls', { 'a.js': `${start}${safe}const load = safe(() => ${read});\nconst other = safe(() => 1);\napp.get('/a', () => load());\napp.get('/b', () => other());` }, ['certain GET /a handler > load() calls back > fs.readFileSync()']);
check('a wrapped handler that is kept first', { 'a.js': `${start}${safe}const a = safe(() => ${read});\nconst b = safe(() => 1);\napp.get('/a', a);\napp.get('/b', b);` }, ['certain GET /a handler > fs.readFileSync()']);
check('a wrapper in another file', { 'a.js': `${start}const { safe } = require('./b');\nconst load = safe(() => ${read});\nload();\napp.get('/', safe(() => 1));`, 'b.js': `${safe}exports.safe = safe;` }, []);
check('a wrapper of named functions, with a promise', { 'a.js': `${start}const handle = fn => (req, res, next) => Promise.resolve().then(() => fn(req, res, next)).catch(next);\n${heavy}const boot = handle(heavy);\nboot();\nfunction ok() {}\napp.get('/', handle(ok));` }, []);
check('a wrapper that hands on to another function', { 'a.js': `${start}const call = fn => fn();\nconst handle = fn => () => call(fn);\nconst boot = handle(() => ${read});\nboot();\napp.get('/', handle(() => 1));` }, []);
check('a wrapper of wrappers', { 'a.js': `${start}${safe}const twice = fn => safe(safe(fn));\nconst boot = twice(() => ${read});\nboot();\napp.get('/a', twice(() => 1));\napp.get('/b', twice(() => fs.readFileSync('b')));` }, ['certain GET /b handler > fs.readFileSync()']);
check('a closure in a wrapper of another', { 'a.js': `${start}${safe}const api = fn => safe((...args) => fn(...args));\nconst boot = api(() => ${read});\nboot();\napp.get('/a', api(() => 1));` }, []);
check('a curried wrapper', { 'a.js': `${start}const withLog = log => fn => (...args) => { log('x'); return fn(...args); };\nconst boot = withLog(() => ${read})(() => 1);\nboot();\napp.get('/a', withLog(() => 2)(() => fs.readFileSync('b')));` }, ['certain GET /a handler > fs.readFileSync()']);
check('functions in an options object', { 'a.js': `${start}const action = ({ run, fail }) => () => { try { run(); } catch (e) { fail(e); } };\nconst boot = action({ run: () => ${read}, fail() {} });\nboot();\napp.get('/a', action({ run: () => 1, fail() {} }));\napp.get('/b', action({ run() {}, fail: () => fs.readFileSync('b') }));` }, ['certain GET /b handler > fs.readFileSync()']);
check('a table per database', { 'a.js': `${start}const type = process.env.DB;\nconst dbAction = actions => actions[type]();\ndbAction({ A: () => ${read}, B() {} });\napp.get('/', () => dbAction({ A: () => 1, B: () => 2 }));` }, []);
check('options that are used at once', { 'a.js': `${start}function each(opts) { opts.onItem(); }\neach({ onItem: () => ${read} });\napp.get('/a', () => each({ onItem() {} }));\napp.get('/b', () => each({ onItem: () => fs.readFileSync('b') }));` }, ['certain GET /b handler > hands onItem to each() > fs.readFileSync()']);
check('a function that is handed on to a library', { 'a.js': `${start}const db = new (require('better-sqlite3'))('a');\nfunction transactional(func) { const ret = db.transaction(func).deferred(); return ret; }\nfunction migrate() { transactional(() => { ${read}; }); }\nmigrate();\napp.get('/t', (req, res) => { transactional(() => { n++; }); res.end(); });` }, []);
check('a function that is handed on in an options object', { 'a.js': `${start}const lib = require('unknown');\nfunction locked(fn) { return lib.run({ callback: fn }); }\nlocked(() => ${read});\napp.get('/t', () => locked(() => 1));` }, []);
check('a decorator by hand', { 'a.js': `${start}const timed = original => function (...args) { return original.apply(this, args); };\nconst service = { load: () => ${read}, other() {} };\nconst load = timed(service.load);\nload();\nservice.other = timed(service.other);\napp.get('/', () => service.other());` }, []);
check('a wrapper that is called on the spot', { 'a.js': `${start}${safe}function run(fn) { const inner = safe(fn); return inner(); }\nrun(() => ${read});\napp.get('/a', () => run(() => 1));\napp.get('/b', () => run(() => fs.readFileSync('b')));` }, ['certain GET /b handler > run() calls back > fs.readFileSync()']);
check('a wrapper that nobody is seen to call', { 'a.js': `${start}${safe}const all = [() => ${read}].map(safe);\napp.get('/', all[0]);` }, ['certain GET / handler > calls an anonymous function > fs.readFileSync()']);
test('spreads of options into each other in a circle', () => assert.deepEqual(ways({ 'a.js': `${start}const sets = [];\n${Array.from({ length: 40 }, (_, n) => `const o${n} = { ...o${(n + 1) % 40}, ...o${(n + 7) % 40}, ...o${(n + 11) % 40} };\n`).join('')}function use(opts) { opts.run(); }\napp.get('/', () => use(o1));` }), []));
check('a Next.js route in a wrapper', { 'package.json': '{ "dependencies": { "next": "1" } }', 'pages/api/a.js': `import fs from 'fs';\nimport { withAuth } from '../../b';\nconst boot = withAuth(() => ${read});\nboot();\nexport default withAuth(() => fs.readFileSync('b'));`, 'b.js': 'export const withAuth = fn => (req, res) => fn(req, res);' }, ['certain API route pages/api/a > fs.readFileSync()']);
