import type { CallFacts, ModuleFacts, Value } from '../facts/module-facts.ts';
import { nodeOf, type Flow, type FlowModule } from './flow.ts';
import type { RegisteredHandler } from './registrations.ts';
import type { NodeId } from './solver.ts';

/** A function of the program as `module * stride + function`, cheap to compare and to index by. */
export type FunctionKey = number;
const stride = 1 << 20;

export function functionKey(module: number, fn: number): FunctionKey {
  return module * stride + fn;
}

export function moduleOfKey(key: FunctionKey): number {
  return Math.floor(key / stride);
}

export function indexOfKey(key: FunctionKey): number {
  return key % stride;
}

/** `call` in `from` leads into `to`. */
export interface Edge {
  readonly module: number;
  readonly call: number;
  readonly from: FunctionKey;
  readonly to: FunctionKey;
  readonly kind: 'call' | 'callback';
  /** How many functions the same call can lead into. */
  readonly alternatives: number;
}

/** The call edges of the program, once values have stopped flowing. */
export interface CallGraph {
  /** Edges into a function, in order of the files and calls. */
  incoming(to: FunctionKey): readonly Edge[];
  /** Edges that leave a function, in order of its calls, then of the functions that they enter. */
  outgoing(from: FunctionKey): readonly Edge[];
  /** Whether a function is handed to code outside the program, or kept where calls are not followed. */
  isEscaping(fn: FunctionKey): boolean;
}

/** Where more functions than this come together, those that are everywhere say nothing. */
const polymorphyLimit = 40;

/** The functions of a place without those that only merged flows have brought there. */
function telling(flow: Flow, functions: readonly FunctionKey[]): readonly FunctionKey[] {
  if (functions.length <= polymorphyLimit) return functions;
  return functions.filter(key => !flow.solver.isEverywhere(flow.values.id({ k: 'fn', m: moduleOfKey(key), fn: indexOfKey(key) })));
}

/** What can be said of the calls of one module by itself. */
interface ModuleCalls {
  readonly module: FlowModule;
  readonly callees: readonly Callees[];
  /** Other modules whose classes were looked at. */
  readonly visited: ReadonlySet<number>;
  readonly leaving: ReadonlySet<number>;
  /** Own parameters that are called, and the calls that do it. */
  readonly marks: readonly { readonly key: FunctionKey; readonly position: number }[];
  readonly replaced: ReadonlySet<number>;
  /** Own parameters that are handed to other functions. */
  readonly passedOn: readonly { readonly call: number; readonly position: number; readonly key: FunctionKey; readonly own: number }[];
}

interface ModuleEdges {
  readonly edges: readonly Edge[];
  readonly escaping: readonly FunctionKey[];
}

/**
 * Builds the call graph of a flow again and again: what the layers of the flow have no part in is kept from the first time.
 * `stale` says which modules those have a part in (graph/stale-modules.ts).
 */
export function createCallGraphBuilder(flow: Flow): (stale: ReadonlySet<number>) => CallGraph {
  const handlers = createHandlerIndex(flow);
  let kept: { readonly calls: readonly (ModuleCalls | null)[]; readonly called: ParameterCalls; readonly edges: readonly (ModuleEdges | null)[]; readonly incoming: ReadonlyMap<FunctionKey, readonly Edge[]>; readonly escaping: ReadonlyMap<FunctionKey, readonly number[]> } | null = null;

  return stale => {
    handlers.update();
    const fresh = new Set(stale);
    // What `new` runs is read off classes of other modules.
    for (const [index, calls] of kept?.calls.entries() ?? []) if (calls && [...calls.visited].some(other => stale.has(other))) fresh.add(index);
    const calls = flow.modules.map((module, index) => (fresh.has(index) ? null : kept?.calls[index]) ?? moduleCalls(flow, module, handlers));
    const called = parameterCalls(calls);
    if (kept) {
      const changed = changedKeys(kept.called, called);
      for (const key of changed) if (fresh.has(moduleOfKey(key))) changed.delete(key);
      if (changed.size > 0) for (const [index, item] of calls.entries()) if (item.callees.some(({ functions }) => functions.some(fn => changed.has(fn)))) fresh.add(index);
    }
    const edges = flow.modules.map((module, index) => (fresh.has(index) ? null : kept?.edges[index]) ?? moduleEdges(flow, calls, called, module, handlers));
    if (!kept) {
      const keptEdges = edges.map((item, index) => (stale.has(index) ? null : item));
      kept = { calls: calls.map((item, index) => (stale.has(index) ? null : item)), called, edges: keptEdges, ...indexEdges(keptEdges) };
    }
    const base = kept;
    const isKept = (module: number): boolean => edges[module] === base.edges[module];
    const own = indexEdges(edges.map((item, index) => (isKept(index) ? null : item)));
    const emitted = new Map<FunctionKey, Edge[]>();
    const emittedBy = new Map<FunctionKey, Edge[]>();
    for (const { module, call, to } of emittedListeners(flow, handlers)) {
      const edge = edgeOf(module, call, to, 'callback', 1);
      pushTo(emitted, to, edge);
      pushTo(emittedBy, edge.from, edge);
    }
    const answers = new Map<FunctionKey, readonly Edge[]>();
    const incoming = (to: FunctionKey): readonly Edge[] => {
      const old = base.incoming.get(to) ?? noEdges;
      const before = old.every(edge => isKept(edge.module)) ? old : old.filter(edge => isKept(edge.module));
      const now = own.incoming.get(to) ?? noEdges;
      const all = now.length === 0 ? before : [...before, ...now].sort((a, b) => a.module - b.module || a.call - b.call);
      const listeners = emitted.get(to);
      if (!listeners) return all;
      const known = new Set(all.map(edge => `${edge.module}:${edge.call}`));
      return [...all, ...listeners.filter(edge => !known.has(`${edge.module}:${edge.call}`))];
    };
    return {
      incoming(to) {
        let answer = answers.get(to);
        if (!answer) answers.set(to, (answer = incoming(to)));
        return answer;
      },
      outgoing(from) {
        const own = outgoingOf(edges[moduleOfKey(from)]!).get(from) ?? noEdges;
        const listeners = emittedBy.get(from);
        if (!listeners) return own;
        const known = new Set(own.map(edge => `${edge.call} ${edge.to}`));
        return [...own, ...listeners.filter(edge => !known.has(`${edge.call} ${edge.to}`))].sort((a, b) => a.call - b.call || a.to - b.to);
      },
      isEscaping: fn => own.escaping.has(fn) || (base.escaping.get(fn)?.some(isKept) ?? false),
    };
  };
}

const noEdges: readonly Edge[] = [];

const outgoingEdges = new WeakMap<ModuleEdges, ReadonlyMap<FunctionKey, readonly Edge[]>>();

/** The edges of one module by the function that they leave; made once for the same edges. */
function outgoingOf(module: ModuleEdges): ReadonlyMap<FunctionKey, readonly Edge[]> {
  let found = outgoingEdges.get(module);
  if (!found) {
    const byFunction = new Map<FunctionKey, Edge[]>();
    for (const edge of module.edges) pushTo(byFunction, edge.from, edge);
    for (const list of byFunction.values()) list.sort((a, b) => a.call - b.call || a.to - b.to);
    outgoingEdges.set(module, (found = byFunction));
  }
  return found;
}

function pushTo<K, V>(map: Map<K, V[]>, key: K, item: V): void {
  const list = map.get(key);
  if (list) list.push(item);
  else map.set(key, [item]);
}

function indexEdges(modules: readonly (ModuleEdges | null)[]): { readonly incoming: ReadonlyMap<FunctionKey, readonly Edge[]>; readonly escaping: ReadonlyMap<FunctionKey, readonly number[]> } {
  const incoming = new Map<FunctionKey, Edge[]>();
  const escaping = new Map<FunctionKey, number[]>();
  for (const [index, item] of modules.entries()) {
    if (!item) continue;
    for (const edge of item.edges) pushTo(incoming, edge.to, edge);
    for (const fn of item.escaping) pushTo(escaping, fn, index);
  }
  return { incoming, escaping };
}

function edgeOf(module: FlowModule, call: number, to: FunctionKey, kind: Edge['kind'], alternatives: number): Edge {
  return { module: module.index, call, from: functionKey(module.index, module.facts.calls[call]!.fn), to, kind, alternatives };
}

/** The handlers of a flow by the module of the function, of the registering call, and those of events. */
interface HandlerIndex {
  update(): void;
  ofFunctionsIn(module: number): readonly RegisteredHandler[];
  registeredIn(module: number): readonly RegisteredHandler[];
  listeners(): readonly RegisteredHandler[];
}

function createHandlerIndex(flow: Flow): HandlerIndex {
  const empty = (): { byFunction: Map<number, RegisteredHandler[]>; byCall: Map<number, RegisteredHandler[]>; listeners: RegisteredHandler[] } => ({ byFunction: new Map(), byCall: new Map(), listeners: [] });
  const fill = (index: ReturnType<typeof empty>, handlers: Iterable<RegisteredHandler>): ReturnType<typeof empty> => {
    for (const handler of handlers) {
      pushTo(index.byFunction, handler.module, handler);
      if (handler.role !== 'caller') pushTo(index.byCall, handler.at.module, handler);
      const { callee } = flow.modules[handler.at.module]!.facts.calls[handler.at.call]!;
      if (callee.k === 'get' && listenerMethods.has(callee.name)) index.listeners.push(handler);
    }
    return index;
  };
  const handlers = [...flow.handlers.values()];
  const base = fill(empty(), handlers.slice(0, flow.base.handlers));
  let added = empty();
  return {
    update() {
      added = fill(empty(), addedHandlers(flow));
    },
    ofFunctionsIn: module => [...(base.byFunction.get(module) ?? []), ...(added.byFunction.get(module) ?? [])],
    registeredIn: module => [...(base.byCall.get(module) ?? []), ...(added.byCall.get(module) ?? [])],
    listeners: () => [...base.listeners, ...added.listeners].sort(compareHandlers),
  };
}

/** Handlers that the layers brought, in any order. */
export function addedHandlers(flow: Flow): RegisteredHandler[] {
  let position = 0;
  const added: RegisteredHandler[] = [];
  for (const handler of flow.handlers.values()) if (position++ >= flow.base.handlers) added.push(handler);
  return added;
}

/** By registering call, then by function. */
export function compareHandlers(a: RegisteredHandler, b: RegisteredHandler): number {
  return a.at.module - b.at.module || a.at.call - b.at.call || a.module - b.module || a.fn - b.fn || (a.label < b.label ? -1 : a.label > b.label ? 1 : 0);
}

function moduleCalls(flow: Flow, module: FlowModule, handlers: HandlerIndex): ModuleCalls {
  const { facts } = module;
  const visited = new Set<number>();
  const callees = facts.calls.map((_call, index) => calleesOf(flow, module, index, visited));
  const leaving = leavingFunctions(facts);
  for (const handler of handlers.ofFunctionsIn(module.index)) leaving.add(handler.fn);
  const marks: { key: FunctionKey; position: number }[] = [];
  const replaced = new Set<number>();
  const passedOn: { call: number; position: number; key: FunctionKey; own: number }[] = [];
  facts.calls.forEach((call, index) => {
    const callee = call.callee.k === 'get' && (call.callee.name === 'call' || call.callee.name === 'apply') ? call.callee.object : call.callee;
    const parameter = parameterOf(leaving, facts, callee, call.fn);
    if (parameter) {
      marks.push({ key: functionKey(module.index, parameter.fn), position: parameter.position });
      replaced.add(index);
    }
    call.args.forEach((arg, position) => {
      const handed = parameterOf(leaving, facts, arg, call.fn);
      if (handed) passedOn.push({ call: index, position, key: functionKey(module.index, handed.fn), own: handed.position });
    });
  });
  return { module, callees, visited, leaving, marks, replaced, passedOn };
}

function moduleEdges(flow: Flow, all: readonly ModuleCalls[], called: ParameterCalls, module: FlowModule, handlers: HandlerIndex): ModuleEdges {
  const { callees, leaving, replaced } = all[module.index]!;
  const edges: Edge[] = [];
  const escaping = new Set<FunctionKey>();
  const registered = new Set(handlers.registeredIn(module.index).map(handler => `${handler.at.call}:${functionKey(handler.module, handler.fn)}`));
  module.facts.calls.forEach((call, index) => {
    const { functions, outside } = callees[index]!;
    const connected = new Set<FunctionKey>();
    const connect = (to: FunctionKey, kind: Edge['kind'], alternatives: number): void => {
      if (connected.has(to)) return;
      connected.add(to);
      edges.push(edgeOf(module, index, to, kind, alternatives));
    };
    const internal = telling(flow, functions);
    if (!replaced.has(index)) for (const to of internal) connect(to, 'call', internal.length);
    // Function arguments that the callee calls: the edge starts here, where it is known which function is meant.
    for (const to of internal) {
      for (const position of called.get(to) ?? []) {
        for (const fn of argumentFunctions(flow, leaving, module, call, to, position)) connect(fn, 'callback', 1);
      }
    }
    if (functions.length > 0 && !outside) return;
    for (const fn of handedOver(flow, module, call)) {
      escaping.add(fn);
      if (!registered.has(`${index}:${fn}`)) connect(fn, 'callback', 1);
    }
  });
  return { edges, escaping: [...escaping] };
}

const listenerMethods: ReadonlySet<string> = new Set(['on', 'once', 'addListener', 'prependListener', 'prependOnceListener']);

/**
 * The listeners that an `emit` of the program calls: those registered for the same event on an EventEmitter, and, where a
 * wrapper like `subscribe(event, callback)` hides the name, those registered in the same file (Node docs, events: emit calls
 * each listener synchronously).
 */
function emittedListeners(flow: Flow, handlers: HandlerIndex): { module: FlowModule; call: number; to: FunctionKey }[] {
  const byEvent = new Map<string, FunctionKey[]>();
  const unnamed = new Map<number, FunctionKey[]>();
  for (const { at, module, fn } of handlers.listeners()) {
    const [event] = flow.modules[at.module]!.facts.calls[at.call]!.literalArgs;
    if (typeof event === 'string') pushTo(byEvent, event, functionKey(module, fn));
    else pushTo(unnamed, at.module, functionKey(module, fn));
  }
  const links: { module: FlowModule; call: number; to: FunctionKey }[] = [];
  for (const module of flow.modules) {
    for (const index of emitCalls(module.facts)) {
      if (!isEmitter(flow, module.callees[index]!)) continue;
      const [event] = module.facts.calls[index]!.literalArgs;
      const listeners = [...(typeof event === 'string' ? (byEvent.get(event) ?? []) : []), ...(unnamed.get(module.index) ?? [])];
      if (listeners.length <= polymorphyLimit) for (const to of listeners) links.push({ module, call: index, to });
    }
  }
  return links;
}

const emitCallsOf = new WeakMap<ModuleFacts, readonly number[]>();

function emitCalls(facts: ModuleFacts): readonly number[] {
  let found = emitCallsOf.get(facts);
  if (!found) emitCallsOf.set(facts, (found = facts.calls.flatMap((call, index) => (call.callee.k === 'get' && call.callee.name === 'emit' ? [index] : []))));
  return found;
}

/** A plain EventEmitter, or an object of a class of the program that extends it: Node's own objects emit by themselves. */
function isEmitter(flow: Flow, callee: NodeId): boolean {
  return flow.solver.values(callee).some(id => {
    const value = flow.values.get(id);
    return value.k === 'member' && value.type === 'events.EventEmitter';
  });
}

interface Callees {
  readonly functions: readonly FunctionKey[];
  readonly outside: boolean;
}

const callsNothing: Callees = { functions: [], outside: false };
const callsOutside: Callees = { functions: [], outside: true };

/** The functions of the program that a call enters, sorted, and whether it can also leave the program. */
function calleesOf(flow: Flow, module: FlowModule, index: number, visited: Set<number>): Callees {
  const functions: FunctionKey[] = [];
  let outside = false;
  const call = module.facts.calls[index]!;
  const callee = call.callee.k === 'get' && (call.callee.name === 'call' || call.callee.name === 'apply') ? nodeOf(flow, module, call.callee.object) : module.callees[index]!;
  for (const id of flow.solver.values(callee)) {
    const value = flow.values.get(id);
    switch (value.k) {
      case 'fn':
        functions.push(functionKey(value.m, value.fn));
        break;
      case 'class':
        if (call.new) functions.push(...constructorCode(flow, value.m, value.class, visited, 0));
        break;
      case 'instance':
        if (call.callee.k === 'super') functions.push(...constructorCode(flow, value.m, value.class, visited, 0));
        break;
      case 'external':
      case 'member':
      case 'typed':
        outside = true;
        break;
    }
  }
  if (functions.length === 0) return outside ? callsOutside : callsNothing;
  return { functions: functions.sort((a, b) => a - b), outside };
}

/** What `new` runs: the constructor, or the inherited one, and the initialisers of the fields. */
function constructorCode(flow: Flow, m: number, index: number, visited: Set<number>, depth: number): FunctionKey[] {
  const module = flow.modules[m]!;
  const facts = module.facts.classes[index]!;
  const code: FunctionKey[] = [];
  visited.add(m);
  module.facts.functions.forEach((fn, position) => {
    if (fn.class === index && fn.kind === 'field' && !fn.static) code.push(functionKey(m, position));
  });
  if (facts.constructorFn >= 0) code.push(functionKey(m, facts.constructorFn));
  else if (depth < 10 && facts.superClass) {
    for (const id of flow.solver.values(nodeOf(flow, module, facts.superClass))) {
      const parent = flow.values.get(id);
      if (parent.k === 'class') code.push(...constructorCode(flow, parent.m, parent.class, visited, depth + 1));
    }
  }
  return code;
}

/** Functions among the arguments, array elements and option properties of a call that leaves the program. */
function handedOver(flow: Flow, module: FlowModule, call: CallFacts): FunctionKey[] {
  const found: FunctionKey[] = [];
  const visit = (value: Value, depth: number): void => {
    for (const id of flow.solver.values(nodeOf(flow, module, value))) {
      const item = flow.values.get(id);
      if (item.k === 'fn') found.push(functionKey(item.m, item.fn));
    }
    if (value.k === 'obj' && depth < 2) for (const property of module.facts.objects[value.obj]!.properties) if (property.kind === 'init') visit(property.value, depth + 1);
  };
  for (const arg of call.args) visit(arg, 0);
  return found.sort((a, b) => a - b);
}

/** Positions of the parameters that a function calls, or hands to a function that calls them. */
type ParameterCalls = ReadonlyMap<FunctionKey, ReadonlySet<number>>;

/**
 * `retry(fn)` is called by everybody with another function. An edge from the call inside `retry` would connect
 * every caller with every function; so a call of an own parameter becomes an edge at each call of `retry`, from
 * that caller to the function that it hands over.
 */
function parameterCalls(modules: readonly ModuleCalls[]): ParameterCalls {
  const called = new Map<FunctionKey, Set<number>>();
  const mark = (key: FunctionKey, position: number): boolean => {
    let set = called.get(key);
    if (!set) called.set(key, (set = new Set()));
    if (set.has(position)) return false;
    set.add(position);
    return true;
  };
  for (const { marks } of modules) for (const { key, position } of marks) mark(key, position);
  for (let changed = true; changed; ) {
    changed = false;
    for (const { callees, passedOn } of modules) {
      for (const { call, position, key, own } of passedOn) {
        if (called.get(key)?.has(own)) continue;
        const targets = callees[call]!;
        const isCalled = targets.outside || targets.functions.length === 0 || targets.functions.some(to => called.get(to)?.has(position));
        if (isCalled && mark(key, own)) changed = true;
      }
    }
  }
  // In one order, however they were found.
  return new Map([...called].map(([key, positions]) => [key, positions.size > 1 ? new Set([...positions].sort((a, b) => a - b)) : positions]));
}

function changedKeys(before: ParameterCalls, after: ParameterCalls): Set<FunctionKey> {
  const changed = new Set<FunctionKey>();
  for (const key of before.keys()) if (!after.has(key)) changed.add(key);
  for (const [key, positions] of after) {
    const old = before.get(key);
    if (old?.size !== positions.size || [...positions].some(position => !old.has(position))) changed.add(key);
  }
  return changed;
}

/** The parameter that a value is, where the code that uses it runs as part of its function: not in a closure that is returned. */
function parameterOf(leaving: ReadonlySet<number>, facts: ModuleFacts, value: Value, usedIn: number): { fn: number; position: number } | null {
  if (value.k !== 'var' || facts.variables[value.var]!.kind !== 'param') return null;
  for (let fn = usedIn; fn > 0; fn = facts.functions[fn]!.parent) {
    const position = facts.functions[fn]!.params.indexOf(value.var);
    if (position >= 0) return { fn, position };
    if (leaving.has(fn)) return null;
  }
  return null;
}

/** The nested functions of a module that outlive the function around them because they are returned or stored. */
function leavingFunctions(facts: ModuleFacts): Set<number> {
  const assigned = new Map<number, number[]>();
  for (const assignment of facts.assignments) {
    if (assignment.to !== 'var' || assignment.value.k !== 'fn') continue;
    const list = assigned.get(assignment.var);
    if (list) list.push(assignment.value.fn);
    else assigned.set(assignment.var, [assignment.value.fn]);
  }
  const functionsOf = (value: Value): readonly number[] => {
    switch (value.k) {
      case 'fn':
        return [value.fn];
      case 'union':
        return value.of.flatMap(functionsOf);
      case 'obj':
        return facts.objects[value.obj]!.properties.flatMap(property => functionsOf(property.value));
      case 'var':
        return assigned.get(value.var) ?? [];
      default:
        return [];
    }
  };
  const leaving = new Set<number>();
  for (const assignment of facts.assignments) if (assignment.to === 'property') for (const fn of functionsOf(assignment.value)) leaving.add(fn);
  facts.functions.forEach((parent, index) => {
    for (const fn of parent.returns.flatMap(functionsOf)) if (facts.functions[fn]!.parent === index) leaving.add(fn);
  });
  return leaving;
}

/** What the argument at a position can be, with the callee's rest parameter in mind. */
function argumentFunctions(flow: Flow, leaving: ReadonlySet<number>, module: FlowModule, call: CallFacts, to: FunctionKey, position: number): FunctionKey[] {
  const callee = flow.modules[moduleOfKey(to)]!.facts.functions[indexOfKey(to)]!;
  const args = callee.restParam === position ? call.args.slice(position) : call.args.slice(position, position + 1);
  return args.flatMap(arg => {
    if (parameterOf(leaving, module.facts, arg, call.fn)) return [];
    const found: FunctionKey[] = [];
    for (const id of flow.solver.values(nodeOf(flow, module, arg))) {
      const value = flow.values.get(id);
      if (value.k === 'fn') found.push(functionKey(value.m, value.fn));
    }
    return telling(flow, found.sort((a, b) => a - b));
  });
}
