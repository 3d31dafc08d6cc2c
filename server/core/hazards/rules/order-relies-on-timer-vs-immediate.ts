import { message, type MessageTable } from '../messages.ts';
import type { Rule } from '../rule.ts';
import { sharedPlace, siblings } from '../scheduling-order.ts';

const texts = {
  open: {
    en: 'Whether this timer or the `setImmediate()` of line {line} runs first is open: it depends on whether 1 ms has passed when the event loop starts. Both use `{name}`. Put one into the other, or await the first.',
    'zh-cn': '此定时器与第 {line} 行的 `setImmediate()` 谁先执行并不确定：取决于事件循环启动时 1 毫秒是否已过。两者都使用 `{name}`。请将其中一个放入另一个之中，或先等待前者。',
  },
} as const satisfies MessageTable;

/** Source: libuv uv_run, uv__run_timers; measured over 40 runs: Node 18 31 to 9, Node 20 32 to 8, Node 24 40 to 0. */
export const rule: Rule = {
  meta: { id: 'order-relies-on-timer-vs-immediate', category: 'scheduling', defaultSeverity: 'warn', fix: 'none', since: '0.2.0' },
  texts,
  check(context) {
    const { graph, locale } = context;
    for (const { first: timer, second: immediate } of siblings(graph, context.files, item => item.scheduler === 'setTimeout' && (item.call.args.length === 1 || item.call.literalArgs[1] === 0 || item.call.literalArgs[1] === 1), item => item.scheduler === 'setImmediate')) {
      // In a callback of I/O the check phase comes next: that order is certain.
      if (timer.call.fn !== 0 && graph.entriesOf(timer.function).every(entry => entry.role !== 'startup')) continue;
      const name = sharedPlace(graph, timer, immediate);
      if (name === null) continue;
      context.report({
        location: graph.locate(timer.file, timer.call.calleeRange),
        message: message(texts, 'open', locale, { line: graph.locate(immediate.file, immediate.call.range).line, name }),
        confidence: 'likely',
        role: 'startup',
        anchor: `${timer.function.displayName} setTimeout setImmediate ${name}`,
      });
    }
  },
};
