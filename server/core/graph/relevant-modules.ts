import type { ModuleFacts } from '../facts/module-facts.ts';
import type { ApiIndex } from '../node/lookup.ts';
import { dirname, join } from '../text/path.ts';
import type { Role } from './program-graph.ts';
import type { Resolver } from './resolve/resolver.ts';
import { canonicalModule } from './framework-index.ts';

const nodeGlobals: ReadonlySet<string> = new Set(['process', 'require', 'Buffer', 'setImmediate', '__dirname', '__filename', 'Atomics']);
const browserGlobals: ReadonlySet<string> = new Set(['window', 'document', 'navigator', 'localStorage', 'sessionStorage', 'location', 'history', 'requestAnimationFrame', 'HTMLElement', '$', 'jQuery', 'define']);
const browserPackage = /^(?:react|react-dom|vue|svelte|@angular\/core|preact|jquery|@testing-library\/.*|redux|@reduxjs\/toolkit)$/;
/** Core modules that bundlers bring to pages too. */
const isomorphic: ReadonlySet<string> = new Set(['events', 'util', 'url', 'path', 'assert', 'buffer', 'querystring', 'string_decoder', 'punycode']);

/** Whether a module uses what only pages have. */
export function isForPages(module: ModuleFacts): boolean {
  return /\.[jt]sx$/.test(module.file) || module.globals.some(name => browserGlobals.has(name)) || module.imports.some(item => browserPackage.test(item.specifier));
}

/** What relevance needs to know of one module. */
interface Summary {
  readonly serves: boolean;
  /** Files that it imports. */
  readonly targets: readonly string[];
  /** Starts of the paths of the files that it may import. */
  readonly folders: readonly string[];
  /** It uses something of Node. */
  readonly node: boolean;
  /** It uses something that only pages have. */
  readonly browser: boolean;
}

/**
 * Picks the modules worth linking: not tests and build scripts, which serve nobody, and of the rest those parts of the
 * program (connected by imports, in either direction) that run on Node: something of Node or of a modelled library is
 * used there, or nothing that only pages have. The browser's half of a repository falls away here. For one set of files; what is known of a module is kept while its facts are the same.
 */
export function createRelevance(resolver: Resolver, apis: ApiIndex, roleOf: (file: string) => Role | null): (modules: readonly ModuleFacts[]) => ModuleFacts[] {
  const summaries = new WeakMap<ModuleFacts, Summary>();
  const summarise = (module: ModuleFacts): Summary => {
    const role = roleOf(module.file);
    if (role === 'test' || role === 'build') return { serves: false, targets: [], folders: [], node: false, browser: false };
    let node = module.globals.some(name => nodeGlobals.has(name));
    const browser = isForPages(module);
    const targets: string[] = [];
    for (const item of module.imports) {
      const file = resolver.resolve(item.specifier, module.file);
      // A test that is imported is no part of the program either: its name says nothing about blocking.
      if (file !== null && serves(file)) targets.push(file);
      else if (!item.typeOnly && !isomorphic.has(item.specifier) && apis.knows(canonicalModule(item.specifier))) node = true;
    }
    return { serves: true, targets, folders: folderPrefixes(module).map(prefix => join(dirname(module.file), prefix)), node, browser };
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
    const onNode = new Set<number>();
    const inBrowser = new Set<number>();
    serving.forEach(({ summary }, position) => {
      if (summary.node) onNode.add(parts.find(position));
      if (summary.browser) inBrowser.add(parts.find(position));
    });
    return serving.filter((_item, position) => onNode.has(parts.find(position)) || !inBrowser.has(parts.find(position))).map(({ module }) => module);
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
