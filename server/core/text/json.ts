import { parse, type ParseError, type ParseOptions } from 'jsonc-parser';

/**
 * Reads JSON with comments and trailing commas, a byte order mark before it, as far as it goes: what stands before a mistake counts.
 * Never throws. Undefined where nothing can be read, also where it is nested more deeply than the parser's stack reaches.
 */
export function readJson(text: string): unknown {
  const errors: ParseError[] = [];
  const options: ParseOptions = { allowTrailingComma: true };
  try {
    return parse(text.replace(/^\uFEFF/, ''), errors, options) as unknown;
  } catch {
    // A RangeError.
    return undefined;
  }
}
