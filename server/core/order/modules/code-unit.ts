import { parse } from '../../syntax/parse.ts';
import type { SourceFile } from '../../syntax/source-file.ts';
import { surroundingAgent, throwError, type CodeUnit } from '../agent.ts';
import { hasUseStrict } from '../evaluation/static-semantics.ts';

/** Parsed texts over all runs: the explorer runs a program many times. */
const parsed = new Map<string, SourceFile>();
const keptFiles = 200;

export function parseOnce(file: string, text: string): SourceFile {
  const known = parsed.get(file);
  if (known && known.text === text) return known;
  const source = parse(file, text);
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
