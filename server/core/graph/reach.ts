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
  // Few functions reach one operation: a sorted array does for a queue.
  const queue: { key: FunctionKey; cost: number }[] = [{ key: target, cost: 0 }];
  const chains: Chain[] = [];
  while (queue.length > 0) {
    let best = 0;
    for (let i = 1; i < queue.length; i++) if (queue[i]!.cost < queue[best]!.cost) best = i;
    const { key } = queue.splice(best, 1)[0]!;
    if (done.has(key)) continue;
    done.add(key);
    for (const entry of entriesByFunction.get(key) ?? []) if (roles.has(entry.role)) chains.push(chainFrom(flow, entry, key, next));
    for (const edge of graph.incoming.get(key) ?? []) {
      if (done.has(edge.from) || isClosed(flow, edge)) continue;
      const through = cost.get(key)! + stepCost(flow, edge);
      if (through >= (cost.get(edge.from) ?? Infinity)) continue;
      cost.set(edge.from, through);
      next.set(edge.from, edge);
      queue.push({ key: edge.from, cost: through });
    }
  }
  return chains;
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

