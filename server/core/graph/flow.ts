import type { CallFacts, FunctionFacts, ModuleFacts, Value } from '../facts/module-facts.ts';
import type { ApiIndex } from '../node/lookup.ts';
import { dirname, join } from '../text/path.ts';
import { flowBuiltinCall } from './builtins.ts';
import { canonicalModule, type FrameworkIndex } from './framework-index.ts';
import { applyRegistration, type AppliedRegistration, type RegisteredHandler } from './registrations.ts';
import type { Resolver } from './resolve/resolver.ts';
import { createSolver, type NodeId, type Solver, type ValueId } from './solver.ts';
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
  readonly gets: Map<string, NodeId>;
  /** Values of `module.exports = …` / `export =`. */
  readonly whole: NodeId;
}

/** Where values can flow in the whole program. */
export interface Flow {
  readonly solver: Solver;
  readonly values: ValueTable;
  readonly modules: readonly FlowModule[];
  readonly moduleOf: ReadonlyMap<string, FlowModule>;
  readonly resolver: Resolver;
  readonly frameworks: FrameworkIndex;
  readonly known: (module: string, path: string) => boolean;
  readonly classOfResult: ApiIndex['classOfResult'];
  readonly properties: Map<string, NodeId>;
  /** Names that were ever read or written per object, for `*`. */
  readonly propertyNames: Map<ValueId, Set<string>>;
  readonly elementReaders: Map<ValueId, NodeId[]>;
  /** Values whose members an object has too: spreads, Object.assign, superclasses. */
  readonly parents: Map<ValueId, NodeId>;
  readonly subclasses: Map<string, NodeId>;
  /** Property reads that are set up: object, name and target. */
  readonly reads: Map<NodeId, Set<number>>;
  readonly nameIds: Map<string, number>;
  /** What was registered where; filled while solving. */
  readonly handlers: Map<string, RegisteredHandler>;
  readonly registrations: Map<string, AppliedRegistration>;
}

/** `known` says which members of libraries are worth following (graph/known-externals.ts). */
export function createFlow(modules: readonly ModuleFacts[], resolver: Resolver, frameworks: FrameworkIndex, known: (module: string, path: string) => boolean, classOfResult: ApiIndex['classOfResult']): Flow {
  const values = createValueTable();
  const holders = modules.map(facts => facts.objects.map((_object, index) => holdsFunctions(facts, index, 0)));
  const solver = createSolver(id => {
    const value = values.get(id);
    return value.k === 'collection' || (value.k === 'object' && !holders[value.m]![value.obj]);
  });
  const flowModules = modules.map((facts, index): FlowModule => ({
    index,
    facts,
    variables: facts.variables.map(() => solver.node()),
    calls: facts.calls.map(() => solver.node()),
    callees: [],
    args: [],
    returns: facts.functions.map(() => solver.node()),
    thises: facts.functions.map(() => solver.node()),
    gets: new Map(),
    whole: solver.node(),
  }));
  const flow: Flow = {
    solver,
    values,
    modules: flowModules,
    moduleOf: new Map(flowModules.map(module => [module.facts.file, module])),
    resolver,
    frameworks,
    known,
    classOfResult,
    properties: new Map(),
    propertyNames: new Map(),
    elementReaders: new Map(),
    parents: new Map(),
    subclasses: new Map(),
    reads: new Map(),
    nameIds: new Map(),
    handlers: new Map(),
    registrations: new Map(),
  };
  for (const module of flowModules) addClasses(flow, module);
  for (const module of flowModules) addModule(flow, module);
  solver.solve();
  return flow;
}

/** True for object literals in which a function, a class or something imported stands: tables, options, namespaces. */
function holdsFunctions(facts: ModuleFacts, index: number, depth: number): boolean {
  return facts.objects[index]!.properties.some(({ value }) => {
    switch (value.k) {
      case 'fn':
      case 'class':
      case 'module':
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
}

function addModule(flow: Flow, module: FlowModule): void {
  const { solver, values } = flow;
  const { facts, index: m } = module;
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
    else solver.onValue(nodeOf(flow, module, assignment.object), object => writeProperty(flow, object, assignment.name, value));
  }
  for (const item of facts.exports) {
    const value = nodeOf(flow, module, item.value);
    if (item.name === '=') solver.flow(value, module.whole);
    else if (item.name === '*') solver.flow(value, parentsNode(flow, namespace));
    else writeProperty(flow, namespace, item.name, value);
  }
  facts.calls.forEach((call, index) => addCall(flow, module, call, index));
}

/** The node that holds what a value of the facts can be. */
export function nodeOf(flow: Flow, module: FlowModule, value: Value): NodeId {
  const { solver, values } = flow;
  const m = module.index;
  const constant = (item: AbstractValue): NodeId => {
    const node = solver.node();
    solver.add(node, values.id(item));
    return node;
  };
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
      return solver.node();
    case 'exports': {
      const node = constant({ k: 'namespace', m });
      solver.flow(module.whole, node);
      return node;
    }
    case 'global': {
      const node = solver.node();
      addExternal(flow, node, 'globals', value.name);
      const type = flow.frameworks.valueType('globals', value.name);
      if (type) solver.add(node, values.id({ k: 'typed', type }));
      return node;
    }
    case 'module': {
      const node = solver.node();
      addImportedModule(flow, module, value.specifier, value.commonjs, node);
      return node;
    }
    case 'folder': {
      const node = solver.node();
      for (const target of modulesInFolder(flow, module, value.prefix)) addNamespace(flow, target, true, node);
      return node;
    }
    case 'get': {
      const object = nodeOf(flow, module, value.object);
      const key = `${object}.${value.name}`;
      let node = module.gets.get(key);
      // Only nodes that stand for a place are shared; a constant is a fresh node each time.
      if (node === undefined) {
        node = solver.node();
        module.gets.set(key, node);
        const target = node;
        solver.onValue(object, id => readProperty(flow, id, value.name, target));
      }
      return node;
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

function addImportedModule(flow: Flow, from: FlowModule, specifier: string, commonjs: boolean, node: NodeId): void {
  const file = flow.resolver.resolve(specifier, from.facts.file);
  const target = file === null ? undefined : flow.moduleOf.get(file);
  if (target) addNamespace(flow, target, commonjs, node);
  // A relative specifier without a file is a mistake or generated code, not a library.
  else if (!specifier.startsWith('.')) {
    const module = canonicalModule(specifier);
    addExternal(flow, node, module, '');
    const type = flow.frameworks.valueType(module, '');
    if (type) flow.solver.add(node, flow.values.id({ k: 'typed', type }));
  }
}

function addNamespace(flow: Flow, target: FlowModule, commonjs: boolean, node: NodeId): void {
  flow.solver.add(node, flow.values.id({ k: 'namespace', m: target.index }));
  if (commonjs || !target.facts.hasModuleSyntax) flow.solver.flow(target.whole, node);
}

const folderLimit = 400;

function modulesInFolder(flow: Flow, from: FlowModule, prefix: string): FlowModule[] {
  if (!prefix.startsWith('.') && !prefix.startsWith('/')) return [];
  const start = join(prefix.startsWith('/') ? '' : dirname(from.facts.file), prefix) + (prefix.endsWith('/') || prefix === '.' ? '/' : '');
  // `./` alone, with nothing known after it, could be anything near: only files of that very folder.
  return flow.modules.filter(module => module !== from && module.facts.file.startsWith(start) && !module.facts.file.slice(start.length).replace(/\/index\.\w+$/, '').replace(/^\//, '').includes('/')).slice(0, folderLimit);
}

/** An object with more properties than this is not read as a table by computed keys. */
const tableLimit = 100;

export function propertyNode(flow: Flow, object: ValueId, name: string): NodeId {
  const key = `${object}.${name}`;
  let node = flow.properties.get(key);
  if (node === undefined) {
    node = flow.solver.node();
    flow.properties.set(key, node);
    let names = flow.propertyNames.get(object);
    if (!names) flow.propertyNames.set(object, (names = new Set()));
    names.add(name);
    if (names.size <= tableLimit) for (const reader of flow.elementReaders.get(object) ?? []) flow.solver.flow(node, reader);
  }
  return node;
}

export function parentsNode(flow: Flow, object: ValueId): NodeId {
  let node = flow.parents.get(object);
  if (node === undefined) flow.parents.set(object, (node = flow.solver.node()));
  return node;
}

function subclassNode(flow: Flow, m: number, index: number): NodeId {
  const key = `${m},${index}`;
  let node = flow.subclasses.get(key);
  if (node === undefined) flow.subclasses.set(key, (node = flow.solver.node()));
  return node;
}

export function writeProperty(flow: Flow, object: ValueId, name: string, value: NodeId): void {
  const target = flow.values.get(object);
  switch (target.k) {
    case 'external':
    case 'typed':
    case 'member':
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
    const names = flow.propertyNames.get(object);
    if (names && names.size <= tableLimit) for (const known of names) solver.flow(propertyNode(flow, object, known), target);
    let readers = flow.elementReaders.get(object);
    if (!readers) flow.elementReaders.set(object, (readers = []));
    readers.push(target);
  } else {
    solver.flow(propertyNode(flow, object, name), target);
    // What was written under computed keys can be any named property; elements of a collection have no names.
    if (value.k !== 'namespace' && (value.k !== 'collection' || /^\d+$/.test(name))) solver.flow(propertyNode(flow, object, '*'), target);
  }
  if (!ownsMember(flow, value, name)) solver.onValue(parentsNode(flow, object), parent => parent !== object && readProperty(flow, parent, name, target));
}

function firstRead(flow: Flow, object: ValueId, name: string, target: NodeId): boolean {
  let nameId = flow.nameIds.get(name);
  if (nameId === undefined) flow.nameIds.set(name, (nameId = flow.nameIds.size));
  let reads = flow.reads.get(target);
  if (!reads) flow.reads.set(target, (reads = new Set()));
  const key = object * 0x4000000 + nameId;
  if (reads.has(key)) return false;
  reads.add(key);
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
        solver.flow(target.returns[callee.fn]!, result);
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
  if (wrapper && args[wrapper.argument] !== undefined) solver.flow(args[wrapper.argument]!, result);
  applyRegistration(flow, module, index, flow.frameworks.functionRegistrations(callee.module, callee.path), args, true);
  if (callee.module === 'globals' || callee.module === 'util' || callee.module === 'events') flowGlobalCall(flow, module, index, callee.path, call.new, args, result);
}

/** Functions of the language that hand their arguments on. */
function flowGlobalCall(flow: Flow, module: FlowModule, index: number, path: string, isNew: boolean, args: readonly NodeId[], result: NodeId): void {
  const { solver, values } = flow;
  const collection = (): ValueId => values.id({ k: 'collection', m: module.index, call: index });
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
    case 'Object.values':
    case 'Array.from':
    case 'Object.entries':
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
    case 'Set':
    case 'WeakMap':
    case 'WeakSet':
    case 'Array':
      if (isNew || path === 'Array') solver.add(result, collection());
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
