import type { ModuleFacts, Statement } from '../../facts/module-facts.ts';
import { callHanding, callIndicesIn, functionsWithin, isHandedOn } from '../../facts/module-index.ts';
import { blocksOf, canMiss, statementsOf } from '../../facts/walk-statements.ts';
import type { ProgramGraph } from '../../graph/program-graph.ts';
import { isHarmless } from '../../graph/promises.ts';
import { message, type MessageTable } from '../messages.ts';
import { pathTo, situationOf } from '../promise-site.ts';
import type { Rule } from '../rule.ts';
import { executorsIn, type Executor } from '../settling.ts';

const texts = {
  some: {
    en: 'Some ways through {where} call neither `resolve` nor `reject`: whoever awaits this promise then waits forever. Settle it on each way.',
    'zh-cn': '{where} 中有的路径既不调用 `resolve` 也不调用 `reject`，等待此 Promise 的代码将永远等下去。请在每条路径上敲定它。',
  },
  never: {
    en: 'Neither `resolve` nor `reject` is ever called: whoever awaits this promise waits forever.',
    'zh-cn': '`resolve` 与 `reject` 从未被调用，等待此 Promise 的代码将永远等下去。',
  },
  executor: { en: 'the executor', 'zh-cn': '执行器' },
  callback: { en: 'the callback of `{call}()`', 'zh-cn': '`{call}()` 的回调' },
} as const satisfies MessageTable;

/** Source: ECMA-262 §27.2.1.3: only the resolving functions settle a promise. */
export const rule: Rule = {
  meta: { id: 'promise-never-settles', category: 'promise', defaultSeverity: 'warn', fix: 'none', since: '0.2.0' },
  texts,
  check(context) {
    const { graph, locale } = context;
    for (const executor of executorsIn(graph, context.files)) {
      const problem = problemOf(graph, executor);
      if (!problem) continue;
      const { file } = executor.function;
      const where = problem === 'never' ? '' : problem.callback === null ? message(texts, 'executor', locale) : message(texts, 'callback', locale, { call: problem.callback });
      const location = graph.locate(file, graph.module(file).calls[executor.call]!.calleeRange);
      const situation = situationOf(graph, executor.function);
      context.report({
        location,
        message: problem === 'never' ? message(texts, 'never', locale) : message(texts, 'some', locale, { where }),
        confidence: 'likely',
        role: situation.role,
        path: pathTo(situation, location, 'new Promise()'),
        anchor: executor.function.displayName,
      });
    }
  },
};

function problemOf(graph: ProgramGraph, { function: executor, settlers }: Executor): 'never' | { readonly callback: string | null } | null {
  const facts = graph.module(executor.file);
  const { params, body } = executor.facts;
  // Without parameters it is meant never to settle.
  if (settlers.size === 0 || params.slice(0, 2).some(variable => variable < 0)) return null;
  if ([...settlers].every(variable => facts.variables[variable]!.unread)) return body.length > 0 && canMiss(body, rejects) ? 'never' : null;
  if ([...settlers].some(variable => isHandedOn(facts, variable))) return null;
  const settles = (statement: Statement): boolean => {
    if (statement.k !== 'call') return false;
    const { callee } = facts.calls[statement.call]!;
    return callee.k === 'var' && settlers.has(callee.var);
  };
  const settling = functionsWithin(facts, executor.index).filter(inside => callIndicesIn(facts, inside).some(call => settles({ k: 'call', call })));
  if (settling.length !== 1) return null;
  const fn = settling[0]!;
  // How a loop ends is often known only to the program.
  if (settlesInLoop(facts.functions[fn]!.body, settles)) return null;
  if (!canMiss(likelyWays(facts, facts.functions[fn]!.body, settles), settles)) return null;
  if (fn === executor.index) return { callback: null };
  // Of callbacks only those count that surely run once; events come again.
  const handing = callHanding(facts, fn);
  const callback = handing < 0 ? undefined : graph.operationAt(executor.file, handing)?.api.callback;
  return callback?.times === 'once' ? { callback: facts.calls[handing]!.text } : null;
}

/** ECMA-262 §27.2.3.1: what an executor throws rejects the promise. */
const rejects = (statement: Statement): boolean => statement.k === 'throw';

/** A body without the `catch` of blocks that nothing is seen to leave with an error: what fails in them is caught further inside. */
function likelyWays(facts: ModuleFacts, body: readonly Statement[], settles: (statement: Statement) => boolean): readonly Statement[] {
  return body.flatMap((statement): readonly Statement[] => {
    const inside = (block: readonly Statement[]): readonly Statement[] => likelyWays(facts, block, settles);
    switch (statement.k) {
      case 'if':
        return [{ ...statement, then: inside(statement.then), otherwise: inside(statement.otherwise) }];
      case 'loop':
      case 'label':
        return [{ ...statement, body: inside(statement.body) }];
      case 'try':
        if (statement.handler && !canFail(facts, statement.block, settles)) return [...inside(statement.block), ...inside(statement.finalizer ?? [])];
        return [{ ...statement, block: inside(statement.block), handler: statement.handler && inside(statement.handler), finalizer: statement.finalizer && inside(statement.finalizer) }];
      default:
        return [statement];
    }
  });
}

/** Whether something in a block can fail that nothing inside of it catches: an await, a `throw`, a call of more than a logger or a collection. */
function canFail(facts: ModuleFacts, block: readonly Statement[], settles: (statement: Statement) => boolean): boolean {
  return block.some(statement => {
    switch (statement.k) {
      case 'await':
      case 'throw':
        return true;
      case 'call':
        return !settles(statement) && !isHarmless(facts.calls[statement.call]!);
      case 'try':
        return [statement.handler ?? statement.block, statement.finalizer ?? []].some(inner => canFail(facts, inner, settles));
      default:
        return blocksOf(statement).some(inner => canFail(facts, inner, settles));
    }
  });
}

function settlesInLoop(body: readonly Statement[], settles: (statement: Statement) => boolean): boolean {
  return [...statementsOf(body)].some(({ statement, around }) => settles(statement) && around.some(({ k }) => k === 'loop'));
}
