import * as fs from 'node:fs';
import type { Dirent, Stats } from 'node:fs';
import { recordLook, seenByList, seenByStat } from './disk-record.ts';

// The questions about the disk that an analysis asks beside the contents of files (read-file.ts), noted while they are recorded.

/** As `fs.readdirSync` with the kinds of the entries. */
export function readdirSync(path: string, options: { readonly withFileTypes: true }): Dirent[] {
  return recordLook(path, 'folder', () => fs.readdirSync(path, options), seenByList);
}

/** As `fs.statSync` without an error for what is not there. */
export function statSync(path: string, options: { readonly throwIfNoEntry: false }): Stats | undefined {
  return recordLook(path, 'kind', () => fs.statSync(path, options), seenByStat);
}

/** As `fs.lstatSync` without an error for what is not there. */
export function lstatSync(path: string, options: { readonly throwIfNoEntry: false }): Stats | undefined {
  return recordLook(path, 'link', () => fs.lstatSync(path, options), seenByStat);
}

/** As `fs.existsSync`. */
export function existsSync(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return false;
  }
}
