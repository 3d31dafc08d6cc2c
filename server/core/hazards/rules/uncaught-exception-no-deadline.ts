import { handlerSteps, type HandlerStep } from '../../graph/process-handlers.ts';
import { crashHandlers, exitsAtOnce, registrationRange, waitingExit } from '../crash-handlers.ts';
import { prependToListener } from '../fix/extend-listener.ts';
import { message, type MessageTable } from '../messages.ts';
import type { Rule } from '../rule.ts';

const texts = {
  noDeadline: {
    en: 'After an uncaught exception the process ends only when `{what}()` is through, and one open connection is enough to keep it from that: it then lives on, half closed. Set a deadline first: `setTimeout(() => process.exit(1), 10_000).unref()`.',
    'zh-cn': '发生未捕获异常后，只有 `{what}()` 完成进程才会结束；只要有一个连接未关闭，它就永远不会完成，进程会以半关闭状态继续存活。请先设置期限：`setTimeout(() => process.exit(1), 10_000).unref()`。',
  },
  fix: { en: 'Set a deadline', 'zh-cn': '设置期限' },
} as const satisfies MessageTable;

/** Source: Node docs, net server.close() ("finally closed when all connections are ended"), timers timeout.unref(). */
export const rule: Rule = {
  meta: { id: 'uncaught-exception-no-deadline', about: 'program', category: 'process', defaultSeverity: 'warn', fix: 'suggestion', since: '0.2.0' },
  texts,
  check(context) {
    const { graph, locale } = context;
    for (const handler of crashHandlers(graph)) {
      if (handler.removed || handler.event === 'domain error') continue;
      const steps = handlerSteps(graph, handler);
      const waiting = waitingExit(steps);
      if (!waiting || exitsAtOnce(steps) || steps.some(hasTimeLimit)) continue;
      const edit = prependToListener(graph, handler, 'setTimeout(() => process.exit(1), 10_000).unref();');
      const location = graph.locate(handler.file, registrationRange(handler));
      context.report({
        location,
        message: message(texts, 'noDeadline', locale, { what: waiting.waitsFor.call!.text }),
        confidence: 'likely',
        role: 'shutdown',
        fixes: edit ? [{ title: message(texts, 'fix', locale), kind: 'suggestion', edits: [edit] }] : [],
        anchor: `${graph.functionOf(handler.file, handler.callFacts.fn).displayName} ${handler.event}`,
      });
    }
  },
};

/** A timer, or a call that is given a number of milliseconds: `Sentry.close(2000)`, `AbortSignal.timeout(500)`. */
function hasTimeLimit({ kind, timing, call }: HandlerStep): boolean {
  if (kind === 'set-timer' || timing === 'timer') return true;
  return call !== null && (call.literalArgs.some(value => typeof value === 'number' && value >= 100) || /timeout|deadline|race/i.test(call.text));
}
