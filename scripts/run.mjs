// Bundles one TypeScript script and runs it: node scripts/run.mjs scripts/bench.ts [args…]
import { build } from 'esbuild';
import { spawnSync } from 'node:child_process';
import { basename, join } from 'node:path';
import { nodeOptions } from '../esbuild.mjs';

const [script, ...args] = process.argv.slice(2);
if (!script) {
  console.error('usage: node scripts/run.mjs <script.ts> [args…]');
  process.exit(2);
}
const outdir = join('node_modules', '.cache', 'looplens-scripts', basename(script, '.ts'));
await build({ ...nodeOptions, entryPoints: [script], outdir, packages: 'external' });
const { status, signal } = spawnSync(process.execPath, ['--enable-source-maps', join(outdir, basename(script, '.ts') + '.js'), ...args], { stdio: 'inherit' });
process.exit(signal ? 1 : status);
