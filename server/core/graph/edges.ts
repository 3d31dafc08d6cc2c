import type { CallFacts, ModuleFacts, Value } from '../facts/module-facts.ts';
import { nodeOf, type Flow, type FlowModule } from './flow.ts';
import { functionKey, indexOfKey, moduleOfKey, type FunctionKey } from './function-key.ts';
import { lessSure, surer, type HandedCertainty, type HandedForm } from './handed-functions.ts';
import { changedParameters, enteredThrough, moduleCalls, outsideCallee, parameterCalls, type HandedTest, type ModuleCalls, type ParameterCalls } from './parameter-calls.ts';
import { isWithin, parameterReference, type ParameterReference } from './parameter-references.ts';
import type { RegisteredHandler } from './registrations.ts';
import type { NodeId } from './solver.ts';
import { functionsAt, noSite, type FunctionAt } from './wrapper-sites.ts';


/** `call` in `from` leads into `to`. */
export interface Edge {
  readonly module: number;
  readonly call: number;
  readonly from: FunctionKey;
  readonly to: FunctionKey;
  readonly kind: 'call' | 'callback';
  /** How many functions the same call can lead into. */
  readonly alternatives: number;
  /** Of a function that is handed over: whether it is called at all. */
  readonly certainty: HandedCertainty;
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

interface ModuleEdges {
  readonly edges: readonly Edge[];
  readonly escaping: readonly FunctionKey[];
}

/**
 * Builds the call graph of a flow again and again: what the layers of the flow have no part in is kept from the first time.
 * `stale` says which modules those have a part in (graph/stale-modules.ts).
 */
export function createCallGraphBuilder(flow: Flow, handed: HandedTest): (stale: ReadonlySet<number>) => CallGraph {
  const handlers = createHandlerIndex(flow);
  let kept: { readonly calls: readonly (ModuleCalls | null)[]; readonly called: ParameterCalls; readonly edges: readonly (ModuleEdges | null)[]; readonly incoming: ReadonlyMap<FunctionKey, readonly Edge[]>; readonly escaping: ReadonlyMap<FunctionKey, readonly number[]> } | null = null;

  return stale => {
    handlers.update();
    const fresh = new Set(stale);
    // What `new` runs is read off classes of other modules.
    for (const [index, calls] of kept?.calls.entries() ?? []) if (calls && [...calls.visited].some(other => stale.has(other))) fresh.add(index);
    const calls = flow.modules.map((module, index) => (fresh.has(index) ? null : kept?.calls[index]) ?? moduleCalls(flow, module, handlers.ofFunctionsIn(index)));
    const called = parameterCalls(flow, calls, handed);
    if (kept) {
      const changed = changedParameters(kept.called, called);
      for (const key of changed) fresh.add(moduleOfKey(key));
      if (changed.size > 0) for (const [index, item] of calls.entries()) if ([...item.closures].some(fn => changed.has(fn)) || item.callees.some(({ functions }) => functions.some(fn => changed.has(fn)))) fresh.add(index);
    }
    const edges = flow.modules.map((module, index) => (fresh.has(index) ? null : kept?.edges[index]) ?? moduleEdges(flow, calls, called, module, handlers, handed));
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
      const edge = edgeOf(module, call, to, 'callback', 1, 'certain');
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

function edgeOf(module: FlowModule, call: number, to: FunctionKey, kind: Edge['kind'], alternatives: number, certainty: HandedCertainty): Edge {
  return { module: module.index, call, from: functionKey(module.index, module.facts.calls[call]!.fn), to, kind, alternatives, certainty };
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
      pushTo(index.byCall, handler.at.module, handler);
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

function moduleEdges(flow: Flow, all: readonly ModuleCalls[], called: ParameterCalls, module: FlowModule, handlers: HandlerIndex, handed: HandedTest): ModuleEdges {
  const { callees, replaced, replacedBySites } = all[module.index]!;
  const edges: Edge[] = [];
  const escaping = new Set<FunctionKey>();
  const atCall = new Map<number, RegisteredHandler[]>();
  for (const handler of handlers.registeredIn(module.index)) pushTo(atCall, handler.at.call, handler);
  module.facts.calls.forEach((call, index) => {
    const { functions, closures, outside } = callees[index]!;
    const connected = new Map<FunctionKey, number>();
    const connect = (to: FunctionKey, kind: Edge['kind'], alternatives: number, certainty: HandedCertainty): void => {
      const position = connected.get(to);
      if (position !== undefined) {
        const known = edges[position]!;
        if (surer(known.certainty, certainty) !== known.certainty) edges[position] = { ...known, certainty };
        return;
      }
      connected.set(to, edges.length);
      edges.push(edgeOf(module, index, to, kind, alternatives, certainty));
    };
    const enter = (fn: FunctionAt, certainty: HandedCertainty): void => {
      connect(functionKey(fn.m, fn.fn), 'callback', 1, certainty);
      for (const inner of enteredThrough(flow, called, fn, { module, call })) connect(inner.key, 'callback', 1, lessSure(inner.certainty, certainty));
    };
    const internal = telling(flow, functions);
    const captor = replacedBySites.get(index);
    if (captor !== undefined) {
      // The edges start where a closure is called that a known call made; where one is called that nobody knows the maker of, it can be any of these.
      if (called.raw.has(captor)) for (const to of internal) connect(to, 'call', internal.length, internal.length > 1 ? 'likely' : 'certain');
    } else if (!replaced.has(index)) {
      const certainty = isComputed(call.callee) && internal.length > 1 ? 'likely' : 'certain';
      for (const to of internal) connect(to, 'call', internal.length, certainty);
      if (internal.length > 0) for (const closure of closures) for (const inner of enteredThrough(flow, called, closure, { module, call })) connect(inner.key, 'callback', 1, inner.certainty);
    }
    // Function arguments that the callee calls: the edge starts here, where it is known which function is meant.
    for (const to of internal) {
      for (const parameter of called.own.get(to) ?? []) {
        for (const fn of argumentFunctions(flow, module, index, to, parameter)) enter(fn, parameter.certainty);
      }
    }
    if (functions.length > 0 && !outside) return;
    const registered = new Set<FunctionKey>();
    const calledHere = new Set<FunctionKey>();
    for (const { module: m, fn, role } of atCall.get(index) ?? []) (role === 'caller' ? calledHere : registered).add(functionKey(m, fn));
    const callee = outsideCallee(flow, module, index);
    for (const { fn, position, form, name } of handedOver(flow, module, call, index)) {
      const key = functionKey(fn.m, fn.fn);
      const certainty = registered.has(key) || calledHere.has(key) ? 'certain' : handed(callee, position, form, name);
      if (certainty === null) continue;
      escaping.add(key);
      if (!registered.has(key)) enter(fn, certainty);
    }
  });
  return { edges, escaping: [...escaping] };
}


/** `table[key]()`. */
function isComputed(callee: Value): boolean {
  return callee.k === 'get' && (callee.name === '*' || ((callee.name === 'call' || callee.name === 'apply') && isComputed(callee.object)));
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

/** A function at an argument of a call that leaves the program. */
interface HandedFunction {
  readonly fn: FunctionAt;
  readonly position: number;
  readonly form: HandedForm;
  readonly name: string;
}

/** Functions among the arguments, array elements and option properties of a call that leaves the program. Own parameters are left out: their edges start where those are handed over. */
function handedOver(flow: Flow, module: FlowModule, call: CallFacts, index: number): HandedFunction[] {
  const found: HandedFunction[] = [];
  const { facts } = module;
  const visit = (value: Value, node: NodeId, position: number, form: HandedForm, name: string, depth: number): void => {
    if (parameterReference(facts, value) && isOwnParameter(facts, value, call.fn)) return;
    for (const item of functionsAt(flow, node, '')) found.push({ fn: { m: item.m, fn: item.fn, site: item.site ?? noSite }, position, form, name });
    if (value.k !== 'obj' || depth >= 2) return;
    const { array, properties } = facts.objects[value.obj]!;
    for (const property of properties) if (property.kind === 'init') visit(property.value, nodeOf(flow, module, property.value), position, array ? 'element' : 'option', property.name, depth + 1);
  };
  call.args.forEach((arg, position) => visit(arg, module.args[index]![position]!, position, arg.k === 'fn' ? 'literal' : 'reference', '', 0));
  return found.sort((a, b) => a.fn.m - b.fn.m || a.fn.fn - b.fn.fn);
}

/** Whether a value is a parameter of the function that it is used in, or of one around it. */
function isOwnParameter(facts: ModuleFacts, value: Value, usedIn: number): boolean {
  const reference = parameterReference(facts, value);
  return reference !== null && isWithin(facts, usedIn, reference.fn);
}

/** What the argument for a parameter can be, with the callee's rest parameter in mind. */
function argumentFunctions(flow: Flow, module: FlowModule, index: number, to: FunctionKey, { position, path }: ParameterReference): FunctionAt[] {
  const call = module.facts.calls[index]!;
  const callee = flow.modules[moduleOfKey(to)]!.facts.functions[indexOfKey(to)]!;
  const end = callee.restParam === position ? call.args.length : position + 1;
  const found: FunctionAt[] = [];
  for (let at = position; at < Math.min(end, call.args.length); at++) {
    const arg = call.args[at]!;
    const value = path !== '' && arg.k === 'obj' ? propertyOf(module.facts, arg.obj, path) : arg;
    if (value && parameterReference(module.facts, value)) continue;
    const functions = functionsAt(flow, module.args[index]![at]!, path);
    for (const item of functions.length <= polymorphyLimit ? functions : functions.filter(item => !flow.solver.isEverywhere(flow.values.id({ k: 'fn', ...item })))) found.push({ m: item.m, fn: item.fn, site: item.site ?? noSite });
  }
  return found.sort((a, b) => a.m - b.m || a.fn - b.fn);
}

function propertyOf(facts: ModuleFacts, obj: number, name: string): Value | null {
  return facts.objects[obj]!.properties.find(property => property.name === name && property.kind === 'init')?.value ?? null;
}
