// npm run mutants [-- --count 10000 --seed 1 --folder <dir>…]
// Breaks real files as typing breaks them and puts each mutant through the whole analysis: facts, the link with a server beside it,
// all rules. Prints what threw, and what took more than two seconds of CPU.
import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { createGuard } from '../server/core/faults/guard.ts';
import { isSource } from '../server/host/find-files.ts';
import { createWorkspace } from '../server/core/workspace.ts';
import { mutate, seeded } from './lib/mutate.ts';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { count: { type: 'string', default: '10000' }, seed: { type: 'string', default: '1' }, keep: { type: 'string' } } });
const folders = positionals.length > 0 ? positionals : ['server', 'client', 'examples', 'node_modules/eslint/lib', 'node_modules/ajv/lib', 'node_modules/fast-check/lib', 'node_modules/vscode-languageserver/lib'];
const sizeLimit = 60_000;
const random = seeded(Number(values.seed));
const files = folders.flatMap(folder => readdirSync(folder, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile() && isSource(entry.name)).map(entry => join(entry.parentPath, entry.name))).filter(file => statSync(file).size < sizeLimit).sort();

const server = "const express = require('express');\nconst mutant = require('./mutant');\nconst app = express();\nfor (const name of Object.keys(mutant)) app.get('/' + name, async (req, res) => res.send(await mutant[name](req.body)));\napp.use(mutant.default ?? mutant);\n";
let thrown = 0;
let slow = 0;
let withErrors = 0;
const started = process.cpuUsage();
for (let index = 0; index < Number(values.count); index++) {
  const file = files[Math.floor(random() * files.length)]!;
  const text = mutate(readFileSync(file, 'utf8'), random);
  const before = process.cpuUsage();
  const guard = createGuard();
  const workspace = createWorkspace({ guard });
  workspace.setText('server.js', server);
  workspace.setText(`mutant${extname(file)}`, text);
  const snapshot = await workspace.snapshot();
  snapshot.findings();
  if (snapshot.errors.length > 0) withErrors++;
  const { user, system } = process.cpuUsage(before);
  const ms = Math.round((user + system) / 1000);
  for (const { part, message, stack } of guard.faults) console.log(`${index} ${file} · ${part}: ${message}\n    ${stack.split('\n').slice(1, 4).map(line => line.trim()).join('\n    ')}`);
  if (guard.faults.length > 0) thrown++;
  if (ms > 2000) {
    slow++;
    console.log(`${index} ${file} · ${ms} ms, ${text.length} characters`);
  }
  if (values.keep !== undefined && (guard.faults.length > 0 || ms > 2000)) writeFileSync(join(values.keep, `${index}${extname(file)}`), text);
}
const { user, system } = process.cpuUsage(started);
console.log(`${values.count} mutants of ${files.length} files, seed ${values.seed}: ${withErrors} with syntax errors, ${thrown} threw, ${slow} took over 2 s; ${((user + system) / 1e6).toFixed(0)} s of CPU`);
process.exitCode = thrown + slow > 0 ? 1 : 0;
