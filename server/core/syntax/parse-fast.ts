import { analyze } from '@typescript-eslint/scope-manager';
import type { ScopeManager } from '@typescript-eslint/scope-manager';
import { visitorKeys } from '@typescript-eslint/visitor-keys';
import { createLineIndex } from '../text/line-index.ts';
import type { Comment, SourceFile, TSESTree } from './source-file.ts';

/** A language as oxc names it. */
export type FastLanguage = 'jsx' | 'ts' | 'tsx' | 'dts';

/** What a fast parser makes of a text that has no errors. */
export interface FastProgram {
  /** In TS-ESTree's shape, with `range`; nodes have neither `loc` nor `parent`. */
  readonly ast: TSESTree.Program;
  readonly comments: () => readonly Comment[];
  /** import and export declarations, import.meta. */
  readonly hasModuleSyntax: boolean;
}

/** Parses a text; null where there is anything to complain about, so that the reference parser has to decide. */
export type FastParser = (text: string, language: FastLanguage, sourceType: 'module' | 'commonjs') => FastProgram | null;

/**
 * Parses as `parse` does, with a parser that is many times faster and that knows no recovery.
 * @param depthLimit nesting that the parser's stack holds; where it overflows, the process is gone, so texts that could be deeper are not given to it
 * @returns null for texts with errors and for those that TypeScript's parser may read in another way: it is the reference
 */
export function parseFast(file: string, text: string, parser: FastParser, depthLimit: number): SourceFile | null {
  // A BOM before a shebang is for the reference parser (shebang.ts).
  if (text.startsWith('\uFEFF') || mayNestDeeper(text, depthLimit)) return null;
  const language = languageOf(file);
  for (const sourceType of kindsOf(file, /^[ \t]*(?:import|export)\b/m.test(text))) {
    const program = parser(text, language, sourceType);
    if (!program) continue;
    // `await (f())` on the top level is a call in a script and waits in a module; the reference parser knows which of the two is meant.
    if (sourceType === 'commonjs' && !/\.c[jt]s$/i.test(file) && /\bawait\s*[([`]/.test(text) && namesAwait(program.ast)) return null;
    // Top-level await makes a module, too: what can be a script is none.
    if (sourceType === 'module' && !program.hasModuleSyntax && text.includes('await')) continue;
    const module = program.hasModuleSyntax;
    let scopes: ScopeManager | undefined;
    return {
      file,
      text,
      ast: program.ast,
      get comments() {
        return program.comments();
      },
      get scopes() {
        return (scopes ??= analyze(program.ast, { sourceType: module ? 'module' : 'commonjs', jsxPragma: null, lib: [] }));
      },
      lines: createLineIndex(text),
      errors: [],
      partly: false,
      hasModuleSyntax: module,
    };
  }
  return null;
}

function languageOf(file: string): FastLanguage {
  const name = file.toLowerCase();
  if (/\.d\.[cm]?ts$/.test(name)) return 'dts';
  if (/\.[cm]?ts$/.test(name)) return 'ts';
  return name.endsWith('.tsx') ? 'tsx' : 'jsx';
}

/** What a file can be by its extension, the likeliest first; `module`: whether it looks like one. */
export function kindsOf(file: string, module: boolean): readonly ('module' | 'commonjs')[] {
  if (/\.m[jt]s$/i.test(file)) return ['module'];
  if (/\.c[jt]s$/i.test(file)) return ['commonjs'];
  return module ? ['module', 'commonjs'] : ['commonjs', 'module'];
}

/** Whether top-level code refers to a variable `await`. */
function namesAwait(program: TSESTree.Program): boolean {
  const stack: TSESTree.Node[] = [program];
  while (stack.length > 0) {
    const node = stack.pop()!;
    if (node.type === 'Identifier' && node.name === 'await') return true;
    if (isFunction(node)) continue;
    for (const key of visitorKeys[node.type] ?? []) {
      const child = (node as unknown as Record<string, unknown>)[key];
      for (const item of Array.isArray(child) ? child : [child]) if (item) stack.push(item as TSESTree.Node);
    }
  }
  return false;
}

function isFunction({ type }: TSESTree.Node): boolean {
  return type === 'FunctionDeclaration' || type === 'FunctionExpression' || type === 'ArrowFunctionExpression';
}

/** Words that can begin a part of a program inside of another one; each takes at least three characters. */
const nestingWords = /\b(?:do|else|new|typeof|void|delete|await|yield|keyof|infer|unique|readonly|asserts|abstract|export|default|extends|async)\b/g;
/** The same of characters, by code. */
const nestingCharacters = new Uint8Array(128);
for (const character of '([{<!~?:=@*-+') nestingCharacters[character.charCodeAt(0)] = 1;

/** Whether a text could be nested more deeply than `limit`: none is that has fewer of what begins a part of another. */
export function mayNestDeeper(text: string, limit: number): boolean {
  if (text.length <= limit) return false;
  let count = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 128 && nestingCharacters[code] === 1 && ++count > limit) return true;
  }
  return count + (text.match(nestingWords)?.length ?? 0) > limit;
}
