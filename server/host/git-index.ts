import { join } from 'node:path';
import { readBytes } from './read-file.ts';

/** An index of this size has about two million entries. */
const indexLimit = 256 * 1024 * 1024;

/**
 * The files that a repository tracks, relative to its root with `/`, sorted: read from its index (gitformat-index, versions 2 to 4),
 * without running git, whose configuration a stranger may have written. Null where there is no index that can be read: in a
 * worktree whose `.git` is a file, in a split index, in a damaged one.
 * @param root absolute folder that holds `.git`
 */
export function trackedFiles(root: string): readonly string[] | null {
  const { bytes } = readBytes(join(root, '.git', 'index'), { root }, indexLimit);
  return bytes === null ? null : entriesOf(bytes);
}

function entriesOf(index: Buffer): readonly string[] | null {
  if (index.length < 12 || index.toString('latin1', 0, 4) !== 'DIRC') return null;
  const version = index.readUInt32BE(4);
  const count = index.readUInt32BE(8);
  if (version < 2 || version > 4) return null;
  const files: string[] = [];
  let at = 12;
  let previous: Buffer = Buffer.alloc(0);
  for (let entry = 0; entry < count; entry++) {
    // Times, place, mode, owner and size of the file take 40 bytes, then its hash 20; SHA-256 repositories are told by the extension.
    const start = at;
    if (start + 62 > index.length) return null;
    const isLink = (index.readUInt32BE(start + 24) & 0o170000) !== 0o100000;
    const flags = index.readUInt16BE(start + 60);
    at = start + (version >= 3 && (flags & 0x4000) !== 0 ? 64 : 62);
    let name: Buffer;
    if (version === 4) {
      const stripped = offsetAt(index, at);
      if (!stripped || stripped.value > previous.length) return null;
      const end = index.indexOf(0, stripped.next);
      if (end < 0) return null;
      name = Buffer.concat([previous.subarray(0, previous.length - stripped.value), index.subarray(stripped.next, end)]);
      at = end + 1;
    } else {
      const end = index.indexOf(0, at);
      if (end < 0) return null;
      name = index.subarray(at, end);
      // Entries are padded with one to eight zeros to a multiple of eight.
      at = start + Math.ceil((end + 1 - start) / 8) * 8;
    }
    previous = name;
    if (!isLink) files.push(name.toString('utf8'));
  }
  return files;
}

/** A number as pack files write offsets (gitformat-pack, "offset encoding"); null where it ends outside. */
function offsetAt(bytes: Buffer, at: number): { readonly value: number; readonly next: number } | null {
  let byte = bytes[at];
  if (byte === undefined) return null;
  let value = byte & 0x7f;
  let next = at + 1;
  while ((byte & 0x80) !== 0) {
    byte = bytes[next++];
    if (byte === undefined || value > 2 ** 40) return null;
    value = (value + 1) * 128 + (byte & 0x7f);
  }
  return { value, next };
}
