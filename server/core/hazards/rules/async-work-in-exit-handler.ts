import { handlerSteps, type HandlerStep } from '../../graph/process-handlers.ts';
import type { ProgramGraph } from '../../graph/program-graph.ts';
import { crashHandlers } from '../crash-handlers.ts';
import { message, type MessageTable } from '../messages.ts';
import type { Rule } from '../rule.ts';

const texts = {
  call: {
    en: '`{call}()` finishes in a later turn of the event loop, and after `{event}` there is none: its work is never done. Do it synchronously here, or before the process exits.',
    'zh-cn': '`{call}()` 要在事件循环的后续轮次中才能完成，而 `{event}` 之后不再有后续轮次：其工作永远不会完成。请在此同步执行，或在进程退出之前完成。',
  },
  await: {
    en: 'What follows this `await` may never run: after `{event}` the event loop does not turn again. Do the work synchronously here, or before the process exits.',
    'zh-cn': '此 `await` 之后的代码可能永远不会执行：`{event}` 之后事件循环不再运转。请在此同步执行，或在进程退出之前完成。',
  },
} as const satisfies MessageTable;

const events: ReadonlySet<string> = new Set(['exit', 'uncaughtExceptionMonitor']);

/**
 * Source: Node docs, process event 'exit': "Listener functions must only perform synchronous operations"; measured on Node 18, 20 and
 * 24: timers, immediates and ticks do not run, and a file that is written asynchronously is empty or missing.
 */
export const rule: Rule = {
  meta: { id: 'async-work-in-exit-handler', about: 'program', category: 'process', defaultSeverity: 'error', fix: 'none', since: '0.2.0' },
  texts,
  check(context) {
    const { graph, locale } = context;
    const reported = new Set<string>();
    for (const handler of crashHandlers(graph, events)) {
      for (const step of handlerSteps(graph, handler)) {
        if (step.timing !== 'now' || !isLeftUndone(graph, step)) continue;
        const { file } = step.function;
        const location = graph.locate(file, step.call?.calleeRange ?? step.range);
        const key = `${file}:${location.start}`;
        if (reported.has(key)) continue;
        reported.add(key);
        context.report({
          location,
          message: step.call ? message(texts, 'call', locale, { call: step.call.text, event: handler.event }) : message(texts, 'await', locale, { event: handler.event }),
          confidence: step.path.length > 2 ? 'likely' : 'certain',
          role: 'shutdown',
          path: step.path.length === 0 ? [] : [...step.path, { location, label: step.call ? `${step.call.text}()` : 'await' }],
          anchor: `${step.function.displayName} ${step.call?.text ?? 'await'}`,
        });
        // What follows an await is not reached: one finding says it.
        if (step.kind === 'await') break;
      }
    }
  },
};

/** Started here, done later: never. Closing, and starting a process that outlives this one, need no later. */
function isLeftUndone(graph: ProgramGraph, step: HandlerStep): boolean {
  if (step.kind === 'await') return true;
  if (step.kind === 'set-timer') return !rearms(graph, step);
  if (step.kind !== 'call' || step.call!.awaited) return false;
  const operation = graph.operationAt(step.function.file, step.callIndex);
  if (!operation || /^(?:child_process|cluster|process|events|diagnostics_channel|async_hooks|globals)$/.test(operation.api.module) || /(?:^|[.#])(?:on|once|addListener|emit|close|destroy|end|unref|kill|abort)$/.test(operation.api.member)) return false;
  const { api, call } = operation;
  return api.returnsPromise || (api.callback !== undefined && api.callback.runsIn !== null && api.callback.runsIn !== 'sync' && !api.blocking && call.args.length > 0);
}

/** A function that also runs in normal operation and sets its own next turn: that there is none is as it should be. */
function rearms(graph: ProgramGraph, step: HandlerStep): boolean {
  const [callback] = step.call!.args;
  return callback !== undefined && graph.meaningsOf(step.function.file, callback).some(meaning => meaning.k === 'function' && meaning.function === step.function);
}
