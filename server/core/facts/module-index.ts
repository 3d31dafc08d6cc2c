import type { Assignment, CallFacts, LoopFacts, ModuleFacts, Value } from './module-facts.ts';

// Look-ups into the facts of one module, each made once in one walk when it is first asked for. Whoever asks for the calls of one
// function, or for what one variable is given, asks here: a search of all calls for each function takes quadratic time.

interface ModuleIndex {
  callsByFunction?: ReadonlyMap<number, readonly number[]>;
  callsByMember?: ReadonlyMap<string, readonly number[]>;
  callsByHandedFunction?: ReadonlyMap<number, readonly number[]>;
  callsByReceivingCall?: ReadonlyMap<number, readonly number[]>;
  callsByCalleeStart?: ReadonlyMap<number, readonly number[]>;
  assignmentsByVariable?: ReadonlyMap<number, readonly VariableAssignment[]>;
  handedOn?: ReadonlySet<number>;
  keptCalls?: ReadonlySet<number>;
  loopsByFunction?: ReadonlyMap<number, readonly LoopFacts[]>;
  functionsByParent?: ReadonlyMap<number, readonly number[]>;
}

/** An assignment to a variable. */
export type VariableAssignment = Extract<Assignment, { readonly to: 'var' }>;

const indexes = new WeakMap<ModuleFacts, ModuleIndex>();
const noNumbers: readonly number[] = [];
const noAssignments: readonly VariableAssignment[] = [];
const noLoops: readonly LoopFacts[] = [];

function part<K extends keyof ModuleIndex>(facts: ModuleFacts, key: K, make: () => NonNullable<ModuleIndex[K]>): NonNullable<ModuleIndex[K]> {
  let index = indexes.get(facts);
  if (!index) indexes.set(facts, (index = {}));
  return (index[key] ??= make()) as NonNullable<ModuleIndex[K]>;
}

/** Indices of the calls that stand in a function itself, not in those within it, in order. */
export function callIndicesIn(facts: ModuleFacts, fn: number): readonly number[] {
  return part(facts, 'callsByFunction', () => group(facts.calls, call => call.fn)).get(fn) ?? noNumbers;
}

/** The calls that stand in a function itself. */
export function callsIn(facts: ModuleFacts, fn: number): readonly CallFacts[] {
  return callIndicesIn(facts, fn).map(index => facts.calls[index]!);
}

/** Indices of the calls of a member of that name: `x.then(…)` for `then`. */
export function memberCalls(facts: ModuleFacts, name: string): readonly number[] {
  return part(facts, 'callsByMember', () => group(facts.calls, ({ callee }) => (callee.k === 'get' ? callee.name : null))).get(name) ?? noNumbers;
}

/** The first call that a function is an argument of, as it stands there; -1 where there is none. */
export function callHanding(facts: ModuleFacts, fn: number): number {
  return callIndicesHanding(facts, fn)[0] ?? -1;
}

/** The calls that a function is an argument of, as it stands there. */
export function callsHanding(facts: ModuleFacts, fn: number): readonly CallFacts[] {
  return callIndicesHanding(facts, fn).map(index => facts.calls[index]!);
}

function callIndicesHanding(facts: ModuleFacts, fn: number): readonly number[] {
  const handed = part(facts, 'callsByHandedFunction', () => {
    const found = new Map<number, number[]>();
    for (const [index, call] of facts.calls.entries()) for (const arg of call.args) if (arg.k === 'fn' && found.get(arg.fn)?.at(-1) !== index) add(found, arg.fn, index);
    return found;
  });
  return handed.get(fn) ?? noNumbers;
}

/** Indices of the calls of members of what a call gives: of `f().then(…)` for `f()`. */
export function callsOn(facts: ModuleFacts, call: number): readonly number[] {
  return part(facts, 'callsByReceivingCall', () => group(facts.calls, ({ callee }) => (callee.k === 'get' && callee.object.k === 'call' ? callee.object.call : null))).get(call) ?? noNumbers;
}

/** The first call whose callee has this range; -1 where there is none. */
export function callWithCallee(facts: ModuleFacts, start: number, end: number): number {
  const starting = part(facts, 'callsByCalleeStart', () => group(facts.calls, call => call.calleeRange[0])).get(start) ?? noNumbers;
  return starting.find(index => facts.calls[index]!.calleeRange[1] === end) ?? -1;
}

/** What is assigned to a variable, in order. */
export function assignmentsTo(facts: ModuleFacts, variable: number): readonly VariableAssignment[] {
  const assignments = part(facts, 'assignmentsByVariable', () => {
    const found = new Map<number, VariableAssignment[]>();
    for (const assignment of facts.assignments) if (assignment.to === 'var') add(found, assignment.var, assignment);
    return found;
  });
  return assignments.get(variable) ?? noAssignments;
}

/** The loops that stand in a function itself. */
export function loopsIn(facts: ModuleFacts, fn: number): readonly LoopFacts[] {
  const loops = part(facts, 'loopsByFunction', () => {
    const found = new Map<number, LoopFacts[]>();
    for (const loop of facts.loops) add(found, loop.fn, loop);
    return found;
  });
  return loops.get(fn) ?? noLoops;
}

/** A function and those written inside of it, in order. */
export function functionsWithin(facts: ModuleFacts, fn: number): readonly number[] {
  const children = part(facts, 'functionsByParent', () => group(facts.functions, ({ parent }) => parent));
  const inside = [fn];
  for (const outer of inside) inside.push(...(children.get(outer) ?? noNumbers));
  return inside.sort((a, b) => a - b);
}

/** Whether a variable is used other than by being called: handed on, kept or returned. */
export function isHandedOn(facts: ModuleFacts, variable: number): boolean {
  return part(facts, 'handedOn', () => {
    const found = new Set<number>();
    const take = (value: Value): void => {
      if (value.k === 'var') found.add(value.var);
      else if (value.k === 'get') take(value.object);
      else if (value.k === 'union' || value.k === 'derived') value.of.forEach(take);
    };
    for (const { callee, args } of facts.calls) {
      args.forEach(take);
      if (callee.k !== 'var') take(callee);
    }
    for (const { value } of facts.assignments) take(value);
    for (const { properties } of facts.objects) for (const { value } of properties) take(value);
    for (const { returns } of facts.functions) returns.forEach(take);
    return found;
  }).has(variable);
}

/** Whether the result of a call is kept in a variable or property, handed on, or a method of it is called at once. */
export function isKept(facts: ModuleFacts, call: number): boolean {
  return part(facts, 'keptCalls', () => {
    const found = new Set<number>();
    const take = (value: Value): void => {
      if (value.k === 'call') found.add(value.call);
      else if (value.k === 'union') value.of.forEach(take);
    };
    for (const { value } of facts.assignments) take(value);
    for (const { callee, args } of facts.calls) {
      if (callee.k === 'get') take(callee.object);
      args.forEach(take);
    }
    for (const { properties } of facts.objects) for (const { value } of properties) take(value);
    return found;
  }).has(call);
}

/** Remembers what is computed from the facts of one module, for as long as there are these facts. */
export function perModule<T>(compute: (facts: ModuleFacts) => T): (facts: ModuleFacts) => T {
  const known = new WeakMap<ModuleFacts, { readonly answer: T }>();
  return facts => {
    let found = known.get(facts);
    if (!found) known.set(facts, (found = { answer: compute(facts) }));
    return found.answer;
  };
}

function group<T, K>(items: readonly T[], keyOf: (item: T) => K | null): ReadonlyMap<K, readonly number[]> {
  const found = new Map<K, number[]>();
  for (const [index, item] of items.entries()) {
    const key = keyOf(item);
    if (key !== null) add(found, key, index);
  }
  return found;
}

function add<K, V>(lists: Map<K, V[]>, key: K, item: V): void {
  const list = lists.get(key);
  if (list) list.push(item);
  else lists.set(key, [item]);
}
