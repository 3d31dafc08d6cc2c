import type { Condition } from '../../facts/module-facts.ts';
import { canMiss, termsOf } from '../../facts/walk-statements.ts';
import type { FunctionNode, ProgramGraph } from '../../graph/program-graph.ts';
import type { Fix, WitnessStep } from '../finding.ts';
import { message, sentences, type MessageTable } from '../messages.ts';
import type { Rule, RuleContext } from '../rule.ts';
import { comesFromParameter, isChanged, namedFunctions, placeOfCall, placesChanged, placesOfCondition, schedulingCalls, type SchedulingCall } from '../scheduling-calls.ts';

const texts = {
  always: {
    en: '{what} puts {name} into the queue again each time it runs: that queue is emptied before the event loop goes on, so no timer, no I/O and no request is served any more.',
    'zh-cn': '{name} 每次运行都会通过 {what} 把自己再次放入队列：该队列清空之前事件循环不会继续，因此定时器、I/O 和请求都不再得到处理。',
  },
  polls: {
    en: '{what} puts {name} into the queue again until something else changes, but that queue is emptied before the event loop goes on: whatever would change it never gets its turn.',
    'zh-cn': '{name} 通过 {what} 反复进入队列，等待别处的改变；但该队列清空之前事件循环不会继续，能够带来改变的代码永远轮不到执行。',
  },
  advice: { en: 'Use `setImmediate()`, which lets the loop turn in between.', 'zh-cn': '请改用 `setImmediate()`，让事件循环在两次之间转动。' },
  fix: { en: 'Use setImmediate()', 'zh-cn': '改用 setImmediate()' },
  step: { en: 'runs {name} again', 'zh-cn': '再次运行 {name}' },
} as const satisfies MessageTable;

const drainedBeforeTheLoop: ReadonlySet<string> = new Set(['nextTick', 'queueMicrotask', 'then']);
/** Calls from the scheduled function back to the one that scheduled it. */
const depthLimit = 3;

/**
 * Sources: Node docs, process.nextTick ("can create an infinite loop when recursively called"); lib/internal/process/task_queues.js
 * processTicksAndRejections empties both queues before it returns to libuv.
 */
export const rule: Rule = {
  meta: { id: 'recursive-nexttick-starvation', category: 'scheduling', defaultSeverity: 'error', fix: 'suggestion', since: '0.2.0' },
  texts,
  check(context) {
    const { graph, locale } = context;
    for (const item of schedulingCalls(graph, context.files)) {
      if (!drainedBeforeTheLoop.has(item.scheduler) || item.call.fn === 0) continue;
      const cycle = wayBack(graph, item);
      const how = cycle && repetition(graph, item);
      if (!cycle || !how) continue;
      const location = graph.locate(item.file, item.call.range);
      const name = `\`${item.function.displayName}\``;
      context.report({
        location,
        message: sentences(locale, [message(texts, how, locale, { what: `\`${item.call.text}()\``, name }), message(texts, 'advice', locale)]),
        confidence: how === 'always' ? 'certain' : 'likely',
        role: graph.entriesOf(item.function)[0]?.role ?? 'startup',
        path: [...cycle, { location, label: `${item.call.text}()` }],
        fixes: fixes(context, item),
        anchor: `${item.function.displayName} ${item.call.text}`,
      });
    }
  },
};

/** The calls by which the scheduled function comes back to the one around the scheduling call; null where it does not. */
function wayBack(graph: ProgramGraph, { file, call, function: target }: SchedulingCall): readonly WitnessStep[] | null {
  for (const callback of namedFunctions(graph, file, call.args[0])) {
    const seen = new Set<FunctionNode>([callback]);
    let level: { readonly fn: FunctionNode; readonly path: readonly WitnessStep[] }[] = [{ fn: callback, path: [] }];
    for (let depth = 0; depth <= depthLimit; depth++) {
      const next: typeof level = [];
      for (const { fn, path } of level) {
        if (fn === target) return path;
        for (const edge of graph.callsFrom(fn)) {
          // What happens behind an await, or on the way to a callback, may wait for the loop.
          if (edge.kind !== 'call' || seen.has(edge.to) || comesFromParameter(graph.module(fn.file), edge.call.callee) || isBehindAwait(fn, graph.module(fn.file).calls.indexOf(edge.call))) continue;
          seen.add(edge.to);
          next.push({ fn: edge.to, path: [...path, { location: graph.locate(fn.file, edge.call.calleeRange), label: `calls ${edge.to.displayName}` }] });
        }
      }
      level = next;
    }
  }
  return null;
}

function isBehindAwait(fn: FunctionNode, call: number): boolean {
  return fn.facts.async && (placeOfCall(fn.facts.body, call)?.before.some(statement => statement.k === 'await') ?? true);
}

/** Whether the call schedules on every run, or until something changes that nothing on the way to it changes; null where it comes to an end. */
function repetition(graph: ProgramGraph, { file, call, index, function: fn }: SchedulingCall): 'always' | 'polls' | null {
  const module = graph.module(file);
  const { body } = fn.facts;
  const place = placeOfCall(body, index);
  if (!place || fn.facts.generator || isBehindAwait(fn, index)) return null;
  const inLoop = place.around.some(statement => statement.k === 'loop' || statement.k === 'switch' || statement.k === 'try');
  if (inLoop) return null;
  const matches = (statement: { readonly k: string; readonly call?: number }): boolean => statement.k === 'call' && statement.call === index;
  if (!canMiss(body, matches, { throws: true })) return takesOtherArguments(graph, file, call.args[0], fn) ? null : 'always';
  const conditions = [...place.around, ...place.before].flatMap((statement): Condition[] => (statement.k === 'if' ? [statement.test] : []));
  if (conditions.length === 0) return null;
  const places = conditions.flatMap(condition => placesOfCondition(module, condition));
  const changed = placesChanged(module, [...place.before, ...place.after]);
  if (isChanged(places, changed) || takesOtherArguments(graph, file, call.args[0], fn)) return null;
  // A call in the condition, or before it, may itself make progress, unless its name says that it only looks.
  const asked = new Set(conditions.flatMap(condition => termsOf(condition)).flatMap(({ value }) => (value?.k === 'call' ? [value.call] : [])));
  if ([...asked].some(call => !looksOnly.test(module.calls[call]!.text))) return null;
  if (place.before.some(statement => statement.k === 'call' && !asked.has(statement.call) && changesSomething(graph, fn, statement.call))) return null;
  return 'polls';
}

/** Names of functions that only look. */
const looksOnly = /(?:^|\.|_)(?:is|has|are|can|check)?_?(?:ready|done|finished|loaded|connected|available|idle|busy|locked|pending|open|exists|full|empty)\w*$/i;

/** A counter or a rest of the input that goes along: the recursion is over when it is used up. */
function takesOtherArguments(graph: ProgramGraph, file: string, callback: { readonly k: string; readonly fn?: number } | undefined, target: FunctionNode): boolean {
  if (callback?.k !== 'fn') return false;
  const module = graph.module(file);
  return module.calls.some(call => {
    if (call.fn !== callback.fn || call.args.length === 0) return false;
    const enters = graph.meaningsOf(file, call.callee).some(meaning => meaning.k === 'function' && meaning.function === target);
    return enters && call.args.some((arg, position) => !(arg.k === 'var' && arg.var === target.facts.params[position]));
  });
}

/** A function of the program that is called before the condition may do part of the work each time. */
function changesSomething(graph: ProgramGraph, fn: FunctionNode, call: number): boolean {
  const facts = graph.module(fn.file).calls[call]!;
  return graph.callsFrom(fn).some(edge => edge.kind === 'call' && edge.call === facts) || facts.args.length > 0;
}

function fixes({ graph, locale }: RuleContext, { file, call, scheduler }: SchedulingCall): Fix[] {
  if (scheduler === 'then' || graph.text(file) === null) return [];
  const [start, end] = call.calleeRange;
  return [{ title: message(texts, 'fix', locale), kind: 'suggestion', edits: [{ file, start, end, text: 'setImmediate' }] }];
}
