import { clusterSides, primarySide } from '../../graph/cluster-sides.ts';
import { handlerSteps } from '../../graph/process-handlers.ts';
import type { ProgramGraph } from '../../graph/program-graph.ts';
import { servedBeside } from '../../graph/same-program.ts';
import { crashHandlers, exitsAtOnce, registrationRange, stopsAccepting } from '../crash-handlers.ts';
import { message, type MessageTable } from '../messages.ts';
import type { Rule } from '../rule.ts';

const texts = {
  noClose: {
    en: 'After an uncaught exception this process ends at once, and with it every request that it is answering ({entry} among others). Stop accepting with `server.close()`, exit when that is through, and set a deadline for it.',
    'zh-cn': '发生未捕获异常后进程立即结束，正在处理的所有请求（例如 {entry}）也随之中断。请用 `server.close()` 停止接收请求，待其完成后再退出，并为此设置期限。',
  },
} as const satisfies MessageTable;

/** Source: Node docs, cluster "How it works" and net server.close(): connections that are open are kept, new ones are refused. */
export const rule: Rule = {
  meta: { id: 'uncaught-exception-no-close', about: 'program', category: 'process', defaultSeverity: 'warn', fix: 'none', since: '0.2.0' },
  texts,
  check(context) {
    const { graph, locale } = context;
    for (const handler of crashHandlers(graph, new Set(['uncaughtException']))) {
      if (handler.removed || clusterSides(graph).ofCall(handler.file, handler.call).may === primarySide) continue;
      const steps = handlerSteps(graph, handler);
      if (!exitsAtOnce(steps) || stopsAccepting(steps) || steps.some(({ kind }) => kind === 'throw')) continue;
      const entry = servedIn(graph, handler.file);
      if (entry === null) continue;
      context.report({
        location: graph.locate(handler.file, registrationRange(handler)),
        message: message(texts, 'noClose', locale, { entry }),
        confidence: 'likely',
        role: 'shutdown',
        anchor: `${graph.functionOf(handler.file, handler.callFacts.fn).displayName} ${handler.event}`,
      });
    }
  },
};

/** The label of a request handler that the process of a file serves. */
function servedIn(graph: ProgramGraph, file: string): string | null {
  const entries = servedBeside(graph, file).filter(({ role }) => role === 'request');
  const entry = entries.find(({ label, confidence }) => confidence === 'certain' && label.endsWith('handler')) ?? entries.find(({ label }) => label === 'HTTP request listener');
  return entry?.label ?? null;
}
