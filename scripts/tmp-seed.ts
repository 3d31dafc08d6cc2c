import { readFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { runProgram } from '../server/core/order/machine.ts';
import { predict, judge, differentialBudget } from '../test/order/differential.ts';
import { generateProgram, writeProgram } from '../test/order/generator.ts';
const [seed, kind, major, show] = process.argv.slice(2);
const files = writeProgram(generateProgram(Number(seed), 14), kind as 'module');
if (show) for (const [n, t] of files) console.log(`// ${n}\n${t}`);
const key = createHash('sha256').update(JSON.stringify([Number(major), ...files])).digest('base64url').slice(0, 16);
const line = readFileSync(`/tmp/order-proof/real-${major}.jsonl`, 'utf8').split('\n').find(l => l.startsWith(`["${key}"`));
const runs = line ? JSON.parse(line)[1] : [];
const p = predict(runProgram, files, Number(major) as 24, { ...differentialBudget, runs: 2000 });
console.log(p.complete, p.incompleteBecause, p.runs);
for (const r of runs) { console.log(r ? judge(p, r) : 'hung'); if (r) console.log('real', JSON.stringify(r).slice(0, 1500)); }
for (const o of p.outcomes.slice(0, 6)) console.log('ours', o.lines.join(' '));
