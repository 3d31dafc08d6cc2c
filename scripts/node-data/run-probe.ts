import { execFileSync } from 'node:child_process';
import type { Probe } from './derive.ts';

/** Asks a Node binary what its core modules and globals have. Works from the root of the repository. */
export function runProbe(node: string, major: number): Probe {
  // node:sqlite needs the flag up to 22.12 and 23.3, and later releases of 22 and 23 still accept it.
  const flags = major === 22 || major === 23 ? ['--experimental-sqlite'] : [];
  return JSON.parse(execFileSync(node, ['--no-warnings', ...flags, 'scripts/node-data/probe.cjs'], { encoding: 'utf8', maxBuffer: 1 << 26 })) as Probe;
}
