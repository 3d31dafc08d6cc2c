import { statementsOf } from '../../facts/walk-statements.ts';
import type { ProcessHandler } from '../../graph/process-handlers.ts';
import type { FunctionNode, ProgramGraph } from '../../graph/program-graph.ts';
import { crashHandlers, registrationRange } from '../crash-handlers.ts';
import { message, type MessageTable } from '../messages.ts';
import type { Rule } from '../rule.ts';

const texts = {
  late: {
    en: 'Until `{what}` is through, `{event}` has no listener: what fails before that ends the process without your log and without your shutdown. Register it before the first `await`.',
    'zh-cn': '在 `{what}` 完成之前，`{event}` 没有监听器：在此之前发生的失败会直接结束进程，既没有日志也没有关闭流程。请在第一个 `await` 之前注册。',
  },
} as const satisfies MessageTable;

const events: ReadonlySet<string> = new Set(['uncaughtException', 'unhandledRejection', 'uncaughtExceptionMonitor']);

/** Source: Node docs, process events 'uncaughtException' and 'unhandledRejection': the default behaviour holds until a listener is added. */
export const rule: Rule = {
  meta: { id: 'handlers-registered-after-async-init', about: 'program', category: 'process', defaultSeverity: 'info', fix: 'none', since: '0.2.0' },
  texts,
  check(context) {
    const { graph, locale } = context;
    for (const handler of crashHandlers(graph, events)) {
      if (handler.removed) continue;
      const fn = graph.functionOf(handler.file, handler.callFacts.fn);
      const before = firstAwait(graph, handler, fn);
      if (before === null || !runsAtStartup(graph, fn)) continue;
      context.report({
        location: graph.locate(handler.file, registrationRange(handler)),
        message: message(texts, 'late', locale, { what: before, event: handler.event }),
        confidence: 'likely',
        role: 'startup',
        anchor: `${fn.displayName} ${handler.event}`,
      });
    }
  },
};

/** What the function awaits, on every way, before it registers the handler. */
function firstAwait(graph: ProgramGraph, handler: ProcessHandler, fn: FunctionNode): string | null {
  const module = graph.module(handler.file);
  for (const { statement, around } of statementsOf(fn.facts.body)) {
    if (statement.k === 'call' && statement.call === handler.call) return null;
    if (statement.k === 'await' && around.every(({ k }) => k === 'try')) {
      return statement.of?.k === 'call' ? `await ${module.calls[statement.of.call]!.text}()` : 'await';
    }
  }
  return null;
}

/** The top level of a module, or a function that it calls. */
function runsAtStartup(graph: ProgramGraph, fn: FunctionNode): boolean {
  return fn.index === 0 || (graph.callersOf(fn) ?? []).some(({ from }) => from.index === 0);
}
