import { resolve } from 'node:path';
import { readFileSync } from 'node:fs';
import { createRuleCheck } from '/work/w-perf/server/core/hazards/check-rules.ts';
import { rules } from '/work/w-perf/server/core/hazards/registry.ts';
import { createWorkspace } from '/work/w-perf/server/core/workspace.ts';
import { openFactsCache } from '/work/w-perf/server/host/facts-cache.ts';
import { findFiles } from '/work/w-perf/server/host/find-files.ts';
import { loadWorkspace } from '/work/w-perf/server/host/load-workspace.ts';
const [folder, file, n = '12'] = process.argv.slice(2) as [string, string, string?];
const root = resolve(folder);
const workspace = createWorkspace({ longLived: true });
const cache = openFactsCache(`/tmp/perf/fc${root.replaceAll('/', '_')}`, 'bench');
await loadWorkspace(workspace, findFiles(['.'], { cwd: root }), { root, cache });
cache.save();
let text = readFileSync(`${root}/${file}`, 'utf8');
workspace.setText(file, text, true);
(await workspace.snapshot()).findings();
const byRule = new Map<string, number[]>();
const lap = (): number => { const { user, system } = process.cpuUsage(); return (user + system) / 1000; };
const mid = text.split('\n').length >> 1;
const at = text.split('\n').slice(0, mid).join('\n').length;
const typed = ['\n', 'c', 'o', 'n', 's', 't', ' ', 'q', ' ', '=', ' ', 'f', '(', '1', ')', ';'];
let pos = at;
const rows: number[][] = [];
for (let i = 0; i < Number(n); i++) {
  const c = typed[i % typed.length]!;
  text = text.slice(0, pos) + c + text.slice(pos); pos++;
  workspace.setText(file, text, true);
  const t0 = lap();
  await workspace.extracted(file);
  const t1 = lap();
  const snapshot = await workspace.snapshot();
  const t2 = lap();
  for (const rule of rules) {
    const a = performance.now();
    createRuleCheck(snapshot.graph, [rule], { optionsFor: () => ({}), nodeFor: () => null }, 'en', (_p, run) => run())([file]);
    let l = byRule.get(rule.meta.id); if (!l) byRule.set(rule.meta.id, (l = [])); l.push(performance.now() - a);
  }
  const t3 = lap();
  snapshot.findings();
  const t4 = lap();
  rows.push([t1 - t0, t2 - t1, t3 - t2, t4 - t3]);
}
console.log(folder, file, 'extract link rulesX rest');
for (const r of rows) console.log(r.map(x => x.toFixed(0).padStart(6)).join(' '));
const med = (l: number[]): number => [...l].sort((a, b) => a - b)[l.length >> 1]!;
console.log([...byRule].map(([id, l]) => [id, med(l)] as const).sort((a, b) => b[1] - a[1]).slice(0, 25).map(([id, m]) => `${m.toFixed(1)} ${id}`).join('\n'));
