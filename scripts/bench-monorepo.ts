// What a monorepo costs: node scripts/run.mjs scripts/bench-monorepo.ts [packages] [files of a package]
// A generated workspace, 400 packages with 75 files each (30,000 files, 120 MB) where nothing is said. Measured are wall and CPU time and peak
// memory of the whole process tree: cold on one machine, warm with nothing changed, of the slowest of eight machines that extract a shard each, and
// of the run that lints from their facts. Half of the packages are measured, too: growth should be linear. Prints; run it on a quiet machine.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';

const packages = Number(process.argv[2] ?? 400);
const filesOfPackage = Number(process.argv[3] ?? 75);
const shards = 8;
if (!existsSync('dist/cli.js')) throw new Error('build first: npm run build');
const cli = join(process.cwd(), 'dist', 'cli.js');

interface Usage {
  readonly wallS: number;
  readonly cpuS: number;
  readonly rssMb: number;
}

/** About 4 kB of a module of a service: imports of neighbours and of another package, a store, handlers, types. */
function moduleText(pkg: number, file: number): string {
  const parts = [`import { readFile } from 'node:fs/promises';`, `import fs from 'node:fs';`, `import { load${(file + 1) % filesOfPackage} } from './module${(file + 1) % filesOfPackage}';`];
  if (file % 10 === 0 && pkg > 0) parts.push(`import { load0 as shared } from '@example/package${Math.floor(pkg / 2)}';`);
  parts.push(`export interface Item${file} { readonly id: string; readonly amount: number; readonly tags: readonly string[] }`);
  for (let i = 0; i < 16; i++) {
    parts.push(
      `/** Sums up what the tags of kind ${i} hold, and remembers it. */`,
      `export async function ${i === 0 ? `load${file}` : `step${file}x${i}`}(items: readonly Item${file}[], depth = 0): Promise<number> {`,
      `  const wanted = items.filter(item => item.tags.includes('kind-${i}')).map(({ id, amount }) => ({ id, amount: amount * ${i + 1} }));`,
      `  const total = wanted.reduce((sum, { amount }) => sum + amount, 0);`,
      i === 3 && file % 25 === 0 ? `  fs.writeFileSync('log-${pkg}', String(total));` : `  if (total > ${i * 100} && depth < 3) return total + (await load${(file + 1) % filesOfPackage}([], depth + 1));`,
      `  return total;`,
      `}`,
    );
  }
  if (file % 10 === 0 && pkg > 0) parts.push(`export const fromShared = () => shared([]);`);
  parts.push(`export const config${file} = async () => JSON.parse(await readFile('config-${pkg}.json', 'utf8'));`);
  return `${parts.join('\n')}\n`;
}

function write(folder: string, count: number): number {
  let bytes = 0;
  const put = (path: string, text: string): void => {
    bytes += text.length;
    writeFileSync(join(folder, path), text);
  };
  put('package.json', JSON.stringify({ name: 'example', private: true, workspaces: ['packages/*'] }));
  for (let pkg = 0; pkg < count; pkg++) {
    mkdirSync(join(folder, 'packages', `package${pkg}`), { recursive: true });
    put(`packages/package${pkg}/package.json`, JSON.stringify({ name: `@example/package${pkg}`, version: '1.0.0', main: 'module0.ts', dependencies: { express: '5' } }));
    for (let file = 0; file < filesOfPackage - 1; file++) put(`packages/package${pkg}/module${file}.ts`, moduleText(pkg, file));
    put(`packages/package${pkg}/module${filesOfPackage - 1}.ts`, `import express from 'express';\nimport { load0, step0x3 } from './module0';\nexport const load${filesOfPackage - 1} = load0;\nexpress().post('/items', async (req, res) => { await step0x3(req.body); res.json(await load0(req.body)); }).listen(3000);\n`);
  }
  return bytes;
}

/** Runs the command line in a folder; throws where it fails. */
function run(folder: string, args: readonly string[]): Usage {
  const start = performance.now();
  const report = join(folder, '..', 'usage.json');
  const { status, stderr } = spawnSync(process.execPath, ['--require', join(process.cwd(), 'scripts/lib/usage-at-exit.cjs'), '--max-old-space-size=8192', cli, ...args], { cwd: folder, encoding: 'utf8', maxBuffer: 2 ** 30, env: { ...process.env, BENCH_USAGE: report, XDG_CACHE_HOME: join(folder, '..', 'cache') } });
  if (status !== 0 && status !== 1) throw new Error(`looplens ${args.join(' ')}: exit ${status}\n${stderr.slice(0, 2000)}`);
  const { cpuMs, rssMb } = JSON.parse(readFileSync(report, 'utf8')) as { cpuMs: number; rssMb: number };
  return { wallS: (performance.now() - start) / 1000, cpuS: cpuMs / 1000, rssMb };
}

const print = (name: string, { wallS, cpuS, rssMb }: Usage): void => console.log(`  ${name.padEnd(46)} ${wallS.toFixed(1).padStart(8)} s  ${cpuS.toFixed(1).padStart(8)} s CPU  ${rssMb.toFixed(0).padStart(6)} MB`);

console.log(`${new Date().toISOString().slice(0, 10)}, Node.js ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB`);
for (const count of [Math.floor(packages / 2), packages]) {
  const home = mkdtempSync(join(tmpdir(), 'looplens-monorepo-'));
  try {
    const folder = join(home, 'workspace');
    mkdirSync(folder);
    const bytes = write(folder, count);
    console.log(`${count} packages, ${count * filesOfPackage} files, ${(bytes / 1e6).toFixed(0)} MB`);
    const out = join(home, 'report.json');
    print('cold', run(folder, ['lint', '--format', `json:${out}`]));
    const findings = (JSON.parse(readFileSync(out, 'utf8')) as { findings: unknown[] }).findings.length;
    // Of a moment ago no cache is sure.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 4000);
    print('the next run, nothing changed', run(folder, ['lint', '--format', `json:${out}`]));
    const parts = Array.from({ length: shards }, (_, index) => run(folder, ['facts', '--shard', `${index + 1}/${shards}`, '--out', `../facts-${index}`]));
    print(`one of ${shards} machines extracts its shard (slowest)`, parts.reduce((a, b) => (a.cpuS > b.cpuS ? a : b)));
    print('one machine reports from all facts', run(folder, ['lint', '--no-cache', '--facts', '../facts-*', '--format', `json:${out}`]));
    const again = (JSON.parse(readFileSync(out, 'utf8')) as { findings: unknown[] }).findings.length;
    console.log(`  ${findings} findings, ${again} from the facts`);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}
