// Bundles test/**/*.test.ts and runs them on node:test.
//   npm test                    everything but the slow suites (a VS Code, a browser)
//   npm test -- order lsp       only files whose path holds one of the words
//   npm test -- --all           everything
import { build } from 'esbuild';
import { spawnSync } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { nodeOptions } from '../esbuild.mjs';

const slow = /^test\/(vscode|webview|editors)\//;
const words = process.argv.slice(2).filter(arg => !arg.startsWith('--'));
const all = process.argv.includes('--all');
const files = readdirSync('test', { recursive: true, withFileTypes: true })
  .filter(entry => entry.isFile() && entry.name.endsWith('.test.ts'))
  .map(entry => join(entry.parentPath, entry.name))
  .filter(file => (words.length ? words.some(word => file.includes(word)) : all || !slow.test(file)))
  .sort();
if (files.length === 0) {
  console.error(`no test file matches ${words.join(' ') || 'test/**/*.test.ts'}`);
  process.exit(1);
}
const outdir = join('node_modules', '.cache', `looplens-test-${process.pid}`);
try {
  await build({ ...nodeOptions, entryPoints: files, outdir, outbase: 'test', packages: 'external' });
  const built = files.map(file => join(outdir, file.replace(/^test\//, '').replace(/\.ts$/, '.js')));
  const run = spawnSync(process.execPath, ['--enable-source-maps', '--test', `--test-concurrency=${availableParallelism()}`, ...built], { stdio: 'inherit' });
  process.exitCode = run.signal ? 1 : (run.status ?? 1);
} finally {
  rmSync(outdir, { recursive: true, force: true });
}
