// What each rule costs on folders, in ms of CPU: node scripts/run.mjs scripts/bench-rules.ts <folder>…
// The second figure is that of a second pass over the same graph, where all shared answers are there already.
import { resolve } from 'node:path';
import { createConfigSet } from '../server/core/config/resolve-config.ts';
import { checkRules } from '../server/core/hazards/check-rules.ts';
import { rules } from '../server/core/hazards/registry.ts';
import { createWorkspace, defaultSeverity } from '../server/core/workspace.ts';
import { openFactsCache } from '../server/host/facts-cache.ts';
import { findFiles } from '../server/host/find-files.ts';
import { loadWorkspace } from '../server/host/load-workspace.ts';

for (const folder of process.argv.slice(2)) {
  const root = resolve(folder);
  const workspace = createWorkspace();
  const cache = openFactsCache(`node_modules/.cache/looplens-bench-rules${root.replaceAll('/', '_')}`, 'bench');
  await loadWorkspace(workspace, findFiles(['.'], { cwd: root }), { root, cache });
  cache.save();
  const linkStart = process.cpuUsage();
  const { graph } = await workspace.snapshot();
  const linked = cpuSince(linkStart);
  const { settingsFor } = createConfigSet(new Map(), () => null, { confidence: 'likely', defaultSeverity });
  const settings = { optionsFor: (rule: string, file: string) => settingsFor(file).optionsOf(rule), nodeFor: (file: string) => settingsFor(file).node };
  const passes = [0, 1].map(() =>
    rules.map(rule => {
      const start = process.cpuUsage();
      const found = checkRules(graph, [rule], settings).length;
      return { id: rule.meta.id, found, ms: cpuSince(start) };
    }),
  );
  const [first, second] = passes as [(typeof passes)[0], (typeof passes)[0]];
  const total = (pass: typeof first): string => pass.reduce((sum, { ms }) => sum + ms, 0).toFixed(0);
  console.log(`${folder}: ${graph.linkedFiles.length} of ${graph.files.length} files linked in ${linked.toFixed(0)} ms; rules ${total(first)} ms, again ${total(second)} ms`);
  for (const [index, { id, ms, found }] of [...first.entries()].sort(([, a], [, b]) => b.ms - a.ms).slice(0, 30)) console.log(`  ${ms.toFixed(1).padStart(8)} ${second[index]!.ms.toFixed(1).padStart(8)}  ${id} (${found})`);
}

function cpuSince(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}
