// Makes the npm package as it is published: node scripts/pack.mjs <folder to put the tarball into>. Prints its path and what is in it.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { buildPackage } from '../esbuild.mjs';

const target = resolve(process.argv[2] ?? '.');
mkdirSync(target, { recursive: true });
// In a folder of its own, so that the dist/ of a checkout in which somebody works stays as it is.
const folder = mkdtempSync(join(tmpdir(), 'looplens-pack-'));
try {
  const { files } = JSON.parse(readFileSync('package.json', 'utf8'));
  await buildPackage(join(folder, 'dist'));
  for (const path of ['package.json', 'README.md', 'LICENSE', ...files]) {
    if (path === 'dist') continue;
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    cpSync(path, join(folder, path), { recursive: true });
  }
  const { status, stdout, stderr } = spawnSync('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', target], { cwd: folder, encoding: 'utf8', shell: process.platform === 'win32' });
  if (status !== 0) throw new Error(stderr);
  // npm 11 prints an array, npm 12 an object by package name.
  const [report] = Object.values(JSON.parse(stdout));
  console.log(JSON.stringify({ tarball: join(target, report.filename), size: report.size, unpackedSize: report.unpackedSize, files: report.files.map(file => file.path) }, null, 2));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
