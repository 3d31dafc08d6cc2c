import { extractText, type Extracted } from '../core/facts/extract-text.ts';

/**
 * The facts of a text in the middle of an edit. An import whose module is not typed yet (`import {`) has no specifier;
 * such statements are read as blanks, so that everything else keeps its place.
 */
export function extractHalfTyped(file: string, text: string): Extracted {
  const extracted = extractText(file, text);
  const unnamed = extracted.facts.imports.filter(({ specifier }) => typeof specifier !== 'string');
  if (unnamed.length === 0) return extracted;
  let blanked = text;
  for (const { range: [start, end] } of unnamed) blanked = blanked.slice(0, start) + blanked.slice(start, end).replace(/[^\r\n]/g, ' ') + blanked.slice(end);
  return { facts: extractText(file, blanked).facts, errors: extracted.errors };
}
