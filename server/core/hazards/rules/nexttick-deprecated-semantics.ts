import { callsIn } from '../../facts/module-index.ts';
import type { Fix } from '../finding.ts';
import { message, type MessageTable } from '../messages.ts';
import type { Rule, RuleContext } from '../rule.ts';
import { namedFunctions, schedulingCalls, type SchedulingCall } from '../scheduling-calls.ts';

const texts = {
  legacy: {
    en: 'Node’s documentation calls `process.nextTick()` legacy and advises `queueMicrotask()`, which is the same in other runtimes. The order changes: ticks run before the microtasks that wait already.',
    'zh-cn': 'Node 文档将 `process.nextTick()` 列为遗留 API，并建议使用其他运行时同样提供的 `queueMicrotask()`。顺序会改变：tick 会先于已在等待的微任务执行。',
  },
  fix: { en: 'Use queueMicrotask(), behind the microtasks that wait already', 'zh-cn': '改用 queueMicrotask()，排在已等待的微任务之后' },
} as const satisfies MessageTable;

/** Source: Node docs, process.nextTick ("Stability: 3 - Legacy: Use queueMicrotask() instead") and "When to use queueMicrotask() vs. process.nextTick()". */
export const rule: Rule = {
  meta: { id: 'nexttick-deprecated-semantics', category: 'scheduling', defaultSeverity: 'off', fix: 'suggestion', since: '0.2.0' },
  texts,
  check(context) {
    const { graph, locale } = context;
    for (const item of schedulingCalls(graph, context.files)) {
      const { file, call } = item;
      // What is handed on to the callback has no place in queueMicrotask().
      if (item.scheduler !== 'nextTick' || call.args.length !== 1 || call.spread || emits(context, item)) continue;
      context.report({
        location: graph.locate(file, call.calleeRange),
        message: message(texts, 'legacy', locale),
        confidence: 'certain',
        role: graph.entriesOf(item.function)[0]?.role ?? 'startup',
        fixes: fixes(context, item),
        anchor: `${item.function.displayName} ${call.text}`,
      });
    }
  },
};

/** Whether the callback emits an event: that it comes before all promises is then part of what its listeners are promised. */
function emits({ graph }: RuleContext, { file, call }: SchedulingCall): boolean {
  return namedFunctions(graph, file, call.args[0]).some(callback =>
    callsIn(graph.module(callback.file), callback.index).some(({ callee, args }) => ((callee.k === 'get' && callee.name === 'emit') || (callee.k === 'get' && callee.name === 'call' && callee.object.k === 'get' && callee.object.name === 'emit' && args.length > 0))),
  );
}

function fixes({ graph, locale }: RuleContext, { file, call }: SchedulingCall): Fix[] {
  const [start, end] = call.calleeRange;
  return graph.text(file) === null ? [] : [{ title: message(texts, 'fix', locale), kind: 'suggestion', edits: [{ file, start, end, text: 'queueMicrotask' }] }];
}
