import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { extractFacts } from '../../server/core/facts/extract-facts.ts';
import type { ModuleFacts } from '../../server/core/facts/module-facts.ts';
import { createLinker, linkProgram } from '../../server/core/graph/link-program.ts';
import type { ProgramGraph, Role } from '../../server/core/graph/program-graph.ts';
import { frameworks } from '../../server/core/node/frameworks.ts';
import { createApiIndex } from '../../server/core/node/lookup.ts';
import { parse } from '../../server/core/syntax/parse.ts';

// A linker that has seen any history of edits answers as one that sees the files for the first time.

const files = ['a.js', 'b.js', 'c.js', 'lib/d.ts', 'lib/index.js'] as const;

/** Modules that use one another by every means by which values flow. */
const texts: readonly string[] = [
  `import http from 'node:http';\nimport { load } from './b.js';\nhttp.createServer((req, res) => res.end(load(req.url)));\n`,
  `import express from 'express';\nimport { Store } from './lib/d.js';\nimport * as all from './lib/index.js';\nconst app = express();\napp.get('/x', wrap(async (req, res) => new Store().read(req)));\nfunction wrap(fn) { return (...args) => fn(...args); }\napp.use(all.load);\n`,
  `import fs from 'node:fs';\nexport function load(name) { return fs.readFileSync(name); }\nexport class Store { read(name) { return fs.statSync(name); } }\n`,
  `import { Store as Base, load as inner } from './lib/d.js';\nexport class Store extends Base { #made = inner('x'); }\nexport const load = (name, done) => retry(() => inner(name), done);\nfunction retry(fn, done) { done?.(); return fn(); }\n`,
  `const { execSync } = require('child_process');\nmodule.exports = { load: () => execSync('ls'), Store: class { read() { return execSync('pwd'); } } };\n`,
  `const { EventEmitter } = require('events');\nconst { load } = require('./c.js');\nconst bus = new EventEmitter();\nbus.on('saved', () => load('x'));\nexports.load = () => bus.emit('saved');\n`,
  `export * from './d.js';\nexport { Store } from '../c.js';\nexport const load = [1, 2].map(x => y => y(x));\n`,
  `import { load } from '../b.js';\nsetInterval(() => load('x'), 10);\nexport const table = { load, other() { return this.load(); } };\nexport default table;\nexport { load };\n`,
  `module.exports = router => { router.get('/y', (req, res) => { require('fs').readFileSync('x'); res.send(require('./b.js').load('z', () => res.end())); }); };\n`,
  '',
];

const roles: readonly Role[] = ['request', 'timer', 'stream', 'background', 'startup', 'shutdown', 'worker', 'cli'];

/** Everything that can be asked of a graph. */
function answersOf(graph: ProgramGraph, modules: readonly ModuleFacts[]): unknown {
  const functions = modules.flatMap(module => module.functions.map((_fn, index) => graph.functionOf(module.file, index)));
  return {
    operations: graph.operations.map(operation => [operation.name, operation.location, graph.reachingOperation(operation, roles)]),
    entries: graph.entries,
    functions: functions.map(fn => [fn, graph.reaching(fn, roles), graph.callersOf(fn), graph.entriesOf(fn)]),
    roles: roles.map(role => graph.hasEntry(role)),
  };
}

const edit = fc.record({ file: fc.constantFrom(...files), text: fc.constantFrom(...texts), cut: fc.option(fc.nat(200), { freq: 3 }), moved: fc.boolean(), removed: fc.nat(9).map(value => value === 0) });

test('linking again equals linking anew', () => {
  const apis = createApiIndex();
  const project = { packageJsons: new Map(), tsconfigs: new Map(), deploymentFiles: new Map() };
  let reached = 0;
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...texts), { minLength: files.length, maxLength: files.length }), fc.array(edit, { minLength: 3, maxLength: 12 }), fc.subarray([...files]), (initial, edits, volatile) => {
      const keep = createLinker();
      const program = new Map<string, ModuleFacts>(files.map((file, index) => [file, extractFacts(parse(file, initial[index]!))]));
      for (const { file, text, cut, moved, removed } of [null, ...edits].map(item => item ?? { file: files[0], text: initial[0]!, cut: null, moved: false, removed: false })) {
        if (removed) program.delete(file);
        else program.set(file, extractFacts(parse(file, `${moved ? '// moved\n' : ''}${cut === null ? text : text.slice(0, cut)}`)));
        const modules = [...program.values()];
        const input = { modules, project, frameworks, apis, text: () => null };
        const fresh = answersOf(linkProgram(input), modules);
        assert.deepEqual(answersOf(keep(input, volatile), modules), fresh);
        reached += (fresh as { operations: [string, unknown, unknown[]][] }).operations.filter(([, , ways]) => ways.length > 0).length;
      }
    }),
    { numRuns: 40, seed: 20261123 },
  );
  assert.ok(reached > 40, `${reached} operations that were reached`);
});
