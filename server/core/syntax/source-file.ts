import type { TSESTree } from '@typescript-eslint/types';
import type { ScopeManager } from '@typescript-eslint/scope-manager';
import type { LineIndex } from '../text/line-index.ts';

export type { TSESTree } from '@typescript-eslint/types';

/** A comment of the source text, with its range including the delimiters. */
export interface Comment {
  readonly type: 'Line' | 'Block';
  /** The text between the delimiters. */
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/** Why a text could not be read in full. Offsets are 0-based. */
export interface SyntaxProblem {
  readonly message: string;
  readonly start: number;
  readonly line: number;
  readonly column: number;
}

/** What the syntax room makes of one text. The tree is always there, also for half-typed programs. */
export interface SourceFile {
  readonly file: string;
  readonly text: string;
  readonly ast: TSESTree.Program;
  readonly comments: readonly Comment[];
  /** Scopes and references, analysed on first use. */
  readonly scopes: ScopeManager;
  readonly lines: LineIndex;
  readonly errors: readonly SyntaxProblem[];
  /** True for JavaScript with types that only a part of is understood (Flow). There are no errors then. */
  readonly partly: boolean;
  /** True where the text has import/export syntax, import.meta or top-level await. */
  readonly hasModuleSyntax: boolean;
}
