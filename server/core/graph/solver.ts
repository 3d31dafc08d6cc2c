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
  /** Says that the node is a part of a value: where more than mere data reaches it, the value is more than mere data too. */
  own(node: NodeId, value: ValueId): void;
  /** True for a value that has reached so many places that it says little of each. */
  isEverywhere(value: ValueId): boolean;
  /** Out of how many places values were kept because they are everywhere and the place holds many things. */
  refused(): number;
}

/** The node of a value that is known from the text; shared by all places that name it. */
export function constantNode(value: ValueId): NodeId {
  return -1 - value;
}

/** The node that nothing reaches: of strings, and of names that nothing is known of. */
export const nothingNode: NodeId = 0;

const noValues: readonly ValueId[] = [];

/**
 * What is everywhere does not enter sets larger than this: a place that anything reaches says nothing about calls. What is
 * not everywhere enters any set, so that no table is too long; the work stays linear in values and places.
 */
const setLimit = 32;
/** A value that has reached more places than this is everywhere: handlers and tables get to some dozens. */
const everywhere = 32;
/** The limit of mere data: objects that hold no functions. Most of a program's objects are, and few of their flows matter. */
const dataLimit = 4;
/** Sets of more values than this are found in by hash. */
const indexFrom = 64;
/** Longer lists of edges are sets. */
const listLimit = 16;
/** Listeners add listeners, which are told at once what is known already; what goes deeper than this waits for its turn, so that no chain is too long for the stack. */
const depthLimit = 100;

type Listener = (value: ValueId) => void;

/** `looksLikeData` tells the values that are seldom worth following, as long as nothing else becomes a part of them. */
export function createSolver(looksLikeData: (value: ValueId) => boolean): Solver {
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
  /** In how many sets a value is. */
  const spread: number[] = [];
  /** Of large sets. */
  const indexes = new Map<NodeId, Set<ValueId>>();
  const owners: (ValueId | undefined)[] = [undefined];
  /** Data that turned out to hold functions, and by what is in them: the data around. */
  const holders = new Set<ValueId>();
  const around = new Map<ValueId, ValueId[]>();
  /** Holders that are still to be let in where they were refused as data. */
  const risen: ValueId[] = [];
  /** Data that was refused where it came from: node, value, node, value, … */
  const refusedAtOnce: number[] = [];
  const refusedPlaces = new Set<NodeId>();

  const isData = (value: ValueId): boolean => looksLikeData(value) && !holders.has(value);
  const isEverywhere = (value: ValueId): boolean => (spread[value] ?? 0) > everywhere;

  const remember = (undo: () => void, node: NodeId): void => {
    log.push(undo);
    loggedNodes.push(node);
  };

  const rise = (first: ValueId): void => {
    const rising = [first];
    for (let value = rising.pop(); value !== undefined; value = rising.pop()) {
      if (!isData(value)) continue;
      const holder = value;
      holders.add(holder);
      if (remembers) remember(() => holders.delete(holder), -1);
      risen.push(holder);
      rising.push(...(around.get(holder) ?? []));
    }
  };

  /** What the owner of a node is, now that the value is in it. */
  const judge = (owner: ValueId, value: ValueId): void => {
    if (!isData(owner)) return;
    if (!isData(value)) {
      rise(owner);
      return;
    }
    const list = around.get(value);
    if (list) list.push(owner);
    else around.set(value, [owner]);
    if (remembers) remember(() => around.get(value)!.pop(), -1);
  };

  /** Whether a set of many values takes one more. */
  const takes = (node: NodeId, set: readonly ValueId[], value: ValueId): boolean => {
    if (isData(value)) {
      if (set.length < dataLimit) return true;
      if (set.length >= setLimit) return false;
      let data = 0;
      for (const item of set) if (isData(item)) data++;
      return data < dataLimit;
    }
    if (set.length < setLimit || !isEverywhere(value)) return true;
    refusedPlaces.add(node);
    return false;
  };

  const has = (node: NodeId, set: readonly ValueId[], value: ValueId): boolean => {
    if (set.length < indexFrom) return set.includes(value);
    let index = indexes.get(node);
    if (!index) indexes.set(node, (index = new Set(set)));
    return index.has(value);
  };

  /** False where the value is refused for now. */
  const insert = (node: NodeId, value: ValueId): boolean => {
    if (node <= nothingNode) return true;
    const set = sets[node];
    if (set === undefined) {
      sets[node] = value;
    } else if (typeof set === 'number') {
      if (set === value) return true;
      sets[node] = [set, value];
    } else {
      if (has(node, set, value)) return true;
      if (!takes(node, set, value)) return false;
      set.push(value);
      indexes.get(node)?.add(value);
    }
    spread[value] = (spread[value] ?? 0) + 1;
    if (remembers) {
      remember(() => {
        spread[value]!--;
        if (typeof set === 'object') {
          set.pop();
          indexes.delete(node);
        } else sets[node] = set;
      }, node);
    }
    const owner = owners[node];
    if (owner !== undefined) judge(owner, value);
    if (edges[node] !== undefined || listeners[node] !== undefined) work.push(node, value);
    return true;
  };

  const add = (node: NodeId, value: ValueId): void => {
    if (insert(node, value) || !isData(value)) return;
    refusedAtOnce.push(node, value);
    if (remembers) remember(() => (refusedAtOnce.length -= 2), -1);
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
      if (typeof targets === 'number') insert(targets, value);
      else if (targets !== undefined) for (const target of targets) insert(target, value);
      const reactions = listeners[node];
      if (typeof reactions === 'function') tell(reactions, value);
      else if (reactions !== undefined) for (let i = 0; i < reactions.length; i++) tell(reactions[i]!, value);
    }
    work.length = 0;
  };

  /** Lets what has turned out to be more than data go where it was refused. */
  const raise = (): void => {
    const values = new Set(risen);
    risen.length = 0;
    for (let i = 0; i < refusedAtOnce.length; i += 2) if (values.has(refusedAtOnce[i + 1]!)) insert(refusedAtOnce[i]!, refusedAtOnce[i + 1]!);
    for (const [node, set] of sets.entries()) {
      if (set === undefined || edges[node] === undefined) continue;
      for (const value of typeof set === 'number' ? [set] : set) if (values.has(value)) work.push(node, value);
    }
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
      owners.push(undefined);
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
      if (typeof set === 'number') insert(to, set);
      else for (const value of set) insert(to, value);
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
      for (;;) {
        for (let next = 0; next < untold.length; next++) {
          tell(untold[next]!.listener, untold[next]!.value);
          propagate();
        }
        untold.length = 0;
        if (risen.length === 0) return;
        raise();
        propagate();
      }
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
      sets.length = edges.length = listeners.length = owners.length = mark.nodes;
      work.length = untold.length = risen.length = 0;
    },
    onRollback(undo) {
      if (remembers) remember(undo, -1);
    },
    touched(mark) {
      const nodes = new Set<NodeId>();
      for (let i = mark.log; i < loggedNodes.length; i++) if (loggedNodes[i]! >= 0 && loggedNodes[i]! < mark.nodes) nodes.add(loggedNodes[i]!);
      return nodes;
    },
    own(node, value) {
      if (!looksLikeData(value)) return;
      owners[node] = value;
      const set = sets[node];
      if (set !== undefined) for (const item of typeof set === 'number' ? [set] : set) judge(value, item);
    },
    isEverywhere,
    refused: () => refusedPlaces.size,
  };
}
