import type { CallFacts, ModuleFacts, Value } from '../facts/module-facts.ts';
import { perModule } from '../facts/module-index.ts';
import { calleesOf, calleeValues, receiverValues, type Callees } from './callees.ts';
import { nodeOf, type Flow, type FlowModule } from './flow.ts';
import { functionKey, indexOfKey, moduleOfKey, type FunctionKey } from './function-key.ts';
import { lessSure, surer, type HandedCertainty, type HandedForm, type OutsideCallee } from './handed-functions.ts';
import { capturedParameters, handedParameters, isIndirect, isWithin, parameterReference, type ParameterReference } from './parameter-references.ts';
import type { RegisteredHandler } from './registrations.ts';
import { capturedArguments, functionsAt, inContext, noSite, type CapturedArgument, type FunctionAt } from './wrapper-sites.ts';

/** Whether a call that leaves the program calls what stands at an argument. */
export type HandedTest = (callee: OutsideCallee, position: number, form: HandedForm, name: string) => HandedCertainty | null;

/** A parameter that is called, or a property of what is handed for it. */
export interface CalledParameter extends ParameterReference {
  readonly certainty: HandedCertainty;
}

/** The parameters that functions call, hand to functions that call them, or captured and call; by function, in one order. */
export interface ParameterCalls {
  readonly own: ReadonlyMap<FunctionKey, readonly CalledParameter[]>;
  /** Of functions that outlive the one around them: parameters of that one. */
  readonly captured: ReadonlyMap<FunctionKey, readonly CalledParameter[]>;
  /** Closures that are entered where nothing says which call made them. */
  readonly raw: ReadonlySet<FunctionKey>;
}

/** A parameter that stands at an argument of a call. */
interface PassedParameter {
  readonly call: number;
  readonly position: number;
  readonly path: string;
  readonly reference: ParameterReference;
  /** The function between the parameter's and the call that outlives the former; -1 where there is none. */
  readonly leaving: number;
}

/** What can be said of the calls of one module by itself. */
export interface ModuleCalls {
  readonly module: FlowModule;
  readonly callees: readonly Callees[];
  /** Other modules that were looked at. */
  readonly visited: ReadonlySet<number>;
  /** Calls of a parameter by the function that has it; -1: by one that outlives it. */
  readonly called: readonly { readonly call: number; readonly reference: ParameterReference; readonly leaving: number }[];
  /** Calls of a parameter whose edges start where it is handed over. */
  readonly replaced: ReadonlySet<number>;
  /** Calls of a captured parameter, with the function that captured it. */
  readonly replacedBySites: ReadonlyMap<number, FunctionKey>;
  readonly passed: readonly PassedParameter[];
  /** Closures that stand at an argument, or that are called, without the call that made them. */
  readonly raw: readonly FunctionKey[];
  /** All closures that the module's calls enter or hand over. */
  readonly closures: ReadonlySet<FunctionKey>;
}

/** `handlers`: those among the module's functions that somebody outside calls in a role of their own. */
export function moduleCalls(flow: Flow, module: FlowModule, handlers: readonly RegisteredHandler[]): ModuleCalls {
  const { facts, index: m } = module;
  const visited = new Set<number>();
  const callees = facts.calls.map((_call, index) => calleesOf(flow, module, index, visited));
  const leaving = new Set(leavingFunctions(facts));
  for (const { fn, role } of handlers) if (role !== 'caller') leaving.add(fn);
  const between = (from: number, owner: number): number => {
    for (let fn = from; fn > 0 && fn !== owner; fn = facts.functions[fn]!.parent) if (leaving.has(fn)) return fn;
    return -1;
  };
  const called: { call: number; reference: ParameterReference; leaving: number }[] = [];
  const replaced = new Set<number>();
  const replacedBySites = new Map<number, FunctionKey>();
  const passed: PassedParameter[] = [];
  const raw = new Set<FunctionKey>();
  const closures = new Set<FunctionKey>();
  const noteClosure = ({ m: of, fn, site }: FunctionAt, countsAsRaw = true): void => {
    if (capturedParameters(flow.modules[of]!.facts, fn).length === 0) return;
    closures.add(functionKey(of, fn));
    visited.add(of);
    if (site === noSite && countsAsRaw) raw.add(functionKey(of, fn));
    for (let at = site; at !== noSite; at = flow.sites.get(at).outer) visited.add(flow.sites.get(at).module);
  };
  facts.calls.forEach((call, index) => {
    const callee = isIndirect(call.callee) ? call.callee.object : call.callee;
    const reference = calledParameter(flow, module, callee);
    if (reference) {
      const leaver = between(call.fn, reference.fn);
      called.push({ call: index, reference, leaving: leaver });
      if (leaver < 0) replaced.add(index);
      else replacedBySites.set(index, functionKey(m, leaver));
    }
    // What a parameter can be is told by the calls that hand it over.
    for (const closure of callees[index]!.closures) noteClosure(closure, reference === null);
    call.args.forEach((arg, position) => {
      for (const { path, reference: handed } of handedParameters(facts, arg)) passed.push({ call: index, position, path, reference: handed, leaving: between(call.fn, handed.fn) });
      const { functions, outside } = callees[index]!;
      for (const fn of functionsAt(flow, module.args[index]![position]!, '')) {
        // What is written here and handed to a function of the program is found through the call that made it.
        const isHere = fn.m === m && isWithin(facts, fn.fn, call.fn) && functions.length > 0 && !outside;
        noteClosure({ m: fn.m, fn: fn.fn, site: fn.site ?? noSite }, !isHere);
      }
    });
  });
  return { module, callees, visited, called, replaced, replacedBySites, passed, raw: [...raw], closures };
}

/**
 * The parameter that a callee is. A method of a parameter counts only where it is a function of an object literal, `opts.onDone()`:
 * those are handed over; the methods of other objects are theirs.
 */
function calledParameter(flow: Flow, module: FlowModule, callee: Value): ParameterReference | null {
  const reference = parameterReference(module.facts, callee);
  if (!reference || reference.path === '' || callee.k !== 'get') return reference;
  const receivers = flow.solver.values(nodeOf(flow, module, callee.object)).map(id => flow.values.get(id));
  return receivers.length > 0 && receivers.every(item => item.k === 'object' && !flow.modules[item.m]!.facts.objects[item.obj]!.array) ? reference : null;
}

/**
 * `retry(fn)` is called by everybody with another function. An edge from the call inside `retry` would connect
 * every caller with every function; so a call of an own parameter becomes an edge at each call of `retry`, from
 * that caller to the function that it hands over. The same for closures: `safe(fn)` gives a function that calls `fn`, so whoever calls what
 * `safe(fn)` gave has an edge to `fn`.
 */
export function parameterCalls(flow: Flow, modules: readonly ModuleCalls[], handed: HandedTest): ParameterCalls {
  const own = new Map<FunctionKey, Map<string, CalledParameter>>();
  const captured = new Map<FunctionKey, Map<string, CalledParameter>>();
  const raw = new Set<FunctionKey>(flow.rawHandlers.keys());
  const mark = (in_: Map<FunctionKey, Map<string, CalledParameter>>, key: FunctionKey, reference: ParameterReference, certainty: HandedCertainty): boolean => {
    let known = in_.get(key);
    if (!known) in_.set(key, (known = new Map()));
    const id = parameterId(reference);
    const before = known.get(id)?.certainty ?? null;
    if (surer(before, certainty) === before) return false;
    known.set(id, { ...reference, certainty });
    return true;
  };
  const markAt = (m: number, reference: ParameterReference, leaving: number, certainty: HandedCertainty): boolean =>
    leaving < 0 ? mark(own, functionKey(m, reference.fn), reference, certainty) : mark(captured, functionKey(m, leaving), reference, certainty);
  for (const { module, called, raw: found } of modules) {
    for (const { reference, leaving } of called) markAt(module.index, reference, leaving, 'certain');
    for (const key of found) raw.add(key);
  }
  // Where a closure is entered in an unknown way, so are the closures among what it calls.
  for (let size = -1; size !== raw.size; ) {
    size = raw.size;
    for (const { callees, replacedBySites } of modules) for (const [call, captor] of replacedBySites) if (raw.has(captor)) for (const { m, fn, site } of callees[call]!.closures) if (site === noSite) raw.add(functionKey(m, fn));
  }
  const outside = new Map<PassedParameter, HandedCertainty | null>();
  for (let changed = true; changed; ) {
    changed = false;
    for (const calls of modules) {
      const { module, callees, passed } = calls;
      for (const item of passed) {
        const targets = callees[item.call]!;
        for (const to of targets.functions) {
          for (const { position, path, certainty } of own.get(to)?.values() ?? []) {
            if (position !== positionIn(flow, to, item.position)) continue;
            const reference = throughProperty(item, path);
            if (reference && markAt(module.index, reference, item.leaving, certainty)) changed = true;
          }
        }
        if (targets.outside || targets.functions.length === 0) {
          let told = outside.get(item);
          if (told === undefined) outside.set(item, (told = handed(outsideCallee(flow, module, item.call), item.position, item.path === '' ? 'reference' : 'option', item.path)));
          if (told && markAt(module.index, item.reference, item.leaving, told)) changed = true;
        }
      }
      // A closure over an own parameter that is called on the spot: `const run = safe(fn); run();`
      callees.forEach(({ closures }, index) => {
        for (const closure of closures) {
          for (const { argument, certainty } of calledArguments(flow, captured, closure)) {
            if (!argument.parameter || argument.module !== module || !isOwn(module.facts, module.facts.calls[index]!, argument.parameter)) continue;
            if (mark(own, functionKey(module.index, argument.parameter.fn), argument.parameter, certainty)) changed = true;
          }
        }
      });
    }
  }
  return { own: inOneOrder(own), captured: inOneOrder(captured), raw };
}

function isOwn(facts: ModuleFacts, call: CallFacts, parameter: ParameterReference): boolean {
  const leaving = leavingFunctions(facts);
  for (let fn = call.fn; fn > 0; fn = facts.functions[fn]!.parent) {
    if (fn === parameter.fn) return true;
    if (leaving.has(fn)) return false;
  }
  return false;
}

function parameterId({ fn, position, path }: ParameterReference): string {
  return `${fn}:${position}.${path}`;
}

/** What of a parameter is called where a property of the argument that it stands at is; null where it is another one. */
function throughProperty({ path, reference }: PassedParameter, called: string): ParameterReference | null {
  if (path === called || (path !== '' && called === '*')) return reference;
  return path === '' && reference.path === '' ? { ...reference, path: called } : null;
}

/** The position of the parameter that an argument is handed for. */
function positionIn(flow: Flow, to: FunctionKey, position: number): number {
  const { restParam } = flow.modules[moduleOfKey(to)]!.facts.functions[indexOfKey(to)]!;
  return restParam >= 0 && position >= restParam ? restParam : position;
}

function inOneOrder(found: ReadonlyMap<FunctionKey, ReadonlyMap<string, CalledParameter>>): ReadonlyMap<FunctionKey, readonly CalledParameter[]> {
  return new Map([...found].map(([key, references]) => [key, [...references.values()].sort((a, b) => a.fn - b.fn || a.position - b.position || (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))]));
}

/** The functions whose parameters are called otherwise than before. */
export function changedParameters(before: ParameterCalls, after: ParameterCalls): Set<FunctionKey> {
  const changed = new Set<FunctionKey>();
  const text = (references: readonly CalledParameter[] | undefined): string => (references ?? []).map(item => `${parameterId(item)} ${item.certainty}`).join();
  for (const part of ['own', 'captured'] as const) {
    for (const key of new Set([...before[part].keys(), ...after[part].keys()])) if (text(before[part].get(key)) !== text(after[part].get(key))) changed.add(key);
  }
  for (const key of new Set([...before.raw, ...after.raw])) if (before.raw.has(key) !== after.raw.has(key)) changed.add(key);
  return changed;
}

/** What is known of whom a call leads to outside the program. */
export function outsideCallee(flow: Flow, module: FlowModule, index: number): OutsideCallee {
  const call = module.facts.calls[index]!;
  return { facts: module.facts, call, callees: calleeValues(flow, module, index).filter(({ k }) => k !== 'fn' && k !== 'class' && k !== 'instance'), receivers: receiverValues(flow, module, call) };
}

/** A function that is called because of what a closure captured. */
export interface Entered {
  readonly key: FunctionKey;
  readonly certainty: HandedCertainty;
}

/** Closures in closures that are followed. */
const enteredDepth = 4;

/** The arguments that a closure calls, as its site tells. */
function calledArguments(flow: Flow, captured: ReadonlyMap<FunctionKey, ReadonlyMap<string, CalledParameter>>, { m, fn, site }: FunctionAt): { readonly argument: CapturedArgument; readonly certainty: HandedCertainty }[] {
  if (site === noSite) return [];
  return [...(captured.get(functionKey(m, fn))?.values() ?? [])].flatMap(reference => (capturedArguments(flow, m, reference, site) ?? []).map(argument => ({ argument, certainty: reference.certainty })));
}

/**
 * The functions that entering a function enters, too: what it captured and calls, and what those captured. What is a parameter of a function around the
 * call that enters it is left out: the edges start where that is handed over.
 */
export function enteredThrough(flow: Flow, calls: ParameterCalls, closure: FunctionAt, from: { readonly module: FlowModule; readonly call: CallFacts }): readonly Entered[] {
  if (closure.site === noSite || !calls.captured.has(functionKey(closure.m, closure.fn))) return [];
  const found = new Map<FunctionKey, HandedCertainty>();
  /** How sure it is that a closure is entered, where it was looked into: closures can lead to each other. */
  const looked = new Map<string, HandedCertainty>();
  const look = ({ m, fn, site }: FunctionAt, entered: HandedCertainty, depth: number): void => {
    const references = site === noSite || depth > enteredDepth ? undefined : calls.captured.get(functionKey(m, fn));
    if (!references) return;
    const id = `${m} ${fn} ${site}`;
    const before = looked.get(id) ?? null;
    if (surer(before, entered) === before) return;
    looked.set(id, entered);
    for (const reference of references) {
      for (const argument of capturedArguments(flow, m, reference, site) ?? []) {
        if (argument.parameter && argument.module === from.module && isOwn(from.module.facts, from.call, argument.parameter)) continue;
        const functions = functionsAt(flow, argument.module.args[argument.call]![argument.position]!, argument.path);
        // What all callers of a function hand it together, where it is not known which of them it was.
        const certainty = lessSure(entered, argument.parameter && functions.length > 1 ? lessSure(reference.certainty, 'likely') : reference.certainty);
        for (const item of functions) {
          const inner = inContext(flow, item, argument.outer);
          const key = functionKey(inner.m, inner.fn);
          found.set(key, surer(found.get(key) ?? null, certainty)!);
          look(inner, certainty, depth + 1);
        }
      }
    }
  };
  look(closure, 'certain', 0);
  return [...found].map(([key, certainty]) => ({ key, certainty })).sort((a, b) => a.key - b.key);
}

/** The nested functions of a module that outlive the function around them because they are returned or stored. */
const leavingFunctions = perModule((facts: ModuleFacts): ReadonlySet<number> => {
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
});
