import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import type { BigIntStats, Dirent, Stats } from 'node:fs';
import { dirname } from 'node:path';

/**
 * What was seen at a path. A stored answer holds as long as everything that it was made from would be seen again.
 * - `file`: contents were read; `seen` is their SHA-256
 * - `folder`: the entries were listed; `seen` is the SHA-256 of their names and kinds
 * - `kind`, `link`: only what is there was asked, of the target of a link or of the link itself
 */
export interface Sighting {
  readonly path: string;
  readonly how: 'file' | 'folder' | 'kind' | 'link';
  /** Starts with `!` where it failed: the code of the error. */
  readonly seen: string;
  /** Identity and times of what was there just before; '' where they prove nothing. */
  readonly stamp: string;
}

/** Everything that was asked of the disk while it was recorded. */
export interface Recording {
  readonly sightings: () => readonly Sighting[];
}

let current: Map<string, Sighting> | null = null;

/** Notes all that is asked of the disk through this module until `run` is done. One recording at a time. */
export async function recordDisk<T>(run: () => Promise<T>): Promise<{ readonly result: T; readonly recording: Recording }> {
  const seen = new Map<string, Sighting>();
  current = seen;
  try {
    const result = await run();
    return { result, recording: { sightings: () => withoutImplied(seen) } };
  } finally {
    current = null;
  }
}

/** A listed folder says itself what is not in it, and what was read was there. */
function withoutImplied(seen: ReadonlyMap<string, Sighting>): readonly Sighting[] {
  const listed = new Set([...seen.values()].flatMap(({ how, path, seen: what }) => (how === 'folder' && !what.startsWith('!') ? [path] : [])));
  const isRead = (path: string): boolean => seen.get(`file ${path}`)?.seen.startsWith('!') === false;
  return [...seen.values()].filter(({ path, how, seen: what }) => !(what === '!ENOENT' || what === 'none' ? listed.has(dirname(path)) : how === 'kind' && isRead(path)));
}

/** As `fs.readFileSync`. */
export function readFileSync(path: string): Buffer;
export function readFileSync(path: string, encoding: 'utf8'): string;
export function readFileSync(path: string, encoding?: 'utf8'): Buffer | string {
  if (!current) return encoding ? fs.readFileSync(path, encoding) : fs.readFileSync(path);
  const content = note(path, 'file', () => fs.readFileSync(path), hashOf);
  return encoding ? content.toString(encoding) : content;
}

/** As `fs.readdirSync` with the kinds of the entries. */
export function readdirSync(path: string, options: { readonly withFileTypes: true }): Dirent[] {
  return current ? note(path, 'folder', () => fs.readdirSync(path, options), entriesHash) : fs.readdirSync(path, options);
}

/** As `fs.statSync`. */
export function statSync(path: string): Stats;
export function statSync(path: string, options: { readonly throwIfNoEntry: false }): Stats | undefined;
export function statSync(path: string, options?: { readonly throwIfNoEntry: false }): Stats | undefined {
  const look = (): Stats | undefined => (options ? fs.statSync(path, options) : fs.statSync(path));
  return current ? note(path, 'kind', look, kindOf) : look();
}

/** As `fs.lstatSync`. */
export function lstatSync(path: string): Stats;
export function lstatSync(path: string, options: { readonly throwIfNoEntry: false }): Stats | undefined;
export function lstatSync(path: string, options?: { readonly throwIfNoEntry: false }): Stats | undefined {
  const look = (): Stats | undefined => (options ? fs.lstatSync(path, options) : fs.lstatSync(path));
  return current ? note(path, 'link', look, kindOf) : look();
}

/** As `fs.existsSync`. */
export function existsSync(path: string): boolean {
  if (!current) return fs.existsSync(path);
  try {
    return statSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return false;
  }
}

/**
 * Changes that came later than this before they were looked at share their time with what was seen, as far as the clock of a
 * file system can tell (FAT counts in 2 s): equal stamps prove nothing then. The same reasoning as git's for its index.
 */
const settledMs = 3000;

function note<T>(path: string, how: Sighting['how'], look: () => T, describe: (what: T) => string): T {
  // Taken before, so that a change between the two is seen as one.
  const stamp = how === 'file' || how === 'folder' ? stampOf(path) : '';
  let what: T;
  try {
    what = look();
  } catch (error) {
    current?.set(`${how} ${path}`, { path, how, seen: `!${codeOf(error)}`, stamp: '' });
    throw error;
  }
  current?.set(`${how} ${path}`, { path, how, seen: describe(what), stamp });
  return what;
}

function stampOf(path: string): string {
  try {
    const stats = fs.statSync(path, { bigint: true });
    return isSettled(stats) ? identity(stats) : '';
  } catch {
    return '';
  }
}

function isSettled(stats: BigIntStats): boolean {
  const last = Math.max(Number(stats.ctimeMs), Number(stats.mtimeMs));
  return last < Date.now() - settledMs;
}

function identity(stats: BigIntStats): string {
  return `${stats.dev} ${stats.ino} ${stats.mode} ${stats.size} ${stats.mtimeNs} ${stats.ctimeNs}`;
}

/**
 * Looks again at all that was seen. Returns the sightings with the stamps of now where everything is the same (the same
 * array where no stamp is new), else null. Contents are read only where identity, size or times differ or prove nothing.
 */
export function seenAgain(sightings: readonly Sighting[]): readonly Sighting[] | null {
  let renewed = false;
  const now: Sighting[] = [];
  for (const sighting of sightings) {
    const { path, how, seen, stamp } = sighting;
    const fresh = how === 'file' || how === 'folder' ? stampOf(path) : '';
    if (stamp === '' || stamp !== fresh) {
      if (look(path, how) !== seen) return null;
      if (fresh !== stamp) renewed = true;
    }
    now.push(fresh === stamp ? sighting : { ...sighting, stamp: fresh });
  }
  return renewed ? now : sightings;
}

function look(path: string, how: Sighting['how']): string {
  try {
    switch (how) {
      case 'file':
        return hashOf(fs.readFileSync(path));
      case 'folder':
        return entriesHash(fs.readdirSync(path, { withFileTypes: true }));
      case 'kind':
        return kindOf(fs.statSync(path, { throwIfNoEntry: false }));
      case 'link':
        return kindOf(fs.lstatSync(path, { throwIfNoEntry: false }));
    }
  } catch (error) {
    return `!${codeOf(error)}`;
  }
}

function hashOf(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('base64');
}

function entriesHash(entries: readonly Dirent[]): string {
  const lines = entries.map(entry => `${entry.isFile() ? 'f' : entry.isDirectory() ? 'd' : entry.isSymbolicLink() ? 'l' : 'o'}${entry.name}`).sort();
  return hashOf(Buffer.from(lines.join('\0')));
}

/** Sizes of files are part of it, since limits ask for them. */
function kindOf(stats: Stats | undefined): string {
  return stats === undefined ? 'none' : stats.isFile() ? `file ${stats.size}` : stats.isDirectory() ? 'folder' : stats.isSymbolicLink() ? 'link' : 'other';
}

function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : 'unknown';
}
