import { clusterSides, workerSide } from '../../graph/cluster-sides.ts';
import { handlerSteps } from '../../graph/process-handlers.ts';
import { crashHandlers, exitsAtOnce, registrationRange, waitingExit } from '../crash-handlers.ts';
import { prependToListener } from '../fix/extend-listener.ts';
import { message, type MessageTable } from '../messages.ts';
import type { Rule } from '../rule.ts';

const texts = {
  noNotify: {
    en: 'This worker takes its time to end, and the primary hears of the exception only when it is gone: until then there is one worker less. Tell it: `process.send?.({ type: \'uncaughtException\' }, () => {})`.',
    'zh-cn': '该工作进程需要一段时间才会结束，而主进程要等它退出后才知道发生了异常：在此期间会少一个工作进程。请通知主进程：`process.send?.({ type: \'uncaughtException\' }, () => {})`。',
  },
  fix: { en: 'Tell the primary', 'zh-cn': '通知主进程' },
} as const satisfies MessageTable;

/** Source: Node docs, cluster events 'exit' and 'message'; lib/internal/cluster/primary.js. */
export const rule: Rule = {
  meta: { id: 'uncaught-exception-no-notify', about: 'program', category: 'process', defaultSeverity: 'info', fix: 'suggestion', since: '0.2.0' },
  texts,
  check(context) {
    const { graph, locale } = context;
    for (const handler of crashHandlers(graph, new Set(['uncaughtException']))) {
      if (handler.removed || (clusterSides(graph).ofCall(handler.file, handler.call).may & workerSide) === 0) continue;
      const steps = handlerSteps(graph, handler);
      if (!waitingExit(steps) || exitsAtOnce(steps) || steps.some(({ kind }) => kind === 'send' || kind === 'disconnect')) continue;
      const edit = prependToListener(graph, handler, "process.send?.({ type: 'uncaughtException' }, () => {});");
      context.report({
        location: graph.locate(handler.file, registrationRange(handler)),
        message: message(texts, 'noNotify', locale),
        confidence: 'likely',
        role: 'shutdown',
        fixes: edit ? [{ title: message(texts, 'fix', locale), kind: 'suggestion', edits: [edit] }] : [],
        anchor: `${graph.functionOf(handler.file, handler.callFacts.fn).displayName} ${handler.event}`,
      });
    }
  },
};
