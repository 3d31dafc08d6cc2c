import type { ModuleFacts } from '../facts/module-facts.ts';
import type { ApiIndex } from '../node/lookup.ts';
import { dirname, join } from '../text/path.ts';
import type { Role } from './program-graph.ts';
import type { Resolver } from './resolve/resolver.ts';
import { canonicalModule } from './framework-index.ts';

/**
 * The modules worth linking: not tests and build scripts, which serve nobody, and of the rest those parts of the
 * program (connected by imports, in either direction) in which something can block or wait at all. The browser's
 * half of a repository falls away here.
 */
export function relevantModules(modules: readonly ModuleFacts[], resolver: Resolver, apis: ApiIndex, roleOf: (file: string) => Role | null): ModuleFacts[] {
  const serving = modules.filter(module => {
    const role = roleOf(module.file);
    return role !== 'test' && role !== 'build';
  });
  const index = new Map(serving.map((module, position) => [module.file, position]));
  const parts = createParts(serving.length);
  const blockingModules = new Map<string, boolean>();
  const canBlock = (specifier: string): boolean => {
    const module = canonicalModule(specifier);
    let blocks = blockingModules.get(module);
    if (blocks === undefined) blockingModules.set(module, (blocks = apis.knows(module) && apis.rows(module).some(row => row.blocking)));
    return blocks;
  };
  const interesting: number[] = [];
  serving.forEach((module, position) => {
    let blocks = module.loops.some(loop => loop.busyWait !== null) || module.calls.some(call => /^(Atomics\.wait|require)$/.test(call.text));
    for (const item of module.imports) {
      const file = resolver.resolve(item.specifier, module.file);
      const target = file === null ? undefined : index.get(file);
      if (target !== undefined) parts.join(position, target);
      else if (!item.typeOnly && canBlock(item.specifier)) blocks = true;
    }
    for (const prefix of folderPrefixes(module)) {
      const start = join(dirname(module.file), prefix);
      serving.forEach((other, target) => other.file.startsWith(start) && parts.join(position, target));
    }
    if (blocks) interesting.push(position);
  });
  const kept = new Set(interesting.map(position => parts.find(position)));
  return serving.filter((_module, position) => kept.has(parts.find(position)));
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
