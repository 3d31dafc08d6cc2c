import type { ProcessHandler } from '../../graph/process-handlers.ts';
import type { ProgramGraph } from '../../graph/program-graph.ts';
import { crashHandlers, endsElsewhere, mayEnd, registrationRange } from '../crash-handlers.ts';
import type { Fix } from '../finding.ts';
import { extendListener } from '../fix/extend-listener.ts';
import { message, type Locale, type MessageTable } from '../messages.ts';
import type { Rule } from '../rule.ts';

const texts = {
  swallowed: {
    en: 'This handler turns off what Node does about rejections that nobody handles, and only takes note of them: what failed stays half done, and who waits for it waits forever. Throw the reason, so that it is handled like an uncaught exception.',
    'zh-cn': '此处理函数关闭了 Node 对未处理拒绝的默认处理，却只做记录：失败的操作停在半途，等待其结果的一方将永远等待。请抛出该原因，使其按未捕获异常处理。',
  },
  throw: { en: 'Throw the reason', 'zh-cn': '抛出该原因' },
} as const satisfies MessageTable;

const events: ReadonlySet<string> = new Set(['unhandledRejection']);

/**
 * Source: Node docs, process event 'unhandledRejection', and cli `--unhandled-rejections`: the default mode, `throw`, raises the
 * rejection as an uncaught exception unless the event has a listener; lib/internal/process/promises.js throwUnhandledRejectionsMode.
 */
export const rule: Rule = {
  meta: { id: 'unhandled-rejection-swallowed', about: 'program', category: 'process', defaultSeverity: 'warn', fix: 'suggestion', since: '0.2.0' },
  texts,
  check(context) {
    const { graph, locale } = context;
    for (const handler of crashHandlers(graph, events)) {
      const ends = mayEnd(graph, handler);
      if (ends === 'yes' || handler.unknown || handler.removed || endsElsewhere(graph, handler)) continue;
      const fix = throwFix(graph, handler, locale);
      context.report({
        location: graph.locate(handler.file, registrationRange(handler)),
        message: message(texts, 'swallowed', locale),
        confidence: ends === 'unknown' ? 'possible' : 'certain',
        role: 'shutdown',
        fixes: fix ? [fix] : [],
        anchor: `${graph.functionOf(handler.file, handler.callFacts.fn).displayName} ${handler.event}`,
      });
    }
  },
};

function throwFix(graph: ProgramGraph, handler: ProcessHandler, locale: Locale): Fix | null {
  const edits = extendListener(graph, handler, { body: argument => [`throw ${argument};`] });
  // Without a parameter there is no reason to throw.
  return edits?.some(({ text }) => text.includes('throw ;')) === false ? { title: message(texts, 'throw', locale), kind: 'suggestion', edits } : null;
}
