import { dirname, join, relative, sep } from 'node:path';
import type { PackageJson } from '../core/graph/resolve/project-files.ts';
import { isRecord } from '../core/graph/resolve/tsconfig.ts';
import { plainVersion, type LockedVersion } from './locks/locked-version.ts';
import { readNpmLock } from './locks/npm-lock.ts';
import { readPnpmLock } from './locks/pnpm-lock.ts';
import { readYarnLock } from './locks/yarn-lock.ts';
import { readText, sourceLimit, type Trust } from './read-file.ts';

/** The managers with their lock files; npm prefers the first of its two. */
const lockFiles: readonly { readonly manager: string; readonly names: readonly string[]; readonly read: (text: string) => LockedVersion | null; readonly listsFolders: boolean }[] = [
  { manager: 'npm', names: ['npm-shrinkwrap.json', 'package-lock.json'], read: readNpmLock, listsFolders: true },
  { manager: 'pnpm', names: ['pnpm-lock.yaml'], read: readPnpmLock, listsFolders: true },
  { manager: 'yarn', names: ['yarn.lock'], read: readYarnLock, listsFolders: false },
];
/** Not `peerDependencies`: which of those there is, those decide who use the package. */
const dependencyTables = ['dependencies', 'devDependencies', 'optionalDependencies'] as const;

interface Lock {
  readonly manager: string;
  readonly listsFolders: boolean;
  readonly version: LockedVersion;
}

/**
 * The versions of the direct dependencies of each package (package.json by absolute folder), as the nearest lock file that
 * knows the package fixes them. Where a range names no version and no lock file does, the installed package says it. Lock
 * files that are damaged count as absent; of several managers' in one folder, that of `packageManager` counts, else what they
 * agree on.
 * @param root folder of the workspace, which no link may lead out of
 */
export function lockedVersions(packages: ReadonlyMap<string, PackageJson>, root: string): Map<string, ReadonlyMap<string, string>> {
  const known = new Map<string, readonly Lock[]>();
  const locksIn = (folder: string): readonly Lock[] => {
    let locks = known.get(folder);
    if (!locks) known.set(folder, (locks = readLocks(folder, packages.get(folder), { root })));
    return locks;
  };
  const found = new Map<string, ReadonlyMap<string, string>>();
  for (const [folder, json] of packages) {
    const versions = new Map<string, string>();
    for (const [name, range] of rangesOf(json)) {
      const version = versionInLocks(folder, name, range, locksIn, packages) ?? (namesNoVersion(range) ? installedVersion(folder, name, { root }) : null);
      if (version !== null) versions.set(name, version);
    }
    if (versions.size > 0) found.set(folder, versions);
  }
  return found;
}

/** The ranges of the direct dependencies; where two tables name one, the first counts. */
function rangesOf(json: PackageJson): ReadonlyMap<string, string> {
  const ranges = new Map<string, string>();
  for (const table of dependencyTables) {
    const list = json[table];
    if (!isRecord(list)) continue;
    // Under an alias stands another package (`npm:other@1`).
    for (const [name, range] of Object.entries(list)) if (typeof range === 'string' && !ranges.has(name) && !/^npm:@?[^@]*@/.test(range)) ranges.set(name, range);
  }
  return ranges;
}

function versionInLocks(folder: string, name: string, range: string, locksIn: (folder: string) => readonly Lock[], packages: ReadonlyMap<string, PackageJson>): string | null {
  for (let current = folder; ; current = dirname(current)) {
    const inside = relative(current, folder).split(sep).join('/') || '.';
    const locks = locksIn(current).filter(lock => lock.listsFolders || inside === '.' || packages.get(current)?.workspaces !== undefined);
    const versions = new Set(locks.map(lock => lock.version(inside, name, range)).filter(version => version !== null));
    if (versions.size > 0) return versions.size === 1 ? [...versions][0]! : null;
    if (current === dirname(current)) return null;
  }
}

function readLocks(folder: string, json: PackageJson | undefined, trust: Trust): readonly Lock[] {
  const locks: Lock[] = [];
  for (const { manager, names, read, listsFolders } of lockFiles) {
    for (const name of names) {
      const text = readText(join(folder, name), trust, sourceLimit)?.replace(/^\uFEFF/, '') ?? null;
      const version = text === null ? null : read(text);
      if (!version) continue;
      locks.push({ manager, listsFolders, version });
      break;
    }
  }
  const wanted = typeof json?.packageManager === 'string' ? json.packageManager.split('@')[0] : undefined;
  const own = locks.filter(lock => lock.manager === wanted);
  return own.length > 0 ? own : locks;
}

/** `*`, a tag, or a catalog's entry. */
function namesNoVersion(range: string): boolean {
  return /^catalog:/.test(range) || !/[\d:/]/.test(range);
}

function installedVersion(folder: string, name: string, trust: Trust): string | null {
  if (!/^(?:@[\w.~-]+\/)?[\w~-][\w.~-]*$/.test(name)) return null;
  for (let current = folder; ; current = dirname(current)) {
    const text = readText(join(current, 'node_modules', name, 'package.json'), trust)?.replace(/^\uFEFF/, '') ?? null;
    if (text !== null) {
      try {
        const json: unknown = JSON.parse(text);
        return isRecord(json) && json['name'] === name ? plainVersion(json['version']) : null;
      } catch {
        return null;
      }
    }
    if (current === dirname(current)) return null;
  }
}
