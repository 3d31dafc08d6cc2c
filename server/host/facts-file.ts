import { extname } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import type { Extracted } from '../core/facts/extract-text.ts';
import type { FactsCache } from './facts-cache.ts';
import { readBytes } from './read-file.ts';

/** Set by esbuild.mjs: identifies the code that extracts facts. */
declare const EXTRACTOR_HASH: string;

/** V8's form of values may differ between its versions. */
const version = `looplens facts 1 ${EXTRACTOR_HASH} ${process.versions.v8}`;
/** The facts of 100,000 files. */
const limit = 2 ** 31 - 1;

interface FactsFile {
  readonly version: string;
  /** By the hash of the text and the extension, which decides how a text is parsed. The facts name no file. */
  readonly entries: ReadonlyMap<string, Extracted>;
}

/** The facts of texts, to be written by one machine and read by another, in whatever folder. */
export type FactsByText = ReadonlyMap<string, Extracted>;

/** The key of a text in a facts file. */
export function factsKey(path: string, hash: string): string {
  return `${hash}${extname(path)}`;
}

/** The bytes of a facts file: the same for the same texts, wherever and in whatever order they were read. */
export function encodeFacts(facts: FactsByText): Uint8Array {
  const entries = new Map([...facts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, extracted]) => [key, { ...extracted, facts: { ...extracted.facts, file: '' } }]));
  return serialize({ version, entries } satisfies FactsFile);
}

/**
 * The facts of all files that can be used. One of another version of Looplens or Node, or that is damaged, is left out and named.
 * @param paths absolute
 */
export function readFactsFiles(paths: readonly string[]): { readonly facts: FactsByText; readonly unusable: readonly string[] } {
  const facts = new Map<string, Extracted>();
  const unusable = paths.filter(path => {
    const file = decode(readBytes(path, 'named', limit).bytes);
    if (file === null) return true;
    for (const [key, extracted] of file.entries) facts.set(key, extracted);
    return false;
  });
  return { facts, unusable };
}

function decode(bytes: Uint8Array | null): FactsFile | null {
  try {
    const file = bytes === null ? null : (deserialize(bytes) as FactsFile);
    return file?.version === version && file.entries instanceof Map ? file : null;
  } catch {
    return null;
  }
}

/** A cache that knows the facts of the files beside what it keeps itself. `nameOf`: what the workspace calls a file. */
export function withFacts(cache: FactsCache | null, facts: FactsByText, nameOf: (path: string) => string): FactsCache {
  let wasUsed = false;
  let forgotten = false;
  return {
    get(path, hash) {
      const extracted = forgotten ? undefined : facts.get(factsKey(path, hash));
      if (!extracted) return cache?.get(path, hash) ?? null;
      wasUsed = true;
      return { ...extracted, facts: { ...extracted.facts, file: nameOf(path) } };
    },
    set: (path, hash, extracted) => cache?.set(path, hash, extracted),
    save: () => cache?.save(),
    get wasUsed() {
      return wasUsed || (cache?.wasUsed ?? false);
    },
    forget() {
      forgotten = true;
      wasUsed = false;
      cache?.forget();
    },
  };
}
