import type { FunctionNode, ProgramGraph } from '../../graph/program-graph.ts';
import type { LoopFacts } from '../../facts/module-facts.ts';
import { message, type MessageTable } from '../messages.ts';
import { roleOptionsSchema, rolesToCheck } from '../options.ts';
import { reportReached } from '../report-reached.ts';
import type { Rule } from '../rule.ts';

const texts = {
  clockLoop: { en: 'A loop that only waits for time to pass', 'zh-cn': '仅等待时间流逝的循环' },
  await: { en: 'Await `setTimeout()` of `node:timers/promises` instead.', 'zh-cn': '请改用 `await` 等待 `node:timers/promises` 的 `setTimeout()`。' },
  flag: {
    en: 'Nothing can set `{flag}` while this loop runs: the callback that does so has to wait for the loop to end. Await a promise or an event instead.',
    'zh-cn': '此循环运行期间没有任何代码能设置 `{flag}`：负责设置它的回调必须等循环结束。请改为等待 Promise 或事件。',
  },
} as const satisfies MessageTable;

/** Source: Node guide "Don't block the event loop"; a callback runs only after the current one has returned (libuv uv_run). */
export const rule: Rule = {
  meta: { id: 'busy-wait', category: 'blocking', defaultSeverity: 'error', fix: 'none', since: '0.1.0', options: roleOptionsSchema },
  texts,
  check(context) {
    const { graph, locale } = context;
    for (const { loop, function: fn } of graph.loops(context.files)) {
      if (!loop.busyWait || loop.yields) continue;
      const location = graph.locate(fn.file, headOf(graph, fn, loop));
      const code = `${loop.kind} ${loop.flag ?? 'clock'}`;
      if (loop.busyWait === 'flag') {
        // It never ends, in whatever role: no reach is needed to call that a fault.
        const [reach] = graph.reaching(fn, rolesToCheck({}));
        context.report({
          location,
          message: message(texts, 'flag', locale, { flag: loop.flag! }),
          confidence: 'likely',
          role: reach?.entry.role ?? 'startup',
          path: reach ? [...reach.path, { location, label: loop.kind }] : [],
          anchor: `${fn.displayName} ${code}`,
        });
        continue;
      }
      const reaches = graph.reaching(fn, rolesToCheck(context.optionsFor(fn.file)));
      reportReached(
        context,
        { location, function: fn, what: message(texts, 'clockLoop', locale), code, advice: message(texts, 'await', locale) },
        reaches.map(reach => ({ ...reach, path: [...reach.path, { location, label: loop.kind }] })),
      );
    }
  },
};

/** What to underline: the head of the loop where it stands on top, the test where it stands below. */
function headOf(graph: ProgramGraph, fn: FunctionNode, loop: LoopFacts): readonly [number, number] {
  const test = loop.testRange ?? loop.range;
  if (loop.kind === 'do-while') return test;
  const text = graph.text(fn.file);
  const close = text ? text.indexOf(')', test[1]) : -1;
  return [loop.range[0], close >= 0 && close < loop.range[1] ? close + 1 : test[1]];
}
