import { closeSync, constants, fstatSync, lstatSync, openSync, readSync, realpathSync } from 'node:fs';
import { relative, sep } from 'node:path';
import { recordRead } from './disk-record.ts';

/**
 * Whose word it is that a path may be read:
 * - `walked`: it was met on a walk that follows no links, so it must be none itself;
 * - `{ root }`: its place follows from a convention or is named by a file of the workspace; what it leads to must lie in that folder,
 *   except that plain files above the folder (a package.json up the tree) may be read where they stand;
 * - `named`: the user named it, or it is Looplens's own.
 */
export type Trust = 'walked' | 'named' | { readonly root: string };

/** Why nothing was read: an error code of the system, or one of ours. */
export type ReadRefusal = 'ENOENT' | 'NOT_A_FILE' | 'TOO_LARGE' | 'OUTSIDE' | (string & {});

export type ReadResult = { readonly bytes: Buffer; readonly refused: null } | { readonly bytes: null; readonly refused: ReadRefusal };

const mebibyte = 1024 * 1024;
/** No person writes a larger source, and no tool a larger lock file. */
export const sourceLimit = 50 * mebibyte;
/** The same for configs, ignore files and manifests. */
export const settingsLimit = 8 * mebibyte;

/**
 * Reads a file that somebody else may have put there. Only regular files are read, never a device, a pipe or a folder, and at
 * most `limit` bytes, counted while reading, since the size of a file in /proc is 0. Never waits and never throws.
 * @param path absolute
 * @param limit bytes
 */
export function readBytes(path: string, trust: Trust, limit: number = sourceLimit): ReadResult {
  const result = recordRead(path, trust, limit, () => readUnlessRefused(path, trust, limit));
  if (result.refused !== null && trust !== 'named' && !absent.has(result.refused)) refusals.set(path, result.refused);
  return result;
}

/** As {@link readBytes}, for a file that Looplens keeps for itself (a cache): no answer depends on it, so it is not recorded. */
export function readOwnBytes(path: string): Buffer | null {
  return readUnlessRefused(path, 'named', Infinity).bytes;
}

/** Codes that say that nothing is there, which is no news. */
const absent: ReadonlySet<string> = new Set(['ENOENT', 'ENOTDIR', 'ENAMETOOLONG', 'EISDIR', 'ELOOP']);
const refusals = new Map<string, ReadRefusal>();

/**
 * The files that were there and were not read since the last time that somebody asked, with the reason in words. They count as
 * absent wherever they are looked for, so the whole process remembers them in one place, for whoever shows them.
 */
export function takeRefusals(): { readonly path: string; readonly reason: string }[] {
  const taken = [...refusals].map(([path, refused]) => ({ path, reason: refusalText(refused) }));
  refusals.clear();
  return taken;
}

function readUnlessRefused(path: string, trust: Trust, limit: number): ReadResult {
  let descriptor: number | null = null;
  try {
    if (typeof trust === 'object' && leadsOutside(path, trust.root)) return refuse('OUTSIDE');
    // A pipe is opened without waiting for a writer.
    descriptor = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (trust === 'walked' ? (constants.O_NOFOLLOW ?? 0) : 0));
    const stats = fstatSync(descriptor);
    if (stats.isDirectory()) return refuse('EISDIR');
    if (!stats.isFile()) return refuse('NOT_A_FILE');
    if (stats.size > limit) return refuse('TOO_LARGE');
    return readAtMost(descriptor, stats.size, limit);
  } catch (error) {
    return refuse(codeOf(error));
  } finally {
    if (descriptor !== null) closeSync(descriptor);
  }
}

/** The text of a file under the same conditions, a byte order mark included; null where it cannot be had. What is not UTF-8 is replaced as TextDecoder does. */
export function readText(path: string, trust: Trust, limit: number = settingsLimit): string | null {
  return readBytes(path, trust, limit).bytes?.toString('utf8') ?? null;
}

/** `EACCES`, or the message where there is no code. */
export function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : error instanceof Error ? error.message : String(error);
}

/** What {@link readBytes} refused, in words that follow a file's name. */
export function refusalText(refused: ReadRefusal, limit: number = sourceLimit): string {
  if (refused === 'NOT_A_FILE') return 'is no regular file';
  if (refused === 'TOO_LARGE') return `is too large to analyse (the limit is ${limit / mebibyte} MB)`;
  if (refused === 'OUTSIDE') return 'leads out of the workspace';
  return refused === 'ELOOP' ? 'is a link' : `cannot be read (${refused})`;
}

function refuse(refused: ReadRefusal): ReadResult {
  return { bytes: null, refused };
}

function readAtMost(descriptor: number, expected: number, limit: number): ReadResult {
  // One byte more than is there, so that the end of the file shows in the first read.
  let buffer = Buffer.allocUnsafe(expected + 1);
  let length = 0;
  while (true) {
    const read = readSync(descriptor, buffer, length, buffer.length - length, null);
    if (read === 0) return { bytes: buffer.subarray(0, length), refused: null };
    length += read;
    if (length > limit) return refuse('TOO_LARGE');
    if (length === buffer.length) buffer = Buffer.concat([buffer], Math.min(limit + 1, buffer.length * 2 + 4096));
  }
}

/** Whether the real place of a path lies outside of a folder in which it stands, or, of one that stands elsewhere, it is a link. */
function leadsOutside(path: string, root: string): boolean {
  if (!isInside(path, root)) return lstatSync(path).isSymbolicLink();
  return !isInside(realpathSync.native(path), realFolder(root));
}

const realFolders = new Map<string, string>();

function realFolder(folder: string): string {
  let real = realFolders.get(folder);
  if (real === undefined) {
    real = realpathSync.native(folder);
    // A folder is asked for again and again; a thousand of them are no workspace.
    if (realFolders.size > 1000) realFolders.clear();
    realFolders.set(folder, real);
  }
  return real;
}

/** Whether a path lies in a folder or is that folder; by name only. */
export function isInside(path: string, folder: string): boolean {
  const inside = relative(folder, path);
  return inside !== '..' && !inside.startsWith(`..${sep}`) && !/^(?:[a-z]:|[/\\])/i.test(inside);
}
