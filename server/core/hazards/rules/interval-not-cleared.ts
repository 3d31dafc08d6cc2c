import type { ModuleFacts, Value } from '../../facts/module-facts.ts';
import { callsIn, isKept } from '../../facts/module-index.ts';
import { message, type MessageTable } from '../messages.ts';
import type { Rule } from '../rule.ts';
import { schedulingCalls } from '../scheduling-calls.ts';

const texts = {
  leaks: {
    en: 'Each {entry} starts an interval that nothing can stop: it goes on when the client has gone, and they add up. Keep it, and `clearInterval()` it when the connection closes.',
    'zh-cn': '每次 {entry} 都会启动一个无法停止的定时器：客户端离开之后它仍在运行，并不断累积。请保存它，并在连接关闭时调用 `clearInterval()`。',
  },
} as const satisfies MessageTable;

/** Source: lib/internal/timers.js: an interval is in its list, and keeps its closure alive, until it is cleared. */
export const rule: Rule = {
  meta: { id: 'interval-not-cleared', category: 'scheduling', defaultSeverity: 'info', fix: 'none', since: '0.2.0' },
  texts,
  check(context) {
    const { graph, locale } = context;
    for (const { scheduler, file, call, index, function: fn } of schedulingCalls(graph, context.files)) {
      if (scheduler !== 'setInterval') continue;
      const module = graph.module(file);
      if (isKept(module, index) || clearsItself(module, call.args[0])) continue;
      const [reach] = graph.reaching(fn, ['request']).filter(({ guards, confidence }) => guards.length === 0 && confidence !== 'possible');
      if (!reach) continue;
      const location = graph.locate(file, call.range);
      context.report({
        location,
        message: message(texts, 'leaks', locale, { entry: reach.entry.label }),
        confidence: 'likely',
        role: 'request',
        path: [...reach.path, { location, label: 'setInterval()' }],
        anchor: `${fn.displayName} setInterval`,
      });
    }
  },
};

/** `clearInterval(this)` in the callback. */
function clearsItself(module: ModuleFacts, callback: Value | undefined): boolean {
  return callback?.k === 'fn' && callsIn(module, callback.fn).some(call => /(?:^|\.)clearInterval$/.test(call.text));
}
