import assert from 'node:assert/strict';
import { test } from 'node:test';
import { extractFacts } from '../../server/core/facts/extract-facts.ts';
import type { ModuleFacts } from '../../server/core/facts/module-facts.ts';
import { linkProgram } from '../../server/core/graph/link-program.ts';
import { noProjectFiles } from '../../server/core/graph/resolve/project-files.ts';
import { checkRules } from '../../server/core/hazards/check-rules.ts';
import { rules } from '../../server/core/hazards/registry.ts';
import { frameworks } from '../../server/core/node/frameworks.ts';
import { createApiIndex } from '../../server/core/node/lookup.ts';
import { parse } from '../../server/core/syntax/parse.ts';

// A file of twice the length takes twice the work: counted are the facts that rules look at, never time.

/** What one file holds many times over; `#` is the number of the copy. */
const shapes: Readonly<Record<string, string>> = {
  'executors that settle later': 'export function f#(a) { return new Promise(resolve => setImmediate(() => resolve(a))); }',
  'executors that hand on': 'export const g# = file => new Promise((resolve, reject) => fs.readFile(file, (error, data) => (error ? reject(error) : resolve(data))));',
  'async functions': 'export async function load#(list) { try { for (const item of list) await save#(item); } finally { close(); } }\nasync function save#(item) { const old = await load#([]); old.name; return item; }',
  'timers and ticks': 'export function t#(a) { const timer = setTimeout(() => process.nextTick(a), 5); setInterval(async () => { await a(); }, 1000); return timer; }',
  'routes that block': "app.get('/r#', async (req, res) => { const n = Number(req.query.n); for (let i = 0; i < n; i++) fs.readFileSync('x'); res.json(JSON.parse(req.body.text)); });",
  'lists in handlers': "app.post('/l#', (req, res) => { const list = req.body.items.filter((x, i, all) => all.indexOf(x) === i); Promise.all(list.map(item => fetch(item.url))).then(all => res.json(all)); });",
  'loops over queues': 'export function q#(queue) { let next = queue; while (next.length) { const item = next.shift(); item.items.map(x => fs.promises.readFile(x)); } }',
  'emitters': "export function e#(stream) { const out = fs.createWriteStream('a#'); stream.pipe(out); stream.on('data', async chunk => { await out.write(chunk); }); stream.finally(() => { q(); }); }",
  'callbacks': "export function c#(path, done) { if (!path) return done('none'); fs.stat(path, (error, stats) => { done(null, stats); }); }",
  'recursions': 'export function r#(n, a) { return n < 2 ? n : r#(n - 1, a) + r#(n - 2, a); }',
  'expressions': "app.get('/x#', (req, res) => { res.end(String(/^(a+)+$/.test(req.query.a), new RegExp(req.query.b).exec('x'))); });",
  'functions that throw': 'export function p#(x) { if (x) throw new Error(p#(x)); return p#(x); }\nexport function o#(s) { s.on("data", x => { if (x) throw new Error(x); q(); }); }',
  'classes': "export class S# extends EventEmitter { constructor() { super(); this.emit('ready'); } read(name) { return this.cache ?? fs.readFileSync(name); } }",
};

const head = "import fs from 'node:fs';\nimport { EventEmitter } from 'node:events';\nimport express from 'express';\nconst app = express();\n";
const apis = createApiIndex();
const lists = ['functions', 'classes', 'objects', 'variables', 'assignments', 'calls', 'loops', 'regexes', 'uses', 'imports', 'exports', 'watchedReads', 'undeclared'] as const;

/** The facts with a counter at each of their lists: every element that somebody takes out counts. */
function counted(facts: ModuleFacts, count: () => void): ModuleFacts {
  const handler: ProxyHandler<readonly unknown[]> = {
    get(target, key, receiver) {
      if (typeof key === 'string' && key !== 'length' && /^\d/.test(key)) count();
      return Reflect.get(target, key, receiver) as unknown;
    },
  };
  return { ...facts, ...Object.fromEntries(lists.map(name => [name, new Proxy(facts[name] as readonly unknown[], handler)])) };
}

/** By rule: how many facts it looks at in a file of so many copies. */
function work(shape: string, copies: number): ReadonlyMap<string, number> {
  let looks = 0;
  const text = head + Array.from({ length: copies }, (_, index) => shape.replaceAll('#', String(index))).join('\n');
  const facts = counted(extractFacts(parse('a.js', text)), () => void looks++);
  const graph = linkProgram({ modules: [facts], project: noProjectFiles, frameworks, apis, text: () => text });
  return new Map(
    rules.map(rule => {
      const before = looks;
      checkRules(graph, [rule]);
      return [rule.meta.id, looks - before];
    }),
  );
}

/** For each emitter its file is gone through for its other names: still quadratic, docs/bench.md says so. */
const stillSteep: ReadonlySet<string> = new Set(['emitters emitter-error-unhandled']);

for (const [name, shape] of Object.entries(shapes)) {
  test(`${name}: twice the length, twice the work`, () => {
    const [once, twice] = [work(shape, 40), work(shape, 80)];
    const steep = [...twice].filter(([rule, looks]) => looks > 2.3 * once.get(rule)! + 400).map(([rule, looks]) => `${rule}: ${once.get(rule)} → ${looks}`);
    assert.deepEqual(steep.filter(line => !stillSteep.has(`${name} ${line.split(':')[0]}`)), []);
  });
}
