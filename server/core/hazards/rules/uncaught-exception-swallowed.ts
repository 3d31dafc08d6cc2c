import { crashHandlers, endsElsewhere, mayEnd, registrationRange } from '../crash-handlers.ts';
import { crashSkeleton, skeletonTexts } from '../fix/crash-skeleton.ts';
import { message, type MessageTable } from '../messages.ts';
import type { Rule } from '../rule.ts';

const texts = {
  ...skeletonTexts,
  uncaughtException: {
    en: 'No way through this handler ends the process: after an uncaught exception it goes on in an undefined state, and in the end reports success (exit code 0). Log, stop accepting, and `process.exit(1)`.',
    'zh-cn': '此处理函数的任何路径都不会结束进程：发生未捕获异常后，进程会在未定义状态下继续运行，最终还会以成功（退出码 0）结束。请记录日志、停止接收请求，然后 `process.exit(1)`。',
  },
  'capture callback': {
    en: 'An uncaught exception goes to this callback instead of ending the process, and no way through it does so either: the process goes on in an undefined state. Log, stop accepting, and `process.exit(1)`.',
    'zh-cn': '未捕获异常会交给此回调而不再结束进程，而回调的任何路径也都不会结束进程：进程会在未定义状态下继续运行。请记录日志、停止接收请求，然后 `process.exit(1)`。',
  },
  'domain error': {
    en: 'An exception that nobody in this domain caught ends here, and the process goes on with whatever it left half done. Answer the one request, stop accepting, and `process.exit(1)`.',
    'zh-cn': '该 domain 中无人捕获的异常到此为止，进程会带着未完成的状态继续运行。请答复这一请求，停止接收新请求，然后 `process.exit(1)`。',
  },
} as const satisfies MessageTable;

/**
 * Sources: Node docs, process "Warning: Using 'uncaughtException' correctly" ("not safe to resume normal operation"), domain
 * "Warning: Don't ignore errors!"; lib/internal/process/execution.js createOnGlobalUncaughtException: a handled exception leaves
 * the exit code alone (measured: the process ends with code 0 on Node 18, 20 and 24).
 */
export const rule: Rule = {
  meta: { id: 'uncaught-exception-swallowed', about: 'program', category: 'process', defaultSeverity: 'error', fix: 'suggestion', since: '0.2.0' },
  texts,
  check(context) {
    const { graph, locale } = context;
    for (const handler of crashHandlers(graph)) {
      const ends = mayEnd(graph, handler);
      if (ends === 'yes' || handler.unknown || handler.removed || endsElsewhere(graph, handler)) continue;
      const fix = handler.event === 'domain error' ? null : crashSkeleton(graph, handler, locale);
      context.report({
        location: graph.locate(handler.file, registrationRange(handler)),
        message: message(texts, handler.event as keyof typeof texts, locale),
        confidence: ends === 'unknown' ? 'possible' : handler.event === 'domain error' ? 'likely' : 'certain',
        role: 'shutdown',
        fixes: fix ? [fix] : [],
        anchor: `${graph.functionOf(handler.file, handler.callFacts.fn).displayName} ${handler.event}`,
      });
    }
  },
};
