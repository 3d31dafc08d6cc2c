import type { FunctionNode } from '../../graph/program-graph.ts';
import { promisesOf } from '../../graph/promises.ts';
import { message, type MessageTable } from '../messages.ts';
import { missingAwaitTexts, promiseCallOf, promiseUses, reportMissingAwait, type PromiseUse } from '../missing-await.ts';
import { filesOnNode } from '../promise-site.ts';
import type { Rule, RuleContext } from '../rule.ts';

const texts = {
  ...missingAwaitTexts,
  operand: { en: 'A promise of `{call}()` is computed with: the result is `NaN` or `[object Promise]`. Await it.', 'zh-cn': '对 `{call}()` 的 Promise 做运算，只会得到 `NaN` 或 `[object Promise]`。请先 `await`。' },
  compared: { en: 'A promise of `{call}()` is compared: it equals nothing but itself. Await it.', 'zh-cn': '比较的是 `{call}()` 的 Promise：它只与自身相等。请先 `await`。' },
  text: { en: 'A promise of `{call}()` stands in the text as `[object Promise]`. Await it.', 'zh-cn': '`{call}()` 的 Promise 在文本中会变成 `[object Promise]`。请先 `await`。' },
  spread: { en: 'A promise of `{call}()` is spread: it has no elements and no properties of its own. Await it.', 'zh-cn': '展开的是 `{call}()` 的 Promise：它既无元素也无自有属性。请先 `await`。' },
  iterated: { en: 'A promise of `{call}()` is looped over: it is not iterable. Await it.', 'zh-cn': '遍历的是 `{call}()` 的 Promise：它不可迭代。请先 `await`。' },
  argument: { en: '`{name}()` is handed a promise of `{call}()`, not its value. Await it.', 'zh-cn': '传给 `{name}()` 的是 `{call}()` 的 Promise，而不是它的值。请先 `await`。' },
} as const satisfies MessageTable;

/** Source: ECMA-262 §7.1.1 ToPrimitive and §25.5.2 JSON.stringify on an object that has no properties of its own. */
export const rule: Rule = {
  meta: { id: 'missing-await-operand', category: 'promise', defaultSeverity: 'error', fix: 'suggestion', since: '0.2.0' },
  texts,
  check(context) {
    for (const use of promiseUses(context.graph, context.files)) {
      if (use.as === 'condition' || use.as === 'member' || use.as === 'argument') continue;
      // Two variables can be asked whether they hold the same promise.
      if (use.as === 'compared' && use.variable !== null) continue;
      report(context, use);
    }
    for (const use of argumentUses(context)) report(context, use);
  },
};

function report(context: RuleContext, use: PromiseUse): void {
  if (use.as === 'condition' || use.as === 'member') return;
  reportMissingAwait(context, use, message(texts, use.as, context.locale, { call: use.call.text, name: use.name }));
}

/** Functions that turn their argument into text or a number, or look at its elements. */
const readsValue = /^(?:JSON\.stringify|Number|String|parseInt|parseFloat|isNaN|Number\.(?:isInteger|isFinite|isNaN|parseInt|parseFloat)|encodeURIComponent|decodeURIComponent|Buffer\.from|Object\.(?:keys|values|entries)|Math\.\w+)$/;
/** Methods of a response that write what they are handed. */
const writesValue = /^(?:json|send|jsonp|end|write)$/;
const responses: ReadonlySet<string> = new Set(['http.ServerResponse', 'express.Response']);

function* argumentUses({ graph, files }: RuleContext): Generator<PromiseUse> {
  const promises = promisesOf(graph);
  for (const file of filesOnNode(graph, files)) {
    const facts = graph.module(file);
    for (const call of facts.calls) {
      const [value] = call.args;
      if (call.new || value?.k !== 'call') continue;
      const reads = readsValue.test(call.text) && isOfLanguage(call.callee);
      const writes = call.callee.k === 'get' && writesValue.test(call.callee.name);
      if ((!reads && !writes) || !promises.isPromise(file, value)) continue;
      if (!reads && call.callee.k === 'get' && !graph.meaningsOf(file, call.callee.object).some(meaning => meaning.k === 'typed' && responses.has(meaning.type))) continue;
      const promise = promiseCallOf(graph, file, value);
      const fn: FunctionNode = graph.functionOf(file, call.fn);
      if (promise && !promise.optional) yield { function: fn, as: 'argument', name: call.text, call: promise, variable: null, range: call.argRanges[0]! };
    }
  }
}

/** A name that the file does not declare, or a member of one. */
function isOfLanguage(callee: PromiseUse['call']['callee']): boolean {
  return callee.k === 'global' || (callee.k === 'get' && callee.object.k === 'global');
}
