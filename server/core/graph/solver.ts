/**
 * A variable of the constraint system: holds the set of abstract values that can reach one place. Negative: a constant,
 * `constantNode(value)`; nothing flows into one.
 */
export type NodeId = number;
/** An abstract value, interned by values.ts. */
export type ValueId = number;
/** A state of the solver that it can go back to. */
export type Mark = { readonly log: number; readonly nodes: number };

/**
 * Inclusion constraints over sets of abstract values (Andersen's analysis): `flow(a, b)` says that what reaches `a`
 * reaches `b`; `onValue` reacts to each value that reaches a node (a value
 * that is still on its way may be told twice, so listeners are idempotent). Order of additions does not change the
 * result, the least solution, as long as no set reaches its limit.
 */
export interface Solver {
  node(): NodeId;
  add(node: NodeId, value: ValueId): void;
  flow(from: NodeId, to: NodeId): void;
  onValue(node: NodeId, listener: (value: ValueId) => void): void;
  /** Works until nothing changes. */
  solve(): void;
  values(node: NodeId): readonly ValueId[];
  /** From here on everything is remembered, so that it can be taken back. Only at rest. */
  mark(): Mark;
  /** Takes back what happened since the mark, the newest first. */
  rollback(mark: Mark): void;
  /** Registers how to take back something outside the solver; forgotten where nothing is remembered. */
  onRollback(undo: () => void): void;
  /** Nodes that were there at the mark and got values since then. */
  touched(mark: Mark): ReadonlySet<NodeId>;
}

/** The node of a value that is known from the text; shared by all places that name it. */
export function constantNode(value: ValueId): NodeId {
  return -1 - value;
}

/** The node that nothing reaches: of strings, and of names that nothing is known of. */
export const nothingNode: NodeId = 0;

const noValues: readonly ValueId[] = [];

/** Sets larger than this stop growing: a place that anything reaches says nothing about calls. */
const setLimit = 32;
/** The same for mere data: objects that hold no functions. Most of a program's objects are, and few of their flows matter. */
const dataLimit = 4;
/** Longer lists of edges are sets. */
const listLimit = 16;
/** Listeners add listeners, which are told at once what is known already; what goes deeper than this waits for its turn, so that no chain is too long for the stack. */
const depthLimit = 100;

type Listener = (value: ValueId) => void;

/** `isData` tells the values that are seldom worth following. */
export function createSolver(isData: (value: ValueId) => boolean): Solver {
  // Most nodes have one value and one edge: those are kept without a list. Empty slots are undefined.
  const sets: (ValueId | ValueId[] | undefined)[] = [undefined];
  const edges: (NodeId | NodeId[] | Set<NodeId> | undefined)[] = [undefined];
  const listeners: (Listener | Listener[] | undefined)[] = [undefined];
  const work: number[] = [];
  /** Listeners that are still to be told a value. */
  const untold: { readonly listener: Listener; readonly value: ValueId }[] = [];
  let depth = 0;
  const log: (() => void)[] = [];
  /** Beside `log`: the node that got a value, or -1. */
  const loggedNodes: NodeId[] = [];
  let remembers = false;

  const remember = (undo: () => void, node: NodeId): void => {
    log.push(undo);
    loggedNodes.push(node);
  };

  const add = (node: NodeId, value: ValueId): void => {
    if (node <= nothingNode) return;
    const set = sets[node];
    if (set === undefined) {
      sets[node] = value;
      if (remembers) remember(() => (sets[node] = undefined), node);
    } else if (typeof set === 'number') {
      if (set === value) return;
      sets[node] = [set, value];
      if (remembers) remember(() => (sets[node] = set), node);
    } else {
      if (set.length >= setLimit || set.includes(value)) return;
      if (set.length >= dataLimit && isData(value)) {
        let data = 0;
        for (const item of set) if (isData(item)) data++;
        if (data >= dataLimit) return;
      }
      set.push(value);
      if (remembers) remember(() => set.pop(), node);
    }
    if (edges[node] !== undefined || listeners[node] !== undefined) work.push(node, value);
  };

  /** False where the edge is there already. */
  const connect = (from: NodeId, to: NodeId): boolean => {
    const targets = edges[from];
    if (targets === undefined) {
      edges[from] = to;
      if (remembers) remember(() => (edges[from] = undefined), -1);
    } else if (typeof targets === 'number') {
      if (targets === to) return false;
      edges[from] = [targets, to];
      if (remembers) remember(() => (edges[from] = targets), -1);
    } else if (Array.isArray(targets)) {
      if (targets.includes(to)) return false;
      if (targets.length < listLimit) {
        targets.push(to);
        if (remembers) remember(() => targets.pop(), -1);
      } else {
        edges[from] = new Set(targets).add(to);
        if (remembers) remember(() => (edges[from] = targets), -1);
      }
    } else {
      if (targets.has(to)) return false;
      targets.add(to);
      if (remembers) remember(() => targets.delete(to), -1);
    }
    return true;
  };

  const tell = (listener: Listener, value: ValueId): void => {
    if (depth >= depthLimit) {
      untold.push({ listener, value });
      return;
    }
    depth++;
    listener(value);
    depth--;
  };

  const propagate = (): void => {
    for (let next = 0; next < work.length; next += 2) {
      const node = work[next]!;
      const value = work[next + 1]!;
      const targets = edges[node];
      if (typeof targets === 'number') add(targets, value);
      else if (targets !== undefined) for (const target of targets) add(target, value);
      const reactions = listeners[node];
      if (typeof reactions === 'function') tell(reactions, value);
      else if (reactions !== undefined) for (let i = 0; i < reactions.length; i++) tell(reactions[i]!, value);
    }
    work.length = 0;
  };

  const values = (node: NodeId): readonly ValueId[] => {
    if (node < 0) return [-1 - node];
    const set = sets[node];
    return set === undefined ? noValues : typeof set === 'number' ? [set] : set;
  };

  return {
    node() {
      sets.push(undefined);
      edges.push(undefined);
      return listeners.push(undefined) - 1;
    },
    add,
    flow(from, to) {
      if (from === to || to <= nothingNode || from === nothingNode) return;
      if (from < 0) {
        add(to, -1 - from);
        return;
      }
      if (!connect(from, to)) return;
      const set = sets[from];
      if (set === undefined) return;
      if (typeof set === 'number') add(to, set);
      else for (const value of set) add(to, value);
    },
    onValue(node, listener) {
      if (node === nothingNode) return;
      if (node < 0) {
        tell(listener, -1 - node);
        return;
      }
      const own = listeners[node];
      if (own === undefined) {
        listeners[node] = listener;
        if (remembers) remember(() => (listeners[node] = undefined), -1);
      } else if (typeof own === 'function') {
        listeners[node] = [own, listener];
        if (remembers) remember(() => (listeners[node] = own), -1);
      } else {
        own.push(listener);
        if (remembers) remember(() => own.pop(), -1);
      }
      const set = sets[node];
      if (set === undefined) return;
      if (typeof set === 'number') tell(listener, set);
      else for (const value of [...set]) tell(listener, value);
    },
    solve() {
      propagate();
      for (let next = 0; next < untold.length; next++) {
        tell(untold[next]!.listener, untold[next]!.value);
        propagate();
      }
      untold.length = 0;
    },
    values,
    mark() {
      remembers = true;
      return { log: log.length, nodes: sets.length };
    },
    rollback(mark) {
      while (log.length > mark.log) {
        log.pop()!();
        loggedNodes.pop();
      }
      sets.length = edges.length = listeners.length = mark.nodes;
      work.length = untold.length = 0;
    },
    onRollback(undo) {
      if (remembers) remember(undo, -1);
    },
    touched(mark) {
      const nodes = new Set<NodeId>();
      for (let i = mark.log; i < loggedNodes.length; i++) if (loggedNodes[i]! >= 0 && loggedNodes[i]! < mark.nodes) nodes.add(loggedNodes[i]!);
      return nodes;
    },
  };
}
