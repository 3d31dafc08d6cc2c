import { readFileSync } from 'node:fs';
import { runProgram } from '../server/core/order/machine.ts';
import { predict, differentialBudget } from '../test/order/differential.ts';
const [file, node = '24', runs = '200'] = process.argv.slice(2);
const name = file!.split('/').pop()!;
if (process.env.RAW) { const r = runProgram({ entry: "/p/" + name, read: f => f === "/p/" + name ? readFileSync(file!, "utf8") : null, resolve: () => null, moduleType: f => f.endsWith(".mjs") ? "module" : "commonjs" }, { node: Number(node) as 24, module: name.endsWith(".mjs") ? "module" : "commonjs", entryPoint: { kind: "file" }, budget: differentialBudget }, () => 0); for (const l of r.output) console.log(l.stream, l.text); for (const d of r.decisions) console.log("  ?", d.why, "=>", d.alternatives[d.taken]); console.log(r.incompleteBecause, r.exitCode); process.exit(); }
const t = performance.now();
const p = predict(runProgram, new Map([[name, readFileSync(file!, 'utf8')]]), Number(node) as 24, { ...differentialBudget, runs: Number(runs) });
console.log(JSON.stringify(p.runs), (performance.now() - t).toFixed(0), 'ms', p.incompleteBecause);
for (const o of p.outcomes) console.log(o.lines.join(' | '), (o as any).exitCode);
