import { hasConflict, plainVersion, type LockedVersion } from './locked-version.ts';

interface Locked {
  version?: string;
  range?: string;
}

const dependencyTable = /^(?:(?:dev|optional)?[dD]ependencies|specifiers)$/;

/**
 * Reads what the projects of a pnpm-lock.yaml depend on: under `importers` by folder, or at the top where there is one project;
 * as `a: 1.2.3` beside a table `specifiers` (lockfileVersion 5), or with `specifier` and `version` below the name (6 and
 * later). This is not YAML but the few shapes of it that pnpm writes. Entries for another range than package.json's do not
 * count, nor does a last line that is cut off.
 */
export function readPnpmLock(text: string): LockedVersion | null {
  if (hasConflict(text)) return null;
  const locked = new Map<string, Locked>();
  /** The keys that a line stands under, by depth, and its own. */
  const path: string[] = [];
  let isRead = false;
  for (const line of text.split('\n').slice(0, -1)) {
    if (/^\S/.test(line)) isRead = line.startsWith('importers:') || dependencyTable.test(line.trimEnd().slice(0, -1));
    const match = isRead ? /^( *)('[^']*'|"[^"]*"|[^\s'"#][^:]*):(?: (.*?))?\r?$/.exec(line) : null;
    if (!match) continue;
    const depth = match[1]!.length / 2;
    path.length = Math.min(path.length, depth);
    path[depth] = unquoted(match[2]!);
    const [folder, table, name, field] = path[0] === 'importers' ? path.slice(1) : ['.', ...path];
    if (!match[3] || !name || !dependencyTable.test(table ?? '')) continue;
    const isRange = field === 'specifier' || (field === undefined && table === 'specifiers');
    if (!isRange && field !== undefined && field !== 'version') continue;
    const key = `${folder}\0${name}`;
    locked.set(key, { ...locked.get(key), [isRange ? 'range' : 'version']: unquoted(match[3]) });
  }
  return (folder, name, range) => {
    const found = locked.get(`${folder}\0${name}`);
    return found && (found.range === undefined || found.range === range) ? plainVersion(found.version) : null;
  };
}

function unquoted(text: string): string {
  return /^(['"]).*\1$/.test(text) ? text.slice(1, -1) : text;
}
