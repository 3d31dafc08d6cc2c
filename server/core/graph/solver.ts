/** A variable of the constraint system: holds the set of abstract values that can reach one place. */
export type NodeId = number;
/** An abstract value, interned by values.ts. */
export type ValueId = number;

/**
 * Inclusion constraints over sets of abstract values (Andersen's analysis): `flow(a, b)` says that what reaches `a`
 * reaches `b`; `onValue` reacts to each value that reaches a node (a value
 * that is still on its way may be told twice, so listeners are idempotent). Order of additions does not change the
 * result: it is the least solution.
 */
export interface Solver {
  node(): NodeId;
  add(node: NodeId, value: ValueId): void;
  flow(from: NodeId, to: NodeId): void;
  onValue(node: NodeId, listener: (value: ValueId) => void): void;
  /** Works until nothing changes. */
  solve(): void;
  values(node: NodeId): ReadonlySet<ValueId>;
}

const nothing: ReadonlySet<ValueId> = new Set();

/** Sets larger than this stop growing: a place that anything reaches says nothing about calls. */
const setLimit = 32;
/** The same for mere data: objects that hold no functions. Most of a program's objects are, and few of their flows matter. */
const dataLimit = 4;

/** `isData` tells the values that are seldom worth following. */
export function createSolver(isData: (value: ValueId) => boolean): Solver {
  const sets: (Set<ValueId> | undefined)[] = [];
  const edges: (Set<NodeId> | undefined)[] = [];
  const listeners: (((value: ValueId) => void)[] | undefined)[] = [];
  const dataCounts: number[] = [];
  const work: number[] = [];
  let count = 0;

  const add = (node: NodeId, value: ValueId): void => {
    const set = (sets[node] ??= new Set());
    if (set.has(value) || set.size >= setLimit) return;
    if (isData(value)) {
      const count = dataCounts[node] ?? 0;
      if (count >= dataLimit) return;
      dataCounts[node] = count + 1;
    }
    set.add(value);
    work.push(node, value);
  };

  return {
    node: () => count++,
    add,
    flow(from, to) {
      if (from === to) return;
      const targets = (edges[from] ??= new Set());
      if (targets.has(to)) return;
      targets.add(to);
      const set = sets[from];
      if (set) for (const value of set) add(to, value);
    },
    onValue(node, listener) {
      (listeners[node] ??= []).push(listener);
      const set = sets[node];
      if (set) for (const value of [...set]) listener(value);
    },
    solve() {
      for (let next = 0; next < work.length; next += 2) {
        const node = work[next]!;
        const value = work[next + 1]!;
        const targets = edges[node];
        if (targets) for (const target of targets) add(target, value);
        const reactions = listeners[node];
        if (reactions) for (let i = 0; i < reactions.length; i++) reactions[i]!(value);
      }
      work.length = 0;
    },
    values: node => sets[node] ?? nothing,
  };
}
