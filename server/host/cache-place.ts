import { createHash } from 'node:crypto';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/**
 * The file in which what is known of a folder is kept between runs: in the user's cache folder (XDG Base Directory
 * Specification; `%LOCALAPPDATA%` on Windows), never in the folder itself, since what lies in a repository may have been
 * written by strangers. Null where the user has no home.
 */
export function userCachePath(folder: string, env: Readonly<Record<string, string | undefined>> = process.env): string | null {
  const base = cacheHome(env);
  if (base === null) return null;
  const name = `${folder.replace(/[^\w.-]+/g, '_').slice(-80)}-${createHash('sha256').update(folder).digest('hex').slice(0, 12)}`;
  return join(base, 'looplens', name, 'facts');
}

function cacheHome(env: Readonly<Record<string, string | undefined>>): string | null {
  // The specification: a relative path is invalid and to be ignored.
  const named = env['XDG_CACHE_HOME'];
  if (named && isAbsolute(named)) return named;
  const local = process.platform === 'win32' ? env['LOCALAPPDATA'] : undefined;
  if (local && isAbsolute(local)) return local;
  const home = homedir();
  return isAbsolute(home) ? join(home, '.cache') : null;
}
