import type { CallFacts, FunctionFacts, ModuleFacts, Value } from '../facts/module-facts.ts';
import { assignmentsTo } from '../facts/module-index.ts';
import type { ApiIndex } from '../node/lookup.ts';
import { dirname, join } from '../text/path.ts';
import { flowBuiltinCall } from './builtins.ts';
import { canonicalModule, type FrameworkIndex } from './framework-index.ts';
import { applyRegistration, type AppliedRegistration, type RegisteredHandler } from './registrations.ts';
import type { Resolver } from './resolve/resolver.ts';
import { constantNode, createSolver, nothingNode, type Mark, type NodeId, type Solver, type ValueId } from './solver.ts';
import { createSiteTable, flowResult, noSite, type SiteTable } from './wrapper-sites.ts';
import { createValueTable, externalMember, externalResult, type AbstractValue, type ValueTable } from './values.ts';

/** One module in the constraint system, with the nodes of its parts. */
export interface FlowModule {
  readonly index: number;
  readonly facts: ModuleFacts;
  readonly variables: NodeId[];
  /** Result, callee and arguments of each call. */
  readonly calls: NodeId[];
  readonly callees: NodeId[];
  readonly args: (readonly NodeId[])[];
  readonly returns: NodeId[];
  readonly thises: NodeId[];
  /** Property reads, and globals and imports that can be several things, by what is read. */
  readonly gets: Map<string, NodeId>;
  /** Values of `module.exports = …` / `export =`. */
  readonly whole: NodeId;
  /** Of each object literal: whether it holds functions. */
  readonly holders: readonly boolean[];
  /** Where its nodes lie among all: start, end, start, end, … */
  readonly ranges: NodeId[];
}

/** Where values can flow in the whole program. */
export interface Flow {
  readonly solver: Solver;
  readonly values: ValueTable;
  readonly sites: SiteTable;
  readonly modules: FlowModule[];
  readonly indexOf: ReadonlyMap<string, number>;
  readonly resolver: Resolver;
  readonly frameworks: FrameworkIndex;
  readonly known: (module: string, path: string) => boolean;
  readonly classOfResult: ApiIndex['classOfResult'];
  /** By object: the names that were ever read or written, and their nodes. */
  readonly properties: Map<ValueId, Map<string, NodeId>>;
  /** Nodes of members that registrations look at, by object and name. */
  readonly members: Map<string, NodeId>;
  readonly elementReaders: Map<ValueId, NodeId[]>;
  /** Values whose members an object has too: spreads, Object.assign, superclasses. */
  readonly parents: Map<ValueId, NodeId>;
  readonly subclasses: Map<string, NodeId>;
  /** Property reads that are set up: object, name and target. */
  readonly reads: Map<NodeId, number[]>;
  /** The same of nodes with many, to look up. */
  readonly readIndexes: Map<NodeId, Map<ValueId, number>>;
  readonly nameIds: Map<string, number>;
  /** Closures that were registered without the call that made them, by function. */
  readonly rawHandlers: Map<number, true>;
  /** What closures captured is registered once for each registering call. */
  readonly registeredClosures: Map<string, true>;
  /** What was registered where; filled while solving. */
  readonly handlers: Map<string, RegisteredHandler>;
  readonly registrations: Map<string, AppliedRegistration>;
  /** Before the layers. */
  base: Base;
  /** The modules that are expected to change, the one that changed last on top: each can be taken off and put on again. */
  readonly layers: Layer[];
}

/** The flow of the modules that are not layers. */
interface Base {
  readonly mark: Mark;
  readonly handlers: number;
}

interface Layer {
  readonly module: number;
  readonly mark: Mark;
}

/**
 * Lets the values flow. `known` says which members of libraries are worth following (graph/known-externals.ts);
 * `volatile` names the files that are likely to change.
 */
export function createFlow(modules: readonly ModuleFacts[], volatile: ReadonlySet<string>, resolver: Resolver, frameworks: FrameworkIndex, known: (module: string, path: string) => boolean, classOfResult: ApiIndex['classOfResult']): Flow {
  const values = createValueTable();
  const solver = createSolver(id => {
    const value = values.get(id);
    switch (value.k) {
      case 'collection':
        return true;
      case 'object':
        return !flow.modules[value.m]!.holders[value.obj];
      // `req.user`: what a program keeps on an object of a library, unlike `server.on`.
      case 'member':
        return frameworks.methodRegistrations(value.type, value.name).length === 0 && frameworks.result(value.type, value.name) === null;
      default:
        return false;
    }
  });
  const flowModules = modules.map((facts, index) => createModule(solver, facts, index, solver.node(), !volatile.has(facts.file)));
  const flow: Flow = {
    solver,
    values,
    sites: createSiteTable(),
    modules: flowModules,
    indexOf: new Map(modules.map(({ file }, index) => [file, index])),
    resolver,
    frameworks,
    known,
    classOfResult,
    properties: new Map(),
    members: new Map(),
    elementReaders: new Map(),
    parents: new Map(),
    subclasses: new Map(),
    reads: new Map(),
    readIndexes: new Map(),
    nameIds: new Map(),
    rawHandlers: new Map(),
    registeredClosures: new Map(),
    handlers: new Map(),
    registrations: new Map(),
    base: { mark: { log: 0, nodes: 0 }, handlers: 0 },
    layers: [],
  };
  const settled = flowModules.filter(({ facts }) => !volatile.has(facts.file));
  for (const module of settled) addClasses(flow, module);
  for (const module of settled) addModule(flow, module);
  solver.solve();
  flow.base = { mark: solver.mark(), handlers: flow.handlers.size };
  for (const { facts, index } of flowModules) if (volatile.has(facts.file)) addLayer(flow, index, facts);
  return flow;
}

/**
 * Puts new facts in the place of those of layers, and takes back what was added to the flow after them. The flow is then
 * as `createFlow` would have made it of the new facts.
 */
export function replaceLayers(flow: Flow, changed: readonly ModuleFacts[]): void {
  const { layers, solver } = flow;
  const facts = new Map(changed.map(item => [flow.indexOf.get(item.file)!, item]));
  const lowest = layers.findIndex(layer => facts.has(layer.module));
  const lifted = layers.slice(lowest).map(layer => layer.module);
  solver.rollback(layers[lowest]!.mark);
  layers.length = lowest;
  for (const m of lifted) if (!facts.has(m)) addLayer(flow, m, flow.modules[m]!.facts);
  for (const [m, item] of facts) addLayer(flow, m, item);
}

function addLayer(flow: Flow, m: number, facts: ModuleFacts): void {
  flow.layers.push({ module: m, mark: flow.solver.mark() });
  const module = createModule(flow.solver, facts, m, flow.modules[m]!.whole, true);
  flow.modules[m] = module;
  addClasses(flow, module);
  addModule(flow, module);
  flow.solver.solve();
}

/** A layer gets its nodes only when it is put on. */
function createModule(solver: Solver, facts: ModuleFacts, index: number, whole: NodeId, withNodes: boolean): FlowModule {
  const first = solver.node();
  const nodesFor = (list: readonly unknown[]): NodeId[] => (withNodes ? list.map(() => solver.node()) : []);
  const module: FlowModule = {
    index,
    facts,
    variables: nodesFor(facts.variables),
    calls: nodesFor(facts.calls),
    callees: [],
    args: [],
    returns: nodesFor(facts.functions),
    thises: nodesFor(facts.functions),
    gets: new Map(),
    whole,
    holders: facts.objects.map((_object, position) => holdsFunctions(facts, position, 0)),
    ranges: [first],
  };
  module.ranges.push(solver.node());
  return module;
}

/** True for object literals in which a function, a class, a regular expression or something imported stands: tables, options, namespaces. */
function holdsFunctions(facts: ModuleFacts, index: number, depth: number): boolean {
  return facts.objects[index]!.properties.some(({ value }) => {
    switch (value.k) {
      case 'fn':
      case 'class':
      case 'module':
      case 'regex':
        return true;
      case 'obj':
        return depth < 4 && holdsFunctions(facts, value.obj, depth + 1);
      case 'var':
        return ['function', 'class', 'import'].includes(facts.variables[value.var]!.kind);
      case 'get':
        return value.object.k === 'this' || value.object.k === 'module' || (value.object.k === 'var' && ['class', 'import'].includes(facts.variables[value.object.var]!.kind));
      default:
        return false;
    }
  });
}

function addClasses(flow: Flow, module: FlowModule): void {
  const { solver, values } = flow;
  const m = module.index;
  module.ranges.push(solver.node());
  module.facts.classes.forEach((facts, index) => {
    const own = values.id({ k: 'class', m, class: index });
    const exact = values.id({ k: 'instance', m, class: index, exact: true });
    for (const member of facts.members) {
      if (member.kind === 'getter') {
        if (member.value.k === 'fn') solver.flow(module.returns[member.value.fn]!, propertyNode(flow, member.static ? own : exact, member.name));
      } else if (member.kind !== 'setter') {
        solver.flow(nodeOf(flow, module, member.value), propertyNode(flow, member.static ? own : exact, member.name));
      }
    }
    const relate = (value: Value, isSuper: boolean): void => {
      solver.onValue(nodeOf(flow, module, value), id => {
        const parent = values.get(id);
        if (parent.k === 'class') {
          if (isSuper) {
            solver.add(parentsNode(flow, own), id);
            solver.add(parentsNode(flow, exact), values.id({ k: 'instance', m: parent.m, class: parent.class, exact: true }));
          }
          solver.add(subclassNode(flow, parent.m, parent.class), own);
        } else if (parent.k === 'fn' && isSuper) {
          solver.add(parentsNode(flow, own), id);
          solver.add(parentsNode(flow, exact), values.id({ k: 'prototype', m: parent.m, fn: parent.fn }));
        } else if (parent.k === 'external' && isSuper) {
          const path = externalResult(parent.path, true);
          if (path !== null) addExternal(flow, parentsNode(flow, exact), parent.module, path);
          const type = flow.frameworks.produced(parent.module, parent.path, 'new') ?? flow.frameworks.annotated(parent.module, parent.path);
          if (type) solver.add(parentsNode(flow, exact), values.id({ k: 'typed', type }));
        }
      });
    };
    if (facts.superClass) relate(facts.superClass, true);
    for (const type of facts.implements) relate(type, false);
  });
  module.ranges.push(solver.node());
}

function addModule(flow: Flow, module: FlowModule): void {
  const { solver, values } = flow;
  const { facts, index: m } = module;
  module.ranges.push(solver.node());
  const namespace = values.id({ k: 'namespace', m });
  facts.functions.forEach((fn, index) => {
    for (const value of fn.returns) solver.flow(nodeOf(flow, module, value), module.returns[index]!);
    if (fn.class >= 0) solver.add(module.thises[index]!, values.id(fn.static ? { k: 'class', m, class: fn.class } : { k: 'instance', m, class: fn.class, exact: false }));
    if (fn.restParam >= 0 && fn.params[fn.restParam]! >= 0) solver.add(module.variables[fn.params[fn.restParam]!]!, values.id({ k: 'collection', m, call: -1 - index }));
  });
  facts.objects.forEach((object, index) => {
    const id = values.id({ k: 'object', m, obj: index });
    for (const property of object.properties) {
      const value = nodeOf(flow, module, property.value);
      if (property.kind === 'spread') solver.flow(value, parentsNode(flow, id));
      else if (property.kind === 'get' && property.value.k === 'fn') solver.flow(module.returns[property.value.fn]!, propertyNode(flow, id, property.name));
      else if (property.kind !== 'set') solver.flow(value, propertyNode(flow, id, property.name));
      // A function of a literal is called on the literal.
      if (property.value.k === 'fn' && property.kind !== 'spread') solver.add(module.thises[property.value.fn]!, id);
    }
  });
  for (const assignment of facts.assignments) {
    const value = nodeOf(flow, module, assignment.value);
    if (assignment.to === 'var') solver.flow(value, module.variables[assignment.var]!);
    else if (!(assignment.name === '*' && wrapsOwnElement(facts, assignment.object, assignment.value, 0))) solver.onValue(nodeOf(flow, module, assignment.object), object => writeProperty(flow, object, assignment.name, value));
  }
  for (const item of facts.exports) {
    const value = nodeOf(flow, module, item.value);
    if (item.name === '=') solver.flow(value, module.whole);
    else if (item.name === '*') solver.flow(value, parentsNode(flow, namespace));
    else writeProperty(flow, namespace, item.name, value);
  }
  facts.calls.forEach((call, index) => addCall(flow, module, call, index));
  module.ranges.push(solver.node());
}

/**
 * `api[name] = promisify(api[name])`: each member becomes another form of itself. Taken as a write under any name it would make each
 * member all others, of every object that goes through such a function.
 */
function wrapsOwnElement(facts: ModuleFacts, object: Value, value: Value, depth: number): boolean {
  if (depth > 3) return false;
  switch (value.k) {
    case 'get':
      return value.name === '*' && sameValue(value.object, object);
    case 'call': {
      const call = facts.calls[value.call]!;
      return (call.callee.k === 'get' && wrapsOwnElement(facts, object, call.callee.object, depth + 1)) || call.args.some(arg => wrapsOwnElement(facts, object, arg, depth + 1));
    }
    case 'var': {
      const assigned = assignmentsTo(facts, value.var);
      return assigned.length === 1 && wrapsOwnElement(facts, object, assigned[0]!.value, depth + 1);
    }
    case 'union':
      return value.of.some(part => wrapsOwnElement(facts, object, part, depth + 1));
    default:
      return false;
  }
}

function sameValue(a: Value, b: Value): boolean {
  if (a.k === 'var') return b.k === 'var' && a.var === b.var;
  if (a.k === 'this') return b.k === 'this';
  return a.k === 'get' && b.k === 'get' && a.name === b.name && sameValue(a.object, b.object);
}

/** The node that holds what a value of the facts can be. */
export function nodeOf(flow: Flow, module: FlowModule, value: Value): NodeId {
  const { solver, values } = flow;
  const m = module.index;
  const constant = (item: AbstractValue): NodeId => constantNode(values.id(item));
  switch (value.k) {
    case 'var':
      return module.variables[value.var]!;
    case 'call':
      return module.calls[value.call]!;
    case 'this':
      return module.thises[value.fn]!;
    case 'fn':
      return constant({ k: 'fn', m, fn: value.fn });
    case 'class':
      return constant({ k: 'class', m, class: value.class });
    case 'obj':
      return constant({ k: 'object', m, obj: value.obj });
    case 'string':
    case 'derived':
      return nothingNode;
    case 'regex':
      return constant({ k: 'regex', m, regex: value.regex });
    case 'exports':
      return shared(flow, module, 'exports', () => {
        const node = solver.node();
        addNamespace(flow, module, true, node);
        return node;
      });
    case 'global':
      return shared(flow, module, `global ${value.name}`, () => externalNode(flow, 'globals', value.name));
    case 'module':
      return shared(flow, module, `${value.commonjs ? 'require' : 'import'} ${value.specifier}`, () => importedModule(flow, module, value.specifier, value.commonjs));
    case 'folder': {
      const node = solver.node();
      for (const target of modulesInFolder(flow, module, value.prefix)) addNamespace(flow, target, true, node);
      return node;
    }
    case 'get': {
      const object = nodeOf(flow, module, value.object);
      if (object === nothingNode) return nothingNode;
      return shared(flow, module, `${object}.${value.name}`, () => {
        const constantValue = object < 0 ? values.get(-1 - object) : null;
        if (constantValue?.k === 'external') return externalNode(flow, constantValue.module, isGlobalObject(constantValue) ? value.name : externalMember(constantValue.path, value.name));
        const node = solver.node();
        const isTable = value.name === '*' && namesModule(module.facts, value.object);
        solver.onValue(object, id => (isTable ? readTable(flow, id, node) : readProperty(flow, id, value.name, node)));
        return node;
      });
    }
    case 'instance': {
      const node = solver.node();
      solver.onValue(nodeOf(flow, module, value.of), id => {
        const type = values.get(id);
        if (type.k === 'class') solver.add(node, values.id({ k: 'instance', m: type.m, class: type.class, exact: false }));
        else if (type.k === 'fn') solver.add(node, values.id({ k: 'prototype', m: type.m, fn: type.fn }));
        else if (type.k === 'external') {
          const annotated = flow.frameworks.annotated(type.module, type.path);
          if (annotated) solver.add(node, values.id({ k: 'typed', type: annotated }));
          if (type.module !== 'globals') addExternal(flow, node, type.module, `${type.path}#`);
        } else if (type.k === 'typed') solver.add(node, id);
      });
      return node;
    }
    case 'super': {
      const node = solver.node();
      const fn = module.facts.functions[value.fn]!;
      if (fn.class >= 0) {
        const of = values.id(fn.static ? { k: 'class', m, class: fn.class } : { k: 'instance', m, class: fn.class, exact: true });
        solver.flow(parentsNode(flow, of), node);
      }
      return node;
    }
    case 'union': {
      const node = solver.node();
      for (const item of value.of) solver.flow(nodeOf(flow, module, item), node);
      return node;
    }
  }
}

function isGlobalObject({ module, path }: { readonly module: string; readonly path: string }): boolean {
  return module === 'globals' && (path === 'globalThis' || path === 'global');
}

/** What is read the same way in several places of a module has one node. */
function shared(flow: Flow, module: FlowModule, key: string, create: () => NodeId): NodeId {
  let node = module.gets.get(key);
  if (node === undefined) {
    node = create();
    module.gets.set(key, node);
    flow.solver.onRollback(() => module.gets.delete(key));
  }
  return node;
}

/** A member of something outside the program: a constant, unless it is both a described thing and an object of a type. */
function externalNode(flow: Flow, module: string, path: string): NodeId {
  const { solver, values } = flow;
  const own = flow.known(module, path) ? values.id({ k: 'external', module, path }) : null;
  const type = flow.frameworks.valueType(module, path);
  const typed = type ? values.id({ k: 'typed', type }) : null;
  if (own === null || typed === null) {
    const only = own ?? typed;
    return only === null ? nothingNode : constantNode(only);
  }
  const node = solver.node();
  solver.add(node, own);
  solver.add(node, typed);
  return node;
}

function importedModule(flow: Flow, from: FlowModule, specifier: string, commonjs: boolean): NodeId {
  const file = flow.resolver.resolve(specifier, from.facts.file);
  const target = file === null ? undefined : flow.indexOf.get(file);
  // A relative specifier without a file is a mistake or generated code, not a library.
  if (target === undefined) return specifier.startsWith('.') ? nothingNode : externalNode(flow, canonicalModule(specifier), '');
  const node = flow.solver.node();
  addNamespace(flow, flow.modules[target]!, commonjs, node);
  return node;
}

function addNamespace(flow: Flow, target: FlowModule, commonjs: boolean, node: NodeId): void {
  flow.solver.add(node, flow.values.id({ k: 'namespace', m: target.index }));
  if (commonjs || !target.facts.hasModuleSyntax) flow.solver.flow(target.whole, node);
}

function modulesInFolder(flow: Flow, from: FlowModule, prefix: string): FlowModule[] {
  if (!prefix.startsWith('.') && !prefix.startsWith('/')) return [];
  const start = join(prefix.startsWith('/') ? '' : dirname(from.facts.file), prefix) + (prefix.endsWith('/') || prefix === '.' ? '/' : '');
  // `./` alone, with nothing known after it, could be anything near: only files of that very folder.
  return flow.modules.filter(module => module !== from && module.facts.file.startsWith(start) && !module.facts.file.slice(start.length).replace(/\/index\.\w+$/, '').replace(/^\//, '').includes('/'));
}

/** An object of which so many more names are asked than stand in its literal is no table: anything is asked of it. */
const foreignNamesLimit = 100;

/** Whether a computed key can mean any of so many names of an object. */
function isReadByKey(flow: Flow, value: AbstractValue, names: number): boolean {
  const own = value.k === 'object' ? flow.modules[value.m]!.facts.objects[value.obj]!.properties.length : 0;
  return names - own <= foreignNamesLimit;
}

export function propertyNode(flow: Flow, object: ValueId, name: string): NodeId {
  let names = flow.properties.get(object);
  if (!names) names = setIn(flow, flow.properties, object, new Map<string, NodeId>());
  let node = names.get(name);
  if (node === undefined) {
    node = setIn(flow, names, name, flow.solver.node());
    flow.solver.own(node, object);
    if (isReadByKey(flow, flow.values.get(object), names.size)) for (const reader of flow.elementReaders.get(object) ?? []) flow.solver.flow(node, reader);
  }
  return node;
}

/** Sets what is not there yet, until the next rollback. */
export function setIn<K, V>(flow: Flow, map: Map<K, V>, key: K, value: V): V {
  map.set(key, value);
  flow.solver.onRollback(() => map.delete(key));
  return value;
}

function pushTo<T>(flow: Flow, list: T[], item: T): void {
  list.push(item);
  flow.solver.onRollback(() => list.pop());
}

export function parentsNode(flow: Flow, object: ValueId): NodeId {
  return flow.parents.get(object) ?? setIn(flow, flow.parents, object, flow.solver.node());
}

function subclassNode(flow: Flow, m: number, index: number): NodeId {
  const key = `${m},${index}`;
  return flow.subclasses.get(key) ?? setIn(flow, flow.subclasses, key, flow.solver.node());
}

export function writeProperty(flow: Flow, object: ValueId, name: string, value: NodeId): void {
  const target = flow.values.get(object);
  switch (target.k) {
    case 'external':
    case 'typed':
    case 'member':
    case 'regex':
      return;
    case 'instance': {
      const exact = target.exact ? object : flow.values.id({ ...target, exact: true });
      flow.solver.flow(value, propertyNode(flow, exact, name));
      return;
    }
    default:
      flow.solver.flow(value, propertyNode(flow, object, name));
  }
}

/** Methods that collections have of their own; graph/builtins.ts knows what flows through them. */
const arrayMethods: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(Array.prototype).filter(name => Number.isNaN(Number(name))));

/** Lets what reading `name` of a value gives flow into `target`. */
export function readProperty(flow: Flow, object: ValueId, name: string, target: NodeId): void {
  const { solver, values } = flow;
  // Superclasses and spreads can form circles.
  const value = values.get(object);
  if (arrayMethods.has(name) && (value.k === 'collection' || (value.k === 'object' && flow.modules[value.m]!.facts.objects[value.obj]!.array))) return;
  if (!firstRead(flow, object, name, target)) return;
  switch (value.k) {
    case 'external': {
      addExternal(flow, target, value.module, externalMember(value.path, name));
      const type = flow.frameworks.valueType(value.module, externalMember(value.path, name));
      if (type) solver.add(target, values.id({ k: 'typed', type }));
      return;
    }
    case 'typed': {
      const property = flow.frameworks.property(value.type, name);
      if (property) solver.add(target, values.id({ k: 'typed', type: property }));
      solver.add(target, values.id({ k: 'member', type: value.type, name }));
      return;
    }
    case 'member':
    case 'regex':
      return;
    case 'fn':
      if (name === 'prototype') solver.add(target, values.id({ k: 'prototype', m: value.m, fn: value.fn }));
      break;
    case 'class':
      if (name === 'prototype') solver.add(target, values.id({ k: 'instance', m: value.m, class: value.class, exact: true }));
      break;
    case 'instance':
      if (!value.exact) {
        readProperty(flow, values.id({ ...value, exact: true }), name, target);
        // A declared type stands for its subclasses and implementers too.
        solver.onValue(subclassNode(flow, value.m, value.class), id => {
          const subclass = values.get(id);
          if (subclass.k === 'class') readProperty(flow, values.id({ k: 'instance', m: subclass.m, class: subclass.class, exact: false }), name, target);
        });
        return;
      }
      break;
    case 'namespace': {
      const module = flow.modules[value.m]!;
      solver.onValue(module.whole, id => readProperty(flow, id, name, target));
      if (name === 'default' && !module.facts.hasModuleSyntax) {
        solver.add(target, object);
        solver.flow(module.whole, target);
      }
      break;
    }
  }
  if (name === '*') {
    // `this[method]()` could be any method; only tables and collections are read by computed keys.
    if (value.k !== 'object' && value.k !== 'collection') return;
    const names = flow.properties.get(object);
    if (names && isReadByKey(flow, value, names.size)) for (const node of names.values()) solver.flow(node, target);
    pushTo(flow, flow.elementReaders.get(object) ?? setIn(flow, flow.elementReaders, object, []), target);
  } else {
    solver.flow(propertyNode(flow, object, name), target);
    // What was written under computed keys can be any named property; elements of a collection have no names.
    if (value.k !== 'namespace' && (value.k !== 'collection' || /^\d+$/.test(name))) solver.flow(propertyNode(flow, object, '*'), target);
  }
  if (!ownsMember(flow, value, name)) solver.onValue(parentsNode(flow, object), parent => parent !== object && readProperty(flow, parent, name, target));
}

/** More reads than this are looked up by hash. */
const readsIndexFrom = 32;

/**
 * Lets all members of a table flow into a node, of what a module exports too: where a program names a module and reads it by
 * computed keys, it is a table, where any object is handed to a function that does so, it is not.
 */
export function readTable(flow: Flow, object: ValueId, target: NodeId): void {
  const value = flow.values.get(object);
  if (value.k !== 'namespace') {
    readProperty(flow, object, '*', target);
    return;
  }
  if (!firstRead(flow, object, '*', target)) return;
  const { solver } = flow;
  solver.onValue(flow.modules[value.m]!.whole, id => readTable(flow, id, target));
  for (const node of flow.properties.get(object)?.values() ?? []) solver.flow(node, target);
  pushTo(flow, flow.elementReaders.get(object) ?? setIn(flow, flow.elementReaders, object, []), target);
  solver.onValue(parentsNode(flow, object), parent => parent !== object && readTable(flow, parent, target));
}

/** Whether a value of the text is a module as it was imported. */
export function namesModule(facts: ModuleFacts, value: Value | undefined): boolean {
  if (value?.k === 'module') return true;
  if (value?.k !== 'var') return false;
  const assigned = assignmentsTo(facts, value.var);
  return assigned.length === 1 && assigned[0]!.value.k === 'module';
}

function firstRead(flow: Flow, object: ValueId, name: string, target: NodeId): boolean {
  let nameId = flow.nameIds.get(name);
  if (nameId === undefined) flow.nameIds.set(name, (nameId = flow.nameIds.size));
  const reads = flow.reads.get(target) ?? setIn(flow, flow.reads, target, []);
  const isThere = (): boolean => {
    for (let i = 0; i < reads.length; i += 2) if (reads[i] === object && reads[i + 1] === nameId) return true;
    return false;
  };
  if (reads.length < readsIndexFrom) {
    if (isThere()) return false;
  } else {
    let index = flow.readIndexes.get(target);
    if (!index) {
      flow.readIndexes.set(target, (index = new Map()));
      for (let i = 0; i < reads.length; i += 2) index.set(reads[i]!, reads[i + 1]!);
    }
    // A place nearly always reads one name of many objects.
    const known = index.get(object);
    if (known === nameId || (known !== undefined && isThere())) return false;
    index.set(object, nameId);
  }
  reads.push(object, nameId);
  flow.solver.onRollback(() => {
    reads.length -= 2;
    flow.readIndexes.delete(target);
  });
  return true;
}

/** Adds a value of a library where something is known of it. */
export function addExternal(flow: Flow, node: NodeId, module: string, path: string): void {
  if (flow.known(module, path)) flow.solver.add(node, flow.values.id({ k: 'external', module, path }));
}

/** A class that declares the member itself hides its parents' one. */
function ownsMember(flow: Flow, value: AbstractValue, name: string): boolean {
  if (value.k !== 'class' && value.k !== 'instance') return false;
  return flow.modules[value.m]!.facts.classes[value.class]!.members.some(member => member.name === name && member.static === (value.k === 'class') && member.kind !== 'abstract');
}

function addCall(flow: Flow, module: FlowModule, call: CallFacts, index: number): void {
  const { solver, values } = flow;
  const result = module.calls[index]!;
  const args = call.args.map(arg => nodeOf(flow, module, arg));
  const calleeNode = nodeOf(flow, module, call.callee);
  module.args[index] = args;
  module.callees[index] = calleeNode;
  const receiver = call.callee.k === 'get' ? nodeOf(flow, module, call.callee.object) : null;
  if (receiver !== null && call.callee.k === 'get') flowBuiltinCall(flow, module, index, call.callee.name, receiver, args, result);
  solver.onValue(calleeNode, id => {
    const callee = values.get(id);
    switch (callee.k) {
      case 'fn': {
        const target = flow.modules[callee.m]!;
        const fn = target.facts.functions[callee.fn]!;
        passArguments(flow, target, fn, callee.fn, args, call.spread);
        if (call.new) {
          const instance = values.id({ k: 'prototype', m: callee.m, fn: callee.fn });
          solver.add(result, instance);
          solver.add(target.thises[callee.fn]!, instance);
        } else if (receiver !== null && fn.class < 0 && fn.kind !== 'arrow') solver.flow(receiver, target.thises[callee.fn]!);
        flowResult(flow, callee, callee.site ?? noSite, { module: module.index, call: index }, result);
        return;
      }
      case 'class':
      case 'instance': {
        // `super(…)` reaches the parent through its instances.
        if (!call.new && call.callee.k !== 'super') return;
        if (call.new) solver.add(result, values.id({ k: 'instance', m: callee.m, class: callee.class, exact: true }));
        passToConstructor(flow, callee.m, callee.class, args, call.spread, 0);
        return;
      }
      case 'external': {
        callExternal(flow, module, call, index, callee, args, result);
        return;
      }
      case 'member': {
        const produced = flow.frameworks.result(callee.type, callee.name);
        if (produced) solver.add(result, values.id({ k: 'typed', type: produced }));
        applyRegistration(flow, module, index, flow.frameworks.methodRegistrations(callee.type, callee.name), args, true);
        return;
      }
      case 'typed':
        applyRegistration(flow, module, index, flow.frameworks.methodRegistrations(callee.type, ''), args, true);
        return;
    }
  });
}

function callExternal(flow: Flow, module: FlowModule, call: CallFacts, index: number, callee: AbstractValue & { k: 'external' }, args: readonly NodeId[], result: NodeId): void {
  const { solver, values } = flow;
  const path = externalResult(callee.path, call.new);
  if (path !== null && callee.module !== 'globals') addExternal(flow, result, callee.module, path);
  const instanceOf = flow.classOfResult(callee.module, callee.path);
  if (instanceOf) addExternal(flow, result, instanceOf.module, `${instanceOf.name}#`);
  const type = flow.frameworks.produced(callee.module, callee.path, call.new ? 'new' : 'call');
  if (type) solver.add(result, values.id({ k: 'typed', type }));
  const wrapper = flow.frameworks.wrapper(callee.module, callee.path);
  if (wrapper && args[wrapper.argument] !== undefined) {
    if (wrapper.effect === 'promisified') flowPromisified(flow, args[wrapper.argument]!, result);
    else solver.flow(args[wrapper.argument]!, result);
  }
  applyRegistration(flow, module, index, flow.frameworks.functionRegistrations(callee.module, callee.path), args, true);
  if (callee.module === 'globals' || callee.module === 'util' || callee.module === 'events') flowGlobalCall(flow, module, index, callee.path, call.new, args, result);
}

/** Node docs, Timers: `util.promisify(setTimeout)` is that of `timers/promises`: its arguments are others than those of the function it was made of. */
function flowPromisified(flow: Flow, wrapped: NodeId, result: NodeId): void {
  flow.solver.onValue(wrapped, id => {
    const value = flow.values.get(id);
    if (value.k === 'external' && (value.module === 'globals' || value.module === 'timers') && (value.path === 'setTimeout' || value.path === 'setImmediate')) addExternal(flow, result, 'timers/promises', value.path);
    else flow.solver.add(result, id);
  });
}

/** Functions of the language that hand their arguments on. */
function flowGlobalCall(flow: Flow, module: FlowModule, index: number, path: string, isNew: boolean, args: readonly NodeId[], result: NodeId): void {
  const { solver, values } = flow;
  const collection = (): ValueId => values.id({ k: 'collection', m: module.index, call: index });
  const isTable = namesModule(module.facts, module.facts.calls[index]!.args[0]);
  const readMembers = (id: ValueId, target: NodeId): void => (isTable ? readTable(flow, id, target) : readProperty(flow, id, '*', target));
  switch (path) {
    case 'Object.freeze':
    case 'Object.seal':
    case 'Object.defineProperties':
    case 'Object.setPrototypeOf':
    case 'Promise.resolve':
    case 'structuredClone':
      if (args[0] !== undefined) solver.flow(args[0], result);
      return;
    case 'Object.assign':
      if (args[0] === undefined) return;
      solver.flow(args[0], result);
      for (const source of args.slice(1)) solver.onValue(args[0], target => flow.values.get(target).k !== 'external' && solver.flow(source, parentsNode(flow, target)));
      return;
    case 'Object.create': {
      const created = collection();
      solver.add(result, created);
      if (args[0] !== undefined) solver.flow(args[0], parentsNode(flow, created));
      return;
    }
    case 'Object.entries':
      solver.add(result, collection());
      addPairs(flow, module.index, index, collection());
      if (args[0] !== undefined) solver.onValue(args[0], id => readMembers(id, propertyNode(flow, collection(), '*')));
      return;
    case 'Object.fromEntries':
      solver.add(result, collection());
      if (args[0] !== undefined) secondOfPairs(flow, args[0], propertyNode(flow, collection(), '*'));
      return;
    case 'Object.values':
      solver.add(result, collection());
      if (args[0] !== undefined) solver.onValue(args[0], id => readMembers(id, propertyNode(flow, collection(), '*')));
      return;
    case 'Array.from':
    case 'Promise.all':
    case 'Promise.allSettled': {
      solver.add(result, collection());
      if (args[0] !== undefined) solver.onValue(args[0], id => readProperty(flow, id, '*', propertyNode(flow, collection(), '*')));
      return;
    }
    case 'Promise.race':
    case 'Promise.any':
      if (args[0] !== undefined) solver.onValue(args[0], id => readProperty(flow, id, '*', result));
      return;
    case 'Map':
    case 'WeakMap':
      if (!isNew) return;
      solver.add(result, collection());
      addPairs(flow, module.index, index, collection());
      if (args[0] !== undefined) secondOfPairs(flow, args[0], propertyNode(flow, collection(), '*'));
      return;
    case 'Set':
    case 'WeakSet':
      if (!isNew) return;
      solver.add(result, collection());
      if (args[0] !== undefined) solver.onValue(args[0], id => readProperty(flow, id, '*', propertyNode(flow, collection(), '*')));
      return;
    case 'Array':
      solver.add(result, collection());
      return;
    case 'Proxy':
      if (args[0] !== undefined) solver.flow(args[0], result);
      return;
    case 'inherits': {
      // util.inherits(Child, Parent)
      const [child, parent] = args;
      if (child === undefined || parent === undefined) return;
      solver.onValue(child, id => {
        const fn = values.get(id);
        if (fn.k !== 'fn') return;
        const prototype = values.id({ k: 'prototype', m: fn.m, fn: fn.fn });
        solver.onValue(parent, other => readProperty(flow, other, 'prototype', parentsNode(flow, prototype)));
      });
      return;
    }
  }
}

/** Iterating over a collection gives pairs too, whose second part is what is in it. */
export function addPairs(flow: Flow, m: number, call: number, collection: ValueId): void {
  const pair = flow.values.id({ k: 'collection', m, call, pair: true });
  const elements = propertyNode(flow, collection, '*');
  flow.solver.add(elements, pair);
  flow.solver.flow(elements, propertyNode(flow, pair, '1'));
}

/** Lets the second parts of the pairs in a list flow into a node. */
function secondOfPairs(flow: Flow, list: NodeId, target: NodeId): void {
  const { solver } = flow;
  const pairs = solver.node();
  solver.onValue(list, id => readProperty(flow, id, '*', pairs));
  solver.onValue(pairs, id => readProperty(flow, id, '1', target));
}

/** Lets the arguments of a call flow into the parameters. */
export function passArguments(flow: Flow, target: FlowModule, fn: FunctionFacts, index: number, args: readonly NodeId[], spread: boolean): void {
  const { solver, values } = flow;
  const rest = (): NodeId => propertyNode(flow, values.id({ k: 'collection', m: target.index, call: -1 - index }), '*');
  args.forEach((arg, position) => {
    if (fn.restParam >= 0 && position >= fn.restParam) solver.flow(arg, rest());
    else {
      const variable = fn.params[position];
      if (variable !== undefined && variable >= 0) solver.flow(arg, target.variables[variable]!);
    }
  });
  // After a spread any element can be any later parameter.
  if (spread && args.length > 0) {
    const elements = args[args.length - 1]!;
    for (const variable of fn.params.slice(args.length - 1)) if (variable >= 0) solver.onValue(elements, id => readProperty(flow, id, '*', target.variables[variable]!));
  }
}

function passToConstructor(flow: Flow, m: number, index: number, args: readonly NodeId[], spread: boolean, depth: number): void {
  const module = flow.modules[m]!;
  const facts = module.facts.classes[index]!;
  if (facts.constructorFn >= 0) passArguments(flow, module, module.facts.functions[facts.constructorFn]!, facts.constructorFn, args, spread);
  else if (depth < 10) {
    flow.solver.onValue(parentsNode(flow, flow.values.id({ k: 'class', m, class: index })), id => {
      const parent = flow.values.get(id);
      if (parent.k === 'class') passToConstructor(flow, parent.m, parent.class, args, spread, depth + 1);
    });
  }
}
