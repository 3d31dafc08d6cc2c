import type { SourceFile } from '../syntax/source-file.ts';
import { startExtraction } from './extraction.ts';
import type { ModuleFacts } from './module-facts.ts';
import { directivesOf, visitStatements } from './statements.ts';

/** Comments that switch rules off: ours, and ESLint's. */
const directive = /looplens-|eslint-(?:disable|enable)/;

/**
 * Reads the facts of one file off its tree. A pure function of the text: the result is plain data that can
 * be serialised and cached under the text's hash. Never throws: a tree too deep to walk gives the facts
 * found so far.
 */
export function extractFacts(source: SourceFile): ModuleFacts {
  const extraction = startExtraction(source);
  const directives = directivesOf(source.ast.body);
  extraction.functions[0]!.directives = directives;
  try {
    visitStatements(extraction, source.ast.body);
  } catch (error) {
    // A tree deeper than the stack: what was found stays true, the parser has reported the depth.
    if (!(error instanceof RangeError)) throw error;
  }
  const { functions, classes, objects, variables, assignments, calls, loops, regexes, uses, imports, exports, globals, undeclared, watchedReads, askedFor } = extraction;
  return {
    file: source.file,
    hasModuleSyntax: source.hasModuleSyntax,
    shebang: /^\uFEFF?#!/.test(source.text),
    directives,
    functions,
    classes,
    objects,
    variables,
    assignments,
    calls,
    loops,
    regexes,
    uses,
    imports,
    exports,
    globals: [...globals].sort(),
    undeclared: undeclared.filter(({ name }) => !askedFor.has(name)),
    watchedReads,
    lineStarts: source.lines.lineStarts,
    length: source.text.length,
    directiveComments: (directive.test(source.text) ? source.comments : [])
      .filter(comment => directive.test(comment.value))
      .map(comment => ({ value: comment.value, block: comment.type === 'Block', range: [comment.start, comment.end] as const })),
  };
}

