import type { ModuleFacts } from '../facts/module-facts.ts';
import type { ApiIndex } from '../node/lookup.ts';
import { dirname, join } from '../text/path.ts';
import type { Role } from './program-graph.ts';
import type { Resolver } from './resolve/resolver.ts';
import { canonicalModule } from './framework-index.ts';

/** What relevance needs to know of one module. */
interface Summary {
  readonly serves: boolean;
  /** Files that it imports. */
  readonly targets: readonly string[];
  /** Starts of the paths of the files that it may import. */
  readonly folders: readonly string[];
  readonly blocks: boolean;
}

/**
 * Picks the modules worth linking: not tests and build scripts, which serve nobody, and of the rest those parts of the
 * program (connected by imports, in either direction) in which something can block or wait at all. The browser's
 * half of a repository falls away here. For one set of files; what is known of a module is kept while its facts are the same.
 */
export function createRelevance(resolver: Resolver, apis: ApiIndex, roleOf: (file: string) => Role | null): (modules: readonly ModuleFacts[]) => ModuleFacts[] {
  const summaries = new WeakMap<ModuleFacts, Summary>();
  const blockingModules = new Map<string, boolean>();
  const canBlock = (specifier: string): boolean => {
    const module = canonicalModule(specifier);
    let blocks = blockingModules.get(module);
    if (blocks === undefined) blockingModules.set(module, (blocks = apis.knows(module) && apis.rows(module).some(row => row.blocking)));
    return blocks;
  };
  const summarise = (module: ModuleFacts): Summary => {
    const role = roleOf(module.file);
    if (role === 'test' || role === 'build') return { serves: false, targets: [], folders: [], blocks: false };
    let blocks = module.loops.some(loop => loop.busyWait !== null) || module.calls.some(call => /^(Atomics\.wait|require)$/.test(call.text));
    const targets: string[] = [];
    for (const item of module.imports) {
      const file = resolver.resolve(item.specifier, module.file);
      // A test that is imported is no part of the program either: its name says nothing about blocking.
      if (file !== null && serves(file)) targets.push(file);
      else if (!item.typeOnly && canBlock(item.specifier)) blocks = true;
    }
    return { serves: true, targets, folders: folderPrefixes(module).map(prefix => join(dirname(module.file), prefix)), blocks };
  };
  const serves = (file: string): boolean => {
    const role = roleOf(file);
    return role !== 'test' && role !== 'build';
  };

  return modules => {
    const serving: { readonly module: ModuleFacts; readonly summary: Summary }[] = [];
    for (const module of modules) {
      let summary = summaries.get(module);
      if (!summary) summaries.set(module, (summary = summarise(module)));
      if (summary.serves) serving.push({ module, summary });
    }
    const index = new Map(serving.map(({ module }, position) => [module.file, position]));
    const parts = createParts(serving.length);
    serving.forEach(({ summary }, position) => {
      for (const target of summary.targets) parts.join(position, index.get(target)!);
      for (const start of summary.folders) serving.forEach((other, target) => other.module.file.startsWith(start) && parts.join(position, target));
    });
    const kept = new Set<number>();
    serving.forEach(({ summary }, position) => summary.blocks && kept.add(parts.find(position)));
    return serving.filter((_item, position) => kept.has(parts.find(position))).map(({ module }) => module);
  };
}

function folderPrefixes(module: ModuleFacts): string[] {
  const prefixes: string[] = [];
  const visit = (value: { k: string; prefix?: string } | null): void => {
    if (value?.k === 'folder' && value.prefix?.startsWith('.')) prefixes.push(value.prefix);
  };
  for (const assignment of module.assignments) visit(assignment.value);
  for (const call of module.calls) {
    visit(call.callee);
    call.args.forEach(visit);
  }
  return prefixes;
}

/** Union-find with path halving. */
function createParts(count: number): { find(item: number): number; join(a: number, b: number): void } {
  const parent = Array.from({ length: count }, (_unused, index) => index);
  const find = (item: number): number => {
    while (parent[item] !== item) item = parent[item] = parent[parent[item]!]!;
    return item;
  };
  return {
    find,
    join(a, b) {
      parent[find(a)] = find(b);
    },
  };
}
