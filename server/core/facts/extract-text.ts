import type { Fault } from '../faults/guard.ts';
import { parse } from '../syntax/parse.ts';
import type { SyntaxProblem } from '../syntax/source-file.ts';
import { extractFacts } from './extract-facts.ts';
import type { ModuleFacts } from './module-facts.ts';

/** What one text gives: its facts and what could not be parsed. Serialisable, the unit of the cache. */
export interface Extracted {
  readonly facts: ModuleFacts;
  readonly errors: readonly SyntaxProblem[];
  /** True for JavaScript with types that only a part of is understood (Flow). */
  readonly partly?: boolean;
  /** Why there are no facts: Looplens itself failed on the text. Such an answer is never cached. */
  readonly fault?: Fault;
}

/** Parses a text and reads its facts. Never throws. The only way from here to the parser, so that it can be loaded late. */
export function extractText(file: string, text: string): Extracted {
  const source = parse(file, text);
  return { facts: extractFacts(source), errors: source.errors, ...(source.partly && { partly: true }) };
}
