import { statementsOf } from '../../facts/walk-statements.ts';
import { promisesOf } from '../../graph/promises.ts';
import { message, type MessageTable } from '../messages.ts';
import { pathTo, situationOf } from '../promise-site.ts';
import type { Rule } from '../rule.ts';
import { executorsIn } from '../settling.ts';

const texts = {
  returned: {
    en: 'What an executor returns is ignored: when `{call}()` rejects, the rejection is unhandled and this promise stays pending. Return the inner promise without `new Promise`, or end it with `.catch(reject)`.',
    'zh-cn': '执行器的返回值会被忽略：当 `{call}()` 被拒绝时无人处理，而这个 Promise 一直悬而未决。请去掉 `new Promise` 直接返回内层 Promise，或以 `.catch(reject)` 收尾。',
  },
} as const satisfies MessageTable;

/** Source: ECMA-262 §27.2.3.1 Promise, steps 9 and 10: only an abrupt completion of the executor counts. */
export const rule: Rule = {
  meta: { id: 'executor-return', category: 'promise', defaultSeverity: 'warn', fix: 'none', since: '0.2.0' },
  texts,
  check(context) {
    const { graph, locale } = context;
    const promises = promisesOf(graph);
    for (const { function: executor } of executorsIn(graph, context.files)) {
      // An async executor is another rule's matter.
      if (executor.facts.async) continue;
      const { calls } = graph.module(executor.file);
      for (const { statement } of statementsOf(executor.facts.body)) {
        if (statement.k !== 'return' || statement.value?.k !== 'call' || !promises.isPromiseCall(executor.file, statement.value.call) || promises.rejectionOf(executor.file, statement.value) !== 'yes') continue;
        const call = calls[statement.value.call]!;
        const location = graph.locate(executor.file, call.range);
        const situation = situationOf(graph, executor);
        context.report({
          location,
          message: message(texts, 'returned', locale, { call: call.text }),
          confidence: 'likely',
          role: situation.role,
          path: pathTo(situation, location, `${call.text}()`),
          anchor: `${executor.displayName} ${call.text}`,
        });
      }
    }
  },
};
