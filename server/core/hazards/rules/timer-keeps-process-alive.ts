import { statementsOf } from '../../facts/walk-statements.ts';
import { callsIn, isKept } from '../../facts/module-index.ts';
import type { FunctionNode, ProgramGraph } from '../../graph/program-graph.ts';
import type { Fix } from '../finding.ts';
import { message, type MessageTable } from '../messages.ts';
import type { Rule, RuleContext } from '../rule.ts';
import { namedFunctions, schedulingCalls } from '../scheduling-calls.ts';

const texts = {
  holds: {
    en: 'This deadline keeps the process alive until it is over, also when everything has been closed long before. `.unref()` it.',
    'zh-cn': '即使一切早已关闭，此截止定时器仍会让进程一直存活到期满。请对其调用 `.unref()`。',
  },
  fix: { en: 'Do not wait for it', 'zh-cn': '不为它而等待' },
} as const satisfies MessageTable;

/** Source: Node docs, timers "timeout.unref()"; libuv uv_unref. */
export const rule: Rule = {
  meta: { id: 'timer-keeps-process-alive', category: 'scheduling', defaultSeverity: 'info', fix: 'suggestion', since: '0.2.0' },
  texts,
  check(context) {
    const { graph, locale } = context;
    for (const { scheduler, file, call, index, function: fn } of schedulingCalls(graph, context.files)) {
      if (scheduler !== 'setTimeout' || isKept(graph.module(file), index)) continue;
      const delay = call.literalArgs[1];
      if (call.args.length < 2 || (typeof delay === 'number' && delay < 1000)) continue;
      if (!namedFunctions(graph, file, call.args[0]).some(callback => exits(graph, callback))) continue;
      if (isAfterFailure(graph, file, index, fn)) continue;
      const [reach] = graph.reaching(fn, ['shutdown']);
      if (!reach) continue;
      const location = graph.locate(file, call.range);
      context.report({
        location,
        message: message(texts, 'holds', locale),
        confidence: 'likely',
        role: 'shutdown',
        path: [...reach.path, { location, label: 'setTimeout()' }],
        fixes: fixes(context, file, call.range),
        anchor: `${fn.displayName} setTimeout`,
      });
    }
  },
};

/** `if (err) return setTimeout(() => process.exit(1), 3000)`: the way of a failure, whose end the timer is, with the code that it brings. */
function isAfterFailure(graph: ProgramGraph, file: string, index: number, fn: FunctionNode): boolean {
  const module = graph.module(file);
  const place = [...statementsOf(fn.facts.body)].find(({ statement }) => statement.k === 'call' && statement.call === index);
  return (place?.around ?? []).some(around => {
    if (around.k !== 'if' || around.test.k !== 'truthy' || around.test.of.value?.k !== 'var') return false;
    const { var: variable } = around.test.of.value;
    return /^_?(?:e|er|err|error|ex)$/i.test(module.variables[variable]!.name) && [...statementsOf(around.then)].some(({ statement }) => statement === place!.statement);
  });
}

/** A callback that does hardly more than ending the process. */
function exits(graph: ProgramGraph, fn: FunctionNode): boolean {
  const own = callsIn(graph.module(fn.file), fn.index);
  return own.length <= 3 && own.some(call => /(?:^|\.)process\.(?:exit|abort)$/.test(call.text));
}

function fixes({ graph, locale }: RuleContext, file: string, [, end]: readonly [number, number]): Fix[] {
  return graph.text(file) === null ? [] : [{ title: message(texts, 'fix', locale), kind: 'suggestion', edits: [{ file, start: end, end, text: '.unref()' }] }];
}
