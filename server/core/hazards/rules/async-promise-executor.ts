import { promisesOf } from '../../graph/promises.ts';
import { message, type MessageTable } from '../messages.ts';
import { pathTo, situationOf } from '../promise-site.ts';
import type { Rule } from '../rule.ts';
import { executorsIn } from '../settling.ts';

const texts = {
  executor: {
    en: 'The promise of this async executor is ignored: an error in it never reaches `reject`, the outer promise stays pending, and the process ends with an unhandled rejection. Make the function around it async, and await there.',
    'zh-cn': '此 async 执行器返回的 Promise 被忽略：其中的错误到不了 `reject`，外层 Promise 一直悬而未决，进程还会因未处理的拒绝而退出。请让外层函数成为 async 并在其中等待。',
  },
} as const satisfies MessageTable;

/** Source: ECMA-262 §27.2.3.1 Promise: only an error that the executor throws rejects the promise; its result is ignored. */
export const rule: Rule = {
  meta: { id: 'async-promise-executor', category: 'promise', defaultSeverity: 'warn', fix: 'none', since: '0.2.0' },
  texts,
  check(context) {
    const { graph, locale } = context;
    const promises = promisesOf(graph);
    for (const { function: executor } of executorsIn(graph, context.files)) {
      if (!executor.facts.async) continue;
      const rejection = promises.rejectionOfFunction(executor);
      if (rejection === 'never') continue;
      const location = graph.locate(executor.file, executor.facts.nameRange);
      const situation = situationOf(graph, executor);
      // A command ends by the error, as it ought to.
      if (situation.alone || situationOf(graph, graph.functionOf(executor.file, executor.facts.parent)).alone) continue;
      context.report({
        location,
        message: message(texts, 'executor', locale),
        confidence: rejection === 'maybe' ? 'possible' : 'likely',
        role: situation.role,
        path: pathTo(situation, location, 'new Promise()'),
        anchor: executor.displayName,
      });
    }
  },
};
