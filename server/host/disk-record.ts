import { createHash } from 'node:crypto';
import { statSync, type Dirent, type Stats } from 'node:fs';
import { dirname } from 'node:path';
import type { ReadResult, Trust } from './read-file.ts';

/** How something was looked at. */
export type Look =
  /** Contents were read. */
  | { readonly how: 'file'; readonly trust: Trust; readonly limit: number }
  /** The entries of a folder were listed. */
  | { readonly how: 'folder' }
  /** Only what is there was asked, of the target of a link or of the link itself. */
  | { readonly how: 'kind' | 'link' };

/** What was seen at a path. A stored answer holds as long as everything that it was made from would be seen again. */
export interface Sighting {
  readonly path: string;
  readonly look: Look;
  /** SHA-256 of the contents, or of names and kinds of the entries, or the kind; starts with `!` where there was an error or a refusal. */
  readonly seen: string;
  /** Identity and times of what was there just before; '' where they prove nothing. */
  readonly stamp: string;
}

let current: Map<string, Sighting> | null = null;

/**
 * Notes all that is asked of the disk through read-file.ts and recorded-fs.ts until `run` is done. One recording at a time: a
 * second one while it goes on throws.
 */
export async function recordDisk<T>(run: () => Promise<T>): Promise<{ readonly result: T; readonly sightings: readonly Sighting[] }> {
  if (current) throw new Error('the disk is being recorded already');
  const seen = new Map<string, Sighting>();
  current = seen;
  try {
    const result = await run();
    return { result, sightings: withoutImplied(seen) };
  } finally {
    current = null;
  }
}

/** A listed folder says itself what is not in it, and what was read was there. */
function withoutImplied(seen: ReadonlyMap<string, Sighting>): readonly Sighting[] {
  const listed = new Set([...seen.values()].flatMap(({ look, path, seen: what }) => (look.how === 'folder' && !what.startsWith('!') ? [path] : [])));
  const isRead = (path: string): boolean => seen.get(`file ${path}`)?.seen.startsWith('!') === false;
  return [...seen.values()].filter(({ path, look, seen: what }) => !(what === '!ENOENT' || what === 'none' ? listed.has(dirname(path)) : look.how === 'kind' && isRead(path)));
}

/** Reads as `read` does, and notes what it came to. */
export function recordRead(path: string, trust: Trust, limit: number, read: () => ReadResult): ReadResult {
  if (!current) return read();
  const look: Look = { how: 'file', trust, limit };
  // Taken before, so that a change between the two is seen as one.
  const stamp = stampOf(path, look);
  const result = read();
  current.set(`file ${path}`, { path, look, seen: seenByRead(result), stamp });
  return result;
}

/** Looks as `ask` does, and notes what it came to; errors pass. */
export function recordLook<T>(path: string, how: 'folder' | 'kind' | 'link', ask: () => T, describe: (what: T) => string): T {
  if (!current) return ask();
  const look: Look = { how };
  const stamp = stampOf(path, look);
  let seen = '';
  try {
    const what = ask();
    seen = describe(what);
    return what;
  } catch (error) {
    seen = seenByError(error);
    throw error;
  } finally {
    current.set(`${how} ${path}`, { path, look, seen, stamp: seen.startsWith('!') ? '' : stamp });
  }
}

/**
 * Changes that came later than this before they were looked at share their time with what was seen, as far as the clock of a
 * file system can tell (FAT counts in 2 s): equal stamps prove nothing then. The same reasoning as git's for its index.
 */
const settledMs = 3000;

/** Identity, size and times; '' where they prove nothing: of changes a moment ago, of places whose surroundings count too, of mere kinds. */
export function stampOf(path: string, look: Look): string {
  if (look.how !== 'folder' && !(look.how === 'file' && typeof look.trust === 'string')) return '';
  try {
    const { dev, ino, mode, size, mtimeNs, ctimeNs, mtimeMs, ctimeMs } = statSync(path, { bigint: true });
    const last = Math.max(Number(ctimeMs), Number(mtimeMs));
    return last < Date.now() - settledMs ? `${dev} ${ino} ${mode} ${size} ${mtimeNs} ${ctimeNs}` : '';
  } catch {
    return '';
  }
}

export function seenByRead({ bytes, refused }: ReadResult): string {
  return bytes ? hashOf(bytes) : `!${refused}`;
}

export function seenByError(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  return `!${typeof code === 'string' ? code : 'unknown'}`;
}

/** Names and kinds of the entries of a folder. */
export function seenByList(entries: readonly Dirent[]): string {
  const lines = entries.map(entry => `${entry.isFile() ? 'f' : entry.isDirectory() ? 'd' : entry.isSymbolicLink() ? 'l' : 'o'}${entry.name}`).sort();
  return hashOf(Buffer.from(lines.join('\0')));
}

/** Sizes of files are part of it, since limits ask for them. */
export function seenByStat(stats: Stats | undefined): string {
  return stats === undefined ? 'none' : stats.isFile() ? `file ${stats.size}` : stats.isDirectory() ? 'folder' : stats.isSymbolicLink() ? 'link' : 'other';
}

function hashOf(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('base64');
}
