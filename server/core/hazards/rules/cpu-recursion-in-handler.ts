import { clientInputOf } from '../../graph/client-input.ts';
import type { CallFacts } from '../../facts/module-facts.ts';
import type { FunctionNode } from '../../graph/program-graph.ts';
import { reachOfInput } from '../client-input-reach.ts';
import { message, sentences, type MessageTable } from '../messages.ts';
import { roleOptionsSchema, rolesToCheck } from '../options.ts';
import { branchingRecursions, type BranchingRecursion } from '../recursion.ts';
import { reportReached } from '../report-reached.ts';
import type { Rule, RuleContext } from '../rule.ts';

const texts = {
  doubling: {
    en: 'Each call of `{name}()` calls it again more than once: the work multiplies with every step of `{parameter}`.',
    'zh-cn': '`{name}()` 的每次调用都会再调用自身不止一次：`{parameter}` 每增加一步，工作量就成倍增长。',
  },
  input: {
    en: '`{input}` decides it in {entry}, while every other request waits.',
    'zh-cn': '在 {entry} 中它由 `{input}` 决定，期间其他请求都必须等待。',
  },
  what: { en: 'The recursion of `{name}()`', 'zh-cn': '`{name}()` 的递归' },
  advice: {
    en: 'Keep the results in a `Map`, or count up in a loop.',
    'zh-cn': '请用 `Map` 保存已算出的结果，或改写为循环。',
  },
} as const satisfies MessageTable;

/** Arguments up to this are computed in a few milliseconds (fib(25) makes 250,000 calls). */
const harmless = 25;
/** From here on it is seconds (measured: fib(40) takes one with Node 20). */
const slow = 38;

/**
 * Recursion that multiplies, where requests wait for it. Source: Node guide "Don't block the event loop"; the naive Fibonacci
 * function that nearly every text on Node's single thread uses as its example.
 */
export const rule: Rule = {
  meta: { id: 'cpu-recursion-in-handler', category: 'cpu', defaultSeverity: 'warn', fix: 'none', since: '0.2.0', options: roleOptionsSchema },
  texts,
  check(context) {
    for (const file of context.files) for (const recursion of branchingRecursions(context.graph, file)) report(context, recursion);
  },
};

function report(context: RuleContext, { function: fn, cycle, call, parameter }: BranchingRecursion): void {
  const { graph, locale } = context;
  const location = graph.locate(fn.file, call.range);
  const name = fn.displayName;
  const callers = cycle.flatMap(member => graph.callsInto(member)).filter(edge => !cycle.includes(edge.from));
  if (callers.length > 0 && callers.every(({ call: { literalArgs } }) => typeof literalArgs[parameter] === 'number' && literalArgs[parameter] <= harmless)) return;
  const doubling = message(texts, 'doubling', locale, { name, parameter: fn.facts.paramNames[parameter] ?? '' });
  const advice = message(texts, 'advice', locale);
  for (const edge of callers) {
    const arg = edge.call.args[parameter];
    const input = arg && clientInputOf(graph, edge.from, arg, edge.call.range[0], 'depth');
    const reach = input && !input.size && reachOfInput(graph, { ...input, calls: [...input.calls, edge] }, { function: fn, location, label: `${call.text}()` });
    if (!reach) continue;
    context.report({
      location,
      message: sentences(locale, [doubling, message(texts, 'input', locale, { input: input.text, entry: reach.entry.label }), advice]),
      confidence: reach.confidence,
      role: 'request',
      path: reach.path,
      anchor: `${name} recursion`,
    });
    return;
  }
  if (callers.some(edge => isFromClient(context, edge.from, edge.call, parameter))) return;
  // Where the argument comes from is not seen: it may be small each time.
  const isLarge = callers.some(({ call: { literalArgs } }) => typeof literalArgs[parameter] === 'number' && literalArgs[parameter] >= slow);
  const reaches = graph.reaching(fn, rolesToCheck(context.optionsFor(fn.file))).map(reach => ({ ...reach, path: [...reach.path, { location, label: `${call.text}()` }] }));
  reportReached(context, { location, function: fn, what: message(texts, 'what', locale, { name }), code: 'recursion', advice: sentences(locale, [doubling, advice]), ...(isLarge ? {} : { confidence: 'possible' }) }, reaches);
}

/** Whether a client decides the argument at all: what was not reported then is limited. */
function isFromClient({ graph }: RuleContext, from: FunctionNode, call: CallFacts, parameter: number): boolean {
  const arg = call.args[parameter];
  return arg !== undefined && clientInputOf(graph, from, arg, call.range[0], 'anything') !== null;
}
