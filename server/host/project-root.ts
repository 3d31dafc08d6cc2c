import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { readJson } from '../core/text/json.ts';
import { readText } from './read-file.ts';
import { existsSync } from './recorded-fs.ts';

/**
 * The folder whose files make up the program that a file or folder belongs to: the nearest one, itself included, that has a config with
 * `root`, declares a workspace (npm, Yarn, pnpm, Lerna, Nx, Turborepo, Rush) or is a Git repository; without any, the nearest package
 * or TypeScript project. Null where there is none of these, and where it would be the user's home or the whole disk, which hold more
 * than one program.
 * @param folder absolute
 */
export function projectRoot(folder: string): string | null {
  const found = nearest(folder, isRoot) ?? nearest(folder, directory => ['package.json', 'tsconfig.json', 'jsconfig.json'].some(name => existsSync(join(directory, name))));
  return found === null || found === homedir() || found === dirname(found) ? null : found;
}

/** The repository that a folder lies in, or null. A `.git` file (a worktree, a submodule) counts like the folder. */
export function gitRoot(folder: string): string | null {
  return nearest(folder, directory => existsSync(join(directory, '.git')));
}

/** What a program may not reach out of, and from where its files are named: the repository, else the project, else the folder itself. */
export function workspaceRoot(folder: string): string {
  return gitRoot(folder) ?? projectRoot(folder) ?? folder;
}

function nearest(folder: string, accept: (directory: string) => boolean): string | null {
  for (let directory = folder; ; directory = dirname(directory)) {
    if (accept(directory)) return directory;
    if (directory === dirname(directory)) return null;
  }
}

function isRoot(directory: string): boolean {
  if (['.git', 'pnpm-workspace.yaml', 'lerna.json', 'nx.json', 'turbo.json', 'rush.json'].some(name => existsSync(join(directory, name))) && !isPackageOfTurbo(directory)) return true;
  if (readObject(join(directory, 'package.json'))?.['workspaces'] !== undefined) return true;
  return ['looplens.config.json', 'looplens.config.jsonc'].some(name => readObject(join(directory, name))?.['root'] === true);
}

/** A package of a Turborepo may have a turbo.json of its own, which extends the one at the root. */
function isPackageOfTurbo(directory: string): boolean {
  return !existsSync(join(directory, '.git')) && readObject(join(directory, 'turbo.json'))?.['extends'] !== undefined;
}

function readObject(path: string): Readonly<Record<string, unknown>> | null {
  const text = readText(path, 'walked');
  const value: unknown = text === null ? null : readJson(text);
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
}
