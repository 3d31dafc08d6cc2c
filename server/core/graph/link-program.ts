import type { CallFacts, ModuleFacts, Range } from '../facts/module-facts.ts';
import type { SourceLocation, WitnessStep } from '../hazards/finding.ts';
import { join } from '../text/path.ts';
import type { ApiDescription } from '../node/api.ts';
import type { ApiIndex } from '../node/lookup.ts';
import type { FrameworkModel } from '../node/registration.ts';
import { buildCallGraph, functionKey, indexOfKey, moduleOfKey, type CallGraph, type Edge, type FunctionKey } from './edges.ts';
import { completeRegistrations, collectEntries, type EntryFacts } from './entries.ts';
import { createFileRoles } from './file-roles.ts';
import { createFlow, type Flow } from './flow.ts';
import { createFrameworkIndex } from './framework-index.ts';
import { createKnownExternals } from './known-externals.ts';
import type { CallEdge, Entry, FunctionNode, ProgramGraph, Reach, Role } from './program-graph.ts';
import { chainsTo, createRestartTest, type Chain } from './reach.ts';
import type { ProjectFiles } from './resolve/project-files.ts';
import { relevantModules } from './relevant-modules.ts';
import { createResolver } from './resolve/resolver.ts';

/** What the graph is made of. */
export interface ProgramInput {
  readonly modules: readonly ModuleFacts[];
  readonly project: ProjectFiles;
  readonly frameworks: readonly FrameworkModel[];
  readonly apis: ApiIndex;
  /** Text of a file, where it is at hand. */
  readonly text: (file: string) => string | null;
}

/** What linking finds out that does not depend on where things stand in their files. */
interface ProgramStructure {
  /** The modules that were linked, in the order of the indices below. */
  readonly files: readonly string[];
  readonly flow: Flow;
  readonly callGraph: CallGraph;
  readonly entries: readonly EntryFacts[];
  readonly entriesByFunction: ReadonlyMap<FunctionKey, readonly EntryFacts[]>;
  readonly operations: readonly OperationFacts[];
  readonly chains: (target: FunctionKey, roles: string) => readonly Chain[];
}

interface OperationFacts {
  readonly module: number;
  readonly call: number;
  readonly api: ApiDescription;
}

/**
 * Links the facts of all files into one graph: where values flow, who calls whom, which functions are entries, and
 * which calls are operations of described APIs. A pure function of its input; the order of the modules does not
 * matter for the result.
 */
export function linkProgram(input: ProgramInput): ProgramGraph {
  const modules = sortedModules(input);
  return createGraph(input, modules, createStructure(input, modules));
}

/**
 * Links again and again: as `linkProgram`, but while edits only move code about (no call, binding or name changes), the
 * structure of the last time serves again and only the places are new.
 */
export function createLinker(): (input: ProgramInput) => ProgramGraph {
  let last: { input: ProgramInput; modules: ReadonlyMap<string, ModuleFacts>; structure: ProgramStructure } | null = null;
  return input => {
    const modules = sortedModules(input);
    const reusable = last !== null && last.input.project === input.project && last.input.frameworks === input.frameworks && last.input.apis === input.apis && sameShapes(last.modules, modules);
    const structure = reusable ? last!.structure : createStructure(input, modules);
    last = { input, modules, structure };
    return createGraph(input, modules, structure);
  };
}

function sortedModules(input: ProgramInput): ReadonlyMap<string, ModuleFacts> {
  return new Map([...input.modules].sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0)).map(module => [module.file, module]));
}

function sameShapes(before: ReadonlyMap<string, ModuleFacts>, after: ReadonlyMap<string, ModuleFacts>): boolean {
  if (before.size !== after.size) return false;
  for (const [file, module] of after) {
    const old = before.get(file);
    if (old !== module && (!old || shapeOf(old) !== shapeOf(module))) return false;
  }
  return true;
}

const placeKeys: ReadonlySet<string> = new Set(['range', 'nameRange', 'argRanges', 'calleeRange', 'testRange', 'asyncInsertAt', 'returnType', 'lineStarts', 'length', 'directiveComments']);

/** The facts without places. */
function shapeOf(module: ModuleFacts): string {
  return JSON.stringify(module, (key, value: unknown) => (placeKeys.has(key) ? undefined : value));
}

function createStructure(input: ProgramInput, all: ReadonlyMap<string, ModuleFacts>): ProgramStructure {
  const resolver = createResolver(all, input.project);
  const frameworks = createFrameworkIndex(input.frameworks);
  const fileRole = createFileRoles(frameworks.roles, resolver);
  const modules = relevantModules([...all.values()], resolver, input.apis, fileRole);
  const flow = createFlow(modules, resolver, frameworks, createKnownExternals(input.apis, input.frameworks), input.apis.classOfResult);
  completeRegistrations(flow);
  const callGraph = buildCallGraph(flow);
  const entries = withModuleRoles(collectEntries(flow), moduleRoles(flow, fileRole));
  const entriesByFunction = new Map<FunctionKey, EntryFacts[]>();
  for (const entry of entries) {
    const list = entriesByFunction.get(entry.fn);
    if (list) list.push(entry);
    else entriesByFunction.set(entry.fn, [entry]);
  }
  const isRestart = createRestartTest(flow, callGraph);
  return {
    files: modules.map(module => module.file),
    flow,
    callGraph,
    entries,
    entriesByFunction,
    operations: collectOperations(flow, input.apis),
    chains: memoise((target, roles) => chainsTo(flow, callGraph, entriesByFunction, isRestart, target, new Set(roles.split(',') as Role[]))),
  };
}

function createGraph(input: ProgramInput, all: ReadonlyMap<string, ModuleFacts>, structure: ProgramStructure): ProgramGraph {
  const { callGraph, chains, entriesByFunction } = structure;
  const modules = structure.files.map(file => all.get(file)!);
  const nodes = createFunctionNodes(modules);
  const moduleIndex = new Map(structure.files.map((file, index) => [file, index]));
  // A file that was not linked has functions all the same; nothing reaches them.
  const nodeOf = (file: string, index: number): FunctionNode => {
    const module = moduleIndex.get(file);
    return module === undefined ? { file, index, facts: all.get(file)!.functions[index]!, displayName: displayName(all.get(file)!, index, undefined) } : nodes(functionKey(module, index));
  };
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

  return {
    files: [...all.keys()],
    operations: structure.operations.map(({ module, call: index, api }) => {
      const call = modules[module]!.calls[index]!;
      return { api, call, function: nodes(functionKey(module, call.fn)), location: locate(modules[module]!, call.range), name: operationName(api) };
    }),
    entries: structure.entries.map(entryOf),
    module: file => all.get(file)!,
    text: input.text,
    functionOf: nodeOf,
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
      if (key === null || callGraph.escaping.has(key) || entriesByFunction.has(key)) return null;
      return (callGraph.incoming.get(key) ?? []).map((edge): CallEdge => ({ call: modules[edge.module]!.calls[edge.call]!, from: nodes(edge.from), to: target, kind: edge.kind }));
    },
    *loops() {
      for (const [index, module] of modules.entries()) for (const loop of module.loops) yield { loop, function: nodes(functionKey(index, loop.fn)) };
    },
    locate: (file, range) => locate(all.get(file)!, range),
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

/** What each module is by its place, or because it is started as a process or thread of its own. */
function moduleRoles(flow: Flow, roleOf: (file: string) => Role | null): (Role | null)[] {
  const roles = flow.modules.map(module => roleOf(module.facts.file));
  for (const { module, call, registration } of flow.registrations.values()) {
    if (registration.role !== 'worker') continue;
    const { literalArgs } = module.facts.calls[call]!;
    for (const selector of registration.handlers) {
      const path = selector.kind === 'file' ? literalArgs.at(selector.index) : null;
      if (typeof path !== 'string') continue;
      const file = flow.resolver.resolve(path.startsWith('.') || path.startsWith('/') ? path : `./${path}`, module.facts.file) ?? fromPackageRoot(flow, path, module.facts.file);
      const target = file === null ? undefined : flow.moduleOf.get(file);
      if (target) roles[target.index] ??= 'worker';
    }
  }
  return roles;
}

/** `fork('./lib/worker.js')` takes its path from the working directory, most often the package's. */
function fromPackageRoot(flow: Flow, path: string, from: string): string | null {
  const owner = flow.resolver.packageOf(from);
  return owner && flow.resolver.resolve(`./${path.replace(/^\.\//, '')}`, join(owner.directory, 'package.json'));
}

/** Listeners in a worker's file hold up only the worker, timers and listeners of a command only the command. */
function withModuleRoles(entries: readonly EntryFacts[], roles: readonly (Role | null)[]): EntryFacts[] {
  return entries.map(entry => {
    const role = roles[entry.at?.module ?? moduleOfKey(entry.fn)];
    if (role === 'worker') return { ...entry, role };
    return role === 'cli' && entry.role !== 'request' ? { ...entry, role } : entry;
  });
}

function createFunctionNodes(modules: readonly ModuleFacts[]): (key: FunctionKey) => FunctionNode {
  const nodes = new Map<FunctionKey, FunctionNode>();
  const callbacks = new Map<FunctionKey, CallFacts>();
  for (const [index, module] of modules.entries()) for (const call of module.calls) for (const arg of call.args) if (arg.k === 'fn') callbacks.set(functionKey(index, arg.fn), call);
  return key => {
    let node = nodes.get(key);
    if (!node) {
      const facts = modules[moduleOfKey(key)]!;
      const index = indexOfKey(key);
      node = { file: facts.file, index, facts: facts.functions[index]!, displayName: displayName(facts, index, callbacks.get(key)) };
      nodes.set(key, node);
    }
    return node;
  };
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

function collectOperations(flow: Flow, apis: ApiIndex): OperationFacts[] {
  const operations: OperationFacts[] = [];
  for (const module of flow.modules) {
    module.facts.calls.forEach((call, index) => {
      if (call.callee.k === 'get' && (call.callee.name === 'call' || call.callee.name === 'apply')) return;
      for (const id of flow.solver.values(module.callees[index]!)) {
        const value = flow.values.get(id);
        const api = value.k === 'external' ? describedCall(apis, value.module, value.path) : null;
        if (!api) continue;
        operations.push({ module: module.index, call: index, api });
        return;
      }
    });
  }
  return operations;
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

