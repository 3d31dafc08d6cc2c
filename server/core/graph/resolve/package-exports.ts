import type { PackageJson } from './project-files.ts';
import { isRecord } from './tsconfig.ts';

/** Conditions in the order in which we like their targets: sources before builds. */
const conditions = ['source', 'typescript', 'development', 'node', 'import', 'module', 'require', 'default', 'types'];

/**
 * The files that a package offers for a subpath (`.`, `./x`), best first, relative to the package: `exports` as
 * Node's PACKAGE_EXPORTS_RESOLVE reads it (all conditions are tried, since the caller knows which files exist),
 * else `source`, `module`, `main` for `.`.
 */
export function packageTargets(json: Pick<PackageJson, 'exports' | 'main' | 'module' | 'source' | 'types'>, subpath: string): readonly string[] {
  const { exports } = json;
  const targets: string[] = [];
  if (exports !== undefined && exports !== null) {
    const table = isRecord(exports) && Object.keys(exports).some(key => key.startsWith('.') || key.startsWith('#')) ? exports : { '.': exports };
    for (const key of Object.keys(table).sort((a, b) => b.length - a.length)) {
      const rest = matchPattern(key, subpath);
      if (rest !== null) collect(table[key], rest, targets, 0);
    }
  }
  if (subpath === '.') for (const field of [json.source, json.module, json.main, json.types]) if (typeof field === 'string') targets.push(field);
  return targets;
}

function collect(target: unknown, rest: string, into: string[], depth: number): void {
  if (depth > 8) return;
  if (typeof target === 'string') into.push(target.replaceAll('*', rest));
  else if (Array.isArray(target)) for (const item of target) collect(item, rest, into, depth + 1);
  else if (isRecord(target)) {
    const order = (key: string): number => (conditions.includes(key) ? conditions.indexOf(key) : conditions.length);
    for (const key of Object.keys(target).sort((a, b) => order(a) - order(b))) collect(target[key], rest, into, depth + 1);
  }
}

/** What `*` stands for, '' for an exact match, or null. */
export function matchPattern(pattern: string, specifier: string): string | null {
  const star = pattern.indexOf('*');
  if (star < 0) return pattern === specifier ? '' : null;
  const head = pattern.slice(0, star);
  const tail = pattern.slice(star + 1);
  if (specifier.length < head.length + tail.length || !specifier.startsWith(head) || !specifier.endsWith(tail)) return null;
  return specifier.slice(head.length, specifier.length - tail.length);
}
