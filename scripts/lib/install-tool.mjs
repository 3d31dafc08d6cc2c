// Command-line tools of npm that tests drive (other package managers, Turborepo, …), kept outside of the repository.
import { execFile } from 'node:child_process';
import { access, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Where the tools are kept: `LOOPLENS_TOOL_CACHE`, else `~/.cache/looplens/tools`. */
export const toolDirectory = process.env.LOOPLENS_TOOL_CACHE ?? join(homedir(), '.cache', 'looplens', 'tools');

/**
 * Installs exact versions of packages into a folder of their own, once. Safe to be called by several processes at once.
 * @param {readonly string[]} specs `['pnpm@12.21.0']`
 * @returns {Promise<string>} the folder that holds their `node_modules`
 * @throws when npm cannot be reached
 */
export async function installTools(specs) {
  const target = join(toolDirectory, specs.join('+').replace(/[^\w.@+-]+/g, '_'));
  if (await exists(target)) return target;
  await mkdir(dirname(target), { recursive: true });
  const staging = await mkdtemp(`${target}.installing-`);
  try {
    await run('npm', ['install', '--prefix', staging, '--no-save', '--no-package-lock', '--no-audit', '--no-fund', '--loglevel=error', ...specs], { shell: process.platform === 'win32', env: { ...process.env, npm_config_global: 'false' } });
    await rename(staging, target).catch(async error => {
      if (!(await exists(target))) throw error;
    });
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
  return target;
}

async function exists(path) {
  return access(path).then(() => true, () => false);
}
