import { statementsOf } from '../../facts/walk-statements.ts';
import type { FunctionNode, ProgramGraph } from '../../graph/program-graph.ts';
import { message, type MessageTable } from '../messages.ts';
import type { Rule } from '../rule.ts';
import { isChanged, namedFunctions, placesChanged, placesOfCondition, runsOnNode, schedulingCalls } from '../scheduling-calls.ts';

const texts = {
  overlap: {
    en: '`setInterval()` does not wait for the promise of its callback: when one run takes longer than {delay}, the next starts beside it, and they pile up. Schedule the next run with `setTimeout()` when this one is done.',
    'zh-cn': '`setInterval()` 不会等待回调返回的 Promise：一次执行超过{delay}时，下一次会与之并行开始并不断堆积。请在本次完成后再用 `setTimeout()` 安排下一次。',
  },
  ms: { en: '{ms} ms', 'zh-cn': ' {ms} 毫秒' },
  unknown: { en: 'the interval', 'zh-cn': '间隔时间' },
} as const satisfies MessageTable;

/** From here on an overlap takes more than a slow answer, ms. */
const longInterval = 10_000;

/** Source: lib/internal/timers.js listOnTimeout: an interval is armed again when its callback has returned, whatever that returned. */
export const rule: Rule = {
  meta: { id: 'setinterval-async-overlap', category: 'scheduling', defaultSeverity: 'warn', fix: 'none', since: '0.2.0' },
  texts,
  check(context) {
    const { graph, locale } = context;
    for (const item of schedulingCalls(graph, context.files)) {
      const { scheduler, file, call, function: fn } = item;
      if (scheduler !== 'setInterval' || !runsOnNode(graph, item)) continue;
      const callback = namedFunctions(graph, file, call.args[0]).find(item => runsOf(graph, item).some(run => waits(graph, run)));
      if (!callback || runsOf(graph, callback).some(run => isGuarded(graph, run))) continue;
      const delay = call.literalArgs[1];
      context.report({
        location: graph.locate(file, call.calleeRange),
        message: message(texts, 'overlap', locale, { delay: typeof delay === 'number' ? message(texts, 'ms', locale, { ms: delay.toLocaleString('en') }) : message(texts, 'unknown', locale) }),
        confidence: typeof delay === 'number' && delay < longInterval ? 'likely' : 'possible',
        role: 'timer',
        anchor: `${fn.displayName} setInterval ${callback.facts.name}`,
      });
    }
  },
};

/** The callback, and the function that it does no more than call: `() => this.sync()`. */
function runsOf(graph: ProgramGraph, callback: FunctionNode): readonly FunctionNode[] {
  const { body, async } = callback.facts;
  const calls = [...statementsOf(body)].flatMap(({ statement }) => (statement.k === 'call' ? [statement.call] : []));
  const [only] = calls;
  if (async || only === undefined || calls.length > 1) return [callback];
  return [callback, ...namedFunctions(graph, callback.file, graph.module(callback.file).calls[only]!.callee)];
}

/** Whether the function awaits something that takes time: an operation, a function of a library, an async function that does. */
function waits(graph: ProgramGraph, fn: FunctionNode, depth = 0): boolean {
  if (!fn.facts.async || depth > 3) return false;
  const module = graph.module(fn.file);
  return [...statementsOf(fn.facts.body)].some(({ statement }) => {
    const awaited = statement.k === 'await' ? statement.of : statement.k === 'return' && depth > 0 ? statement.value : null;
    if (awaited?.k !== 'call') return false;
    const { call } = awaited;
    const callees = graph.meaningsOf(fn.file, module.calls[call]!.callee).flatMap(meaning => (meaning.k === 'function' ? [meaning.function] : []));
    return callees.length === 0 ? module.calls[call]!.text !== 'Promise.resolve' : callees.some(callee => waits(graph, callee, depth + 1) || !callee.facts.async);
  });
}

/** A flag or a promise that is asked about before the work and changed by it, or an interval that the work stops. */
function isGuarded(graph: ProgramGraph, fn: FunctionNode): boolean {
  const module = graph.module(fn.file);
  const changed = placesChanged(module, fn.facts.body);
  for (const { statement } of statementsOf(fn.facts.body)) {
    if (statement.k === 'if' && isChanged(placesOfCondition(module, statement.test), changed)) return true;
    if (statement.k === 'call' && /(?:^|\.)(?:clearInterval|acquire|lock|tryLock|runExclusive|withLock|add)$/.test(module.calls[statement.call]!.text)) return true;
  }
  return false;
}
