import type { CallFacts, Condition, Constant, ModuleFacts, Range, Statement, Value } from '../facts/module-facts.ts';
import { assignmentsTo, memberCalls, perModule } from '../facts/module-index.ts';
import type { WitnessStep } from '../hazards/finding.ts';
import type { CallEdge, FunctionNode, Meaning, ProgramGraph } from './program-graph.ts';

/** A listener of `process` (or of a domain) as it is registered. */
export interface ProcessHandler {
  /** `uncaughtException`, `SIGTERM`; `domain error` and `capture callback` for the two relatives of the first. */
  readonly event: string;
  readonly file: string;
  /** Index of the registering call in its module. */
  readonly call: number;
  readonly callFacts: CallFacts;
  /** What the listener can be; empty where nothing is known of it. */
  readonly listeners: readonly FunctionNode[];
  /** Some of what it can be is not a function of the program. */
  readonly unknown: boolean;
  /** It is taken off again somewhere, or the capture callback is set back to null. */
  readonly removed: boolean;
  /** Constants that `bind` puts before the arguments. */
  readonly bound: readonly (Constant | undefined)[];
}

/**
 * When a step of a handler is taken.
 * - `now`: before the handler returns
 * - `timer`: by a timer that the handler sets, which comes whatever else hangs
 * - `later`: after an await, in a callback or a continuation, which may never come
 */
export type StepTiming = 'now' | 'timer' | 'later';

/** A condition on the way to a step. */
export interface StepCondition {
  readonly test: Condition | null;
  readonly file: string;
  /** The rest of a body behind an early return, not a branch. */
  readonly rest: boolean;
}

/** Something that happens after a handler was called, in it or in what it calls. */
export interface HandlerStep {
  /**
   * - `exit`: `process.exit`, `process.reallyExit`; `abort`; `kill`: a signal to the process itself
   * - `throw`: a throw that nothing on the way catches
   * - `close`: a server stops to accept; `send`: a message to the parent; `disconnect`: the channel to it is closed
   * - `set-timer`: a timer starts; `exit-code`: `process.exitCode` is set; `await`
   * - `call`: any other call that leaves the program
   */
  readonly kind: 'exit' | 'abort' | 'kill' | 'throw' | 'close' | 'send' | 'disconnect' | 'set-timer' | 'exit-code' | 'await' | 'call';
  readonly function: FunctionNode;
  readonly call: CallFacts | null;
  readonly callIndex: number;
  readonly range: Range;
  readonly timing: StepTiming;
  readonly conditions: readonly StepCondition[];
  /** Inside the block of a try with a catch, here or around a call on the way. */
  readonly caught: boolean;
  /** The exit code, for `exit` and `exit-code`; `none`: no argument; null: not known. */
  readonly code: number | 'none' | null;
  /** The calls on the way from the handler. */
  readonly path: readonly WitnessStep[];
}

const listenerMethods: ReadonlySet<string> = new Set(['on', 'once', 'addListener', 'prependListener', 'prependOnceListener']);
const removingMethods: ReadonlySet<string> = new Set(['off', 'removeListener', 'removeAllListeners']);

const handlersOf = new WeakMap<ProgramGraph, readonly ProcessHandler[]>();

/** Every registration of a listener on `process`, and of its relatives for uncaught exceptions, in order of the files. */
export function processHandlers(graph: ProgramGraph): readonly ProcessHandler[] {
  let found = handlersOf.get(graph);
  if (!found) handlersOf.set(graph, (found = graph.linkedFiles.flatMap(file => handlersIn(graph, file))));
  return found;
}

const capturing = 'setUncaughtExceptionCaptureCallback';
const registering = [capturing, ...listenerMethods, ...removingMethods];
const listeningCalls = perModule(module => registering.flatMap(name => memberCalls(module, name)).sort((a, b) => a - b));

function handlersIn(graph: ProgramGraph, file: string): ProcessHandler[] {
  const module = graph.module(file);
  const found: ProcessHandler[] = [];
  const removed: { readonly events: readonly string[]; readonly functions: readonly FunctionNode[] }[] = [];
  for (const index of listeningCalls(module)) {
    const call = module.calls[index]!;
    if (call.callee.k !== 'get') continue;
    const { name } = call.callee;
    const capture = name === capturing;
    const owner = emitterOf(graph, file, call.callee);
    if (!owner || (capture && owner !== 'process')) continue;
    const events = capture ? ['capture callback'] : eventNames(module, call).map(event => (owner === 'domain' ? `domain ${event}` : event));
    const listener = call.args[capture ? 0 : 1];
    const functions = listener ? functionsOf(graph, file, listener) : [];
    if (removingMethods.has(name) || (capture && call.literalArgs[0] === null && listener === undefined)) {
      removed.push({ events, functions });
      continue;
    }
    const bind = listener?.k === 'call' ? module.calls[listener.call]! : null;
    const bound = bind?.callee.k === 'get' && bind.callee.name === 'bind' ? bind.literalArgs.slice(1).map(known) : [];
    for (const event of events) found.push({ event, file, call: index, callFacts: call, listeners: functions, unknown: functions.length === 0, removed: false, bound });
  }
  if (removed.length === 0) return found;
  return found.map(handler => ({ ...handler, removed: removed.some(({ events, functions }) => (events.length === 0 || events.includes(handler.event)) && (functions.length === 0 || functions.some(fn => handler.listeners.includes(fn)))) }));
}

/** Whose listener a registering call is about. */
function emitterOf(graph: ProgramGraph, file: string, callee: Value & { readonly k: 'get' }): 'process' | 'domain' | null {
  if (callee.object.k === 'global') return callee.object.name === 'process' ? 'process' : null;
  for (const meaning of graph.meaningsOf(file, callee)) {
    if (meaning.k === 'member' && meaning.type === 'process.Process') return 'process';
    if (meaning.k === 'external' && meaning.module === 'domain') return 'domain';
  }
  return null;
}

/** The events that a registering call names: a literal, a constant, or the elements of a list that a loop goes through. */
function eventNames(module: ModuleFacts, call: CallFacts): readonly string[] {
  const literal = call.literalArgs[0];
  if (typeof literal === 'string') return [literal];
  const [event] = call.args;
  if (event?.k !== 'var') return [];
  const { constant } = module.variables[event.var]!;
  if (typeof constant === 'string') return [constant];
  return [...assignedTo(module, event.var), ...iteratedBy(module, event.var)].flatMap(value => elementsOf(module, value));
}

function assignedTo(module: ModuleFacts, variable: number): Value[] {
  return assignmentsTo(module, variable).map(assignment => assignment.value);
}

/** The lists whose elements a parameter gets: `signals.forEach(signal => …)`. */
function iteratedBy(module: ModuleFacts, variable: number): Value[] {
  const fn = module.functions.findIndex(({ params }) => params[0] === variable);
  if (fn < 0) return [];
  return module.calls.flatMap(({ callee, args }): Value[] => (callee.k === 'get' && iterating.has(callee.name) && args[0]?.k === 'fn' && args[0].fn === fn ? [{ k: 'get', object: callee.object, name: '*' }] : []));
}

/** The strings that a value can be, where it is an element of a literal list. */
function elementsOf(module: ModuleFacts, value: Value, depth = 0): readonly string[] {
  if (depth > 4) return [];
  if (value.k === 'string') return [value.value];
  if (value.k === 'union') return value.of.flatMap(item => elementsOf(module, item, depth + 1));
  if (value.k !== 'get') return [];
  const lists = value.object.k === 'var' ? assignedTo(module, value.object.var) : [value.object];
  return lists.flatMap(list => (list.k === 'obj' ? module.objects[list.obj]!.properties.flatMap(property => elementsOf(module, property.value, depth + 1)) : []));
}

function functionsOf(graph: ProgramGraph, file: string, value: Value): FunctionNode[] {
  return graph.meaningsOf(file, value).flatMap(meaning => (meaning.k === 'function' ? [meaning.function] : []));
}

function known(value: Constant | undefined): Constant | undefined {
  return value === null ? undefined : value;
}

const stepsOf = new WeakMap<ProcessHandler, readonly HandlerStep[]>();

/** What happens on the ways through a handler, following calls, callbacks, promises and timers, in the order of the text. */
export function handlerSteps(graph: ProgramGraph, handler: ProcessHandler): readonly HandlerStep[] {
  let steps = stepsOf.get(handler);
  if (!steps) stepsOf.set(handler, (steps = handler.listeners.flatMap(listener => functionSteps(graph, listener, handler.bound))));
  return steps;
}

/** The same for any function; `args` are constants that it is called with. */
export function functionSteps(graph: ProgramGraph, fn: FunctionNode, args: readonly (Constant | undefined)[] = []): readonly HandlerStep[] {
  const walk: Walk = { graph, steps: [], seen: new Set() };
  enter(walk, fn, { timing: 'now', conditions: [], caught: false, path: [] }, args);
  return walk.steps;
}

interface Walk {
  readonly graph: ProgramGraph;
  readonly steps: HandlerStep[];
  readonly seen: Set<string>;
}

/** Under which circumstances a piece of code runs. */
interface Circumstances {
  readonly timing: StepTiming;
  readonly conditions: readonly StepCondition[];
  readonly caught: boolean;
  readonly path: readonly WitnessStep[];
}

/** How a piece of code is left: it goes on behind it, it leaves its function (or loop), or the process ends in it. */
type Outcome = 'on' | 'left' | 'ended';

interface Body {
  readonly fn: FunctionNode;
  readonly module: ModuleFacts;
  readonly edges: ReadonlyMap<CallFacts, readonly CallEdge[]>;
  /** Constants that the parameters are bound to, by variable. */
  readonly bindings: ReadonlyMap<number, Constant>;
  /** After the first await, what follows is later. */
  awaited: boolean;
}

/** Functions in a row that are followed from a handler. */
const maximalDepth = 8;
/** A call that can lead into more functions than this is resolved by name more than by knowledge. */
const preciseAlternatives = 3;

function enter(walk: Walk, fn: FunctionNode, circumstances: Circumstances, args: readonly (Constant | undefined)[]): Outcome {
  const { graph, seen } = walk;
  const key = `${fn.file}:${fn.index}:${circumstances.timing}:${args.join()}`;
  if (seen.has(key) || circumstances.path.length > maximalDepth) return 'on';
  seen.add(key);
  const edges = new Map<CallFacts, CallEdge[]>();
  for (const edge of graph.callsFrom(fn)) {
    const list = edges.get(edge.call);
    if (list) list.push(edge);
    else edges.set(edge.call, [edge]);
  }
  const bindings = new Map<number, Constant>();
  fn.facts.params.forEach((variable, position) => {
    const value = args[position];
    if (variable >= 0 && value !== undefined) bindings.set(variable, value);
  });
  const body: Body = { fn, module: graph.module(fn.file), edges, bindings, awaited: false };
  return block(walk, body, fn.facts.body, circumstances);
}

function block(walk: Walk, body: Body, statements: readonly Statement[], circumstances: Circumstances): Outcome {
  let now = circumstances;
  for (const statement of statements) {
    const outcome = step(walk, body, statement, later(body, now));
    if (outcome.k !== 'on') return outcome.k;
    if (outcome.condition) now = { ...now, conditions: [...now.conditions, outcome.condition] };
  }
  return 'on';
}

function later(body: Body, circumstances: Circumstances): Circumstances {
  return body.awaited && circumstances.timing !== 'later' ? { ...circumstances, timing: 'later' } : circumstances;
}

/** `condition` holds for what follows in the block. */
interface StatementOutcome {
  readonly k: Outcome;
  readonly condition?: StepCondition;
}

const goesOn: StatementOutcome = { k: 'on' };

function step(walk: Walk, body: Body, statement: Statement, at: Circumstances): StatementOutcome {
  const condition = (test: Condition | null, rest: boolean): StepCondition => ({ test, file: body.fn.file, rest });
  const when = (test: Condition | null): Circumstances => ({ ...at, conditions: [...at.conditions, condition(test, false)] });
  switch (statement.k) {
    case 'call':
      return { k: call(walk, body, statement.call, at) };
    case 'await':
      push(walk, body, 'await', statement.range, at);
      body.awaited = true;
      return goesOn;
    case 'write':
      if (isExitCode(statement.target)) push(walk, body, 'exit-code', statement.range, at, { code: numberOf(statement.term?.constant) });
      return goesOn;
    case 'if': {
      const then = block(walk, body, statement.then, when(statement.test));
      const otherwise = block(walk, body, statement.otherwise, when({ k: 'not', of: statement.test }));
      if (then === 'on' && otherwise === 'on') return goesOn;
      if (then === 'on' || otherwise === 'on') return { k: 'on', condition: condition(then === 'on' ? statement.test : { k: 'not', of: statement.test }, true) };
      return { k: then === 'ended' && otherwise === 'ended' ? 'ended' : 'left' };
    }
    case 'loop':
    case 'label':
      block(walk, body, statement.body, statement.k === 'loop' ? when(null) : at);
      return goesOn;
    case 'switch':
      for (const { body: statements } of statement.cases) block(walk, body, statements, when(null));
      return goesOn;
    case 'try': {
      const tried = block(walk, body, statement.block, statement.handler ? { ...at, caught: true } : at);
      if (statement.handler) block(walk, body, statement.handler, later(body, when(null)));
      const last = statement.finalizer ? block(walk, body, statement.finalizer, later(body, at)) : 'on';
      return { k: last !== 'on' ? last : tried === 'on' ? 'on' : statement.handler ? 'on' : tried };
    }
    case 'throw':
      if (!at.caught) push(walk, body, 'throw', statement.range, at);
      return { k: 'left' };
    case 'return':
    case 'break':
    case 'continue':
      return { k: 'left' };
    default:
      return goesOn;
  }
}

const iterating: ReadonlySet<string> = new Set(['forEach', 'map', 'flatMap', 'filter', 'some', 'every', 'find', 'findIndex', 'reduce', 'sort']);
/** What they call comes whatever else hangs. */
const timers: ReadonlySet<string> = new Set(['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'process.nextTick', 'nextTick']);
const closingTypes: ReadonlySet<string> = new Set(['http.Server', 'net.Server']);

function call(walk: Walk, body: Body, index: number, at: Circumstances): Outcome {
  const { graph } = walk;
  const facts = body.module.calls[index]!;
  const edges = body.edges.get(facts) ?? [];
  const meanings = graph.meaningsOf(body.fn.file, facts.callee);
  const called = edges.filter(({ kind }) => kind === 'call').map(({ to }) => to);
  const entered = called.length <= preciseAlternatives ? called : [];
  const path = (label: string): readonly WitnessStep[] => [...at.path, { location: graph.locate(body.fn.file, facts.calleeRange), label }];
  let outcome: Outcome = 'on';
  for (const to of entered) {
    const left = enter(walk, to, { ...at, path: path(`calls ${to.displayName}`) }, argumentsOf(body, facts));
    // A way that ends the process ends the caller too, unless the call can lead elsewhere.
    if (left === 'ended' && entered.length === 1) outcome = 'ended';
  }
  const kind = kindOf(graph, body.fn.file, facts, meanings);
  if (entered.length === 0 || kind !== 'call') push(walk, body, kind, facts.range, at, { call: facts, callIndex: index, ...(kind === 'exit' && { code: exitCode(body, facts) }) });
  if (kind === 'exit' || kind === 'abort') return 'ended';
  const synchronous = (facts.callee.k === 'get' && iterating.has(facts.callee.name)) || (facts.new && facts.text === 'Promise');
  const timing: StepTiming = synchronous ? at.timing : kind === 'set-timer' && at.timing !== 'later' ? 'timer' : 'later';
  const isListener = facts.callee.k === 'get' && listenerMethods.has(facts.callee.name) && meanings.some(meaning => meaning.k === 'member' && meaning.type === 'process.Process');
  if (!isListener) {
    for (const to of callbacksOf(graph, body, facts, edges)) {
      enter(walk, to, { ...at, timing, caught: synchronous && at.caught, path: path(`${facts.text}() calls back`) }, []);
    }
  }
  return outcome;
}

/** What a call hands over to be called back. */
function callbacksOf(graph: ProgramGraph, body: Body, facts: CallFacts, edges: readonly CallEdge[]): ReadonlySet<FunctionNode> {
  const found = new Set(edges.filter(({ kind }) => kind === 'callback').map(({ to }) => to));
  for (const arg of facts.args) if (arg.k !== 'call' || isBind(body.module, arg.call)) for (const fn of functionsOf(graph, body.fn.file, arg)) found.add(fn);
  return found;
}

function isBind(module: ModuleFacts, index: number): boolean {
  const { callee } = module.calls[index]!;
  return callee.k === 'get' && callee.name === 'bind';
}

function kindOf(graph: ProgramGraph, file: string, call: CallFacts, meanings: readonly Meaning[]): HandlerStep['kind'] {
  if (timers.has(call.text.replace(/^(?:timers|globalThis|global)\./, ''))) return 'set-timer';
  for (const meaning of meanings) {
    const name = processMember(meaning);
    switch (name) {
      case 'exit':
      case 'reallyExit':
        return 'exit';
      case 'abort':
      case 'send':
      case 'disconnect':
        return name;
      case 'kill':
        if (call.args[0] && isOwnPid(graph, file, call.args[0])) return 'kill';
        break;
      case null:
        break;
    }
    if (meaning.k !== 'member') continue;
    if (meaning.type === 'cluster.Worker' && ['disconnect', 'kill', 'destroy'].includes(meaning.name)) return 'disconnect';
    if (closingTypes.has(meaning.type) && meaning.name === 'close') return 'close';
  }
  return 'call';
}

/** The member of `process` that something is. */
export function processMember(meaning: Meaning): string | null {
  if (meaning.k === 'member') return meaning.type === 'process.Process' ? meaning.name : null;
  if (meaning.k !== 'external') return null;
  if (meaning.module === 'process') return meaning.path;
  return meaning.module === 'globals' && meaning.path.startsWith('process.') ? meaning.path.slice('process.'.length) : null;
}

function isOwnPid(graph: ProgramGraph, file: string, value: Value): boolean {
  if (value.k === 'get' && value.name === 'pid' && value.object.k === 'global' && value.object.name === 'process') return true;
  return graph.meaningsOf(file, value).some(meaning => processMember(meaning) === 'pid');
}

function isExitCode(target: Value | null): boolean {
  return target?.k === 'get' && target.name === 'exitCode' && (target.object.k === 'global' || target.object.k === 'var' || target.object.k === 'module');
}

function exitCode(body: Body, call: CallFacts): number | 'none' | null {
  if (call.args.length === 0) return 'none';
  return numberOf(argumentsOf(body, call)[0]);
}

function numberOf(value: Constant | undefined): number | null {
  return typeof value === 'number' ? value : typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : null;
}

/** The constants that a call hands over, those that the caller itself was given included. */
function argumentsOf(body: Body, call: CallFacts): readonly (Constant | undefined)[] {
  return call.args.map((arg, position) => {
    const literal = known(call.literalArgs[position]);
    return literal !== undefined || arg.k !== 'var' ? literal : body.bindings.get(arg.var);
  });
}

function push(walk: Walk, body: Body, kind: HandlerStep['kind'], range: Range, at: Circumstances, more: { readonly call?: CallFacts; readonly callIndex?: number; readonly code?: number | 'none' | null } = {}): void {
  walk.steps.push({ kind, function: body.fn, call: more.call ?? null, callIndex: more.callIndex ?? -1, range, timing: at.timing, conditions: at.conditions, caught: at.caught, code: more.code ?? null, path: at.path });
}
