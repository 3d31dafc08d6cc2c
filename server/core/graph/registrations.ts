import type { CallFacts, ModuleFacts, Value } from '../facts/module-facts.ts';
import type { HandlerSelector, Registration, TypeName } from '../node/registration.ts';
import { functionKey } from './function-key.ts';
import { readProperty, readTable, setIn, type Flow, type FlowModule } from './flow.ts';
import type { Role } from './program-graph.ts';
import { capturedParameters } from './parameter-references.ts';
import type { NodeId, ValueId } from './solver.ts';
import { capturedArguments, inContext, noSite, type FunctionAt } from './wrapper-sites.ts';

/** A function that a registration hands to somebody who will call it. */
export interface RegisteredHandler {
  readonly module: number;
  readonly fn: number;
  readonly role: Role | 'caller';
  readonly label: string;
  /** The registering call. */
  readonly at: { readonly module: number; readonly call: number };
  readonly certain: boolean;
}

/**
 * Applies the registrations of a callee to one call: finds the handlers among the arguments, remembers them with their
 * role, and types their parameters. `certain` is false where the receiver is known by its name alone.
 */
export function applyRegistration(flow: Flow, module: FlowModule, callIndex: number, registrations: readonly Registration[], args: readonly NodeId[], certain: boolean): void {
  const call = module.facts.calls[callIndex]!;
  const registration = registrations.find(candidate => holds(candidate, call));
  if (!registration) return;
  if (registration.role === 'worker' || call.args.some(arg => arg.k === 'call' || arg.k === 'obj')) {
    const key = `${module.index}:${callIndex}`;
    const before = flow.registrations.get(key);
    flow.registrations.set(key, { module, call: callIndex, registration, certain });
    flow.solver.onRollback(() => (before ? flow.registrations.set(key, before) : flow.registrations.delete(key)));
  }
  for (const selector of registration.handlers) {
    selectHandlers(flow, call, args, selector, (node, property) => registerFunctions(flow, module, callIndex, registration, node, property, certain, 0));
  }
}

/** A call that registers handlers, and how. */
export interface AppliedRegistration {
  readonly module: FlowModule;
  readonly call: number;
  readonly registration: Registration;
  readonly certain: boolean;
}

/**
 * Handlers inside wrappers, `app.get('/x', asyncHandler(async (req, res) => …))`: what a registering call is handed is
 * the wrapper's result, but the function that people mean, and that runs, is the wrapped one.
 */
export function applyWrappedHandlers(flow: Flow): void {
  for (const { module, call, registration, certain } of [...flow.registrations.values()]) {
    const { args } = module.facts.calls[call]!;
    for (const selector of registration.handlers) {
      if (selector.kind !== 'arguments' && selector.kind !== 'argument') continue;
      const selected = selector.kind === 'arguments' ? args.slice(selector.from) : args.slice(selector.index, selector.index === -1 ? undefined : selector.index + 1);
      for (const arg of selected) for (const inner of wrappedArguments(flow, module, arg, 0)) registerFunctions(flow, module, call, registration, inner, '', certain, 0);
    }
  }
}

/** The function arguments of a wrapping call, of the calls in an array literal, and of wrappers in wrappers. */
function wrappedArguments(flow: Flow, module: FlowModule, value: Value, depth: number): NodeId[] {
  if (depth > 3) return [];
  if (value.k === 'obj') return module.facts.objects[value.obj]!.properties.flatMap(property => wrappedArguments(flow, module, property.value, depth + 1));
  if (value.k !== 'call') return [];
  const inner = module.facts.calls[value.call]!;
  // `fn.bind(this)` already is the function.
  if (inner.callee.k === 'get' && inner.callee.name === 'bind') return [];
  return inner.args.flatMap((arg, position) => (usesArgument(flow, module, value.call, position) ? [module.args[value.call]![position]!, ...wrappedArguments(flow, module, arg, depth + 1)] : []));
}

/** False only where the callee is known and neither calls the parameter nor hands it on. */
function usesArgument(flow: Flow, module: FlowModule, call: number, position: number): boolean {
  const callees = [...flow.solver.values(module.callees[call]!)].map(id => flow.values.get(id)).filter(value => value.k === 'fn');
  if (callees.length === 0) return true;
  return callees.some(callee => {
    const { facts } = flow.modules[callee.m]!;
    const variable = facts.functions[callee.fn]!.params[position];
    if (variable === undefined || variable < 0) return false;
    const isIt = (value: Value): boolean => value.k === 'var' && value.var === variable;
    return facts.calls.some(item => isIt(item.callee) || item.args.some(isIt) || (item.callee.k === 'get' && isIt(item.callee.object)));
  });
}

function holds(registration: Registration, call: CallFacts): boolean {
  if (registration.by === 'new' && !call.new) return false;
  if (registration.by === 'call' && call.new) return false;
  if (!registration.when) return true;
  const literal = call.literalArgs[registration.when.argument];
  return typeof literal === 'string' && registration.when.in.some(item => (item.endsWith('*') ? literal.startsWith(item.slice(0, -1)) : item === literal));
}

function selectHandlers(flow: Flow, call: CallFacts, args: readonly NodeId[], selector: HandlerSelector, found: (node: NodeId, property: string) => void): void {
  const argument = (index: number): NodeId | undefined => args[index < 0 ? call.args.length + index : index];
  switch (selector.kind) {
    case 'arguments':
      for (const node of args.slice(selector.from)) found(node, '');
      return;
    case 'argument': {
      const node = argument(selector.index);
      if (node !== undefined) found(node, '');
      return;
    }
    case 'properties': {
      const node = argument(selector.index);
      if (node !== undefined) for (const path of selector.paths) descend(flow, node, path.split('.'), path, found, 0);
      return;
    }
    case 'returned': {
      const node = argument(selector.index);
      if (node === undefined) return;
      flow.solver.onValue(node, id => {
        const value = flow.values.get(id);
        if (value.k !== 'fn') return;
        const returned = flow.modules[value.m]!.returns[value.fn]!;
        if (!selector.paths) found(returned, '');
        else for (const path of selector.paths) descend(flow, returned, path.split('.'), path, found, 0);
      });
      return;
    }
    case 'file':
      return;
  }
}

function descend(flow: Flow, node: NodeId, path: readonly string[], whole: string, found: (node: NodeId, property: string) => void, depth: number): void {
  const [name, ...rest] = path;
  if (name === undefined) {
    found(node, whole.split('.').pop()!);
    return;
  }
  flow.solver.onValue(node, id => {
    if (isArray(flow, id) && depth < 3) {
      for (const element of elementNodes(flow, id)) descend(flow, element, path, whole, found, depth + 1);
      return;
    }
    const next = memberNode(flow, id, name);
    descend(flow, next, rest, whole, found, depth);
  });
}

/** One node per (object, name), so that repeated visits do not grow the system. */
function memberNode(flow: Flow, object: ValueId, name: string): NodeId {
  const key = `${object}.${name}`;
  let node = flow.members.get(key);
  if (node === undefined) {
    node = setIn(flow, flow.members, key, flow.solver.node());
    if (name === '*') readTable(flow, object, node);
    else readProperty(flow, object, name, node);
  }
  return node;
}

function elementNodes(flow: Flow, object: ValueId): NodeId[] {
  return [memberNode(flow, object, '*')];
}

function isArray(flow: Flow, id: ValueId): boolean {
  const value = flow.values.get(id);
  return value.k === 'collection' || (value.k === 'object' && flow.modules[value.m]!.facts.objects[value.obj]!.array);
}

/** `context`: the site in which the handler was found; what a wrapper in it captured was made there. */
function registerFunctions(flow: Flow, module: FlowModule, callIndex: number, registration: Registration, node: NodeId, property: string, certain: boolean, depth: number, context: number = noSite): void {
  const { solver, values } = flow;
  const call = module.facts.calls[callIndex]!;
  solver.onValue(node, id => {
    const value = values.get(id);
    if (value.k === 'fn') {
      const target = flow.modules[value.m]!;
      const key = `${module.index}:${callIndex}:${value.m}:${value.fn}:${property}`;
      if (!flow.handlers.has(key)) setIn(flow, flow.handlers, key, { module: value.m, fn: value.fn, role: registration.role, label: labelOf(registration.label, module.facts, call, property), at: { module: module.index, call: callIndex }, certain });
      const { params } = target.facts.functions[value.fn]!;
      for (const [index, type] of Object.entries(registration.params ?? {})) {
        const variable = params[Number(index)];
        if (variable !== undefined && variable >= 0) addType(flow, target.variables[variable]!, type);
      }
      if (registration.thisType) addType(flow, target.thises[value.fn]!, registration.thisType);
      const made = inContext(flow, value, context);
      if (made.site !== noSite) registerCaptured(flow, module, callIndex, registration, made, property, certain, depth);
      else markRaw(flow, value.m, value.fn);
    } else if (isArray(flow, id) && depth < 3) {
      registerFunctions(flow, module, callIndex, registration, memberNode(flow, id, '*'), property, certain, depth + 1, context);
    }
  });
}

/** Remembers that a closure is called where nothing says which call made it. */
function markRaw(flow: Flow, m: number, fn: number): void {
  if (capturedParameters(flow.modules[m]!.facts, fn).length === 0) return;
  const closure = functionKey(m, fn);
  if (!flow.rawHandlers.has(closure)) setIn(flow, flow.rawHandlers, closure, true);
}

/** Handlers behind a wrapper whose result was kept first, `const h = safe(fn); app.get('/', h)`: the wrapper's result calls what it was handed. */
function registerCaptured(flow: Flow, module: FlowModule, callIndex: number, registration: Registration, { m, fn, site }: FunctionAt, property: string, certain: boolean, depth: number): void {
  const key = `${module.index}:${callIndex}:${m}:${fn}:${site}:${property}`;
  if (depth > 3 || flow.registeredClosures.has(key)) return;
  setIn(flow, flow.registeredClosures, key, true);
  for (const reference of capturedParameters(flow.modules[m]!.facts, fn)) {
    for (const argument of capturedArguments(flow, m, reference, site) ?? []) {
      const node = argument.module.args[argument.call]![argument.position]!;
      // All that anybody hands on there: no more than possible, and told by the call in the closure itself.
      if (argument.parameter) {
        markRaw(flow, m, fn);
        continue;
      }
      const register = (found: NodeId): void => registerFunctions(flow, module, callIndex, registration, found, property, certain, depth + 1, argument.outer);
      if (argument.path === '') register(node);
      else flow.solver.onValue(node, id => flow.values.get(id).k === 'object' && register(memberNode(flow, id, argument.path)));
    }
  }
}

function addType(flow: Flow, node: NodeId, type: TypeName): void {
  flow.solver.add(node, flow.values.id({ k: 'typed', type }));
}

/** Fills a label template from the literal arguments of the call. */
function labelOf(template: string, facts: ModuleFacts, call: CallFacts, property: string): string {
  const member = call.callee.k === 'get' ? call.callee.name : (call.text.split('.').pop() ?? call.text);
  return template
    .replace(/( ?)\{([^{}]+)\}/g, (_match, blank: string, key: string) => {
      const text = key === 'member' ? member : key === 'MEMBER' ? member.toUpperCase() : key === 'property' ? property : /^\d+$/.test(key) ? literalText(call.literalArgs[Number(key)]) : literalProperty(facts, call, key);
      return text === '' ? '' : blank + text;
    })
    .trim();
}

/** `0.path`: the text of a property of an object literal argument. */
function literalProperty(facts: ModuleFacts, call: CallFacts, key: string): string {
  const [position, name] = key.split('.');
  const arg = call.args[Number(position)];
  const value = arg?.k === 'obj' ? facts.objects[arg.obj]!.properties.find(property => property.name === name)?.value : undefined;
  return value?.k === 'string' ? literalText(value.value) : '';
}

function literalText(value: string | number | boolean | null | undefined): string {
  return value === null || value === undefined ? '' : String(value).slice(0, 60);
}

