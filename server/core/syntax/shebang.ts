/**
 * The text with a shebang line (`#!…`, ECMA-262 §12.5 Hashbang Comments) that follows a BOM turned into
 * a line comment of the same length, so that every offset stays what it was. Without a BOM the parser
 * reads it itself.
 */
export function blankShebang(text: string): string {
  return text.startsWith('\uFEFF#!') ? `\uFEFF//${text.slice(3)}` : text;
}
