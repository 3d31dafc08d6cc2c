import { parseFast, type FastParser } from './parse-fast.ts';
import { parseJavaScript } from './parse-javascript.ts';
import type { SourceFile } from './source-file.ts';

/** A text that only the reference parser can read, which was not loaded. */
export class ReferenceParserNeeded extends Error {
  constructor(file: string) {
    super(`the reference parser is needed for ${file}`);
  }
}

let reference: ((file: string, text: string) => SourceFile) | null = null;

/** Gives `parseScript` the reference parser (`parse`). It is not imported by those who use it: to load TypeScript takes longer than to run a small program. */
export function useReferenceParser(parse: (file: string, text: string) => SourceFile): void {
  reference = parse;
}

const parser: FastParser = (text, language, sourceType) => {
  if (language !== 'jsx') return null;
  const program = parseJavaScript(text, [sourceType]);
  if (!program) return null;
  const hasModuleSyntax = program.ast.body.some(({ type }) => /^(?:Import|Export).*Declaration$/.test(type));
  // Where nothing else tells a module, the reference parser knows what is `import.meta`.
  if (sourceType === 'module' && !hasModuleSyntax && text.includes('import.meta')) return null;
  return { ast: program.ast, comments: () => [], hasModuleSyntax };
};

/**
 * Parses as `parse` does, but JavaScript without errors with a parser of the standard alone, which starts at once. The comments are left out.
 * Throws a ReferenceParserNeeded for all else while there is no reference parser.
 */
export function parseScript(file: string, text: string): SourceFile {
  const source = parseFast(file, text, parser, Infinity);
  if (source) return source;
  if (!reference) throw new ReferenceParserNeeded(file);
  return reference(file, text);
}
