import type { CallFacts, ModuleFacts, Value } from '../facts/module-facts.ts';
import { nodeOf, type Flow, type FlowModule } from './flow.ts';
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
  readonly incoming: ReadonlyMap<FunctionKey, readonly Edge[]>;
  /** Functions that are handed to code outside the program, or kept where calls are not followed. */
  readonly escaping: ReadonlySet<FunctionKey>;
}

/** A call by name that can lead into more functions than this says nothing. */
const polymorphyLimit = 40;

export function buildCallGraph(flow: Flow): CallGraph {
  const incoming = new Map<FunctionKey, Edge[]>();
  const escaping = new Set<FunctionKey>();
  const seen = new Set<string>();
  const connect = (module: FlowModule, call: number, to: FunctionKey, kind: Edge['kind'], alternatives: number): void => {
    const key = `${module.index}:${call}:${to}`;
    if (seen.has(key)) return;
    seen.add(key);
    const edge: Edge = { module: module.index, call, from: functionKey(module.index, module.facts.calls[call]!.fn), to, kind, alternatives };
    const list = incoming.get(to);
    if (list) list.push(edge);
    else incoming.set(to, [edge]);
  };
  const registered = new Set([...flow.handlers.values()].filter(handler => handler.role !== 'caller').map(handler => `${handler.at.module}:${handler.at.call}:${handler.module}:${handler.fn}`));

  const callees = flow.modules.map(module => module.facts.calls.map((_call, index) => calleesOf(flow, module, index)));
  const leaving = flow.modules.map(module => leavingFunctions(module.facts));
  for (const handler of flow.handlers.values()) leaving[handler.module]!.add(handler.fn);
  const parameters = parameterCalls(flow, callees, leaving);
  for (const module of flow.modules) {
    module.facts.calls.forEach((call, index) => {
      const { functions, outside } = callees[module.index]![index]!;
      const internal = functions.length <= polymorphyLimit ? functions : [];
      if (!parameters.replaced.has(`${module.index}:${index}`)) for (const to of internal) connect(module, index, to, 'call', internal.length);
      // Function arguments that the callee calls: the edge starts here, where it is known which function is meant.
      for (const to of internal) {
        for (const position of parameters.called.get(to) ?? []) {
          for (const fn of argumentFunctions(flow, leaving, module, call, to, position)) connect(module, index, fn, 'callback', 1);
        }
      }
      if (functions.length > 0 && !outside) return;
      for (const fn of handedOver(flow, module, call)) {
        escaping.add(fn);
        if (!registered.has(`${module.index}:${index}:${moduleOfKey(fn)}:${indexOfKey(fn)}`)) connect(module, index, fn, 'callback', 1);
      }
    });
  }
  for (const { module, call, to } of emittedListeners(flow)) connect(module, call, to, 'callback', 1);
  return { incoming, escaping };
}

const listenerMethods: ReadonlySet<string> = new Set(['on', 'once', 'addListener', 'prependListener', 'prependOnceListener']);

/**
 * The listeners that an `emit` of the program calls: those registered for the same event on an EventEmitter, and, where a
 * wrapper like `subscribe(event, callback)` hides the name, those registered in the same file (Node docs, events: emit calls
 * each listener synchronously).
 */
function emittedListeners(flow: Flow): { module: FlowModule; call: number; to: FunctionKey }[] {
  const byEvent = new Map<string, FunctionKey[]>();
  const unnamed = new Map<number, FunctionKey[]>();
  const push = <K>(map: Map<K, FunctionKey[]>, key: K, fn: FunctionKey): void => {
    const list = map.get(key);
    if (list) list.push(fn);
    else map.set(key, [fn]);
  };
  for (const { at, module, fn } of flow.handlers.values()) {
    const call = flow.modules[at.module]!.facts.calls[at.call]!;
    if (call.callee.k !== 'get' || !listenerMethods.has(call.callee.name)) continue;
    const [event] = call.literalArgs;
    if (typeof event === 'string') push(byEvent, event, functionKey(module, fn));
    else push(unnamed, at.module, functionKey(module, fn));
  }
  const links: { module: FlowModule; call: number; to: FunctionKey }[] = [];
  for (const module of flow.modules) {
    module.facts.calls.forEach((call, index) => {
      if (call.callee.k !== 'get' || call.callee.name !== 'emit' || !isEmitter(flow, module.callees[index]!)) return;
      const [event] = call.literalArgs;
      const listeners = [...(typeof event === 'string' ? (byEvent.get(event) ?? []) : []), ...(unnamed.get(module.index) ?? [])];
      if (listeners.length <= polymorphyLimit) for (const to of listeners) links.push({ module, call: index, to });
    });
  }
  return links;
}

/** A plain EventEmitter, or an object of a class of the program that extends it: Node's own objects emit by themselves. */
function isEmitter(flow: Flow, callee: NodeId): boolean {
  return [...flow.solver.values(callee)].some(id => {
    const value = flow.values.get(id);
    return value.k === 'member' && value.type === 'events.EventEmitter';
  });
}

interface Callees {
  readonly functions: readonly FunctionKey[];
  readonly outside: boolean;
}

/** The functions of the program that a call enters, and whether it can also leave the program. */
function calleesOf(flow: Flow, module: FlowModule, index: number): Callees {
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
        if (call.new) functions.push(...constructorCode(flow, value.m, value.class, 0));
        break;
      case 'instance':
        if (call.callee.k === 'super') functions.push(...constructorCode(flow, value.m, value.class, 0));
        break;
      case 'external':
      case 'member':
      case 'typed':
        outside = true;
        break;
    }
  }
  return { functions, outside };
}

/** What `new` runs: the constructor, or the inherited one, and the initialisers of the fields. */
function constructorCode(flow: Flow, m: number, index: number, depth: number): FunctionKey[] {
  const module = flow.modules[m]!;
  const facts = module.facts.classes[index]!;
  const code: FunctionKey[] = [];
  module.facts.functions.forEach((fn, position) => {
    if (fn.class === index && fn.kind === 'field' && !fn.static) code.push(functionKey(m, position));
  });
  if (facts.constructorFn >= 0) code.push(functionKey(m, facts.constructorFn));
  else if (depth < 10 && facts.superClass) {
    for (const id of flow.solver.values(nodeOf(flow, module, facts.superClass))) {
      const parent = flow.values.get(id);
      if (parent.k === 'class') code.push(...constructorCode(flow, parent.m, parent.class, depth + 1));
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
  return found;
}

/** `leavingFunctions` of each module. */
type Leaving = readonly ReadonlySet<number>[];

interface ParameterCalls {
  /** Positions of the parameters that a function calls, or hands to a function that calls them. */
  readonly called: ReadonlyMap<FunctionKey, ReadonlySet<number>>;
  /** Calls (`module:call`) of parameters that are represented at the callers instead. */
  readonly replaced: ReadonlySet<string>;
}

/**
 * `retry(fn)` is called by everybody with another function. An edge from the call inside `retry` would connect
 * every caller with every function; so a call of an own parameter becomes an edge at each call of `retry`, from
 * that caller to the function that it hands over.
 */
function parameterCalls(flow: Flow, callees: readonly (readonly Callees[])[], leaving: Leaving): ParameterCalls {
  const called = new Map<FunctionKey, Set<number>>();
  const replaced = new Set<string>();
  const mark = (key: FunctionKey, position: number): boolean => {
    let set = called.get(key);
    if (!set) called.set(key, (set = new Set()));
    if (set.has(position)) return false;
    set.add(position);
    return true;
  };
  for (const module of flow.modules) {
    module.facts.calls.forEach((call, index) => {
      const callee = call.callee.k === 'get' && (call.callee.name === 'call' || call.callee.name === 'apply') ? call.callee.object : call.callee;
      const parameter = parameterOf(leaving, module, callee, call.fn);
      if (!parameter) return;
      mark(functionKey(module.index, parameter.fn), parameter.position);
      replaced.add(`${module.index}:${index}`);
    });
  }
  const passedOn = flow.modules.flatMap(module =>
    module.facts.calls.flatMap((call, index) =>
      call.args.flatMap((arg, position) => {
        const parameter = parameterOf(leaving, module, arg, call.fn);
        return parameter ? [{ callees: callees[module.index]![index]!, position, key: functionKey(module.index, parameter.fn), own: parameter.position }] : [];
      }),
    ),
  );
  for (let changed = true; changed; ) {
    changed = false;
    for (const { callees: targets, position, key, own } of passedOn) {
      const isCalled = targets.outside || targets.functions.length === 0 || targets.functions.some(to => called.get(to)?.has(position));
      if (isCalled && mark(key, own)) changed = true;
    }
  }
  return { called, replaced };
}

/** The parameter that a value is, where the code that uses it runs as part of its function: not in a closure that is returned. */
function parameterOf(leaving: Leaving, module: FlowModule, value: Value, usedIn: number): { fn: number; position: number } | null {
  if (value.k !== 'var') return null;
  const { facts } = module;
  if (facts.variables[value.var]!.kind !== 'param') return null;
  for (let fn = usedIn; fn > 0; fn = facts.functions[fn]!.parent) {
    const position = facts.functions[fn]!.params.indexOf(value.var);
    if (position >= 0) return { fn, position };
    if (leaving[module.index]!.has(fn)) return null;
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
function argumentFunctions(flow: Flow, leaving: Leaving, module: FlowModule, call: CallFacts, to: FunctionKey, position: number): FunctionKey[] {
  const callee = flow.modules[moduleOfKey(to)]!.facts.functions[indexOfKey(to)]!;
  const args = callee.restParam === position ? call.args.slice(position) : call.args.slice(position, position + 1);
  return args.flatMap(arg => {
    if (parameterOf(leaving, module, arg, call.fn)) return [];
    const found: FunctionKey[] = [];
    for (const id of flow.solver.values(nodeOf(flow, module, arg))) {
      const value = flow.values.get(id);
      if (value.k === 'fn') found.push(functionKey(value.m, value.fn));
    }
    return found.length <= polymorphyLimit ? found : [];
  });
}
