import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { deserialize, serialize } from 'node:v8';
import type { Extracted } from '../core/facts/extract-text.ts';
import { readOwnBytes } from './read-file.ts';
import { writeFileAtomically } from './write-file.ts';

/** Set by esbuild.mjs: identifies the code that extracts facts. */
declare const EXTRACTOR_HASH: string;

/**
 * Keeps what was extracted from texts between runs, under the hash of each text. A sum over the bytes tells damage; whoever can write
 * into the user's cache folder is trusted.
 */
export interface FactsCache {
  /** `file` is an absolute path. */
  get(file: string, hash: string): Extracted | null;
  set(file: string, hash: string, extracted: Extracted): void;
  /** Writes what this run used; entries of other files are kept only while they exist. */
  save(): void;
  /** Whether facts were taken from it. */
  readonly wasUsed: boolean;
  /** Takes it for empty from now on: `save` replaces it. */
  forget(): void;
}

interface CacheFile {
  readonly version: string;
  readonly entries: Map<string, { readonly hash: string; readonly extracted: Extracted }>;
}

/** The key of a text: SHA-256, in hexadecimal. */
export function hashOf(text: Uint8Array): string {
  return createHash('sha256').update(text).digest('hex');
}

/**
 * Opens the cache in a file. One that is missing, damaged, or of another version of Looplens counts as empty; a cache
 * that cannot be written costs time at the next run and nothing else.
 */
export function openFactsCache(path: string, toolVersion: string): FactsCache {
  const version = `${toolVersion} ${EXTRACTOR_HASH} ${process.versions.v8}`;
  let known: CacheFile['entries'] | null = null;
  const used: CacheFile['entries'] = new Map();
  let changed = false;
  let wasUsed = false;
  const load = (): CacheFile['entries'] => {
    if (known) return known;
    known = new Map();
    try {
      const content = readOwnBytes(path) ?? Buffer.alloc(0);
      const body = content.subarray(checksumLength);
      if (!checksum(body).equals(content.subarray(0, checksumLength))) return known;
      const file = deserialize(body) as CacheFile;
      if (file.version === version && file.entries instanceof Map) known = file.entries;
    } catch {
      // Deleted or corrupted at any moment: everything is computed anew.
    }
    return known;
  };
  return {
    get(file, hash) {
      const entry = load().get(file);
      if (entry?.hash !== hash) return null;
      wasUsed = true;
      used.set(file, entry);
      return entry.extracted;
    },
    set(file, hash, extracted) {
      used.set(file, { hash, extracted });
      changed = true;
    },
    save() {
      if (!changed) return;
      try {
        const entries = new Map([...[...load()].filter(([file]) => existsSync(file)), ...used]);
        const body = serialize({ version, entries } satisfies CacheFile);
        writeFileAtomically(path, Buffer.concat([checksum(body), body]));
      } catch {
        // A read-only home has no cache.
      }
    },
    get wasUsed() {
      return wasUsed;
    },
    forget() {
      known = new Map();
      used.clear();
      wasUsed = false;
      changed = true;
    },
  };
}

/** Bytes of the SHA-256 that stands before what it is of. */
const checksumLength = 32;

function checksum(body: Uint8Array): Buffer {
  return createHash('sha256').update(body).digest();
}
