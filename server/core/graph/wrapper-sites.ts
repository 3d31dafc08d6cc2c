import type { Value } from '../facts/module-facts.ts';
import type { Flow, FlowModule } from './flow.ts';
import { isWithin, isWrapper, parameterReference, type ParameterReference } from './parameter-references.ts';
import type { ValueId } from './solver.ts';

// `safe(fn)` gives a function that calls `fn`, another one at each call of `safe`. So a function that a wrapper returns carries the
// place of the call that made it (one call site as context, as in k-CFA): what it captured is found there, and the use of a
// wrapper in one place says nothing of another.

/** A call that made a closure. */
export interface Site {
  readonly module: number;
  readonly call: number;
  /** The function that was called. */
  readonly calleeModule: number;
  readonly callee: number;
  /** The call that made what this one stands in or was called on: `curried(a)(b)`; -1 where there is none. */
  readonly outer: number;
}

/** Sites by number. The number says nothing of the contents of a file, so it outlives edits. */
export interface SiteTable {
  id(site: Site): number;
  get(id: number): Site;
}

export const noSite = -1;

export function createSiteTable(): SiteTable {
  const sites: Site[] = [];
  const ids = new Map<string, number>();
  return {
    id(site) {
      const key = `${site.module} ${site.call} ${site.calleeModule} ${site.callee} ${site.outer}`;
      let id = ids.get(key);
      if (id === undefined) ids.set(key, (id = sites.push(site) - 1));
      return id;
    },
    get: id => sites[id]!,
  };
}

/** Sites in one another that are told apart; closures of deeper ones share theirs. */
const siteDepth = 4;

function depthOf(flow: Flow, site: number): number {
  let depth = 0;
  for (let at = site; at !== noSite; at = flow.sites.get(at).outer) depth++;
  return depth;
}

/**
 * Lets what a function returns flow into the result of one of its calls: closures over its parameters as those of this
 * call. `outer` is the site of the callee itself.
 */
export function flowResult(flow: Flow, callee: { readonly m: number; readonly fn: number }, outer: number, at: { readonly module: number; readonly call: number }, result: number): void {
  const { solver } = flow;
  const target = flow.modules[callee.m]!;
  const returned = target.returns[callee.fn]!;
  if (!isWrapper(target.facts, callee.fn) || depthOf(flow, outer) >= siteDepth) {
    solver.flow(returned, result);
    return;
  }
  const site = flow.sites.id({ module: at.module, call: at.call, calleeModule: callee.m, callee: callee.fn, outer });
  solver.onValue(returned, id => solver.add(result, atSite(flow, id, callee, site)));
}

function atSite(flow: Flow, id: ValueId, callee: { readonly m: number; readonly fn: number }, site: number): ValueId {
  const value = flow.values.get(id);
  if (value.k !== 'fn') return id;
  const made = madeIn(flow, value, callee, site);
  return made === null ? id : flow.values.id({ k: 'fn', m: value.m, fn: value.fn, site: made });
}

/** The site of a function that the call of `callee` at `site` made; null where it was made elsewhere. */
function madeIn(flow: Flow, value: { readonly m: number; readonly fn: number; readonly site?: number }, callee: { readonly m: number; readonly fn: number }, site: number): number | null {
  const { facts } = flow.modules[callee.m]!;
  if (value.site === undefined) return value.m === callee.m && value.fn !== callee.fn && isWithin(facts, value.fn, callee.fn) ? site : null;
  // Made by a call in the callee, of what the callee was handed: `const api = fn => safe(fn)`.
  const chain = chainOf(flow, value.site);
  const last = flow.sites.get(chain[chain.length - 1]!);
  const call = facts.calls[last.call];
  if (last.module !== callee.m || !call || !isWithin(facts, call.fn, callee.fn) || chain.length + depthOf(flow, site) > siteDepth) return null;
  let outer = site;
  for (const item of chain.reverse()) outer = flow.sites.id({ ...flow.sites.get(item), outer });
  return outer;
}

function chainOf(flow: Flow, site: number): number[] {
  const chain: number[] = [];
  for (let at = site; at !== noSite; at = flow.sites.get(at).outer) chain.push(at);
  return chain;
}

/** A function of the program with the site that made it, where there is one. */
export interface FunctionAt {
  readonly m: number;
  readonly fn: number;
  readonly site: number;
}

/** What was handed for a captured parameter where the closure was made: an argument of a call, and the sites around that call. */
export interface CapturedArgument {
  readonly module: FlowModule;
  readonly call: number;
  readonly position: number;
  readonly value: Value;
  readonly path: string;
  readonly outer: number;
  /** The argument is a parameter of the function that the call stands in, and no site says what that was handed. */
  readonly parameter: ParameterReference | null;
}

/** The arguments that a parameter of a function of module `m` stands for in a closure of a site; null where no site tells. */
export function capturedArguments(flow: Flow, m: number, reference: ParameterReference, site: number): CapturedArgument[] | null {
  let at = site;
  while (at !== noSite) {
    const { module, call, calleeModule, callee, outer } = flow.sites.get(at);
    if (calleeModule !== m || callee !== reference.fn) {
      at = outer;
      continue;
    }
    const from = flow.modules[module]!;
    const facts = from.facts.calls[call];
    if (!facts) return null;
    const isRest = flow.modules[m]!.facts.functions[reference.fn]!.restParam === reference.position;
    const found: CapturedArgument[] = [];
    facts.args.forEach((value, position) => {
      if (isRest ? position < reference.position : position !== reference.position) return;
      const parameter = parameterReference(from.facts, value);
      if (parameter && (parameter.path === '' || reference.path === '')) {
        const joined = { ...parameter, path: parameter.path === '' ? reference.path : parameter.path };
        const further = capturedArguments(flow, module, joined, outer);
        if (further) found.push(...further);
        else found.push({ module: from, call, position, value, path: reference.path, outer, parameter: joined });
      } else found.push({ module: from, call, position, value, path: reference.path, outer, parameter: null });
    });
    return found;
  }
  return null;
}

/** A function that is read in the context of a site: one that is written inside of what the site called was made there, too. */
export function inContext(flow: Flow, value: { readonly m: number; readonly fn: number; readonly site?: number }, context: number): FunctionAt {
  for (let at = context; at !== noSite; at = flow.sites.get(at).outer) {
    const { calleeModule, callee } = flow.sites.get(at);
    const made = madeIn(flow, value, { m: calleeModule, fn: callee }, at);
    if (made !== null) return { m: value.m, fn: value.fn, site: made };
  }
  return { m: value.m, fn: value.fn, site: value.site ?? noSite };
}

/** The functions that a property of the values of a node can be, or the values themselves; nothing is added to the flow. */
export function functionsAt(flow: Flow, node: number, path: string): { readonly m: number; readonly fn: number; readonly site?: number }[] {
  const found = new Set<ValueId>();
  const seen = new Set<ValueId>();
  for (const id of flow.solver.values(node)) {
    if (path === '') found.add(id);
    else addProperty(flow, id, path, seen, found);
  }
  return [...found].map(id => flow.values.get(id)).filter(value => value.k === 'fn');
}

/** An object with more properties than this is not read as a table. */
const tableLimit = 100;

function addProperty(flow: Flow, object: ValueId, name: string, seen: Set<ValueId>, found: Set<ValueId>): void {
  if (seen.has(object)) return;
  seen.add(object);
  const names = flow.properties.get(object);
  const nodes = name === '*' ? (names && names.size <= tableLimit ? [...names.values()] : []) : [names?.get(name), names?.get('*')];
  const before = found.size;
  for (const node of nodes) if (node !== undefined) for (const id of flow.solver.values(node)) found.add(id);
  const parents = flow.parents.get(object);
  if (parents === undefined || (name !== '*' && found.size > before)) return;
  for (const parent of flow.solver.values(parents)) addProperty(flow, parent, name, seen, found);
}
