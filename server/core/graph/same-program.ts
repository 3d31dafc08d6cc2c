import type { ProgramGraph } from './program-graph.ts';

const importers = new WeakMap<ProgramGraph, ReadonlyMap<string, readonly string[]>>();

/** Whether some file loads both, directly or not, so that they run in one process. */
export function runTogether(graph: ProgramGraph, a: string, b: string): boolean {
  const loaders = loadersOf(graph, a);
  return [...loadersOf(graph, b)].some(file => loaders.has(file));
}

/** A file and everything that loads it. */
function loadersOf(graph: ProgramGraph, file: string): ReadonlySet<string> {
  const byFile = importersIn(graph);
  const found = new Set([file]);
  for (const next of found) for (const importer of byFile.get(next) ?? []) found.add(importer);
  return found;
}

function importersIn(graph: ProgramGraph): ReadonlyMap<string, readonly string[]> {
  let byFile = importers.get(graph) as Map<string, string[]> | undefined;
  if (!byFile) {
    byFile = new Map();
    for (const file of graph.linkedFiles) {
      for (const { specifier, kind, typeOnly } of graph.module(file).imports) {
        const imported = typeOnly || kind === 'resolve' ? null : graph.resolve(specifier, file);
        if (imported === null) continue;
        const list = byFile.get(imported);
        if (list) list.push(file);
        else byFile.set(imported, [file]);
      }
    }
    importers.set(graph, byFile);
  }
  return byFile;
}
