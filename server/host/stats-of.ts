import type { Stats } from 'node:fs';
import { lstatSync, statSync } from './recorded-fs.ts';

/** What is at a path; undefined where nothing is or can be (a glob may be longer than any name), else the code of the error. */
export function statsOf(path: string, stat: typeof statSync | typeof lstatSync = statSync): Stats | undefined | string {
  try {
    return stat(path, { throwIfNoEntry: false });
  } catch (error) {
    const code = codeOf(error);
    return code === 'ENOTDIR' || code === 'ENAMETOOLONG' ? undefined : code;
  }
}

/** False, too, where it cannot be told. */
export function isGone(path: string): boolean {
  return statsOf(path, lstatSync) === undefined;
}

/** `EACCES`, or the message where there is no code. */
export function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : error instanceof Error ? error.message : String(error);
}
