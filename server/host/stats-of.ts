import type { Stats } from 'node:fs';
import { codeOf } from './read-file.ts';
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
