import type { CallFacts, ModuleFacts, Value } from '../facts/module-facts.ts';
import type { FunctionNode, ProgramGraph } from './program-graph.ts';

/** Where an emitter comes to be known in the program: the call that makes it, the variable or parameter that holds it, or a property of the file. */
export interface EmitterSeed {
  readonly file: string;
  readonly value: Value & { readonly k: 'call' | 'var' | 'get' };
}

/** A method that is called on an emitter, under whatever name the program has for it. */
export interface EmitterCall {
  readonly file: string;
  readonly index: number;
  readonly call: CallFacts;
  readonly method: string;
}

/** What a program does with one emitter. */
export interface EmitterUses {
  readonly calls: readonly EmitterCall[];
  /** Somebody listens for its errors: a listener, `pipeline()`, `finished()`, `once()`, `for await`. */
  readonly handlesErrors: boolean;
  /** It gets to code that is not known, which may listen. */
  readonly escapes: boolean;
  /** It is followed through properties, collections or parameters, not through variables alone. */
  readonly indirect: boolean;
}

const listening: ReadonlySet<string> = new Set(['on', 'once', 'addListener', 'prependListener', 'prependOnceListener', 'addEventListener']);
/** Methods whose result people use as the emitter. (`end()` and its like return it too, mostly from arrow functions that nobody asks for a result.) */
const chaining: ReadonlySet<string> = new Set([...listening, 'off', 'removeListener', 'removeAllListeners', 'setMaxListeners', 'listen', 'unref', 'ref', 'setTimeout', 'setNoDelay', 'setKeepAlive', 'setEncoding', 'connect']);
/** Methods whose promise or iterator brings the errors. */
const rejecting: ReadonlySet<string> = new Set(['then', 'catch', 'finally', 'promise', 'toArray', 'forEach', 'map', 'flatMap', 'filter', 'reduce', 'iterator', 'compose', 'asyncIterator', '*']);
const collecting: ReadonlySet<string> = new Set(['push', 'unshift', 'add', 'set', 'delete', 'has', 'includes', 'indexOf']);
/** Methods whose result holds the same elements (ECMA-262 §23.1.3). */
const keepingElements: ReadonlySet<string> = new Set(['reverse', 'sort', 'slice', 'splice', 'concat', 'filter', 'flat', 'toReversed', 'toSorted', 'toSpliced', 'with', 'copyWithin', 'fill', 'map', 'values']);
const watching: ReadonlySet<string> = new Set(['pipeline', 'finished', 'once', 'on', 'pump', 'eos', 'endOfStream', 'addAbortSignal', 'compose', 'duplexPair']);
const harmless = /^(?:console\.\w+|String|Boolean|Object\.(?:keys|is)|util\.inspect|inspect|WeakRef)$/;

/** Calls of one emitter that lead on are followed this far. */
const manyAliases = 60;

/**
 * Follows an emitter through variables, properties of the same file, chained calls, and functions of the program that it is
 * handed to or returned from, and says whether anybody listens for its errors.
 */
export function emitterUses(graph: ProgramGraph, seed: EmitterSeed): EmitterUses {
  const tracking: Tracking = { graph, calls: [], files: new Map(), open: [], handlesErrors: false, escapes: false, indirect: false, count: 0 };
  add(tracking, seed.file, seed.value);
  for (let file = tracking.open.pop(); file !== undefined && !tracking.escapes; file = tracking.open.pop()) scan(tracking, file);
  const { handlesErrors, escapes, indirect, calls } = tracking;
  return { calls, handlesErrors, escapes, indirect };
}

interface Aliases {
  readonly variables: Set<number>;
  readonly calls: Set<number>;
  readonly properties: Set<string>;
  /** Calls that were looked at already. */
  readonly seen: Set<number>;
}

interface Tracking {
  readonly graph: ProgramGraph;
  readonly calls: EmitterCall[];
  readonly files: Map<string, Aliases>;
  /** Files with aliases that were not looked at yet. */
  readonly open: string[];
  handlesErrors: boolean;
  escapes: boolean;
  indirect: boolean;
  count: number;
}

function add(tracking: Tracking, file: string, value: Value): void {
  let aliases = tracking.files.get(file);
  if (!aliases) tracking.files.set(file, (aliases = { variables: new Set(), calls: new Set(), properties: new Set(), seen: new Set() }));
  const set: Set<number | string> = value.k === 'call' ? aliases.calls : value.k === 'var' ? aliases.variables : aliases.properties;
  const key = value.k === 'call' ? value.call : value.k === 'var' ? value.var : value.k === 'get' ? value.name : '';
  if (set.has(key)) return;
  set.add(key);
  if (tracking.count++ > manyAliases) tracking.escapes = true;
  if (!tracking.open.includes(file)) tracking.open.push(file);
}

function isAlias(aliases: Aliases, value: Value | null): boolean {
  switch (value?.k) {
    case 'var':
      return aliases.variables.has(value.var);
    case 'call':
      return aliases.calls.has(value.call);
    case 'get':
      return aliases.properties.has(value.name);
    case 'union':
      return value.of.some(item => isAlias(aliases, item));
    default:
      return false;
  }
}

/** Finds what the aliases of one file are used for, and their further aliases. */
function scan(tracking: Tracking, file: string): void {
  const { graph } = tracking;
  const module = graph.module(file);
  const aliases = tracking.files.get(file)!;
  for (const assignment of module.assignments) {
    if (assignment.to === 'property' && assignment.name === 'onerror' && isAlias(aliases, assignment.object)) tracking.handlesErrors = true;
    if (!isAlias(aliases, assignment.value)) continue;
    if (assignment.to === 'var') add(tracking, file, { k: 'var', var: assignment.var });
    else if (assignment.object.k === 'exports' || assignment.name === '*') tracking.escapes = true;
    else {
      tracking.indirect = true;
      add(tracking, file, { k: 'get', object: assignment.object, name: assignment.name });
      if (errorReceivers(graph).get(assignment.name)?.some(other => other !== file)) tracking.handlesErrors = true;
    }
  }
  if (module.exports.some(({ value }) => isAlias(aliases, value)) || module.objects.some(({ properties }) => properties.some(({ value }) => isAlias(aliases, value)))) tracking.escapes = true;
  if (module.loops.some(({ over }) => isAlias(aliases, over?.value ?? null))) tracking.handlesErrors = true;
  for (const [index, call] of module.calls.entries()) {
    if (aliases.seen.has(index)) continue;
    const method = call.callee.k === 'get' && isAlias(aliases, call.callee.object) ? call.callee.name : null;
    const handed = call.args.some(arg => isAlias(aliases, arg));
    if (method === null && !handed) continue;
    aliases.seen.add(index);
    if (method !== null) {
      tracking.calls.push({ file, index, call, method });
      if (chaining.has(method)) add(tracking, file, { k: 'call', call: index });
      if (rejecting.has(method) || (listening.has(method) && listensForErrors(module, call))) tracking.handlesErrors = true;
    }
    if (!handed) continue;
    if (call.callee.k === 'get' && call.callee.name === 'pipe') {
      tracking.calls.push({ file, index, call, method: 'pipe to it' });
      add(tracking, file, { k: 'call', call: index });
    } else followArguments(tracking, file, aliases, call);
  }
  for (const [index, fn] of module.functions.entries()) {
    if (fn.returns.some(value => isAlias(aliases, value))) followReturn(tracking, graph.functionOf(file, index));
  }
}

/** Whether a listener is for `error`; an event that is not known may be. */
function listensForErrors(module: ModuleFacts, call: CallFacts): boolean {
  const [event] = call.literalArgs;
  if (typeof event === 'string') return event === 'error';
  const [name] = call.args;
  const constant = name?.k === 'var' ? module.variables[name.var]!.constant : undefined;
  return typeof constant === 'string' ? constant === 'error' : true;
}

function followArguments(tracking: Tracking, file: string, aliases: Aliases, call: CallFacts): void {
  const { graph } = tracking;
  const name = call.callee.k === 'get' ? call.callee.name : (call.text.split('.').pop() ?? '');
  if (harmless.test(call.text)) return;
  const edges = graph.callsFrom(graph.functionOf(file, call.fn)).filter(edge => edge.call === call && edge.kind === 'call');
  if (edges.length === 0) {
    if (watching.has(name)) tracking.handlesErrors = true;
    else if (call.callee.k === 'get' && collecting.has(name) && isPrivateCollection(graph.module(file), call.callee.object)) tracking.indirect = true;
    else tracking.escapes = true;
    return;
  }
  tracking.indirect = true;
  for (const { to } of edges) {
    call.args.forEach((arg, position) => {
      if (!isAlias(aliases, arg)) return;
      const parameter = to.facts.params[position];
      if (parameter === undefined || parameter < 0 || to.facts.restParam >= 0 || call.spread) tracking.escapes = true;
      else add(tracking, to.file, { k: 'var', var: parameter });
    });
  }
}

/** A collection that is kept, and handed to nobody who might listen to what is in it. */
function isPrivateCollection(module: ModuleFacts, collection: Value): boolean {
  const isIt = (value: Value | null | undefined): boolean =>
    value?.k === 'call' ? isSameElements(module.calls[value.call]!) : value?.k === 'get' && value.name === '*' ? isIt(value.object) : value?.k === 'var' ? collection.k === 'var' && value.var === collection.var : value?.k === 'get' && collection.k === 'get' && value.name === collection.name;
  const isSameElements = ({ callee }: CallFacts): boolean => callee.k === 'get' && keepingElements.has(callee.name) && isIt(callee.object);
  return (
    (collection.k === 'var' || (collection.k === 'get' && collection.object.k === 'this')) &&
    !module.calls.some(({ callee, args }) => args.some(isIt) || (callee.k === 'get' && callee.name === 'forEach' && isIt(callee.object))) &&
    !module.loops.some(({ over }) => isIt(over?.value)) &&
    !module.objects.some(({ properties }) => properties.some(({ value }) => isIt(value))) &&
    !module.functions.some(({ returns }) => returns.some(isIt))
  );
}

function followReturn(tracking: Tracking, fn: FunctionNode): void {
  const { graph } = tracking;
  const callers = graph.entriesOf(fn).length > 0 || fn.facts.class >= 0 ? null : graph.callersOf(fn);
  if (!callers || callers.length === 0 || callers.some(edge => edge.kind !== 'call')) {
    tracking.escapes = true;
    return;
  }
  tracking.indirect = true;
  for (const { call, from } of callers) add(tracking, from.file, { k: 'call', call: graph.module(from.file).calls.indexOf(call) });
}

const receivers = new WeakMap<ProgramGraph, ReadonlyMap<string, readonly string[]>>();

/** Files in which somebody listens for errors of a property of the name: `this.socket.on('error', …)`. */
function errorReceivers(graph: ProgramGraph): ReadonlyMap<string, readonly string[]> {
  let found = receivers.get(graph) as Map<string, string[]> | undefined;
  if (found) return found;
  found = new Map();
  for (const file of graph.linkedFiles) {
    const module = graph.module(file);
    for (const call of module.calls) {
      if (call.callee.k !== 'get' || !listening.has(call.callee.name) || call.callee.object.k !== 'get' || !listensForErrors(module, call)) continue;
      const { name } = call.callee.object;
      const files = found.get(name);
      if (!files) found.set(name, [file]);
      else if (!files.includes(file)) files.push(file);
    }
  }
  receivers.set(graph, found);
  return found;
}
