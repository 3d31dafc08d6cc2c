import type { TSESTree } from '../syntax/source-file.ts';
import { locationOf, type ExecutionContext } from './agent.ts';
import { children } from './evaluation/static-semantics.ts';
import type { NeverReached } from './timeline.ts';

type Node = TSESTree.Node;

/** Statements that do nothing when they are reached. */
const declarations = /^(?:FunctionDeclaration|EmptyStatement|ImportDeclaration|ExportAllDeclaration|TS\w+)$/;

/** Bodies of the program that wait, by what they wait at; and the statements that have begun. */
export interface Reach {
  readonly waiting: Map<ExecutionContext, Node>;
  readonly begun: Set<Node>;
}

export function createReach(): Reach {
  return { waiting: new Map(), begun: new Set() };
}

/**
 * What would have followed the awaits at which the program's code still waits, of what no other call has reached.
 * @param because whether the process had nothing left to do, or was ended
 */
export function neverReached({ waiting, begun }: Reach, because: NeverReached['because']): NeverReached[] {
  const found = new Map<Node, NeverReached>();
  for (const [{ fn, unit }, node] of waiting) {
    if (!unit || unit.internal) continue;
    const whole = fn && 'node' in fn ? (fn.node as { readonly body: Node } | null)?.body : unit.source.ast;
    const path = whole && pathTo(whole, node);
    const next = path && following(path);
    if (next && !begun.has(next)) found.set(next, { location: locationOf(unit, next), because, waitsAt: locationOf(unit, node) });
  }
  return [...found.values()].sort((a, b) => a.location.line - b.location.line || a.location.column - b.location.column);
}

/** The nodes from one to another inside of it. */
function pathTo(whole: Node, node: Node): Node[] | null {
  const path: Node[] = [];
  for (let at: Node | undefined = whole; at; at = children(at).find(child => child.range[0] <= node.range[0] && child.range[1] >= node.range[1])) {
    path.push(at);
    if (at === node) return path;
  }
  return null;
}

/** The first statement behind the innermost that has one. */
function following(path: readonly Node[]): Node | null {
  for (let depth = path.length - 1; depth > 0; depth--) {
    const parent = path[depth - 1]!;
    const child = path[depth]!;
    if (parent.type === 'TryStatement' && child !== parent.finalizer && parent.finalizer?.body[0]) return parent.finalizer.body[0];
    const list: readonly Node[] = parent.type === 'BlockStatement' || parent.type === 'Program' ? parent.body : parent.type === 'SwitchCase' ? parent.consequent : [];
    const next = list.slice(list.indexOf(child) + 1).find(statement => !declarations.test(statement.type));
    if (list.includes(child) && next) return next;
  }
  return null;
}
