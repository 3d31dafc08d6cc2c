import type { CallFacts } from '../../facts/module-facts.ts';
import { promisesOf } from '../../graph/promises.ts';
import { message, type MessageTable } from '../messages.ts';
import { isAddedToPromises, isOfPromises, missingAwaitTexts, promiseCallOf, promiseUses, reportMissingAwait, type PromiseUse } from '../missing-await.ts';
import { filesOnNode } from '../promise-site.ts';
import type { Rule, RuleContext } from '../rule.ts';

const texts = {
  ...missingAwaitTexts,
  member: {
    en: '`.{name}` is read of the promise that `{call}()` returns, not of its value: it is `undefined`. Await the promise first.',
    'zh-cn': '`.{name}` 取自 `{call}()` 返回的 Promise，而不是它的值，结果为 `undefined`。请先 `await`。',
  },
  method: {
    en: '`.{name}()` is called on the promise that `{call}()` returns, which has no such method. Await the promise first.',
    'zh-cn': '`.{name}()` 调用在 `{call}()` 返回的 Promise 上，Promise 没有此方法。请先 `await`。',
  },
} as const satisfies MessageTable;

/** Source: ECMA-262 §27.2.5: a promise has `then`, `catch` and `finally`; its value has the rest. */
export const rule: Rule = {
  meta: { id: 'missing-await-assignment', category: 'promise', defaultSeverity: 'warn', fix: 'suggestion', since: '0.2.0' },
  texts,
  check(context) {
    const reported = new Set<CallFacts>();
    const report = (use: PromiseUse, key: 'member' | 'method'): void => {
      // One forgotten `await` is one mistake, however often the variable is used.
      if (isOfPromises(use.name) || isAddedToPromises(context.graph, use.name) || reported.has(use.call) || !isPlain(context, use)) return;
      reported.add(use.call);
      reportMissingAwait(context, use, message(texts, key, context.locale, { call: use.call.text, name: use.name }));
    };
    for (const use of promiseUses(context.graph, context.files)) if (use.as === 'member') report(use, 'member');
    for (const { use, key } of otherReads(context)) report(use, key);
  },
};

/** Methods that are called on a promise, and parts that are taken out of one: `const { name } = load()`. */
function* otherReads({ graph, files }: RuleContext): Generator<{ readonly use: PromiseUse; readonly key: 'member' | 'method' }> {
  const promises = promisesOf(graph);
  for (const file of filesOnNode(graph, files)) {
    const facts = graph.module(file);
    for (const call of facts.calls) {
      const { callee } = call;
      if (callee.k !== 'get' || (callee.object.k !== 'call' && callee.object.k !== 'var') || isOfPromises(callee.name) || /\bawait\b/.test(call.text)) continue;
      const promise = promiseCallOf(graph, file, callee.object);
      if (!promise || promise.optional || !promises.isPromise(file, callee.object)) continue;
      const variable = callee.object.k === 'var' ? facts.variables[callee.object.var]!.name : null;
      yield { use: { function: graph.functionOf(file, call.fn), as: 'member', name: callee.name, call: promise, variable, range: call.calleeRange }, key: 'method' };
    }
    for (const assignment of facts.assignments) {
      const { value } = assignment;
      if (assignment.to !== 'var' || value.k !== 'get' || value.object.k !== 'call' || !promises.isPromise(file, value.object)) continue;
      const promise = facts.calls[value.object.call]!;
      if (!promise.optional) yield { use: { function: graph.functionOf(file, promise.fn), as: 'member', name: value.name, call: promise, variable: null, range: promise.range }, key: 'member' };
    }
  }
}

/** Libraries hang members of their own on the promises that they return: only those of the language and of the program's async functions are plain. */
function isPlain({ graph }: RuleContext, { function: fn, call }: PromiseUse): boolean {
  const functions = promisesOf(graph).functionsOf(fn.file, call.callee);
  if (functions) return functions.every(({ facts }) => facts.async);
  const index = graph.module(fn.file).calls.indexOf(call);
  if (promisesOf(graph).isBodyOfResponse(fn.file, call.callee)) return true;
  return call.new || /^(?:Promise\.\w+|fetch)$/.test(call.text) || graph.operationAt(fn.file, index)?.api.module === 'fs/promises';
}
