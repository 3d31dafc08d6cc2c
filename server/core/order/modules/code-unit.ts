import { parseScript } from '../../syntax/parse-script.ts';
import type { SourceFile, TSESTree } from '../../syntax/source-file.ts';
import { surroundingAgent, throwError, type CodeUnit } from '../agent.ts';
import { children, hasUseStrict } from '../evaluation/static-semantics.ts';

/** Parsed texts over all runs: the explorer runs a program many times. */
const parsed = new Map<string, SourceFile>();
const keptFiles = 200;

export function parseOnce(file: string, text: string): SourceFile {
  const known = parsed.get(file);
  if (known && known.text === text) return known;
  const source = parseScript(file, text);
  if (parsed.size >= keptFiles) parsed.delete(parsed.keys().next().value!);
  parsed.set(file, source);
  return source;
}

/** A file of the program as code. Throws the program's SyntaxError where it does not parse. */
export function createCodeUnit(file: string, text: string, kind: 'module' | 'commonjs', internal = false): CodeUnit {
  const source = parseOnce(file, text);
  if (source.errors.length > 0) {
    const [first] = source.errors;
    surroundingAgent.incompleteText(`${file}:${first!.line}: ${first!.message}`);
    throwError('SyntaxError', first!.message);
  }
  if (!internal) refuseNewerSyntax(source);
  return { file, source, internal, strict: kind === 'module' || hasUseStrict(source.ast.body), legacyDecorators: !internal && /\.[cm]?tsx?$/.test(file) && usesLegacyDecorators(file) };
}

/** Whether the nearest tsconfig.json asks for TypeScript's older decorators. */
function usesLegacyDecorators(file: string): boolean {
  for (let directory = file.slice(0, file.lastIndexOf('/')); ; directory = directory.slice(0, directory.lastIndexOf('/'))) {
    const text = surroundingAgent.program.read(`${directory}/tsconfig.json`);
    if (text !== null) return /"experimentalDecorators"\s*:\s*true/.test(text);
    if (directory === '' || !directory.includes('/')) return false;
  }
}

/** Throws the program's SyntaxError for what this Node's V8 does not know: `using`, before 13.6. In TypeScript a compiler takes it away. */
export function refuseNewerSyntax({ file, text, ast }: SourceFile): void {
  if (surroundingAgent.options.node < 24 && /\busing\b/.test(text) && !/\.[cm]?tsx?$/.test(file) && declaresUsing(ast)) throwError('SyntaxError', 'Unexpected identifier');
}

function declaresUsing(node: TSESTree.Node): boolean {
  return (node.type === 'VariableDeclaration' && (node.kind === 'using' || node.kind === 'await using')) || children(node).some(declaresUsing);
}
