import { choiceSentence } from './choice-sentence.ts';
import type { Decision, Run } from './run.ts';
import type { NeverReached, Outcome } from './timeline.ts';

/** A decision point, or the number of the outcome in which the program ended. */
type Node = { readonly decision: Decision; readonly children: (Node | undefined)[]; readonly end?: undefined } | { readonly end: number };

/** Above this number of decision points only the unlikely answers are given as reasons. */
const manyNodes = 20_000;

/** Collects runs as a tree of decisions whose leaves are outcomes. */
export interface OutcomeTree {
  /** Returns the number of the run's outcome when it is the first with it, else null. */
  add(run: Run): number | null;
  /** The distinct outcomes in the order in which they were found, each with the decisions that make a difference to it. */
  outcomes(): Outcome[];
}

export function createOutcomeTree(): OutcomeTree {
  const numbers = new Map<string, number>();
  const representatives: Run[] = [];
  /** What no run of an outcome reaches. */
  const unreached: (readonly NeverReached[])[] = [];
  let root: Node | undefined;
  let nodes = 0;

  return {
    add(run) {
      const identity = JSON.stringify([run.exitCode, run.end, run.output]);
      let end = numbers.get(identity);
      const isNew = end === undefined;
      if (end === undefined) {
        numbers.set(identity, (end = representatives.length));
        representatives.push(run);
        unreached.push(run.neverReached ?? []);
      } else if (unreached[end]!.length > 0) {
        const also = new Set(run.neverReached?.map(one => JSON.stringify(one)));
        unreached[end] = unreached[end]!.filter(one => also.has(JSON.stringify(one)));
      }
      const leaf: Node = { end };
      const path = run.decisions;
      if (path.length === 0) {
        root ??= leaf;
        return isNew ? end : null;
      }
      let node = (root ??= { decision: path[0]!, children: [] });
      for (let depth = 0; depth < path.length && node.end === undefined; depth++) {
        const next = path[depth + 1];
        const created = node.children[path[depth]!.taken] === undefined;
        const child: Node = (node.children[path[depth]!.taken] ??= next ? { decision: next, children: [] } : leaf);
        if (created) nodes++;
        node = child;
      }
      return isNew ? end : null;
    },

    outcomes() {
      const decisive = nodes <= manyNodes && representatives.length > 1 ? decisiveNodes(root) : new Set<Node>();
      return representatives.map((run, index) => {
        const unreachedHere = unreached[index]!;
        const choices: string[] = [];
        const conditions = new Set<string>();
        let node = root;
        for (const decision of run.decisions) {
          if (!node || node.end !== undefined) break;
          if (decisive.has(node) || decision.taken !== 0) {
            const answer = decision.alternatives[decision.taken] ?? String(decision.taken);
            choices.push(`${decision.why}: ${answer}`);
            conditions.add(choiceSentence(decision.why, answer));
          }
          node = node.children[decision.taken];
        }
        return { output: run.output, exitCode: run.exitCode, end: run.end, ...(run.endBecause === undefined ? {} : { endBecause: run.endBecause }), ...(run.failure === undefined ? {} : { failure: run.failure }), ...(unreachedHere.length === 0 ? {} : { neverReached: unreachedHere }), choices: [...new Set(choices)], ...(conditions.size === 0 ? {} : { conditions: [...conditions] }) };
      });
    },
  };
}

/** The decision points at which another answer leads to another set of outcomes. */
function decisiveNodes(root: Node | undefined): Set<Node> {
  const decisive = new Set<Node>();
  const names = new Map<string, number>();
  const sets: number[][] = [];
  /** Outcomes that can be reached, as the number of an interned sorted set. */
  const reach = (node: Node): number => {
    if (node.end !== undefined) return intern([node.end]);
    const below = new Set<number>();
    for (const child of node.children) if (child) below.add(reach(child));
    if (below.size > 1) decisive.add(node);
    return below.size === 1 ? [...below][0]! : intern([...new Set([...below].flatMap(set => sets[set]!))].sort((a, b) => a - b));
  };
  const intern = (set: number[]): number => {
    const name = set.join();
    let number = names.get(name);
    if (number === undefined) {
      names.set(name, (number = sets.length));
      sets.push(set);
    }
    return number;
  };
  if (root) reach(root);
  return decisive;
}
