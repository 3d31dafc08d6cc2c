import type { ModuleFacts, Value } from '../facts/module-facts.ts';
import { assignmentsTo } from '../facts/module-index.ts';

/** A parameter of a function of the module, or a property of what is handed for it. */
export interface ParameterReference {
  readonly fn: number;
  readonly position: number;
  /** Property of the argument: `fn` of `({ fn }) => fn()`; '' for the argument itself, `*` for any of its properties. */
  readonly path: string;
}

/** Steps from a name to the parameter that it stands for; more are no plain hand-over. */
const aliasLimit = 4;

/** The parameter that a value is, also through destructuring and constants: `opts.fn`, `const { fn } = opts`. Null for everything else. */
export function parameterReference(facts: ModuleFacts, value: Value, depth = 0): ParameterReference | null {
  if (depth > aliasLimit) return null;
  if (value.k === 'get') {
    const object = parameterReference(facts, value.object, depth + 1);
    return object && object.path === '' ? { ...object, path: value.name } : null;
  }
  // `fn || noop`, `fn = noop`: what is handed, where something is.
  if (value.k === 'union') {
    const [only, ...others] = value.of.filter(item => item.k !== 'fn' && item.k !== 'string').map(item => parameterReference(facts, item, depth + 1));
    return only && others.length === 0 ? only : null;
  }
  if (value.k !== 'var') return null;
  const variable = facts.variables[value.var]!;
  const position = variable.kind === 'param' ? facts.functions[variable.fn]!.params.indexOf(value.var) : -1;
  if (position >= 0) return { fn: variable.fn, position, path: '' };
  if (variable.kind !== 'param' && variable.kind !== 'const' && variable.kind !== 'let') return null;
  const given = assignmentsTo(facts, value.var).filter(({ value: item }) => item.k !== 'instance');
  return given.length === 1 ? parameterReference(facts, given[0]!.value, depth + 1) : null;
}

/** What stands at an argument: a parameter that is handed on, with the property of the argument under which it is. */
export function handedParameters(facts: ModuleFacts, arg: Value): readonly { readonly path: string; readonly reference: ParameterReference }[] {
  const direct = parameterReference(facts, arg);
  if (direct) return [{ path: '', reference: direct }];
  if (arg.k !== 'obj') return [];
  return facts.objects[arg.obj]!.properties.flatMap(({ name, value, kind }) => {
    const reference = kind === 'init' ? parameterReference(facts, value) : null;
    return reference ? [{ path: name, reference }] : [];
  });
}

/** Whether a function stands within another one, or is that one. */
export function isWithin(facts: ModuleFacts, fn: number, around: number): boolean {
  for (let at = fn; at >= 0; at = facts.functions[at]!.parent) if (at === around) return true;
  return false;
}

interface Closures {
  /** Functions whose results depend on what they are handed: they return a function that uses a parameter, or hand one to what makes the result. */
  readonly wrappers: ReadonlySet<number>;
  /** By function: the parameters of functions around it that it, or a function in it, calls or hands on. */
  readonly captured: ReadonlyMap<number, readonly ParameterReference[]>;
}

const closuresOf = new WeakMap<ModuleFacts, Closures>();

/** Whether calls of the function give results of their own for each place of a call: `const safe = fn => (...args) => fn(...args)`. */
export function isWrapper(facts: ModuleFacts, fn: number): boolean {
  return closures(facts).wrappers.has(fn);
}

/** The parameters of functions around it that a function, or one in it, calls or hands on. */
export function capturedParameters(facts: ModuleFacts, fn: number): readonly ParameterReference[] {
  return closures(facts).captured.get(fn) ?? noReferences;
}

const noReferences: readonly ParameterReference[] = [];

function closures(facts: ModuleFacts): Closures {
  let known = closuresOf.get(facts);
  if (!known) closuresOf.set(facts, (known = findClosures(facts)));
  return known;
}

function findClosures(facts: ModuleFacts): Closures {
  const captured = new Map<number, ParameterReference[]>();
  const note = (from: number, reference: ParameterReference | null): void => {
    if (!reference || reference.fn === from) return;
    for (let at = from; at > 0 && at !== reference.fn; at = facts.functions[at]!.parent) {
      const list = captured.get(at);
      if (!list) captured.set(at, [reference]);
      else if (!list.some(item => item.fn === reference.fn && item.position === reference.position && item.path === reference.path)) list.push(reference);
    }
  };
  for (const call of facts.calls) {
    if (call.fn === 0) continue;
    const { callee } = call;
    note(call.fn, parameterReference(facts, isIndirect(callee) ? callee.object : callee));
    for (const arg of call.args) for (const { reference } of handedParameters(facts, arg)) note(call.fn, reference);
  }
  const wrappers = new Set<number>();
  facts.functions.forEach((fn, index) => {
    if (index > 0 && fn.returns.some(value => usesParameters(facts, captured, index, value, 0))) wrappers.add(index);
  });
  return { wrappers, captured };
}

/** `f.call()`, `f.apply()`. */
export function isIndirect(callee: Value): callee is Extract<Value, { readonly k: 'get' }> {
  return callee.k === 'get' && (callee.name === 'call' || callee.name === 'apply');
}

function usesParameters(facts: ModuleFacts, captured: ReadonlyMap<number, readonly ParameterReference[]>, fn: number, value: Value, depth: number): boolean {
  if (depth > aliasLimit) return false;
  switch (value.k) {
    case 'fn':
      return value.fn !== fn && isWithin(facts, value.fn, fn) && (captured.get(value.fn)?.some(reference => isWithin(facts, fn, reference.fn)) ?? false);
    case 'union':
      return value.of.some(item => usesParameters(facts, captured, fn, item, depth + 1));
    case 'var':
      return facts.variables[value.var]!.fn === fn && assignmentsTo(facts, value.var).some(item => usesParameters(facts, captured, fn, item.value, depth + 1));
    case 'call': {
      // `return safe(async (...args) => fn(...args))`, `return safe(fn)`
      const { args } = facts.calls[value.call]!;
      return args.some(arg => handedParameters(facts, arg).some(({ reference }) => isWithin(facts, fn, reference.fn)) || usesParameters(facts, captured, fn, arg, depth + 1));
    }
    default:
      return false;
  }
}
