// node scripts/run.mjs scripts/deep-shapes.ts [--size 20000] [--files 2000] [word…]
// Puts programs that are as deep as `size` through the whole analysis with the default stack. Prints what threw, and the CPU time of each.
import { parseArgs } from 'node:util';
import { createGuard } from '../server/core/faults/guard.ts';
import { readManifestsAmong } from './lib/shape-project.ts';
import { createWorkspace } from '../server/core/workspace.ts';
import { deepShapes } from './lib/deep-shapes.ts';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { size: { type: 'string', default: '20000' }, files: { type: 'string', default: '5000' } } });
let failed = 0;
for (const [name, shape] of Object.entries(deepShapes)) {
  if (positionals.length > 0 && !positionals.some(word => name.includes(word))) continue;
  const size = /^(?:modules|extended)/.test(name) ? Number(values.files) : Number(values.size);
  const before = process.cpuUsage();
  const guard = createGuard();
  const workspace = createWorkspace({ guard });
  const files = shape(size);
  workspace.setProject(readManifestsAmong(files));
  for (const [file, text] of Object.entries(files)) if (!file.endsWith('.json')) workspace.setText(file, text);
  const snapshot = await workspace.snapshot();
  const findings = snapshot.findings().length;
  const { user, system } = process.cpuUsage(before);
  const errors = [...new Set([...snapshot.errors.map(error => error.message), ...guard.faults.map(fault => `${fault.part}: ${fault.message} ${fault.stack.split('\n').slice(1, 5).map(line => line.trim()).join(' ')}`)])];
  if (guard.faults.length > 0) failed++;
  console.log(`${((user + system) / 1e6).toFixed(1).padStart(6)} s  ${name} (${size}): ${findings} findings${errors.length > 0 ? `; ${errors.slice(0, 3).join('\n          ')}` : ''}`);
}
console.log(`${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
