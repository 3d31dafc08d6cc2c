import assert from 'node:assert/strict';
import { test } from 'node:test';
import { extractFacts } from '../../server/core/facts/extract-facts.ts';
import { linkProgram } from '../../server/core/graph/link-program.ts';
import { noProjectFiles } from '../../server/core/graph/resolve/project-files.ts';
import { checkRules, toFinding } from '../../server/core/hazards/check-rules.ts';
import { rules } from '../../server/core/hazards/registry.ts';
import { frameworks } from '../../server/core/node/frameworks.ts';
import { createApiIndex } from '../../server/core/node/lookup.ts';
import { parse } from '../../server/core/syntax/parse.ts';

// No set of functions is too long: what is found in a table of thirty is found in one of a thousand.

const apis = createApiIndex();
const blocking = rules.filter(rule => rule.meta.id === 'blocking-fs');

/** The lines in which something blocks, of a program of modules. */
function found(program: Readonly<Record<string, string>>): number {
  const modules = Object.entries(program).map(([file, text]) => extractFacts(parse(file, text)));
  const graph = linkProgram({ modules, project: noProjectFiles, frameworks, apis, text: file => program[file] ?? null });
  return new Set(checkRules(graph, blocking).map(draft => toFinding(draft, 'error')).map(({ location: { file, start } }) => `${file}:${start}`)).size;
}

const head = "import { readFileSync } from 'node:fs';\nimport express from 'express';\nconst app = express();\n";
const repeat = (count: number, item: (index: number) => string, between = '\n'): string => Array.from({ length: count }, (_, index) => item(index)).join(between);

/** Programs in which so many calls block, by how their functions are kept. */
const shapes: Readonly<Record<string, (count: number) => string>> = {
  'a list of routes': n => `const routes = [${repeat(n, i => `{ path: '/${i}', handler: (req, res) => { res.send(readFileSync('${i}')); } }`, ',\n')}];\nfor (const r of routes) app.get(r.path, r.handler);`,
  'a function that registers one route': n => `const route = o => app.get(o.path, o.handler);\n${repeat(n, i => `route({ path: '/${i}', handler: (req, res) => { res.send(readFileSync('${i}')); } });`)}`,
  'callbacks behind a wrapper': n => `const run = q => q.go();\n${repeat(n, i => `app.get('/${i}', (req, res) => res.send(run({ go: () => readFileSync('${i}') })));`)}`,
  'classes behind a wrapper': n => `const serve = h => (req, res) => res.send(h.handle());\n${repeat(n, i => `class H${i} { handle() { return readFileSync('${i}'); } }\napp.get('/${i}', serve(new H${i}()));`)}`,
  'subclasses behind a wrapper': n => `class Base { run() { return this.handle(); } log() { this.name(); } name() { return ''; } }\nconst serve = h => (req, res) => { h.log(); res.send(h.run()); };\n${repeat(n, i => `class H${i} extends Base { handle() { return readFileSync('${i}'); } }\napp.get('/${i}', serve(new H${i}()));`)}`,
  'an object of functions': n => `const api = {${repeat(n, i => `fn${i}: u => readFileSync(u + '${i}')`, ',\n')}};\napp.get('/:k', (req, res) => res.send(api[req.params.k](req.url)));`,
  'a map of functions': n => `const api = new Map();\n${repeat(n, i => `api.set('${i}', u => readFileSync(u + '${i}'));`)}\napp.get('/:k', (req, res) => res.send(api.get(req.params.k)(req.url)));`,
  'a map made of pairs': n => `const api = new Map([${repeat(n, i => `['${i}', u => readFileSync(u + '${i}')]`, ',\n')}]);\napp.get('/:k', (req, res) => res.send(api.get(req.params.k)(req.url)));`,
  'pairs of an object': n => `const api = {${repeat(n, i => `fn${i}: (req, res) => { res.send(readFileSync('${i}')); }`, ',\n')}};\nfor (const [name, fn] of Object.entries(api)) app.get('/' + name, fn);`,
  'lists of their own': n => `const register = list => list.forEach(fn => app.use(fn));\n${repeat(n, i => `const l${i} = [];\nl${i}.push((req, res) => { res.send(readFileSync('${i}')); });\nregister(l${i});`)}`,
  'objects filled later': n => `const register = o => app.use(o.fn);\n${repeat(n, i => `const o${i} = {};\no${i}.fn = (req, res) => { res.send(readFileSync('${i}')); };\nregister(o${i});`)}`,
  'commands pushed to a list': n => `const commands = [];\n${repeat(n, i => `commands.push({ name: '${i}', run: () => readFileSync('${i}') });`)}\napp.get('/:k', (req, res) => res.send(commands.find(c => c.name === req.params.k).run()));`,
};

for (const [name, shape] of Object.entries(shapes)) {
  test(`complete at any length: ${name}`, () => {
    // Behind a wrapper each entry reaches all: as many ways as the square, which no test should take long for.
    for (const count of [31, 33, 100, name.includes('wrapper') ? 200 : 1000]) assert.equal(found({ 'app.js': head + shape(count) }), count, String(count));
  });
}
