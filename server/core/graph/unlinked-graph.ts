import { noFacts } from '../facts/no-facts.ts';
import type { ProgramInput } from './link-program.ts';
import type { ProgramGraph } from './program-graph.ts';

/** The graph of a program of which nothing is known but its files: what is left where even an empty program cannot be linked. */
export function createUnlinkedGraph({ modules, text, project }: ProgramInput): ProgramGraph {
  const files = modules.map(({ file }) => file).sort();
  const lengths = new Map(modules.map(({ file, length }) => [file, length]));
  const module = (file: string) => noFacts(file, lengths.get(file) ?? 0);
  return {
    files,
    linkedFiles: [],
    crowded: 0,
    operations: [],
    operationsIn: () => [],
    blocking: () => [],
    entries: [],
    entriesOf: () => [],
    hasEntry: () => false,
    module,
    text,
    functionOf: (file, index) => ({ file, index, facts: module(file).functions[0]!, displayName: file }),
    reaching: () => [],
    reachingOperation: () => [],
    callersOf: () => null,
    callsFrom: () => [],
    callsInto: () => [],
    inputOf: () => null,
    operationAt: () => null,
    meaningsOf: () => [],
    resolve: () => null,
    roleOf: () => null,
    packageOf: () => null,
    project,
    loops: () => [],
    locate: (file, [start, end]) => ({ file, start, end, line: 1, column: 1, endLine: 1, endColumn: 1 }),
  };
}
