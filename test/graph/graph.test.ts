import assert from 'node:assert/strict';
import { test } from 'node:test';
import { link, type Program } from '../hazards/check-program.ts';
import { linkProgram, createLinker } from '../../server/core/graph/link-program.ts';
import { extractFacts } from '../../server/core/facts/extract-facts.ts';
import { frameworks } from '../../server/core/node/frameworks.ts';
import { createApiIndex } from '../../server/core/node/lookup.ts';
import { parse } from '../../server/core/syntax/parse.ts';

/** The ways from requests to the program's readFileSync calls, each as `entry > step > …`, with the calls' own labels. */
function ways(program: Program): string[] {
  const graph = link(program);
  return graph.operations
    .filter(operation => operation.api.member === 'readFileSync')
    .flatMap(operation => graph.reachingOperation(operation, ['request']).map(({ path, confidence }) => `${confidence === 'possible' ? 'possibly ' : ''}${path.map(step => step.label).join(' > ')}`));
}
const read = "fs.readFileSync('a')";
const app = "const app = require('express')();\n";

function check(name: string, program: Program, expected: readonly string[]): void {
  test(name, () => assert.deepEqual(ways(program), expected));
}

check('a handler’s own lines', { 'a.js': `const fs = require('fs');\n${app}app.get('/', () => ${read});` }, ['GET / handler > fs.readFileSync()']);
check('nothing at start-up', { 'a.js': `const fs = require('fs');\n${app}const page = ${read};\napp.get('/', (req, res) => res.send(page));` }, []);
check('a named import, renamed', { 'a.mjs': `import { readFileSync as slurp } from 'node:fs';\nimport express from 'express';\nexpress().get('/', () => slurp('a'));` }, ['GET / handler > fs.readFileSync()']);
check('a namespace import and an alias of a member', { 'a.mjs': `import * as files from 'fs';\nimport express from 'express';\nconst slurp = files.readFileSync;\nexpress().get('/', () => slurp('a'));` }, ['GET / handler > fs.readFileSync()']);
check('import = require', { 'a.cts': `import fs = require('fs');\nimport express = require('express');\nexpress().get('/', () => ${read});` }, ['GET / handler > fs.readFileSync()']);
check('destructured require', { 'a.js': `const { readFileSync: slurp } = require('fs');\n${app}app.get('/', () => slurp('a'));` }, ['GET / handler > fs.readFileSync()']);
check('the same name on something else', { 'a.js': `const other = { readFileSync() {} };\n${app}app.get('/', () => other.readFileSync('a'));` }, []);

check('a helper in another file', { 'a.js': `${app}const { load } = require('./b');\napp.get('/', load2);\nfunction load2() { return load(); }`, 'b.js': `const fs = require('fs');\nexports.load = () => ${read};` }, ['GET / handler > calls load > fs.readFileSync()']);
check('re-exports and export *', { 'a.mjs': "import express from 'express';\nimport { load, again } from './b.mjs';\nexpress().get('/', () => { load(); again(); });", 'b.mjs': "export * from './c.mjs';\nexport { load as again } from './c.mjs';", 'c.mjs': `import fs from 'fs';\nexport function load() { return ${read}; }` }, ['GET / handler > calls load > fs.readFileSync()']);
check('module.exports = (app) => …', { 'a.js': `${app}require('./b')(app);`, 'b.js': `const fs = require('fs');\nmodule.exports = app => { app.get('/x', () => ${read}); };` }, ['GET /x handler > fs.readFileSync()']);
check('a folder required in bulk', { 'a.js': `${app}for (const name of names) require('./routes/' + name)(app);`, 'routes/x.js': `const fs = require('fs');\nmodule.exports = app => app.get('/x', () => ${read});` }, ['GET /x handler > fs.readFileSync()']);
check('CommonJS from an ES module', { 'a.mjs': "import express from 'express';\nimport b from './b.cjs';\nexpress().get('/', () => b.load());", 'b.cjs': `const fs = require('fs');\nmodule.exports = { load() { return ${read}; } };` }, ['GET / handler > calls load > fs.readFileSync()']);
check('modules in a circle', { 'a.js': `${app}const b = require('./b');\nexports.load = () => b.load();\napp.get('/', exports.load);`, 'b.js': `const fs = require('fs');\nconst a = require('./a');\nexports.load = () => ${read};\nexports.other = () => a.load();` }, ['GET / handler > calls load > fs.readFileSync()']);
check('tsconfig paths', { 'tsconfig.json': '{ "compilerOptions": { "baseUrl": ".", "paths": { "@/*": ["src/*"] } } } // c', 'src/a.ts': "import express from 'express';\nimport { load } from '@/lib/b';\nexpress().get('/', () => load());", 'src/lib/b.ts': `import fs from 'fs';\nexport const load = () => ${read};` }, ['GET / handler > calls load > fs.readFileSync()']);
check('a package of the workspace, by its exports', { 'package.json': '{ "workspaces": ["packages/*"] }', 'packages/lib/package.json': '{ "name": "@x/lib", "exports": { ".": "./dist/index.js" } }', 'packages/lib/src/index.ts': `import fs from 'fs';\nexport const load = () => ${read};`, 'packages/web/a.ts': "import express from 'express';\nimport { load } from '@x/lib';\nexpress().get('/', () => load());" }, ['GET / handler > calls load > fs.readFileSync()']);
check('package imports', { 'package.json': '{ "name": "x", "imports": { "#lib/*": "./lib/*.js" } }', 'a.js': `${app}const { load } = require('#lib/b');\napp.get('/', () => load());`, 'lib/b.js': `const fs = require('fs');\nexports.load = () => ${read};` }, ['GET / handler > calls load > fs.readFileSync()']);

const express = "import express from 'express';\nimport fs from 'fs';\nconst app = express();\n";
check('a static method', { 'a.ts': `${express}class A { static load() { return ${read}; } }\napp.get('/', () => A.load());` }, ['GET / handler > calls A.load > fs.readFileSync()']);
check('an instance by new, and an inherited method', { 'a.ts': `${express}class A { load() { return ${read}; } }\nclass B extends A {}\nconst b = new B();\napp.get('/', () => b.load());` }, ['GET / handler > calls A.load > fs.readFileSync()']);
check('an instance by its annotation and constructor injection', { 'a.ts': `${express}class Store { load() { return ${read}; } }\nclass Controller { constructor(private readonly store: Store) {}\n get() { return this.store.load(); } }\nfunction mount(c: Controller) { app.get('/', () => c.get()); }` }, ['GET / handler > calls Controller.get > calls Store.load > fs.readFileSync()']);
check('an implementer of an interface', { 'a.ts': `${express}interface Store { load(): void }\nclass Files implements Store { load() { return ${read}; } }\nfunction mount(store: Store) { app.get('/', () => store.load()); }` }, ['GET / handler > calls Files.load > fs.readFileSync()']);
check('a constructor and a field initialiser', { 'a.ts': `${express}class A { page = ${read}; }\napp.get('/', () => new A());` }, ['GET / handler > constructs A.page > fs.readFileSync()']);
check('an arrow in a field, and a private method', { 'a.ts': `${express}class A { handle = () => this.#load();\n #load() { return ${read}; } }\nconst a = new A();\napp.get('/', a.handle);` }, ['GET / handler > calls A.#load > fs.readFileSync()']);
check('a table of functions', { 'a.js': `const fs = require('fs');\n${app}const table = { load: () => ${read}, other() {} };\napp.get('/', req => table[req.query.name]());` }, ['GET / handler > calls load > fs.readFileSync()']);
check('prototypes and util.inherits', { 'a.js': `const fs = require('fs');\nconst util = require('util');\n${app}function A() {}\nA.prototype.load = function () { return ${read}; };\nfunction B() {}\nutil.inherits(B, A);\nconst b = new B();\napp.get('/', () => b.load());` }, ['GET / handler > calls load > fs.readFileSync()']);

check('a handler factory', { 'a.js': `const fs = require('fs');\n${app}const serve = () => () => ${read};\napp.get('/', serve());` }, ['GET / handler > fs.readFileSync()']);
check('wrappers of our own and of others', { 'a.js': `const fs = require('fs');\nconst other = require('some-wrapper');\n${app}const wrap = fn => (req, res, next) => Promise.resolve(fn(req, res, next)).catch(next);\napp.get('/a', wrap(() => ${read}));\napp.get('/b', other(() => ${read}));` }, ['GET /a handler > fs.readFileSync()', 'GET /b handler > fs.readFileSync()']);
check('fn.bind(this)', { 'a.js': `const fs = require('fs');\n${app}class A { load() { return ${read}; } mount() { app.get('/', this.load.bind(this)); } }\nnew A().mount();` }, ['GET / handler > fs.readFileSync()']);
check('a function that is handed on is called by who hands it over', { 'a.js': `const fs = require('fs');\n${app}function retry(fn) { return fn(); }\nretry(() => ${read});\napp.get('/', () => retry(() => 1));` }, []);
check('… and for the handler that does', { 'a.js': `const fs = require('fs');\n${app}function retry(fn) { return fn(); }\napp.get('/', () => retry(() => ${read}));` }, ['GET / handler > retry() calls back > fs.readFileSync()']);
check('values of promises and collections', { 'a.js': `const fs = require('fs');\n${app}const make = async () => ({ load: () => ${read} });\nconst all = new Map();\nall.set('x', { go: () => ${read} });\napp.get('/', async () => { (await make()).load(); all.get('x').go(); });` }, ['GET / handler > calls load > fs.readFileSync()', 'GET / handler > calls go > fs.readFileSync()']);
check('emit reaches the listeners', { 'a.js': `const fs = require('fs');\nconst { EventEmitter } = require('events');\n${app}const bus = new EventEmitter();\nbus.on('saved', () => ${read});\napp.get('/', () => bus.emit('saved'));` }, ['GET / handler > bus.emit() calls back > fs.readFileSync()']);
check('a cache on the way makes it possible only', { 'a.js': `const fs = require('fs');\n${app}let page;\nconst load = () => (page ??= ${read});\napp.get('/', () => load());` }, ['possibly GET / handler > calls load > fs.readFileSync()']);
check('a restart that a request asks for is possible only', { 'a.js': `const fs = require('fs');\n${app}function initSettings() { return ${read}; }\ninitSettings();\napp.post('/restart', () => initSettings());` }, ['possibly POST /restart handler > calls initSettings > fs.readFileSync()']);
check('tests serve nobody', { 'a.test.js': `const fs = require('fs');\n${app}app.get('/', () => ${read});` }, []);

test('the order of the files does not matter, and circles in inheritance end', () => {
  const program: Program = { 'a.js': `const fs = require('fs');\n${app}class A extends B {}\nclass B extends A { load() { return ${read}; } }\napp.get('/', () => new A().load());`, 'b.js': "require('./a');" };
  const reversed = Object.fromEntries(Object.entries(program).reverse());
  assert.deepEqual(ways(reversed), ways(program));
  assert.equal(ways(program).length, 1);
});

test('a linker that keeps its structure answers as one that does not', () => {
  const apis = createApiIndex();
  const project = { packageJsons: new Map(), tsconfigs: new Map(), deploymentFiles: new Map() };
  const before = `const fs = require('fs');\n${app}app.get('/', () => ${read});`;
  const keep = createLinker();
  for (const text of [before, `\n\n// moved\n${before}`, before.replace('readFileSync', 'existsSync'), before]) {
    const input = { modules: [extractFacts(parse('a.js', text))], project, frameworks, apis, text: () => text };
    const [kept, fresh] = [keep(input), linkProgram(input)];
    assert.deepEqual(kept.operations.map(item => [item.name, item.location]), fresh.operations.map(item => [item.name, item.location]));
    assert.deepEqual(kept.entries.map(item => [item.label, item.location]), fresh.entries.map(item => [item.label, item.location]));
  }
});
