import type { CallFacts, ModuleFacts, Range, Value } from '../facts/module-facts.ts';
import type { SourceLocation, WitnessStep } from '../hazards/finding.ts';
import { join } from '../text/path.ts';
import type { ApiDescription, BlockingKind } from '../node/api.ts';
import type { ApiIndex } from '../node/lookup.ts';
import type { FrameworkModel } from '../node/registration.ts';
import { createCallGraphBuilder, type CallGraph, type Edge } from './edges.ts';
import { functionKey, indexOfKey, moduleOfKey, type FunctionKey } from './function-key.ts';
import { createCommandTest } from './commands.ts';
import { completeRegistrations, createEntryCollector, type Entries, type EntryFacts } from './entries.ts';
import { createFileRoles } from './file-roles.ts';
import { createFlow, nodeOf, replaceLayers, type Flow, type FlowModule } from './flow.ts';
import { createFrameworkIndex } from './framework-index.ts';
import { createHandedTest } from './handed-functions.ts';
import { createKnownExternals } from './known-externals.ts';
import type { CallEdge, Entry, FunctionNode, Meaning, Operation, ProgramGraph, Reach, Role } from './program-graph.ts';
import { createReach, createRestartTest, type Chain } from './reach.ts';
import type { ProjectFiles } from './resolve/project-files.ts';
import { createRelevance } from './relevant-modules.ts';
import { createResolver, type Resolver } from './resolve/resolver.ts';
import { sameShape } from './same-shape.ts';
import { createStaleTest } from './stale-modules.ts';
import type { AbstractValue } from './values.ts';

/** What the graph is made of. */
export interface ProgramInput {
  readonly modules: readonly ModuleFacts[];
  readonly project: ProjectFiles;
  readonly frameworks: readonly FrameworkModel[];
  readonly apis: ApiIndex;
  /** Text of a file, where it is at hand. */
  readonly text: (file: string) => string | null;
}

/** What linking finds out that does not depend on where things stand in their files. Later links do not change it. */
interface ProgramStructure {
  /** The modules that were linked, in the order of the indices below. */
  readonly files: readonly string[];
  readonly callGraph: CallGraph;
  readonly entriesOf: (fn: FunctionKey) => readonly EntryFacts[];
  readonly entries: () => readonly EntryFacts[];
  readonly hasEntry: (role: Role) => boolean;
  /** By module. */
  readonly operations: readonly (readonly OperationFacts[])[];
  readonly chains: (target: FunctionKey, roles: string) => readonly Chain[];
  /** By module: what it is by its place or by how it is started. */
  readonly roles: readonly (Role | null)[];
  readonly values: (module: number, value: Value) => readonly AbstractValue[];
  readonly packageOf: Resolver['packageOf'];
  readonly resolve: Resolver['resolve'];
  readonly inputOf: ProgramGraph['inputOf'];
  readonly crowded: number;
}

interface OperationFacts {
  readonly call: number;
  readonly api: ApiDescription;
}

/**
 * Links the facts of all files into one graph: where values flow, who calls whom, which functions are entries, and
 * which calls are operations of described APIs. A pure function of its input; the order of the modules does not
 * matter for the result.
 */
export function linkProgram(input: ProgramInput): ProgramGraph {
  return createLinker()(input);
}

/** A file that was edited is expected to be edited again: so many of them are kept apart from the rest of the program. */
const volatileLimit = 6;

/**
 * Links again and again: as `linkProgram`, but with work in proportion to what changed. While edits only move code about (no
 * call, binding or name changes), the structure of the last time serves again and only the places are new. Where the structure
 * of few files changes, their part of the flow is taken back and made anew. `volatile` names files that are likely to change;
 * those that did change are taken for such from then on.
 */
export function createLinker(): (input: ProgramInput, volatile?: readonly string[]) => ProgramGraph {
  let last: { readonly input: ProgramInput; readonly modules: ReadonlyMap<string, ModuleFacts>; readonly program: LinkedProgram; readonly structure: ProgramStructure } | null = null;
  let recent: readonly string[] = [];
  return (input, volatile = []) => {
    const modules = sortedModules(input);
    const changed = last ? changedFiles(last.modules, modules) : null;
    const sameSetting = last !== null && last.input.project === input.project && last.input.frameworks === input.frameworks && last.input.apis === input.apis;
    if (sameSetting && changed?.length === 0) {
      last = { ...last!, input, modules };
      return createGraph(input, modules, last.structure);
    }
    if (changed) recent = [...new Set([...changed, ...recent])].slice(0, volatileLimit);
    const structure = sameSetting && changed ? last!.program.update(modules, changed) : null;
    if (structure) last = { ...last!, input, modules, structure };
    else {
      // The old program goes before the new one comes: both at once take twice the memory.
      last = null;
      const program = createLinkedProgram(input, modules, new Set([...recent, ...volatile].slice(0, volatileLimit)));
      last = { input, modules, program, structure: program.structure() };
    }
    return createGraph(input, modules, last.structure);
  };
}

function sortedModules(input: ProgramInput): ReadonlyMap<string, ModuleFacts> {
  return new Map([...input.modules].sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0)).map(module => [module.file, module]));
}

/** The files whose structure differs; null where there are other files. */
function changedFiles(before: ReadonlyMap<string, ModuleFacts>, after: ReadonlyMap<string, ModuleFacts>): string[] | null {
  if (before.size !== after.size) return null;
  const changed: string[] = [];
  for (const [file, module] of after) {
    const old = before.get(file);
    if (!old) return null;
    if (old !== module && !sameShape(old, module)) changed.push(file);
  }
  return changed;
}

/** A program whose files are the same, linked again as their contents change. */
interface LinkedProgram {
  structure(): ProgramStructure;
  /** The structure after a change in some files; null where the program is to be linked as a whole. */
  update(all: ReadonlyMap<string, ModuleFacts>, changed: readonly string[]): ProgramStructure | null;
}

// What is kept for the next link are names, never the facts of the first one: those are outlived by their files' next texts.
function createLinkedProgram({ apis, project, frameworks: models }: Pick<ProgramInput, 'apis' | 'project' | 'frameworks'>, all: ReadonlyMap<string, ModuleFacts>, volatile: ReadonlySet<string>): LinkedProgram {
  const resolver = createResolver(new Set(all.keys()), project);
  const frameworks = createFrameworkIndex(models);
  const fileRole = createFileRoles(frameworks.roles, resolver);
  const relevant = createRelevance(resolver, apis, memoiseOne(fileRole));
  const flow = createFlow(relevant([...all.values()]), volatile, resolver, frameworks, createKnownExternals(apis, models), apis.classOfResult);
  const files = flow.modules.map(module => module.facts.file);
  const rolesByFile = files.map(fileRole);
  const staleModules = createStaleTest(flow);
  const buildCallGraph = createCallGraphBuilder(flow, createHandedTest(apis, frameworks));
  const collectEntries = createEntryCollector(flow);
  let operations: readonly (readonly OperationFacts[] | null)[] | null = null;

  const structure = (): ProgramStructure => {
    completeRegistrations(flow);
    const stale = staleModules();
    const callGraph = buildCallGraph(stale);
    const facts = flow.modules.map(module => module.facts);
    const byModule = moduleRoles(flow, rolesByFile);
    const entries = collectEntries(stale);
    const roles = withModuleRoles(entries, byModule, createCommandTest(facts, callGraph, entries));
    const isRestart = createRestartTest(facts, callGraph);
    const found = flow.modules.map((module, index) => (stale.has(index) ? null : operations?.[index]) ?? operationsOf(flow, module, apis));
    operations ??= found.map((list, index) => (stale.has(index) ? null : list));
    const reach = createReach(facts, callGraph, roles.entriesOf, isRestart);
    return {
      files,
      callGraph,
      ...roles,
      operations: found,
      roles: byModule,
      values: (module, value) => [...flow.solver.values(nodeOf(flow, flow.modules[module]!, value))].map(id => flow.values.get(id)),
      packageOf: file => resolver.packageOf(file),
      resolve: (specifier, from) => resolver.resolve(specifier, from),
      inputOf: (type, member) => frameworks.input(type, member),
      crowded: flow.solver.refused(),
      chains: memoise((target, wanted) => reach(target, new Set(wanted.split(',') as Role[]))),
    };
  };
  return {
    structure,
    update(now, changed) {
      const linked = relevant([...now.values()]);
      if (linked.length !== files.length || linked.some((module, index) => module.file !== files[index])) return null;
      const layers = new Set(flow.layers.map(layer => flow.modules[layer.module]!.facts.file));
      const replaced: ModuleFacts[] = [];
      for (const file of changed) {
        const index = flow.indexOf.get(file);
        if (index === undefined) continue;
        const facts = now.get(file)!;
        // Others read of a module whether it is an ES module.
        if (!layers.has(file) || flow.modules[index]!.facts.hasModuleSyntax !== facts.hasModuleSyntax) return null;
        replaced.push(facts);
      }
      if (replaced.length > 0) replaceLayers(flow, replaced);
      return structure();
    },
  };
}

function createGraph(input: ProgramInput, all: ReadonlyMap<string, ModuleFacts>, structure: ProgramStructure): ProgramGraph {
  const { callGraph, chains, entriesOf } = structure;
  const modules = structure.files.map(file => all.get(file)!);
  const nodes = (key: FunctionKey): FunctionNode => functionNode(modules[moduleOfKey(key)]!, indexOfKey(key));
  const moduleIndex = new Map(structure.files.map((file, index) => [file, index]));
  const keyOf = (node: FunctionNode): FunctionKey | null => {
    const module = moduleIndex.get(node.file);
    return module === undefined ? null : functionKey(module, node.index);
  };
  const entryOf = (facts: EntryFacts): Entry => {
    const fn = nodes(facts.fn);
    const location = facts.at ? locate(modules[facts.at.module]!, modules[facts.at.module]!.calls[facts.at.call]!.calleeRange) : locate(modules[moduleOfKey(facts.fn)]!, fn.facts.nameRange);
    return { function: fn, role: facts.role, label: facts.label, location, confidence: facts.confidence };
  };
  const reachOf = (chain: Chain): Reach => {
    const entry = entryOf(chain.entry);
    return {
      entry,
      path: [{ location: entry.location, label: entry.label }, ...chain.edges.map(edge => stepOf(modules, nodes, edge))],
      guards: chain.guards,
      confidence: chain.confidence,
    };
  };
  const chainsOf = (node: FunctionNode, roles: readonly Role[]): readonly Chain[] => {
    const key = keyOf(node);
    return key === null ? [] : chains(key, roles.join(','));
  };

  const meaningOf = (value: AbstractValue): Meaning[] => {
    switch (value.k) {
      case 'fn':
        return [{ k: 'function', function: nodes(functionKey(value.m, value.fn)) }];
      case 'class':
      case 'instance':
        return [{ k: value.k, file: structure.files[value.m]!, class: value.class }];
      case 'object':
        return [{ k: 'object', file: structure.files[value.m]!, obj: value.obj }];
      case 'regex':
        return [{ k: 'regex', file: structure.files[value.m]!, regex: value.regex }];
      case 'external':
      case 'typed':
      case 'member':
        return [value];
      default:
        return [];
    }
  };

  const edgesInto = (target: FunctionNode, key: FunctionKey): CallEdge[] => callGraph.incoming(key).map(edge => ({ call: modules[edge.module]!.calls[edge.call]!, from: nodes(edge.from), to: target, kind: edge.kind }));

  const placedIn = (file: string): PlacedOperations | null => {
    const module = moduleIndex.get(file);
    return module === undefined ? null : placedOperations(modules[module]!, structure.operations[module]!);
  };

  let entries: readonly Entry[] | null = null;
  let operations: readonly Operation[] | null = null;
  const blocking = new Map<BlockingKind, readonly Operation[]>();
  return {
    files: [...all.keys()],
    linkedFiles: structure.files,
    crowded: structure.crowded,
    get operations() {
      return (operations ??= structure.operations.flatMap((list, module) => placedOperations(modules[module]!, list).all));
    },
    operationsIn: files => files.flatMap(file => placedIn(file)?.all ?? noOperations),
    blocking(kind, files) {
      if (files) return files.flatMap(file => placedIn(file)?.byKind.get(kind) ?? noOperations);
      let found = blocking.get(kind);
      if (!found) blocking.set(kind, (found = structure.operations.flatMap((list, module) => placedOperations(modules[module]!, list).byKind.get(kind) ?? noOperations)));
      return found;
    },
    get entries() {
      return (entries ??= structure.entries().map(entryOf));
    },
    entriesOf(fn) {
      const key = keyOf(fn);
      return key === null ? [] : entriesOf(key).map(entryOf);
    },
    hasEntry: structure.hasEntry,
    module: file => all.get(file)!,
    text: input.text,
    project: input.project,
    functionOf: (file, index) => functionNode(all.get(file)!, index),
    reaching: (target, roles) => chainsOf(target, roles).map(reachOf),
    reachingOperation(operation, roles) {
      const own = operation.call.guards;
      if (own.includes('worker-thread') || own.includes('main-module')) return [];
      return chainsOf(operation.function, roles).map(chain => {
        const reach = reachOf(chain);
        return {
          ...reach,
          path: [...reach.path, { location: operation.location, label: `${operation.name}()` }],
          guards: [...new Set([...reach.guards, ...own])],
          confidence: own.includes('memoised') ? ('possible' as const) : reach.confidence,
        };
      });
    },
    callersOf(target) {
      const key = keyOf(target);
      if (key === null || callGraph.isEscaping(key) || entriesOf(key).length > 0) return null;
      return edgesInto(target, key);
    },
    callsInto(target) {
      const key = keyOf(target);
      return key === null ? [] : edgesInto(target, key);
    },
    inputOf: structure.inputOf,
    callsFrom(from) {
      const key = keyOf(from);
      return key === null ? [] : callGraph.outgoing(key).map((edge): CallEdge => ({ call: modules[edge.module]!.calls[edge.call]!, from, to: nodes(edge.to), kind: edge.kind }));
    },
    operationAt(file, call) {
      const module = moduleIndex.get(file);
      return module === undefined ? null : (placedOperations(modules[module]!, structure.operations[module]!).byCall.get(call) ?? null);
    },
    meaningsOf(file, value) {
      const module = moduleIndex.get(file);
      return module === undefined ? [] : distinctFunctions(structure.values(module, value)).flatMap(meaningOf);
    },
    roleOf(file) {
      const module = moduleIndex.get(file);
      return module === undefined ? null : structure.roles[module]!;
    },
    packageOf: file => structure.packageOf(file),
    resolve: (specifier, from) => structure.resolve(specifier, from),
    *loops(files) {
      for (const file of files) for (const loop of all.get(file)!.loops) yield { loop, function: functionNode(all.get(file)!, loop.fn) };
    },
    locate: (file, range) => locate(all.get(file)!, range),
  };
}

/** A function once, however many calls made it what it is there. */
function distinctFunctions(values: readonly AbstractValue[]): readonly AbstractValue[] {
  if (values.length < 2) return values;
  const seen = new Set<FunctionKey>();
  return values.filter(value => {
    if (value.k !== 'fn') return true;
    const key = functionKey(value.m, value.fn);
    return !seen.has(key) && seen.add(key);
  });
}

const noOperations: readonly Operation[] = [];

interface PlacedOperations {
  readonly facts: ModuleFacts;
  readonly all: readonly Operation[];
  readonly byKind: ReadonlyMap<BlockingKind, readonly Operation[]>;
  readonly byCall: ReadonlyMap<number, Operation>;
}

const placed = new WeakMap<readonly OperationFacts[], PlacedOperations>();

/** The operations of a module at their places; the same objects while nothing changes. */
function placedOperations(facts: ModuleFacts, list: readonly OperationFacts[]): PlacedOperations {
  let known = placed.get(list);
  if (known?.facts !== facts) {
    const all = list.map(({ call: index, api }): Operation => {
      const call = facts.calls[index]!;
      return { api, call, function: functionNode(facts, call.fn), location: locate(facts, call.range), name: operationName(api) };
    });
    const byKind = new Map<BlockingKind, Operation[]>();
    for (const operation of all) {
      const kind = operation.api.blockingKind;
      if (kind) byKind.set(kind, [...(byKind.get(kind) ?? []), operation]);
    }
    placed.set(list, (known = { facts, all, byKind, byCall: new Map(list.map(({ call }, index) => [call, all[index]!])) }));
  }
  return known;
}

function memoiseOne<T>(compute: (key: string) => T): (key: string) => T {
  const results = new Map<string, T>();
  return key => {
    let result = results.get(key);
    if (result === undefined) results.set(key, (result = compute(key)));
    return result;
  };
}

function memoise<T>(compute: (key: number, extra: string) => T): (key: number, extra: string) => T {
  const results = new Map<string, T>();
  return (key, extra) => {
    const id = `${key} ${extra}`;
    let result = results.get(id);
    if (result === undefined) results.set(id, (result = compute(key, extra)));
    return result;
  };
}

function stepOf(modules: readonly ModuleFacts[], nodes: (key: FunctionKey) => FunctionNode, edge: Edge): WitnessStep {
  const module = modules[edge.module]!;
  const call = module.calls[edge.call]!;
  const to = nodes(edge.to);
  const label = edge.kind === 'call' ? `${call.new ? 'constructs' : 'calls'} ${to.displayName}` : to.facts.name === '' ? `${call.text}() calls back` : `hands ${to.displayName} to ${call.text}()`;
  return { location: locate(module, call.calleeRange), label };
}

/** What each module is by its place (`byFile`), or because it is started as a process or thread of its own. */
function moduleRoles(flow: Flow, byFile: readonly (Role | null)[]): readonly (Role | null)[] {
  const roles = [...byFile];
  for (const { module, call, registration } of flow.registrations.values()) {
    if (registration.role !== 'worker') continue;
    const { literalArgs } = module.facts.calls[call]!;
    for (const selector of registration.handlers) {
      const path = selector.kind === 'file' ? literalArgs.at(selector.index) : null;
      if (typeof path !== 'string') continue;
      const file = flow.resolver.resolve(path.startsWith('.') || path.startsWith('/') ? path : `./${path}`, module.facts.file) ?? fromPackageRoot(flow.resolver, path, module.facts.file);
      const target = file === null ? undefined : flow.indexOf.get(file);
      if (target !== undefined) roles[target] ??= 'worker';
    }
  }
  return roles;
}

/** `fork('./lib/worker.js')` takes its path from the working directory, most often the package's. */
function fromPackageRoot(resolver: Resolver, path: string, from: string): string | null {
  const owner = resolver.packageOf(from);
  return owner && resolver.resolve(`./${path.replace(/^\.\//, '')}`, join(owner.directory, 'package.json'));
}

/** Listeners in a worker's file hold up only the worker, timers and listeners of a command only the command. */
function withModuleRoles(entries: Entries, roles: readonly (Role | null)[], isOfCommand: (entry: EntryFacts) => boolean): Pick<ProgramStructure, 'entriesOf' | 'entries' | 'hasEntry'> {
  const roleOf = (entry: EntryFacts): Role => {
    const role = roles[entry.at?.module ?? moduleOfKey(entry.fn)];
    return role === 'worker' || (role === 'cli' && entry.role !== 'request') ? role : isOfCommand(entry) ? 'cli' : entry.role;
  };
  const inModule = (entry: EntryFacts): EntryFacts => (roleOf(entry) === entry.role ? entry : { ...entry, role: roleOf(entry) });
  return { entriesOf: fn => entries.of(fn).map(inModule), entries: () => entries.all().map(inModule), hasEntry: role => entries.some(entry => roleOf(entry) === role) };
}

const nodesOf = new WeakMap<ModuleFacts, { readonly nodes: (FunctionNode | undefined)[]; readonly handedTo: ReadonlyMap<number, CallFacts> }>();

/** A function as the graph shows it; the same object for the same facts. */
function functionNode(facts: ModuleFacts, index: number): FunctionNode {
  let known = nodesOf.get(facts);
  if (!known) {
    const handedTo = new Map<number, CallFacts>();
    for (const call of facts.calls) for (const arg of call.args) if (arg.k === 'fn') handedTo.set(arg.fn, call);
    nodesOf.set(facts, (known = { nodes: [], handedTo }));
  }
  return (known.nodes[index] ??= { file: facts.file, index, facts: facts.functions[index]!, displayName: displayName(facts, index, known.handedTo.get(index)) });
}

function displayName(module: ModuleFacts, index: number, handedTo: CallFacts | undefined): string {
  const fn = module.functions[index]!;
  if (fn.kind === 'module') return module.file;
  const owner = fn.class >= 0 ? module.classes[fn.class]!.name : '';
  if (fn.kind === 'constructor') return owner || 'the constructor';
  if (fn.name !== '' && fn.name !== '*') return owner ? `${owner}.${fn.name}` : fn.name;
  if (handedTo) return `the callback of ${handedTo.text}()`;
  const around = module.functions[fn.parent]?.name;
  return around ? `the function in ${around}` : 'an anonymous function';
}

/** The calls of a module that are described; of several things that a call can mean the first by name. */
function operationsOf(flow: Flow, module: FlowModule, apis: ApiIndex): readonly OperationFacts[] {
  return module.facts.calls.flatMap((call, index): OperationFacts[] => {
    if (call.callee.k === 'get' && (call.callee.name === 'call' || call.callee.name === 'apply')) return [];
    const described = flow.solver.values(module.callees[index]!).flatMap(id => {
      const value = flow.values.get(id);
      const api = value.k === 'external' ? describedCall(apis, value.module, value.path) : null;
      return api ? [api] : [];
    });
    const [first] = described.length > 1 ? described.sort((a, b) => compareApis(a, b)) : described;
    return first ? [{ call: index, api: first }] : [];
  });
}

function compareApis(a: ApiDescription, b: ApiDescription): number {
  const [left, right] = [`${a.module} ${a.member}`, `${b.module} ${b.member}`];
  return left < right ? -1 : left > right ? 1 : 0;
}

/** What is called: a described member, or a described result of one (`createRequire()(…)`, `db.transaction(f)()`). */
function describedCall(apis: ApiIndex, module: string, path: string): ApiDescription | null {
  if (!path.endsWith('#')) return apis.find(module, path);
  const api = apis.find(module, path.slice(0, -1));
  return api?.member.endsWith('()') ? api : null;
}

/** `fs.readFileSync`, `better-sqlite3 prepare().get`. */
function operationName(api: ApiDescription): string {
  const member = api.member.replace(/^#/, '').replaceAll('#', '.');
  if (api.module === 'globals' || member === '') return member || api.module;
  return /^[\w$/]+$/.test(api.module) ? `${api.module.replace('/', '.')}.${member}` : `${api.module} ${member}`;
}

function locate(module: ModuleFacts, [start, end]: Range): SourceLocation {
  const from = positionOf(module.lineStarts, start);
  const to = positionOf(module.lineStarts, end);
  return { file: module.file, start, end, line: from.line, column: from.column, endLine: to.line, endColumn: to.column };
}

function positionOf(lineStarts: readonly number[], offset: number): { line: number; column: number } {
  let low = 0;
  let high = lineStarts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (lineStarts[middle]! <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - lineStarts[low]! + 1 };
}

