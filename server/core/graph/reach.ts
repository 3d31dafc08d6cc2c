import type { GuardKind } from '../facts/module-facts.ts';
import type { CallGraph, Edge, FunctionKey } from './edges.ts';
import type { EntryFacts } from './entries.ts';
import type { Flow } from './flow.ts';
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

/** A call that can lead into more functions than this is resolved by name more than by knowledge. */
const preciseAlternatives = 3;

/**
 * Finds the best chain from each entry of one of the roles to a function: Dijkstra over the reversed call graph,
 * where guards and uncertain edges cost more than length.
 */
export function chainsTo(flow: Flow, graph: CallGraph, entriesByFunction: ReadonlyMap<FunctionKey, readonly EntryFacts[]>, target: FunctionKey, roles: ReadonlySet<Role>): Chain[] {
  const cost = new Map<FunctionKey, number>([[target, 0]]);
  const next = new Map<FunctionKey, Edge>();
  const done = new Set<FunctionKey>();
  const queue = createQueue();
  queue.push(target, 0);
  const chains: Chain[] = [];
  for (let key = queue.pop(); key !== undefined; key = queue.pop()) {
    if (done.has(key)) continue;
    done.add(key);
    for (const entry of entriesByFunction.get(key) ?? []) if (roles.has(entry.role)) chains.push(chainFrom(flow, entry, key, next));
    for (const edge of graph.incoming.get(key) ?? []) {
      if (done.has(edge.from) || isClosed(flow, edge)) continue;
      const through = cost.get(key)! + stepCost(flow, edge);
      if (through >= (cost.get(edge.from) ?? Infinity)) continue;
      cost.set(edge.from, through);
      next.set(edge.from, edge);
      queue.push(edge.from, through);
    }
  }
  return chains;
}

/** Keys by cost, cheapest first; equal costs in the order in which they came. */
function createQueue(): { push(key: FunctionKey, cost: number): void; pop(): FunctionKey | undefined } {
  const buckets = new Map<number, FunctionKey[]>();
  const costs: number[] = [];
  return {
    push(key, cost) {
      const bucket = buckets.get(cost);
      if (bucket) {
        bucket.push(key);
        return;
      }
      buckets.set(cost, [key]);
      // Costs repeat: there are few different ones, kept sorted with the cheapest last.
      let position = costs.length;
      while (position > 0 && costs[position - 1]! < cost) position--;
      costs.splice(position, 0, cost);
    },
    pop() {
      for (let cost = costs.at(-1); cost !== undefined; cost = costs.at(-1)) {
        const key = buckets.get(cost)!.shift();
        if (key !== undefined) return key;
        buckets.delete(cost);
        costs.pop();
      }
      return undefined;
    },
  };
}

function guardsOfEdge(flow: Flow, edge: Edge): readonly GuardKind[] {
  return flow.modules[edge.module]!.facts.calls[edge.call]!.guards;
}

function isClosed(flow: Flow, edge: Edge): boolean {
  return guardsOfEdge(flow, edge).some(guard => closed.has(guard));
}

function stepCost(flow: Flow, edge: Edge): number {
  return edgeCost + (edge.alternatives > preciseAlternatives ? uncertainCost : 0) + (guardsOfEdge(flow, edge).length > 0 ? guardCost : 0);
}

function chainFrom(flow: Flow, entry: EntryFacts, from: FunctionKey, next: ReadonlyMap<FunctionKey, Edge>): Chain {
  const edges: Edge[] = [];
  for (let edge = next.get(from); edge; edge = next.get(edge.to)) edges.push(edge);
  const guards = [...new Set(edges.flatMap(edge => guardsOfEdge(flow, edge)))];
  const uncertain = entry.confidence === 'likely' || edges.some(edge => edge.alternatives > preciseAlternatives);
  return { entry, edges, guards, confidence: guards.includes('memoised') ? 'possible' : uncertain ? 'likely' : 'certain' };
}

