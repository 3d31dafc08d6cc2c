import type { FastExtract } from '../core/workspace.ts';
import { mayNestDeeper } from '../core/syntax/parse-fast.ts';
import type { Extracted } from '../core/facts/extract-text.ts';
import { createDeepExtractor } from './deep-extractor.ts';
import { loadFastParser } from './fast-parser.ts';

/** A front end with the native parser. */
export interface FastExtractor {
  /** Loads it; null where there is none for this platform. */
  readonly load: () => Promise<FastExtract | null>;
  /** How many texts it has read. */
  readonly count: number;
}

/**
 * So many levels of nesting are given to the native parser on the main thread. On Linux a stack of 8 MB (the default) holds 3,000 functions
 * or namespaces in one another, which take most of it, and more of all else; that of Windows' main thread is several times smaller.
 */
const depthLimit = process.platform === 'win32' ? 300 : 2000;

export function createFastExtractor(): FastExtractor {
  let count = 0;
  const counted = (extracted: Extracted | null): Extracted | null => {
    if (extracted) count++;
    return extracted;
  };
  return {
    async load() {
      const parser = await loadFastParser();
      if (!parser) return null;
      const { extractFast } = await import('../core/facts/extract-fast.ts');
      const extractDeep = createDeepExtractor(depthLimit);
      // Depth is asked of each text once, here.
      return (file, text) => (mayNestDeeper(text, depthLimit) ? extractDeep(file, text).then(counted) : counted(extractFast(file, text, parser, Infinity)));
    },
    get count() {
      return count;
    },
  };
}
