import type { CallFacts } from '../../facts/module-facts.ts';
import { isKept } from '../../facts/module-index.ts';
import type { Fix } from '../finding.ts';
import { message, type MessageTable } from '../messages.ts';
import type { Rule, RuleContext } from '../rule.ts';
import { namedFunctions, runsOnNode, schedulingCalls, type SchedulingCall } from '../scheduling-calls.ts';

const texts = {
  defer: {
    en: '`setTimeout()` with {delay} waits at least 1 ms, and for the timers phase. To go on after the I/O that is ready now, use `setImmediate()`; to go on before it, use `queueMicrotask()`.',
    'zh-cn': '`setTimeout()` 的延迟为{delay}时，至少要等 1 毫秒并等到 timers 阶段。若要在已就绪的 I/O 之后继续，请用 `setImmediate()`；若要在其之前继续，请用 `queueMicrotask()`。',
  },
  zero: { en: 'a delay of {ms} ms', 'zh-cn': ' {ms} 毫秒' },
  none: { en: 'no delay', 'zh-cn': '未指定' },
  immediate: { en: 'Use setImmediate(), after the I/O that is ready', 'zh-cn': '改用 setImmediate()，在已就绪的 I/O 之后执行' },
  microtask: { en: 'Use queueMicrotask(), before any I/O', 'zh-cn': '改用 queueMicrotask()，在所有 I/O 之前执行' },
} as const satisfies MessageTable;

/** Sources: Node docs, timers "setTimeout" (delays below 1 become 1) and the guide "The Node.js Event Loop"; lib/internal/timers.js Timeout. */
export const rule: Rule = {
  meta: { id: 'settimeout-zero-as-defer', category: 'scheduling', defaultSeverity: 'info', fix: 'suggestion', since: '0.2.0' },
  texts,
  check(context) {
    const { graph, locale } = context;
    for (const item of schedulingCalls(graph, context.files)) {
      if (item.scheduler !== 'setTimeout') continue;
      const ms = shortDelay(item.call);
      if (ms === null || !runsOnNode(graph, item) || isKept(graph.module(item.file), item.index) || isRepeated(context, item)) continue;
      context.report({
        location: graph.locate(item.file, item.call.calleeRange),
        message: message(texts, 'defer', locale, { delay: ms === undefined ? message(texts, 'none', locale) : message(texts, 'zero', locale, { ms }) }),
        confidence: isTurn(context, item) ? 'certain' : 'possible',
        role: graph.entriesOf(item.function)[0]?.role ?? 'startup',
        fixes: fixes(context, item),
        anchor: `${item.function.displayName} setTimeout ${ms ?? ''}`,
      });
    }
  },
};

/** 0 or 1, `undefined` where none is written; null for every other delay. */
function shortDelay({ args, literalArgs, spread }: CallFacts): 0 | 1 | undefined | null {
  if (spread || args.length === 0) return null;
  if (args.length === 1) return undefined;
  const delay = literalArgs[1];
  return delay === 0 || delay === 1 ? delay : null;
}

/**
 * Whether turns of a loop wait for it, `await new Promise(resolve => setTimeout(resolve, 0))`: each of them takes a millisecond more,
 * where a single one is seldom worth a word.
 */
function isTurn({ graph }: RuleContext, { function: fn }: SchedulingCall): boolean {
  const { file } = fn;
  const { calls } = graph.module(file);
  // The executor of a promise that a loop awaits.
  const promise = calls.find(other => other.new && other.text === 'Promise' && other.args[0]?.k === 'fn' && other.args[0].fn === fn.index);
  if (!promise) return false;
  if (promise.awaited) return promise.loopDepth > 0;
  // `const pause = () => new Promise(…)`, awaited in loops of whoever calls it.
  const maker = graph.functionOf(file, promise.fn);
  return graph.callsInto(maker).some(({ call: use }) => use.awaited && use.loopDepth > 0);
}

/** A function that arms itself again wants the pause, however short. */
function isRepeated({ graph }: RuleContext, { file, call, function: fn }: SchedulingCall): boolean {
  return namedFunctions(graph, file, call.args[0]).some(callback => callback === fn);
}

function fixes({ graph, locale }: RuleContext, { file, call }: SchedulingCall): Fix[] {
  const text = graph.text(file);
  const [callback, delay] = call.argRanges;
  if (text === null || !callback) return [];
  const name = { file, start: call.calleeRange[0], end: call.calleeRange[1] };
  const withoutDelay = delay ? [{ file, start: callback[1], end: delay[1], text: '' }] : [];
  const immediate: Fix = { title: message(texts, 'immediate', locale), kind: 'suggestion', edits: [{ ...name, text: 'setImmediate' }, ...withoutDelay] };
  const microtask: Fix = { title: message(texts, 'microtask', locale), kind: 'suggestion', edits: [{ ...name, text: 'queueMicrotask' }, ...withoutDelay] };
  return call.args.length > 2 ? [immediate] : [immediate, microtask];
}
