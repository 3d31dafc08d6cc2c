import type { ModuleFacts, Statement } from '../facts/module-facts.ts';
import type { FunctionNode, ProgramGraph } from '../graph/program-graph.ts';
import { isGlobal } from '../graph/promises.ts';
import { filesOnNode } from './promise-site.ts';

/** `new Promise(executor)` with the function as it stands there. */
export interface Executor {
  /** Index of the `new` expression in its module. */
  readonly call: number;
  readonly function: FunctionNode;
  /** Variables of `resolve` and `reject`, those that have a name. */
  readonly settlers: ReadonlySet<number>;
}

/** The executors in files that are written where they are used. */
export function* executorsIn(graph: ProgramGraph, files: readonly string[]): Generator<Executor> {
  for (const file of filesOnNode(graph, files)) {
    const facts = graph.module(file);
    for (const [index, { new: isNew, callee, args }] of facts.calls.entries()) {
      const [executor] = args;
      if (!isNew || executor?.k !== 'fn' || !isGlobal(callee, 'Promise')) continue;
      const fn = graph.functionOf(file, executor.fn);
      yield { call: index, function: fn, settlers: new Set(fn.facts.params.slice(0, 2).filter(variable => variable >= 0)) };
    }
  }
}

/** Two calls on one way through a body, of which only the first should happen. */
export interface CalledTwice {
  readonly first: number;
  readonly second: number;
}

/**
 * Calls that follow another one on the same way, where a `return` between them is missing: `if (error) reject(error); resolve(data);`. Only
 * what follows unconditionally counts; a second call under a condition of its own may well exclude the first.
 */
export function calledTwice(facts: ModuleFacts, body: readonly Statement[], isMeant: (call: number) => boolean): CalledTwice[] {
  const found: CalledTwice[] = [];
  /** The call after which the block goes on, if it does. */
  const walk = (block: readonly Statement[]): number | null => {
    let pending: number | null = null;
    for (const statement of block) {
      switch (statement.k) {
        case 'call':
          if (/^process\.(?:exit|abort)$/.test(facts.calls[statement.call]!.text)) return null;
          if (!isMeant(statement.call)) break;
          if (pending !== null) found.push({ first: pending, second: statement.call });
          pending = statement.call;
          break;
        case 'return':
        case 'throw':
        case 'break':
        case 'continue':
          return null;
        case 'if': {
          const branches = [walk(statement.then), walk(statement.otherwise)];
          pending ??= branches.find(call => call !== null) ?? null;
          break;
        }
        case 'try': {
          const branches = [walk(statement.block), walk(statement.handler ?? []), walk(statement.finalizer ?? [])];
          pending ??= branches.find(call => call !== null) ?? null;
          break;
        }
        case 'loop':
        case 'label':
          walk(statement.body);
          break;
        case 'switch':
          for (const { body: inside } of statement.cases) walk(inside);
          break;
      }
    }
    return pending;
  };
  walk(body);
  return found;
}
