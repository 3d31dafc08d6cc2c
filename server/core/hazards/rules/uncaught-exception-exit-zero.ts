import type { Condition } from '../../facts/module-facts.ts';
import { termsOf } from '../../facts/walk-statements.ts';
import { functionSteps, handlerSteps, type HandlerStep } from '../../graph/process-handlers.ts';
import type { ProgramGraph } from '../../graph/program-graph.ts';
import { crashHandlers, isServing } from '../crash-handlers.ts';
import type { Fix } from '../finding.ts';
import { message, type Locale, type MessageTable } from '../messages.ts';
import type { Rule } from '../rule.ts';

const texts = {
  exit: {
    en: '`{call}` ends the process with code {code} after {what}: its supervisor takes that for success and does not start it again. Exit with a code other than 0.',
    'zh-cn': '`{call}` 在{what}之后以退出码 {code} 结束进程：进程管理器会将其视为正常结束而不再重启。请使用非 0 的退出码。',
  },
  uncaught: { en: 'an uncaught exception', 'zh-cn': '未捕获异常' },
  rejection: { en: 'an unhandled rejection', 'zh-cn': '未处理的拒绝' },
  listen: { en: 'a failed `listen()`', 'zh-cn': '`listen()` 失败' },
  fix: { en: 'Exit with code 1', 'zh-cn': '以退出码 1 退出' },
} as const satisfies MessageTable;

const events: ReadonlySet<string> = new Set(['uncaughtException', 'capture callback', 'domain error', 'unhandledRejection']);
const serverTypes: ReadonlySet<string> = new Set(['http.Server', 'net.Server']);

/**
 * Source: Node docs, process "Exit codes" (0: "no more async operations are pending"); measured: `process.exit()` without an
 * argument in such a handler ends with 0 on Node 18, 20 and 24.
 */
export const rule: Rule = {
  meta: { id: 'uncaught-exception-exit-zero', about: 'program', category: 'process', defaultSeverity: 'error', fix: 'suggestion', since: '0.2.0' },
  texts,
  check(context) {
    const { graph, locale } = context;
    const reported = new Set<string>();
    const report = (steps: readonly HandlerStep[], what: 'uncaught' | 'rejection' | 'listen'): void => {
      for (const step of zeroExits(steps)) {
        const { file } = step.function;
        const call = step.call!;
        const key = `${file}:${call.range[0]}`;
        if (reported.has(key)) continue;
        reported.add(key);
        context.report({
          location: graph.locate(file, call.range),
          message: message(texts, 'exit', locale, { call: `${call.text}(${call.args.length === 0 ? '' : (graph.text(file)?.slice(...call.argRanges[0]!) ?? '0')})`, code: 0, what: message(texts, what, locale) }),
          confidence: 'certain',
          role: 'shutdown',
          path: step.path.length === 0 ? [] : [...step.path, { location: graph.locate(file, call.range), label: `${call.text}()` }],
          fixes: fixOf(step, locale),
          anchor: `${step.function.displayName} ${call.text}`,
        });
      }
    };
    for (const handler of crashHandlers(graph, events)) if (!handsOver(graph, handlerSteps(graph, handler))) report(handlerSteps(graph, handler), handler.event === 'unhandledRejection' ? 'rejection' : 'uncaught');
    for (const steps of listenErrors(graph)) report(steps, 'listen');
  },
};

/** The exits with code 0, where nothing before them sets another code and they are not what the exception asks for. */
function zeroExits(steps: readonly HandlerStep[]): HandlerStep[] {
  const setsCode = steps.some(step => step.kind === 'exit-code' && step.code !== 0);
  return steps.filter(step => step.kind === 'exit' && (step.code === 0 || (step.code === 'none' && !setsCode)) && !step.conditions.some(({ test }) => test !== null && isExpected(test)));
}

/** It starts a successor before it ends: that was a success. */
function handsOver(graph: ProgramGraph, steps: readonly HandlerStep[]): boolean {
  return steps.some(step => step.callIndex >= 0 && graph.operationAt(step.function.file, step.callIndex)?.api.module === 'child_process');
}

/** A reader that has gone (EPIPE), a prompt or a request that somebody broke off: no failure of the program. */
function isExpected(test: Condition): boolean {
  return termsOf(test).some(({ text }) => /EPIPE|abort|cancel|ExitPrompt|SIG[A-Z]+|interrupt|graceful/i.test(text));
}

/** What `error` listeners of servers do: a failed listen() arrives there. */
function* listenErrors(graph: ProgramGraph): Generator<readonly HandlerStep[]> {
  for (const file of graph.linkedFiles) {
    if (!isServing(graph, file)) continue;
    for (const call of graph.module(file).calls) {
      if (call.callee.k !== 'get' || !/^(?:on|once|addListener)$/.test(call.callee.name) || call.literalArgs[0] !== 'error' || !call.args[1]) continue;
      if (!graph.meaningsOf(file, call.callee).some(meaning => meaning.k === 'member' && serverTypes.has(meaning.type))) continue;
      for (const meaning of graph.meaningsOf(file, call.args[1])) if (meaning.k === 'function') yield functionSteps(graph, meaning.function);
    }
  }
}

/** The code at the exit itself; where it comes from a caller, the other callers may mean 0. */
function fixOf(step: HandlerStep, locale: Locale): readonly Fix[] {
  const call = step.call!;
  const { file } = step.function;
  const onlyHere = step.path.every(({ label }) => label.endsWith('calls back'));
  if (!onlyHere || call.args.length > 1 || (call.args.length === 1 && call.literalArgs[0] !== 0)) return [];
  const [argument] = call.argRanges;
  const edit = argument ? { file, start: argument[0], end: argument[1], text: '1' } : { file, start: call.range[1] - 1, end: call.range[1] - 1, text: '1' };
  return [{ title: message(texts, 'fix', locale), kind: 'suggestion', edits: [edit] }];
}
