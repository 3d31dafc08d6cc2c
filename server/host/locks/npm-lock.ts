import { isRecord } from '../../core/graph/resolve/tsconfig.ts';
import { plainVersion, type LockedVersion } from './locked-version.ts';

const tables = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'];

/**
 * Reads package-lock.json or npm-shrinkwrap.json of any version; null where it is damaged. An entry that was made for another
 * range than package.json has now does not count. Source: npm docs, package-lock.json (`packages`, `dependencies`).
 */
export function readNpmLock(text: string): LockedVersion | null {
  let lock: unknown;
  try {
    lock = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isRecord(lock)) return null;
  const { packages, dependencies } = lock;
  if (isRecord(packages)) {
    return (folder, name, range) => {
      const owner = own(packages, folder === '.' ? '' : folder);
      if (!isRecord(owner)) return null;
      const recorded = tables.map(table => own(owner[table], name)).find(item => item !== undefined);
      return recorded === undefined || recorded === range ? versionOf(entryFor(packages, folder, name), name) : null;
    };
  }
  return isRecord(dependencies) ? (folder, name) => (folder === '.' ? versionOf(own(dependencies, name), name) : null) : null;
}

/** As Node looks: in the folder's node_modules, then in those above. */
function entryFor(packages: Readonly<Record<string, unknown>>, folder: string, name: string): unknown {
  for (let current = folder === '.' ? '' : `${folder}/`; ; current = current.slice(0, current.lastIndexOf('/', current.length - 2) + 1)) {
    const entry = own(packages, `${current}node_modules/${name}`);
    if (entry !== undefined || current === '') return entry;
  }
}

/** Under an alias the entry has the name of the other package. */
function versionOf(entry: unknown, name: string): string | null {
  return isRecord(entry) && (entry['name'] === undefined || entry['name'] === name) ? plainVersion(entry['version']) : null;
}

function own(table: unknown, key: string): unknown {
  return isRecord(table) && Object.hasOwn(table, key) ? table[key] : undefined;
}
