import type { CallFacts, Condition, ModuleFacts, Statement, Term, Value } from '../facts/module-facts.ts';
import { statementsOf, termsOf } from '../facts/walk-statements.ts';
import type { FunctionNode, ProgramGraph } from '../graph/program-graph.ts';
import { isForPages } from '../graph/relevant-modules.ts';

/** Functions that put a callback into one of Node's queues or lists; `then` is that of a promise that is settled already. */
export type Scheduler = 'setTimeout' | 'setInterval' | 'setImmediate' | 'nextTick' | 'queueMicrotask' | 'then';

/** A call that schedules a callback. */
export interface SchedulingCall {
  readonly scheduler: Scheduler;
  readonly file: string;
  readonly call: CallFacts;
  readonly index: number;
  /** The function around it. */
  readonly function: FunctionNode;
}

const byApi: Readonly<Record<string, Scheduler>> = {
  'globals:setTimeout': 'setTimeout',
  'timers:setTimeout': 'setTimeout',
  'globals:setInterval': 'setInterval',
  'timers:setInterval': 'setInterval',
  'globals:setImmediate': 'setImmediate',
  'timers:setImmediate': 'setImmediate',
  'process:nextTick': 'nextTick',
  'globals:queueMicrotask': 'queueMicrotask',
};

const known = new WeakMap<ProgramGraph, Map<string, readonly SchedulingCall[]>>();

/** The scheduling calls of linked files, by file and position. */
export function schedulingCalls(graph: ProgramGraph, files: readonly string[]): readonly SchedulingCall[] {
  let byFile = known.get(graph);
  if (!byFile) known.set(graph, (byFile = new Map()));
  return files.flatMap(file => {
    let found = byFile.get(file);
    if (!found) byFile.set(file, (found = schedulingCallsIn(graph, file)));
    return found;
  });
}

function schedulingCallsIn(graph: ProgramGraph, file: string): readonly SchedulingCall[] {
  const module = graph.module(file);
  return module.calls.flatMap((call, index): SchedulingCall[] => {
    const scheduler = schedulerOf(graph, file, module, call, index);
    return scheduler ? [{ scheduler, file, call, index, function: graph.functionOf(file, call.fn) }] : [];
  });
}

function schedulerOf(graph: ProgramGraph, file: string, module: ModuleFacts, call: CallFacts, index: number): Scheduler | null {
  if (call.new) return null;
  const operation = graph.operationAt(file, index);
  if (operation) {
    const scheduler = byApi[`${operation.api.module}:${operation.api.member}`];
    if (scheduler) return scheduler;
  }
  const { callee } = call;
  return callee.k === 'get' && callee.name === 'then' && callee.object.k === 'call' && isSettledPromise(module, callee.object.call) ? 'then' : null;
}

/** `Promise.resolve()`, with nothing or a constant in it. */
export function isSettledPromise(module: ModuleFacts, index: number): boolean {
  const call = module.calls[index]!;
  return call.text === 'Promise.resolve' && call.callee.k === 'get' && call.callee.object.k === 'global' && call.args.every(arg => arg.k === 'union' && arg.of.length === 0);
}

/** The functions that a value surely names: a literal, a declared function, a method; not what callers hand over. */
export function namedFunctions(graph: ProgramGraph, file: string, value: Value | undefined): readonly FunctionNode[] {
  if (!value || comesFromParameter(graph.module(file), value)) return [];
  if (value.k === 'fn') return [graph.functionOf(file, value.fn)];
  const bound = value.k === 'call' ? boundFunction(graph.module(file), value.call) : null;
  if (bound) return namedFunctions(graph, file, bound);
  if (value.k === 'call') return [];
  const found = graph.meaningsOf(file, value).flatMap(meaning => (meaning.k === 'function' ? [meaning.function] : []));
  return found.length <= 2 ? found : [];
}

function boundFunction(module: ModuleFacts, index: number): Value | null {
  const { callee } = module.calls[index]!;
  return callee.k === 'get' && callee.name === 'bind' ? callee.object : null;
}

export function comesFromParameter(module: ModuleFacts, value: Value): boolean {
  switch (value.k) {
    case 'var':
      return module.variables[value.var]!.kind === 'param';
    case 'get':
      return value.object.k !== 'this' && comesFromParameter(module, value.object);
    default:
      return false;
  }
}

/**
 * Whether the function runs on Node, and not in a page, which has no `setImmediate`. In a program that has pages the file itself has to use
 * something of Node, or an entry of a server has to reach the function.
 */
export function runsOnNode(graph: ProgramGraph, { file, function: fn }: Pick<SchedulingCall, 'file' | 'function'>): boolean {
  const module = graph.module(file);
  if (isForPages(module)) return false;
  let pages = withPages.get(graph);
  if (pages === undefined) withPages.set(graph, (pages = graph.files.some(other => isForPages(graph.module(other)))));
  return !pages || module.globals.some(name => name === 'require' || name === 'process' || name === 'Buffer' || name === '__dirname') || graph.reaching(fn, ['request', 'timer', 'stream', 'background', 'shutdown', 'worker', 'cluster-primary', 'cli']).length > 0;
}

const withPages = new WeakMap<ProgramGraph, boolean>();

/**
 * The statements that a call stands in, outermost first, those that are done before it on the same way, and those that are done after
 * it: none where its block returns.
 */
export function placeOfCall(body: readonly Statement[], index: number): { readonly around: readonly Statement[]; readonly before: readonly Statement[]; readonly after: readonly Statement[] } | null {
  const at = [...statementsOf(body)].find(({ statement }) => statement.k === 'call' && statement.call === index);
  if (!at) return null;
  const before: Statement[] = [];
  let after: Statement[] = [];
  let block = body;
  for (const outer of [...at.around, at.statement]) {
    const position = block.indexOf(outer);
    before.push(...block.slice(0, position));
    const rest = block.slice(position + 1);
    after = rest.some(statement => statement.k === 'return' || statement.k === 'throw') ? rest : [...rest, ...after];
    block = blockWith(outer, at.around.includes(outer) ? (at.around[at.around.indexOf(outer) + 1] ?? at.statement) : null);
  }
  return { around: at.around, before, after };
}

function blockWith(outer: Statement, inner: Statement | null): readonly Statement[] {
  if (!inner) return [];
  switch (outer.k) {
    case 'if':
      return outer.then.includes(inner) ? outer.then : outer.otherwise;
    case 'loop':
    case 'label':
      return outer.body;
    case 'switch':
      return outer.cases.find(({ body }) => body.includes(inner))?.body ?? [];
    case 'try':
      return [outer.block, outer.handler ?? [], outer.finalizer ?? []].find(block => block.includes(inner)) ?? [];
    default:
      return [];
  }
}

/** A variable or property as text, to compare places; null for other values. */
export function placeName(value: Value | null): string | null {
  switch (value?.k) {
    case 'var':
      return `v${value.var}`;
    case 'this':
      return 'this';
    case 'global':
      return value.name;
    case 'get': {
      const object = placeName(value.object);
      return object === null ? null : `${object}.${value.name}`;
    }
    default:
      return null;
  }
}

/** The places that a value is made of: `n` and `list.length` of `n - list.length`; of a call its receiver and its arguments. */
export function placesIn(module: ModuleFacts, value: Value | null, depth = 0): readonly string[] {
  if (!value || depth > 6) return [];
  const own = placeName(value);
  switch (value.k) {
    case 'get':
      return own === null ? placesIn(module, value.object, depth + 1) : [own, ...placesIn(module, value.object, depth + 1)];
    case 'union':
    case 'derived':
      return value.of.flatMap(item => placesIn(module, item, depth + 1));
    case 'call': {
      const call = module.calls[value.call]!;
      return [call.callee.k === 'get' ? call.callee.object : null, ...call.args].flatMap(item => placesIn(module, item, depth + 1));
    }
    default:
      return own === null ? [] : [own];
  }
}

/** The places that a condition asks about. */
export function placesOfCondition(module: ModuleFacts, condition: Condition): readonly string[] {
  return termsOf(condition).flatMap((term: Term) => placesIn(module, term.value));
}

const changingMethods: ReadonlySet<string> = new Set(['shift', 'pop', 'push', 'unshift', 'splice', 'delete', 'clear', 'add', 'set', 'next', 'read', 'dequeue', 'enqueue']);

/** The places that statements change, by an assignment or by a method that takes something out or puts it in. Nested blocks included. */
export function placesChanged(module: ModuleFacts, statements: readonly Statement[]): ReadonlySet<string> {
  const changed = new Set<string>();
  for (const { statement } of statementsOf(statements)) {
    if (statement.k === 'write' && !statement.declares) {
      const name = placeName(statement.target);
      if (name !== null) changed.add(name);
    } else if (statement.k === 'call') {
      const { callee } = module.calls[statement.call]!;
      const name = callee.k === 'get' && changingMethods.has(callee.name) ? placeName(callee.object) : null;
      if (name !== null) changed.add(name);
    }
  }
  return changed;
}

/** True where one of the places, or what it is part of or consists of, is among the changed ones. */
export function isChanged(places: readonly string[], changed: ReadonlySet<string>): boolean {
  return places.some(place => [...changed].some(other => place === other || place.startsWith(`${other}.`) || other.startsWith(`${place}.`)));
}
