import type { CallFacts, Constant, DecoratorFacts, ModuleFacts } from '../facts/module-facts.ts';
import { builtOnce } from '../node/frameworks/built-once.ts';
import type { FileConvention, TypeName } from '../node/registration.ts';
import { addedHandlers, compareHandlers } from './edges.ts';
import { functionKey, type FunctionKey } from './function-key.ts';
import { createFileConventions } from './file-roles.ts';
import { nodeOf, propertyNode, type Flow, type FlowModule } from './flow.ts';
import type { Role } from './program-graph.ts';
import type { FrameworkIndex } from './framework-index.ts';
import { capturedParameters } from './parameter-references.ts';
import { capturedArguments, functionsAt, inContext, noSite } from './wrapper-sites.ts';
import { applyRegistration, applyWrappedHandlers, type RegisteredHandler } from './registrations.ts';

/** An entry before it is shown: a function, its role, and where it was given that role. */
export interface EntryFacts {
  readonly fn: FunctionKey;
  readonly role: Role;
  readonly label: string;
  readonly confidence: 'certain' | 'likely';
  /** The registering call (`module`, `call`), or null where the function itself is the place. */
  readonly at: { readonly module: number; readonly call: number } | null;
}

/**
 * Completes the registrations with what needs the values at rest: handlers inside wrappers, and
 * registrations on receivers that nothing is known of but their name (`app`, `router`), where the call looks like
 * one: `app.get('/path', (req, res) => …)` in a function that nobody is seen to call. Adds values to the flow, so
 * it is repeated until nothing new appears.
 */
export function completeRegistrations(flow: Flow): void {
  for (let round = 0; round < 4; round++) {
    const before = flow.handlers.size;
    for (const module of flow.modules) {
      for (const { call: index, likely } of likelyCalls(flow, module.facts)) {
        if (flow.solver.values(module.callees[index]!).length > 0) continue;
        const fitting = likely.filter(({ registration }) => hasShape(flow, module, index, registration.likely!, registration.parameterNames));
        if (fitting.length > 0) applyRegistration(flow, module, index, fitting.map(item => item.registration), module.args[index]!, false);
      }
    }
    applyWrappedHandlers(flow);
    flow.solver.solve();
    if (flow.handlers.size === before) return;
  }
}

type LikelyCall = { readonly call: number; readonly likely: ReturnType<FrameworkIndex['likelyRegistrations']> };

const likelyCallsOf = new WeakMap<FrameworkIndex, WeakMap<ModuleFacts, readonly LikelyCall[]>>();

/** The calls of a module whose receiver and method are named as in a registration. */
function likelyCalls({ frameworks }: Flow, facts: ModuleFacts): readonly LikelyCall[] {
  let known = likelyCallsOf.get(frameworks);
  if (!known) likelyCallsOf.set(frameworks, (known = new WeakMap()));
  let found = known.get(facts);
  if (!found) {
    found = facts.calls.flatMap((call, index): LikelyCall[] => {
      const name = receiverName(facts, call);
      const likely = name === null || call.callee.k !== 'get' ? [] : frameworks.likelyRegistrations(name, call.callee.name);
      return likely.length > 0 ? [{ call: index, likely }] : [];
    });
    known.set(facts, found);
  }
  return found;
}

/** `app` of `app.get()` and of `this.app.get()`. */
function receiverName(facts: ModuleFacts, call: CallFacts): string | null {
  if (call.callee.k !== 'get') return null;
  const { object } = call.callee;
  if (object.k === 'var') return facts.variables[object.var]!.name;
  if (object.k === 'get' && object.name !== '*') return object.name;
  return object.k === 'global' ? object.name : null;
}

function hasShape(flow: Flow, module: FlowModule, index: number, shape: 'path' | 'event' | 'handler', parameterNames: readonly string[] | undefined): boolean {
  const call = module.facts.calls[index]!;
  const functions = module.args[index]!.map(node => [...flow.solver.values(node)].map(id => flow.values.get(id)).filter(value => value.k === 'fn'));
  const [first] = call.literalArgs;
  switch (shape) {
    case 'path':
      return typeof first === 'string' && /^[/*]/.test(first) && functions.slice(1).some(list => list.length > 0);
    case 'event':
      return typeof first === 'string' && functions.slice(1).some(list => list.length > 0);
    case 'handler':
      return functions.some(list => list.some(value => parameterNames?.includes(flow.modules[value.m]!.facts.functions[value.fn]!.paramNames[0]?.replace(/^_/, '') ?? '')));
  }
}

/** Everything that somebody outside the program calls. */
export interface Entries {
  of(fn: FunctionKey): readonly EntryFacts[];
  all(): readonly EntryFacts[];
  some(test: (entry: EntryFacts) => boolean): boolean;
}

/** Collects the entries of a flow again and again; what modules that are not stale have of their own is kept from the first time. */
export function createEntryCollector(flow: Flow): (stale: ReadonlySet<number>) => Entries {
  const conventionsOf = createFileConventions(flow.frameworks.files, flow.resolver);
  const conventions = flow.modules.map(module => conventionsOf(module.facts.file));
  const registered = (handlers: readonly RegisteredHandler[]): EntryFacts[] =>
    tellingHandlers(flow, handlers)
      .filter(handler => handler.role !== 'caller')
      .sort(compareHandlers)
      .map(handler => ({ fn: functionKey(handler.module, handler.fn), role: handler.role as Role, label: handler.label, confidence: handler.certain ? 'certain' : 'likely', at: handler.at }));
  const base = registered([...flow.handlers.values()].slice(0, flow.base.handlers));
  const baseByFunction = byFunction(base);
  let kept: readonly (readonly EntryFacts[] | null)[] | null = null;
  return stale => {
    const added = registered(addedHandlers(flow));
    const own = flow.modules.map((module, index) => (stale.has(index) ? null : kept?.[index]) ?? [...decorated(flow, module), ...conventionalClasses(flow, module)]);
    kept ??= own.map((list, index) => (stale.has(index) ? null : list));
    const declared = flow.modules.flatMap((module, index) => [...own[index]!, ...conventions[index]!.flatMap(convention => conventionalExports(flow, module, convention))]);
    const [addedByFunction, declaredByFunction] = [byFunction(added), byFunction(declared)];
    return {
      of: fn => [...inOrder(baseByFunction.get(fn) ?? [], addedByFunction.get(fn) ?? []), ...(declaredByFunction.get(fn) ?? [])],
      all: () => [...inOrder(base, added), ...declared],
      some: test => base.some(test) || added.some(test) || declared.some(test),
    };
  };
}

/** Where one call is handed more functions than this, those that are everywhere in the program are no handlers. */
const mergedHandlers = 40;

/** The handlers without those that only merged flows have brought to a registering call. */
function tellingHandlers(flow: Flow, handlers: readonly RegisteredHandler[]): RegisteredHandler[] {
  const counts = new Map<string, number>();
  const keyOf = ({ at }: RegisteredHandler): string => `${at.module}:${at.call}`;
  for (const handler of handlers) counts.set(keyOf(handler), (counts.get(keyOf(handler)) ?? 0) + 1);
  return handlers.filter(handler => counts.get(keyOf(handler))! <= mergedHandlers || !flow.solver.isEverywhere(flow.values.id({ k: 'fn', m: handler.module, fn: handler.fn })));
}

/** Two sorted lists of registered entries as one. */
function inOrder(base: readonly EntryFacts[], added: readonly EntryFacts[]): readonly EntryFacts[] {
  if (added.length === 0) return base;
  return [...base, ...added].sort((a, b) => a.at!.module - b.at!.module || a.at!.call - b.at!.call || a.fn - b.fn || (a.label < b.label ? -1 : a.label > b.label ? 1 : 0));
}

function byFunction(entries: readonly EntryFacts[]): Map<FunctionKey, EntryFacts[]> {
  const result = new Map<FunctionKey, EntryFacts[]>();
  for (const entry of entries) {
    const list = result.get(entry.fn);
    if (list) list.push(entry);
    else result.set(entry.fn, [entry]);
  }
  return result;
}

function decorated(flow: Flow, module: FlowModule): EntryFacts[] {
  const entries: EntryFacts[] = [];
  const eachDecorator = (decorators: readonly DecoratorFacts[], target: 'method' | 'class', use: (item: { role: Role; label: string; methods?: readonly string[]; params?: Readonly<Record<number, TypeName>> }, literal: string) => void): void => {
    for (const decorator of decorators) {
      for (const id of flow.solver.values(nodeOf(flow, module, decorator.callee))) {
        const value = flow.values.get(id);
        if (value.k !== 'external') continue;
        for (const registration of flow.frameworks.decorators.get(`${value.module}\0${value.path}`) ?? []) {
          if (registration.target !== target) continue;
          const literals = decorator.args.map(arg => (arg.k === 'string' ? arg.value : ''));
          const label = registration.label
            .replace(/( ?)\{([^{}]+)\}/g, (_match, blank: string, key: string) => {
              const text = key === 'name' ? value.path : key === 'METHOD' ? value.path.toUpperCase() : (literals[Number(key)] ?? '');
              return text === '' ? '' : blank + text;
            })
            .trim();
          use({ role: registration.role, label, methods: registration.methods }, label);
        }
      }
    }
  };
  module.facts.functions.forEach((fn, index) => {
    if (fn.decorators.length > 0) eachDecorator(fn.decorators, 'method', ({ role, label }) => entries.push({ fn: functionKey(module.index, index), role, label, confidence: 'certain', at: null }));
  });
  module.facts.classes.forEach((facts, classIndex) => {
    eachDecorator(facts.decorators, 'class', ({ role, label, methods }) => {
      module.facts.functions.forEach((fn, index) => {
        if (fn.class === classIndex && !fn.static && fn.kind === 'method' && methods?.includes(fn.name)) entries.push({ fn: functionKey(module.index, index), role, label: `${label} ${fn.name}()`.trim(), confidence: 'certain', at: null });
      });
    });
  });
  return entries;
}

function conventionalClasses(flow: Flow, module: FlowModule): EntryFacts[] {
  const entries: EntryFacts[] = [];
  module.facts.classes.forEach((facts, classIndex) => {
    const named = (values: readonly (typeof facts.superClass)[]): { module: string; path: string }[] =>
      values.flatMap(value => (value ? [...flow.solver.values(nodeOf(flow, module, value))].map(id => flow.values.get(id)).filter(item => item.k === 'external') : []));
    const extended = named([facts.superClass]);
    const implemented = named(facts.implements);
    for (const convention of flow.frameworks.classes) {
      const candidates = convention.relation === 'extends' ? extended : convention.relation === 'implements' ? implemented : [...extended, ...implemented];
      if (!candidates.some(item => convention.modules.includes(item.module) && convention.names.includes(item.path))) continue;
      module.facts.functions.forEach((fn, index) => {
        if (fn.class !== classIndex || fn.static || fn.kind !== 'method' || !(convention.methods.includes(fn.name) || convention.methods.includes('*'))) return;
        entries.push({ fn: functionKey(module.index, index), role: convention.role, label: convention.label.replace('{class}', facts.name).replace('{method}', fn.name), confidence: 'certain', at: null });
      });
    }
  });
  return entries;
}

function conventionalExports(flow: Flow, module: FlowModule, convention: FileConvention): EntryFacts[] {
  const { facts } = module;
  if (convention.directive !== undefined && !facts.directives.includes(convention.directive)) return [];
  if (convention.role === 'request' && isBuiltOnce(facts, convention)) return [];
  const entries: EntryFacts[] = [];
  const namespace = flow.values.id({ k: 'namespace', m: module.index });
  const names = convention.exports.includes('*') ? [...(flow.properties.get(namespace)?.keys() ?? []), 'default'].sort() : convention.exports;
  for (const name of new Set(names)) {
    const nodes = [propertyNode(flow, namespace, name), ...(name === 'default' ? [module.whole] : [])];
    for (const id of nodes.flatMap(node => [...flow.solver.values(node)])) {
      for (const { fn, method } of taken(flow, id, convention)) {
        const target = flow.modules[fn.m]!.facts.functions[fn.fn]!;
        if (convention.parameterNames && !convention.parameterNames.includes(target.paramNames[0] ?? '')) continue;
        const label = convention.label.replace('{export}', name).replace('{method}', method).replace('{file}', facts.file.replace(/\.\w+$/, ''));
        entries.push({ fn: functionKey(fn.m, fn.fn), role: convention.role, label, confidence: convention.confidence ?? 'certain', at: null });
      }
    }
  }
  return entries;
}

/** Whether a file says that what it answers is made when the program is built. */
function isBuiltOnce(facts: ModuleFacts, { packages }: FileConvention): boolean {
  const constantOf = (name: string): Constant | undefined => {
    const value = facts.exports.find(item => item.name === name)?.value;
    return value?.k === 'string' ? value.value : value?.k === 'var' ? facts.variables[value.var]!.constant : undefined;
  };
  return builtOnce.some(({ packages: of, exported, is, beside }) => {
    const constant = packages?.some(name => of.includes(name)) ? constantOf(exported) : undefined;
    return constant !== undefined && is.includes(constant) && (beside === undefined || facts.exports.some(({ name }) => name === beside));
  });
}

/** The functions that a convention calls, with those that a wrapper among them calls: `export default withAuth(handler)`. */
function taken(flow: Flow, id: number, convention: FileConvention): { fn: { m: number; fn: number }; method: string }[] {
  return exported(flow, id, convention).flatMap(item => [item, ...captured(flow, item.fn, 0).map(fn => ({ fn, method: item.method }))]);
}

function captured(flow: Flow, { m, fn, site }: { m: number; fn: number; site?: number }, depth: number): { m: number; fn: number }[] {
  if (site === undefined || depth > 3) return [];
  return capturedParameters(flow.modules[m]!.facts, fn).flatMap(reference =>
    (capturedArguments(flow, m, reference, site) ?? []).flatMap(argument =>
      functionsAt(flow, argument.module.args[argument.call]![argument.position]!, argument.path).flatMap(item => {
        const inner = inContext(flow, item, argument.outer);
        return [item, ...captured(flow, { ...inner, site: inner.site === noSite ? undefined : inner.site }, depth + 1)];
      }),
    ),
  );
}

function exported(flow: Flow, id: number, convention: FileConvention): { fn: { m: number; fn: number; site?: number }; method: string }[] {
  const value = flow.values.get(id);
  if (convention.take === 'function') return value.k === 'fn' ? [{ fn: value, method: '' }] : [];
  if (convention.take === 'returned') {
    if (value.k !== 'fn') return [];
    return [...flow.solver.values(flow.modules[value.m]!.returns[value.fn]!)].map(item => flow.values.get(item)).filter(item => item.k === 'fn').map(item => ({ fn: item, method: '' }));
  }
  const owner = value.k === 'class' ? flow.values.id({ k: 'instance', m: value.m, class: value.class, exact: true }) : id;
  const found: { fn: { m: number; fn: number; site?: number }; method: string }[] = [];
  for (const name of [...(flow.properties.get(owner)?.keys() ?? [])].sort()) {
    if (convention.methods && !convention.methods.includes(name) && !convention.methods.includes('*')) continue;
    for (const item of flow.solver.values(propertyNode(flow, owner, name))) {
      const member = flow.values.get(item);
      if (member.k === 'fn') found.push({ fn: member, method: name });
    }
  }
  return found;
}

