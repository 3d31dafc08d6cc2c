import { parse as parseWithAcorn, type Options } from 'acorn';
import { visitorKeys } from '@typescript-eslint/visitor-keys';
import type { TSESTree } from './source-file.ts';

/** A program that is JavaScript to the letter. */
export interface JavaScriptProgram {
  readonly ast: TSESTree.Program;
  readonly sourceType: 'module' | 'commonjs';
}

/**
 * Parses a text as Node does: as CommonJS, with everything that sloppy mode and Annex B allow (octal escapes, comments of HTML,
 * `await` as a name, `return` outside of a function), or as an ES module. TypeScript's parser refuses some of it, since it also
 * judges what compiles; a parser of the standard alone decides where the two differ.
 * @param kinds what the file can be, the likeliest first
 * @returns the tree in TS-ESTree's shape; null where the text is no JavaScript as any of `kinds`
 */
export function parseJavaScript(text: string, kinds: readonly JavaScriptProgram['sourceType'][]): JavaScriptProgram | null {
  for (const sourceType of kinds) {
    try {
      const options: Options = { ecmaVersion: 'latest', sourceType, allowHashBang: true, locations: true, ranges: true };
      return { ast: inOurShape(parseWithAcorn(text, options) as unknown as Loose, text.length), sourceType };
    } catch {
      // A SyntaxError, or a text too deep for the parser's stack.
    }
  }
  return null;
}

type Loose = { type: string; [key: string]: unknown };

const classLists = { decorators: [], implements: [] };
const decorated = { decorators: [] };
/** What TS-ESTree's nodes have beyond ESTree's, where something reads it. */
const defaults: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  ArrayPattern: decorated,
  AssignmentPattern: decorated,
  ClassDeclaration: classLists,
  ClassExpression: classLists,
  ExportAllDeclaration: { exportKind: 'value' },
  ExportNamedDeclaration: { exportKind: 'value' },
  ExportSpecifier: { exportKind: 'value' },
  Identifier: decorated,
  ImportDeclaration: { importKind: 'value' },
  ImportSpecifier: { importKind: 'value' },
  MethodDefinition: decorated,
  ObjectPattern: decorated,
  PropertyDefinition: decorated,
  RestElement: decorated,
};

function inOurShape(program: Loose, length: number): TSESTree.Program {
  const stack: Loose[] = [program];
  while (stack.length > 0) {
    const node = stack.pop()!;
    Object.assign(node, defaults[node.type]);
    for (const key of visitorKeys[node.type] ?? []) {
      for (const child of ([] as unknown[]).concat(node[key] ?? [])) {
        if (typeof child !== 'object' || child === null) continue;
        (child as Loose)['parent'] = node;
        stack.push(child as Loose);
      }
    }
  }
  return Object.assign(program, { range: [0, length], comments: undefined, tokens: undefined }) as unknown as TSESTree.Program;
}
