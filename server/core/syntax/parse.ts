import { parseAndGenerateServices } from '@typescript-eslint/typescript-estree';
import { analyze } from '@typescript-eslint/scope-manager';
import type { AnalyzeOptions, ScopeManager } from '@typescript-eslint/scope-manager';
import ts from 'typescript';
import { createLineIndex } from '../text/line-index.ts';
import { scanComments } from './comments.ts';
import { completeTree } from './complete-tree.ts';
import { kindsOf } from './parse-fast.ts';
import { parseJavaScript } from './parse-javascript.ts';
import { blankShebang } from './shebang.ts';
import type { SourceFile, SyntaxProblem, TSESTree } from './source-file.ts';

/**
 * Parses one text into a TS-ESTree Program (ranges are 0-based UTF-16 offsets of `text` as given,
 * a BOM and a shebang included). It never throws: a text with errors, also one in the middle of an
 * edit, yields the tree that can be made of it and the errors; a text too deep for the parser's
 * stack yields an empty tree and one error.
 *
 * The language follows the file's extension; .js, .mjs and .cjs are read as JSX, as most tools do. Where TypeScript's parser
 * refuses such a file, a parser of the standard alone decides whether it is JavaScript. One that is so only with types (Flow's, or
 * TypeScript's) has no errors and is `partly` analysed.
 */
export function parse(file: string, text: string): SourceFile {
  const lines = createLineIndex(text);
  let errors: SyntaxProblem[] = [];
  const addError = (message: string, start: number): void => {
    errors.push({ message, start, ...lines.positionAt(start) });
  };
  let ast: TSESTree.Program;
  let hasModuleSyntax = false;
  let partly = false;
  try {
    const source = createSourceFile(file, text);
    hasModuleSyntax = isModule(source);
    const diagnostics = source.parseDiagnostics;
    for (const diagnostic of diagnostics) addError(ts.flattenDiagnosticMessageText(diagnostic.messageText, ' '), diagnostic.start ?? 0);
    const javaScript = diagnostics.length > 0 && scriptKind(file) === ts.ScriptKind.JSX ? parseJavaScript(text, kindsOf(file, hasModuleSyntax)) : null;
    if (javaScript) {
      errors = [];
      hasModuleSyntax = javaScript.sourceType === 'module';
      ast = javaScript.ast;
    } else {
      const typed = diagnostics.length > 0 && scriptKind(file) === ts.ScriptKind.JSX ? withTypes(file, text) : null;
      if (typed || (diagnostics.length > 0 && isFlow(text))) {
        errors = [];
        partly = true;
      }
      ast = completeTree(convert(file, text, typed ?? source, typed ? [] : diagnostics));
    }
  } catch (error) {
    addError(error instanceof RangeError ? 'the code is nested too deeply to be parsed' : messageOf(error), offsetOf(error));
    ast = emptyProgram(text, hasModuleSyntax);
  }
  const damaged = errors.length > 0 || partly;
  let scopes: ScopeManager | undefined;
  let comments: SourceFile['comments'] | undefined;
  return {
    file,
    text,
    ast,
    get comments() {
      return (comments ??= scanComments(text));
    },
    get scopes() {
      return (scopes ??= analyzeScopes(ast, text, hasModuleSyntax, damaged));
    },
    lines,
    errors,
    partly,
    hasModuleSyntax,
  };
}

/** The file read as TypeScript; null where it is not that either. */
function withTypes(file: string, text: string): SourceFileWithInternals | null {
  const source = createSourceFile(file, text, ts.ScriptKind.TS);
  return source.parseDiagnostics.length === 0 ? source : null;
}

/** Whether a comment near the start of the file says that its types are Flow's (https://flow.org/en/docs/usage/). */
function isFlow(text: string): boolean {
  return scanComments(text.slice(0, 2000)).some(comment => /@flow\b/.test(comment.value));
}

/** TypeScript's tree in ESTree's shape. Statements that cannot be converted are left out. */
function convert(file: string, text: string, source: SourceFileWithInternals, diagnostics: readonly ts.DiagnosticWithLocation[]): TSESTree.Program {
  // typescript-estree throws on parse diagnostics even with allowInvalidAST.
  source.parseDiagnostics = [];
  try {
    return parseAndGenerateServices(source, parserOptions(file)).ast;
  } catch (error) {
    if (diagnostics.length === 0) throw error;
    return parseWithoutBroken(file, text, source, diagnostics);
  }
}

/** The scopes of a tree; of an empty one where the tree is too deep for the analyser's stack, or is damaged in a way that it does not know. */
function analyzeScopes(ast: TSESTree.Program, text: string, module: boolean, damaged: boolean): ScopeManager {
  const options: AnalyzeOptions = { sourceType: module ? 'module' : 'commonjs', jsxPragma: null, lib: [] };
  try {
    return analyze(ast, options);
  } catch (error) {
    if (!(error instanceof RangeError) && !damaged) throw error;
    return analyze(emptyProgram(text, module), options);
  }
}

/** A statement that cannot be converted, such as a half-typed generic, is left out so that the rest of the file stays. */
function parseWithoutBroken(file: string, text: string, source: SourceFileWithInternals, diagnostics: readonly ts.DiagnosticWithLocation[]): TSESTree.Program {
  let blanked = text;
  for (const statement of source.statements) {
    if (!diagnostics.some(({ start }) => start >= statement.pos && start <= statement.end)) continue;
    blanked = blanked.slice(0, statement.pos) + blanked.slice(statement.pos, statement.end).replace(/[^\r\n\u2028\u2029]/g, ' ') + blanked.slice(statement.end);
  }
  const rest = createSourceFile(file, blanked);
  rest.parseDiagnostics = [];
  return parseAndGenerateServices(rest, parserOptions(file)).ast;
}

interface SourceFileWithInternals extends ts.SourceFile {
  parseDiagnostics: ts.DiagnosticWithLocation[];
  externalModuleIndicator?: ts.Node | true;
}

function createSourceFile(file: string, text: string, kind: ts.ScriptKind = scriptKind(file)): SourceFileWithInternals {
  const plain = blankShebang(text);
  const create = (asModule: boolean): SourceFileWithInternals =>
    ts.createSourceFile(
      file,
      plain,
      {
        languageVersion: ts.ScriptTarget.Latest,
        jsDocParsingMode: ts.JSDocParsingMode.ParseNone,
        ...(asModule ? { setExternalModuleIndicator: (source: ts.SourceFile) => void ((source as SourceFileWithInternals).externalModuleIndicator = true) } : {}),
      },
      /* setParentNodes */ true,
      kind,
    ) as SourceFileWithInternals;
  const source = create(false);
  // `await (f())` calls a function of that name in a script; nobody has one, and where it is a module's await TypeScript must be told.
  return source.externalModuleIndicator === undefined && !/\.c[jt]s$/.test(file) && namesAwait(source) ? create(true) : source;
}

/** Whether top-level code refers to a variable `await`. */
function namesAwait(source: ts.SourceFile): boolean {
  const visit = (node: ts.Node): boolean | undefined => {
    if (ts.isFunctionLike(node)) return undefined;
    if ((ts.isCallExpression(node) || ts.isElementAccessExpression(node) || ts.isTaggedTemplateExpression(node)) && isAwait(ts.isTaggedTemplateExpression(node) ? node.tag : node.expression)) return true;
    return ts.forEachChild(node, visit);
  };
  return source.text.includes('await') && visit(source) === true;
}

function isAwait(node: ts.Node): boolean {
  return ts.isIdentifier(node) && node.text === 'await';
}

function scriptKind(file: string): ts.ScriptKind {
  const extension = /\.([cm]?[jt]sx?)$/.exec(file.toLowerCase())?.[1];
  if (extension === 'ts' || extension === 'mts' || extension === 'cts') return ts.ScriptKind.TS;
  if (extension === 'tsx') return ts.ScriptKind.TSX;
  return ts.ScriptKind.JSX;
}

function parserOptions(file: string) {
  return {
    filePath: file,
    allowInvalidAST: true,
    suppressDeprecatedPropertyWarnings: true,
    preserveNodeMaps: false,
    // `loc: false` is slower: typescript-estree computes it and deletes it again.
    loc: true,
    range: true,
    comment: false,
    tokens: false,
    jsDocParsingMode: 'none',
  } as const;
}

/** import/export declarations and import.meta as TypeScript sees them, and top-level await as Node's syntax detection does. */
function isModule(source: SourceFileWithInternals): boolean {
  return source.externalModuleIndicator !== undefined || (source.flags & ts.NodeFlags.AwaitContext) !== 0 || hasTopLevelAwait(source);
}

function hasTopLevelAwait(source: ts.SourceFile): boolean {
  let found = false;
  const visit = (node: ts.Node): void => {
    if (found || ts.isFunctionLike(node)) return;
    if (ts.isAwaitExpression(node) || (ts.isForOfStatement(node) && node.awaitModifier)) found = true;
    else ts.forEachChild(node, visit);
  };
  if (source.text.includes('await')) ts.forEachChild(source, visit);
  return found;
}

function emptyProgram(text: string, module: boolean): TSESTree.Program {
  return {
    type: 'Program',
    body: [],
    comments: undefined,
    tokens: undefined,
    sourceType: module ? 'module' : 'script',
    range: [0, text.length],
    loc: { start: { line: 1, column: 0 }, end: { line: 1, column: 0 } },
    parent: undefined,
  } as unknown as TSESTree.Program;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function offsetOf(error: unknown): number {
  const index = (error as { index?: unknown } | null)?.index;
  return typeof index === 'number' ? index : 0;
}
