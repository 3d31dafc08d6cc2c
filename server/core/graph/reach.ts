import type { CallFacts, GuardKind, ModuleFacts } from '../facts/module-facts.ts';
import { assignmentsTo } from '../facts/module-index.ts';
import { statementsOf } from '../facts/walk-statements.ts';
import type { CallGraph, Edge } from './edges.ts';
import { functionKey, indexOfKey, moduleOfKey, type FunctionKey } from './function-key.ts';
import type { EntryFacts } from './entries.ts';
import type { Role } from './program-graph.ts';

/** A chain of edges from an entry down to a function. */
export interface Chain {
  readonly entry: EntryFacts;
  /** From the entry to the target, in order. */
  readonly edges: readonly Edge[];
  readonly guards: readonly GuardKind[];
  readonly confidence: 'certain' | 'likely' | 'possible';
}

/** Guards under which code does not run while requests are served by the thread in question. */
const closed: ReadonlySet<GuardKind> = new Set(['worker-thread', 'main-module', 'cluster-primary']);

/** Cost of a step: a way that is surely taken is better than a shorter one that may not be. */
const edgeCost = 1;
const guardCost = 1000;
const uncertainCost = 100;

/** Whoever asks for less than this asks about one file: a pass over the whole call graph takes longer than its searches. */
const fewSearches = 150;

/** A call that can lead into more functions than this is resolved by name more than by knowledge. */
const preciseAlternatives = 3;

/** A step of a way down to a target, with the rest of it. */
interface Way {
  readonly edge: Edge;
  readonly next: Way | null;
}

/** A function that an entry calls, on the best way from there to a target; null where it is the target itself. */
interface Start {
  readonly key: FunctionKey;
  readonly way: Way | null;
}

/** An edge that can be taken, with what it costs. */
interface Step {
  readonly edge: Edge;
  readonly from: number;
  readonly cost: number;
}

/**
 * Finds the best chain from each entry of one of the roles to a function: Dijkstra over the reversed call graph, where guards
 * and uncertain edges cost more than length. Each target is searched once for all roles, and, where many are,
 * only through functions that some entry reaches: one pass forward over the call graph tells which those are. It leaves out what leads to
 * no chain, so the chains are the same with and without.
 */
export function createReach(modules: readonly ModuleFacts[], graph: CallGraph, entriesOf: (fn: FunctionKey) => readonly EntryFacts[], isRestart: (edge: Edge) => boolean): (target: FunctionKey, roles: ReadonlySet<Role>) => Chain[] {
  // Functions by dense numbers, so that what is known of each stands in flat arrays.
  const bases: number[] = [];
  let count = 0;
  for (const { functions } of modules) {
    bases.push(count);
    count += functions.length;
  }
  const numberOf = (key: FunctionKey): number => bases[moduleOfKey(key)]! + indexOfKey(key);
  const entries: (readonly EntryFacts[] | undefined)[] = new Array(count);
  const entriesAt = (number: number, key: FunctionKey): readonly EntryFacts[] => (entries[number] ??= entriesOf(key));

  let reached: Uint8Array | null = null;
  const findReached = (): Uint8Array => {
    const found = new Uint8Array(count);
    const outgoing: number[][] = [];
    const next: number[] = [];
    for (const [module, { functions }] of modules.entries()) {
      for (const fn of functions.keys()) {
        const key = functionKey(module, fn);
        const number = numberOf(key);
        for (const edge of graph.incoming(key)) if (!isClosed(modules, edge)) (outgoing[numberOf(edge.from)] ??= []).push(number);
        if (entriesAt(number, key).length === 0) continue;
        found[number] = 1;
        next.push(number);
      }
    }
    for (let from = next.pop(); from !== undefined; from = next.pop()) {
      for (const to of outgoing[from] ?? []) {
        if (found[to]) continue;
        found[to] = 1;
        next.push(to);
      }
    }
    return found;
  };

  const steps: (readonly Step[] | undefined)[] = new Array(count);
  const stepsInto = (number: number, key: FunctionKey): readonly Step[] =>
    (steps[number] ??= graph.incoming(key).flatMap((edge): Step[] => {
      const from = numberOf(edge.from);
      return (reached && !reached[from]) || isClosed(modules, edge) ? [] : [{ edge, from, cost: stepCost(modules, edge) + (isRestart(edge) ? guardCost : 0) }];
    }));

  // Of the search at hand: what was written by an earlier one has another number in `searchOf`.
  const searchOf = new Uint32Array(count);
  const costs = new Float64Array(count);
  const done = new Uint8Array(count);
  const ways: (Way | null)[] = new Array<Way | null>(count).fill(null);
  let search = 0;
  const startsOf = (target: FunctionKey): readonly Start[] => {
    const starts: Start[] = [];
    search++;
    if (search === fewSearches) {
      reached = findReached();
      steps.fill(undefined);
    }
    if (reached && !reached[numberOf(target)]) return starts;
    const touch = (number: number, cost: number, way: Way | null): void => {
      searchOf[number] = search;
      costs[number] = cost;
      done[number] = 0;
      ways[number] = way;
    };
    const queue = createQueue();
    touch(numberOf(target), 0, null);
    queue.push(target, 0);
    for (let key = queue.pop(); key !== undefined; key = queue.pop()) {
      const number = numberOf(key);
      if (done[number]) continue;
      done[number] = 1;
      const way = ways[number]!;
      if (entriesAt(number, key).length > 0) starts.push({ key, way });
      for (const { edge, from, cost } of stepsInto(number, key)) {
        const isNew = searchOf[from] !== search;
        if (!isNew && done[from]) continue;
        const through = costs[number]! + cost;
        if ((!isNew && through >= costs[from]!) || isSwitchedOff(modules, edge, way?.edge)) continue;
        touch(from, through, { edge, next: way });
        queue.push(edge.from, through);
      }
    }
    return starts;
  };

  const known = new Map<FunctionKey, readonly Start[]>();
  return (target, roles) => {
    let starts = known.get(target);
    if (!starts) known.set(target, (starts = startsOf(target)));
    const chains: Chain[] = [];
    const places = new Set<string>();
    for (const { key, way } of starts) {
      for (const entry of entriesAt(numberOf(key), key)) {
        if (!roles.has(entry.role)) continue;
        // A wrapper and the function in it are handed over by one call: the nearer of the two stands for both.
        const place = entry.at ? `${entry.at.module}:${entry.at.call} ${entry.label}` : `${entry.fn} ${entry.label}`;
        if (places.has(place)) continue;
        places.add(place);
        chains.push(chainFrom(modules, entry, way, isRestart));
      }
    }
    return chains;
  };
}

/** Keys by cost, cheapest first; equal costs in the order in which they came. */
function createQueue(): { push(key: FunctionKey, cost: number): void; pop(): FunctionKey | undefined } {
  const buckets = new Map<number, { readonly keys: FunctionKey[]; first: number }>();
  const costs: number[] = [];
  return {
    push(key, cost) {
      const bucket = buckets.get(cost);
      if (bucket) {
        bucket.keys.push(key);
        return;
      }
      buckets.set(cost, { keys: [key], first: 0 });
      // Costs repeat: there are few different ones, kept sorted with the cheapest last.
      let position = costs.length;
      while (position > 0 && costs[position - 1]! < cost) position--;
      costs.splice(position, 0, cost);
    },
    pop() {
      for (let cost = costs.at(-1); cost !== undefined; cost = costs.at(-1)) {
        const bucket = buckets.get(cost)!;
        if (bucket.first < bucket.keys.length) return bucket.keys[bucket.first++];
        buckets.delete(cost);
        costs.pop();
      }
      return undefined;
    },
  };
}

/**
 * Whether a call leaves the next one out: `new Keys()`, where the constructor is `(create = false) { if (create) this.create(); }`.
 */
function isSwitchedOff(modules: readonly ModuleFacts[], edge: Edge, next: Edge | undefined): boolean {
  if (!next || edge.kind !== 'call' || next.kind !== 'call') return false;
  const position = switchOf(modules[next.module]!, next.call);
  if (position < 0) return false;
  const { args, spread, literalArgs } = modules[edge.module]!.calls[edge.call]!;
  if (spread) return false;
  if (position < args.length) return literalArgs[position] === false;
  return !modules[next.module]!.functions[indexOfKey(next.from)]!.defaulted?.includes(position);
}

const switches = new WeakMap<CallFacts, number>();

/** The position of the parameter that has to be true for a call to be made, and that nothing else sets; -1 where there is none. */
function switchOf(module: ModuleFacts, index: number): number {
  const call = module.calls[index]!;
  let position = switches.get(call);
  if (position === undefined) {
    const { params, body } = module.functions[call.fn]!;
    const place = params.length === 0 ? undefined : [...statementsOf(body)].find(({ statement }) => statement.k === 'call' && statement.call === index);
    const variables = (place?.around ?? []).flatMap(around => (around.k === 'if' && around.test.k === 'truthy' && around.test.of.value?.k === 'var' && [...statementsOf(around.then)].some(({ statement }) => statement === place!.statement) ? [around.test.of.value.var] : []));
    const variable = variables.find(item => params.includes(item) && assignmentsTo(module, item).length === 0);
    switches.set(call, (position = variable === undefined ? -1 : params.indexOf(variable)));
  }
  return position;
}

function guardsOfEdge(modules: readonly ModuleFacts[], edge: Edge): readonly GuardKind[] {
  return modules[edge.module]!.calls[edge.call]!.guards;
}

function isClosed(modules: readonly ModuleFacts[], edge: Edge): boolean {
  return guardsOfEdge(modules, edge).some(guard => closed.has(guard));
}

function stepCost(modules: readonly ModuleFacts[], edge: Edge): number {
  return edgeCost + (edge.alternatives > preciseAlternatives || edge.certainty === 'likely' ? uncertainCost : 0) + (edge.certainty === 'possible' ? guardCost : 0) + (guardsOfEdge(modules, edge).length > 0 ? guardCost : 0);
}

function chainFrom(modules: readonly ModuleFacts[], entry: EntryFacts, from: Way | null, isRestart: (edge: Edge) => boolean): Chain {
  const edges: Edge[] = [];
  for (let way = from; way; way = way.next) edges.push(way.edge);
  const guards = [...new Set(edges.flatMap(edge => guardsOfEdge(modules, edge)))];
  const uncertain = entry.confidence === 'likely' || edges.some(edge => edge.alternatives > preciseAlternatives || edge.certainty === 'likely');
  return { entry, edges, guards, confidence: guards.includes('memoised') || edges.some(edge => edge.certainty === 'possible' || isRestart(edge)) ? 'possible' : uncertain ? 'likely' : 'certain' };
}


/** Names of functions that bring a service up: `connect`, `initServer`, `reloadSettings`. */
const lifecycleName = /^_?(?:re)?(?:connect|init|initiali[sz]e|start|setup|boot|bootstrap|enable)(?:[A-Z_]|$)|^reload(?:[A-Z_]|$)|^run_?[mM]igrations$/;

/**
 * Says of an edge whether a request that goes along it starts the service anew: the function runs at start-up too and is
 * named for it. An administrator who restarts a service expects it to stand still meanwhile.
 */
export function createRestartTest(modules: readonly ModuleFacts[], graph: CallGraph): (edge: Edge) => boolean {
  const atStartup = createStartupTest(graph);
  const answers = new Map<FunctionKey, boolean>();
  return edge => {
    let answer = answers.get(edge.to);
    if (answer === undefined) {
      const { name } = modules[moduleOfKey(edge.to)]!.functions[indexOfKey(edge.to)]!;
      answers.set(edge.to, (answer = lifecycleName.test(name) && atStartup(edge.to)));
    }
    return answer;
  };
}

/** Whether a function runs before the program serves: it is the body of a module, or one calls it, directly or through others. */
function createStartupTest(graph: CallGraph): (fn: FunctionKey) => boolean {
  const answers = new Map<FunctionKey, boolean>();
  return fn => {
    let answer = answers.get(fn);
    if (answer === undefined) {
      const callers = new Set<FunctionKey>([fn]);
      answer = false;
      for (const key of callers) {
        if (indexOfKey(key) === 0 || answers.get(key) === true) {
          answer = true;
          break;
        }
        for (const { from } of graph.incoming(key)) callers.add(from);
      }
      answers.set(fn, answer);
    }
    return answer;
  };
}
