import { closeSync, fchmodSync, fsyncSync, mkdirSync, openSync, realpathSync, renameSync, rmSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Writes a file so that a reader, or the next start after a crash, sees the old content or the new, never a part:
 * to a new file beside it, flushed, then renamed over it. Permissions stay, a link goes on pointing where it did, and
 * what is no regular file (`/dev/null`, a pipe) is written into, since a rename would put a file in its place.
 * Missing folders are made. Errors are thrown as Node throws them.
 */
export function writeFileAtomically(path: string, content: string | Uint8Array): void {
  const existing = statSync(path, { throwIfNoEntry: false });
  if (existing && !existing.isFile()) return writeFileSync(path, content);
  mkdirSync(dirname(path), { recursive: true });
  const target = existing ? realpathSync(path) : path;
  const temporary = join(dirname(target), `.${process.pid}.${Math.random().toString(36).slice(2)}.tmp`);
  try {
    const descriptor = openSync(temporary, 'wx');
    try {
      // Not as openSync's mode, from which the umask is taken.
      if (existing) fchmodSync(descriptor, existing.mode & 0o7777);
      const bytes = typeof content === 'string' ? Buffer.from(content) : content;
      for (let written = 0; written < bytes.length; ) written += writeSync(descriptor, bytes, written);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(temporary, target);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}
