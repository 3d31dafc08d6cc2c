import { parseFast, type FastParser } from '../syntax/parse-fast.ts';
import type { Extracted } from './extract-text.ts';
import { extractFacts } from './extract-facts.ts';

/**
 * Reads the facts of a text as `extractText` does, with a parser that only knows texts without errors.
 * @returns null for a text that the reference parser has to read
 */
export function extractFast(file: string, text: string, parser: FastParser, depthLimit: number): Extracted | null {
  try {
    const source = parseFast(file, text, parser, depthLimit);
    return source && { facts: extractFacts(source), errors: [] };
  } catch {
    // Whatever the parser or its tree could not do, the reference parser decides.
    return null;
  }
}
