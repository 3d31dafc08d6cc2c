import { readFileSync } from 'node:fs';
import { resolve, dirname } from 'node:path';
import { explore } from '../server/core/order/explore.ts';
import { runProgram } from '../server/core/order/machine.ts';
import { createDiskProgram } from '../server/host/disk-program.ts';
import { differentialBudget } from '../test/order/differential.ts';
const { programs } = JSON.parse(readFileSync('test/order/programs/recorded.json', 'utf8'));
const [word, node = '24', limit = '60', verbose] = process.argv.slice(2);
for (const file of [...Object.keys(programs), "zz-demo.cjs"]) {
  if (!new RegExp(word!).test(file)) continue;
  const path = resolve('test/order/programs', file);
  const program = createDiskProgram(path);
  const c = process.cpuUsage();
  let runs = 0; const why = new Map<string, number>();
  const counted: typeof runProgram = (p, o, d) => { runs++; const r = runProgram(p, o, d); if (runs <= 1 && verbose) for (const x of r.decisions) console.log('   ?', x.why, '=>', x.alternatives[x.taken]); for (const x of r.decisions) why.set(x.why, (why.get(x.why) ?? 0) + 1); return r; };
  const t = explore(counted, program, { node: Number(node) as 24, module: program.moduleType(path, Number(node) as 24), entryPoint: { kind: 'file' }, budget: { ...differentialBudget, runs: Number(limit) } });
  const d = process.cpuUsage(c);
  console.log(file, 'runs', runs, ((d.user + d.system) / 1000).toFixed(0), 'ms', t.complete ? 'complete' : t.incompleteBecause.join('; '));
  const show = (lines: string[]): string => lines.join(' | ').replaceAll(dirname(path), '<directory>');
  const ours = new Set(t.outcomes.map(o => show(o.output.filter(l => l.stream === 'stdout').map(l => l.exact ? l.text : '~')) + ` (${o.exitCode})`));
  const real = new Set((programs[file] ?? []).filter((o: any) => o.node.includes(node)).map((o: any) => show(o.lines.map((l: any) => l.text ?? l)) + ` (${o.exitCode})`));
  for (const r of real) console.log(ours.has(r as string) ? '  both ' : '  REAL ', r);
  for (const o of ours) if (!real.has(o)) console.log('  ours ', o);
}
