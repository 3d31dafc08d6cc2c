import type { ProgramGraph } from '../graph/program-graph.ts';
import { isRecord } from '../graph/resolve/tsconfig.ts';

/** The version of a dependency of a file's package: the one that a lock file fixes, else the range of package.json; null where it does not depend on it. */
export function dependencyVersion(graph: ProgramGraph, file: string, name: string): string | null {
  const owner = graph.packageOf(file);
  if (!owner) return null;
  const { json, locked } = owner;
  for (const table of [json.dependencies, json.devDependencies, json.optionalDependencies, json.peerDependencies]) {
    const range = isRecord(table) && Object.hasOwn(table, name) ? table[name] : undefined;
    if (typeof range === 'string') return locked.get(name) ?? range;
  }
  return null;
}
