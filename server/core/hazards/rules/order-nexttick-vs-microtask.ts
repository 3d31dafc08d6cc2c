import { message, type MessageTable } from '../messages.ts';
import type { Rule } from '../rule.ts';
import { sharedPlace, siblings } from '../scheduling-order.ts';

const texts = {
  differs: {
    en: 'In an ES module this runs after the microtask of line {line}, in CommonJS before it: a module is evaluated in a microtask itself. Both use `{name}`.',
    'zh-cn': '在 ES 模块中，此回调在第 {line} 行的微任务之后执行，而在 CommonJS 中则在其之前：模块本身就是在微任务中求值的。两者都使用 `{name}`。',
  },
} as const satisfies MessageTable;

/** Source: ECMA-262 §16.2.1.5.3 (a module is evaluated in a job); lib/internal/process/task_queues.js drains microtasks before ticks only from within one. */
export const rule: Rule = {
  meta: { id: 'order-nexttick-vs-microtask', category: 'scheduling', defaultSeverity: 'info', fix: 'none', since: '0.2.0' },
  texts,
  check(context) {
    const { graph, locale } = context;
    for (const { first: tick, second: microtask } of siblings(graph, context.files, item => item.scheduler === 'nextTick', item => item.scheduler === 'queueMicrotask' || item.scheduler === 'then')) {
      if (tick.call.fn !== 0 || !(graph.module(tick.file).hasModuleSyntax || /\.m[jt]s$/.test(tick.file))) continue;
      const name = sharedPlace(graph, tick, microtask);
      if (name === null) continue;
      context.report({
        location: graph.locate(tick.file, tick.call.calleeRange),
        message: message(texts, 'differs', locale, { line: graph.locate(microtask.file, microtask.call.range).line, name }),
        confidence: 'likely',
        role: 'startup',
        anchor: `nextTick microtask ${name}`,
      });
    }
  },
};
