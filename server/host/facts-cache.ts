import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import type { Extracted } from '../core/facts/extract-text.ts';
import { readBytes } from './read-file.ts';
import { writeFileAtomically } from './write-file.ts';

/** Set by esbuild.mjs: identifies the code that extracts facts. */
declare const EXTRACTOR_HASH: string;

/** Keeps what was extracted from texts between runs, under the hash of each text. */
export interface FactsCache {
  /** `file` is an absolute path. */
  get(file: string, hash: string): Extracted | null;
  set(file: string, hash: string, extracted: Extracted): void;
  /** Writes what this run used; entries of other files are kept only while they exist. */
  save(): void;
}

interface CacheFile {
  readonly version: string;
  readonly entries: Map<string, { readonly hash: string; readonly extracted: Extracted }>;
}

/** Where the cache of a folder lies: in the package's node_modules/.cache where there is one, else in the user's cache folder. */
export function defaultCachePath(folder: string): string {
  for (let directory = folder; ; directory = dirname(directory)) {
    if (existsSync(join(directory, 'node_modules'))) return join(directory, 'node_modules', '.cache', 'looplens', 'facts');
    if (directory === dirname(directory)) return userCachePath(folder);
  }
}

/** The place outside of the folder, for those who may not trust or change what lies in it. */
export function userCachePath(folder: string): string {
  return join(homedir() || tmpdir(), '.cache', 'looplens', 'facts', folder.replace(/[^\w.-]+/g, '_').slice(-100));
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
  const load = (): CacheFile['entries'] => {
    if (known) return known;
    known = new Map();
    try {
      const file = deserialize(readBytes(path, 'named', Infinity).bytes ?? Buffer.alloc(0)) as CacheFile;
      if (file.version === version && file.entries instanceof Map) known = file.entries;
    } catch {
      // Deleted or corrupted at any moment: everything is computed anew.
    }
    return known;
  };
  return {
    get(file, hash) {
      const entry = load().get(file);
      if (entry?.hash !== hash || !looksSound(entry.extracted)) return null;
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
        writeFileAtomically(path, serialize({ version, entries } satisfies CacheFile));
      } catch {
        // A read-only checkout has no cache.
      }
    },
  };
}

function looksSound(extracted: Extracted | undefined): boolean {
  return Array.isArray(extracted?.errors) && Array.isArray(extracted.facts?.functions) && Array.isArray(extracted.facts.calls);
}
