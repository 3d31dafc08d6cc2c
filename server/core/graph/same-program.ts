import type { Entry, ProgramGraph } from './program-graph.ts';

const importers = new WeakMap<ProgramGraph, ReadonlyMap<string, readonly string[]>>();

/**
 * Whether code of two files can run in one process: some file loads both; or one of them is found by its place or by a name that the program makes
 * up, and the other one belongs to the same package and is not started as a process or thread of its own.
 */
export function sharesProcess(graph: ProgramGraph, a: string, b: string): boolean {
  if (a === b || runTogether(graph, a, b)) return true;
  if (graph.packageOf(a)?.directory !== graph.packageOf(b)?.directory || isStartedApart(graph, a) || isStartedApart(graph, b)) return false;
  return isFoundByPlace(graph, a) || isFoundByPlace(graph, b) || loadsByName(graph, a) || loadsByName(graph, b);
}

/** The request handlers, and what else serves somebody, of the processes that a file can run in. */
export function servedBeside(graph: ProgramGraph, file: string): readonly Entry[] {
  let byFile = served.get(graph);
  if (!byFile) served.set(graph, (byFile = new Map()));
  let known = byFile.get(file);
  if (!known) byFile.set(file, (known = servingEntries(graph, file)));
  return known;
}

function servingEntries(graph: ProgramGraph, file: string): readonly Entry[] {
  const answers = new Map<string, boolean>();
  return graph.entries.filter(({ role, location }) => {
    if (role !== 'request' && role !== 'background') return false;
    let answer = answers.get(location.file);
    if (answer === undefined) answers.set(location.file, (answer = sharesProcess(graph, location.file, file)));
    return answer;
  });
}

const served = new WeakMap<ProgramGraph, Map<string, readonly Entry[]>>();

/** Nobody loads it but those that are started by themselves: `fork(require.resolve('./child'))`, a worker thread. */
function isStartedApart(graph: ProgramGraph, file: string): boolean {
  const roots = [...loadersOf(graph, file)].filter(item => !importersIn(graph).has(item));
  return roots.length > 0 && roots.every(root => apartIn(graph).has(root) || graph.roleOf(root) === 'worker');
}

const apart = new WeakMap<ProgramGraph, ReadonlySet<string>>();

/** The files that are started as processes of their own. */
function apartIn(graph: ProgramGraph): ReadonlySet<string> {
  let found = apart.get(graph) as Set<string> | undefined;
  if (found) return found;
  found = new Set();
  for (const file of graph.linkedFiles) {
    const { calls, imports } = graph.module(file);
    for (const { specifier, kind } of imports) {
      const target = kind === 'resolve' ? graph.resolve(specifier, file) : null;
      if (target !== null) found.add(target);
    }
    for (const { text, literalArgs } of calls) {
      const [path] = literalArgs;
      if (typeof path !== 'string' || !/(?:^|\.)(?:fork|spawn|Worker)$/.test(text)) continue;
      const target = graph.resolve(path.startsWith('.') || path.startsWith('/') ? path : `./${path}`, file);
      if (target !== null) found.add(target);
    }
  }
  apart.set(graph, found);
  return found;
}

/** A framework loads it: what it serves stands in it, and no file of the program names it. */
function isFoundByPlace(graph: ProgramGraph, file: string): boolean {
  if (importersIn(graph).has(file)) return false;
  return graph.module(file).functions.some((_fn, index) => {
    const fn = graph.functionOf(file, index);
    return graph.entriesOf(fn).some(({ location }) => location.file === file && location.start === graph.locate(file, fn.facts.nameRange).start);
  });
}

/** `require('./routes/' + name)` in a file or in one that loads it. */
function loadsByName(graph: ProgramGraph, file: string): boolean {
  return [...loadersOf(graph, file)].some(item => graph.module(item).calls.some(({ text, literalArgs }) => (text === 'require' || text === 'import') && literalArgs.length > 0 && typeof literalArgs[0] !== 'string'));
}

/** Whether some file loads both, directly or not, so that they run in one process. */
export function runTogether(graph: ProgramGraph, a: string, b: string): boolean {
  const loaders = loadersOf(graph, a);
  return [...loadersOf(graph, b)].some(file => loaders.has(file));
}

const loaders = new WeakMap<ProgramGraph, Map<string, ReadonlySet<string>>>();

/** A file and everything that loads it. */
function loadersOf(graph: ProgramGraph, file: string): ReadonlySet<string> {
  let byFile = loaders.get(graph);
  if (!byFile) loaders.set(graph, (byFile = new Map()));
  let known = byFile.get(file);
  if (!known) byFile.set(file, (known = findLoaders(graph, file)));
  return known;
}

function findLoaders(graph: ProgramGraph, file: string): ReadonlySet<string> {
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
