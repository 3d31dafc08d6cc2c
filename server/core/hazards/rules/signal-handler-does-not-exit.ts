import type { ModuleFacts, Value } from '../../facts/module-facts.ts';
import { assignmentsTo, callsIn } from '../../facts/module-index.ts';
import { statementsOf } from '../../facts/walk-statements.ts';
import { handlerSteps, type ProcessHandler } from '../../graph/process-handlers.ts';
import type { ProgramGraph } from '../../graph/program-graph.ts';
import { crashHandlers, endsElsewhere, mayEnd, onlyReports, registrationRange } from '../crash-handlers.ts';
import { exitFix, skeletonTexts } from '../fix/crash-skeleton.ts';
import { message, type MessageTable } from '../messages.ts';
import type { Rule } from '../rule.ts';

const texts = {
  ...skeletonTexts,
  ignored: {
    en: 'A listener for {signal} turns off what the signal does by default, and this one does not end the process: {signal} is ignored, until the supervisor kills it without warning. Close the server and exit.',
    'zh-cn': '为 {signal} 注册监听器会关闭该信号的默认行为，而此监听器并不结束进程：{signal} 被忽略，直到进程管理器将其强制杀死。请关闭服务器并退出。',
  },
} as const satisfies MessageTable;

const signals: ReadonlySet<string> = new Set(['SIGTERM', 'SIGINT', 'SIGQUIT']);

/** Source: Node docs, process "Signal events": with a listener, the default behaviour is removed ("Node.js will no longer exit"); measured: a child is alive 600 ms after SIGTERM. */
export const rule: Rule = {
  meta: { id: 'signal-handler-does-not-exit', about: 'program', category: 'process', defaultSeverity: 'warn', fix: 'suggestion', since: '0.2.0' },
  texts,
  check(context) {
    const { graph, locale } = context;
    for (const handler of crashHandlers(graph, signals)) {
      if (handler.unknown || handler.removed || mayEnd(graph, handler) !== 'no' || endsElsewhere(graph, handler) || !leavesNothingBehind(graph, handler)) continue;
      // An interrupt that is ignored on purpose leaves it to a child in the same terminal.
      if (handler.event === 'SIGINT' && handlerSteps(graph, handler).length === 0) continue;
      const fix = exitFix(graph, handler, locale);
      context.report({
        location: graph.locate(handler.file, registrationRange(handler)),
        message: message(texts, 'ignored', locale, { signal: handler.event }),
        confidence: 'likely',
        role: 'shutdown',
        fixes: fix ? [fix] : [],
        anchor: `${graph.functionOf(handler.file, handler.callFacts.fn).displayName} ${handler.event}`,
      });
    }
  },
};

/** It sets nothing that others could read, starts nothing, and calls nothing but what takes note. */
function leavesNothingBehind(graph: ProgramGraph, handler: ProcessHandler): boolean {
  const steps = handlerSteps(graph, handler);
  if (!steps.every(step => step.kind === 'call' && onlyReports(step))) return false;
  const functions = new Set([...handler.listeners, ...steps.map(step => step.function)]);
  if ([...functions].some(({ file, index }) => callsIn(graph.module(file), index).some(({ callee }) => comesFromCaller(graph.module(file), callee)))) return false;
  return ![...functions].some(({ facts }) => [...statementsOf(facts.body)].some(({ statement }) => statement.k === 'write' && !statement.declares));
}

/** What a caller hands over may end the process. */
function comesFromCaller(module: ModuleFacts, value: Value, depth = 0): boolean {
  if (value.k === 'union') return value.of.some(one => comesFromCaller(module, one, depth + 1));
  if (value.k !== 'var' || depth > 3) return false;
  return module.variables[value.var]!.kind === 'param' || assignmentsTo(module, value.var).some(one => comesFromCaller(module, one.value, depth + 1));
}
