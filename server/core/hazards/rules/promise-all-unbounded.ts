import type { CallFacts, Value } from '../../facts/module-facts.ts';
import { assignmentsTo, callIndicesIn } from '../../facts/module-index.ts';
import { clientInputOf } from '../../graph/client-input.ts';
import type { FunctionNode, ProgramGraph } from '../../graph/program-graph.ts';
import { isGlobal, promisesOf } from '../../graph/promises.ts';
import { reachOfInput } from '../client-input-reach.ts';
import { message, type MessageTable } from '../messages.ts';
import { filesOnNode } from '../promise-site.ts';
import type { Rule } from '../rule.ts';

const texts = {
  unbounded: {
    en: 'All items of `{input}` are worked on at once, and the client chooses how many: sockets, memory and the services behind run out first. Limit the length, or let only a few run at a time.',
    'zh-cn': '`{input}` 的所有项会同时处理，而数量由客户端决定：套接字、内存和后端服务会先耗尽。请限制长度，或限制同时运行的数量。',
  },
} as const satisfies MessageTable;

const combinators: ReadonlySet<string> = new Set(['all', 'allSettled', 'any', 'race']);

/** Source: ECMA-262 §27.2.4.1 Promise.all waits for promises; the work of all of them has begun before. */
export const rule: Rule = {
  meta: { id: 'promise-all-unbounded', category: 'promise', defaultSeverity: 'warn', fix: 'none', since: '0.2.0' },
  texts,
  check(context) {
    const { graph, locale } = context;
    for (const file of filesOnNode(graph, context.files)) {
      const { calls } = graph.module(file);
      for (const outer of calls) {
        const { callee, args } = outer;
        const [list] = args;
        if (callee.k !== 'get' || !combinators.has(callee.name) || !isGlobal(callee.object, 'Promise') || list?.k !== 'call') continue;
        const call = calls[list.call]!;
        // In a loop the list is a batch.
        if (call.callee.k !== 'get' || call.callee.name !== 'map' || call.loopDepth > 0 || !startsWork(graph, file, call)) continue;
        if (isChosenFromList(graph, file, call.callee.object)) continue;
        const fn = graph.functionOf(file, call.fn);
        const input = clientInputOf(graph, fn, call.callee.object, call.range[0], 'list');
        if (!input || input.size) continue;
        const location = graph.locate(file, [outer.range[0], outer.calleeRange[1]]);
        const reach = reachOfInput(graph, input, { function: fn, location, label: `${outer.text}()` });
        if (!reach) continue;
        context.report({
          location,
          message: message(texts, 'unbounded', locale, { input: input.text }),
          // Further away others may have looked at the list.
          confidence: input.calls.length > 2 || reach.confidence === 'possible' ? 'possible' : 'likely',
          role: reach.entry.role,
          path: reach.path,
          anchor: `${fn.displayName} ${outer.text}`,
        });
      }
    }
  },
};

/** `names = names.filter(name => known.includes(name))`: what is left is of a list of the program. */
function isChosenFromList(graph: ProgramGraph, file: string, list: Value): boolean {
  const facts = graph.module(file);
  const chooses = (value: Value): boolean => {
    if (value.k !== 'call') return false;
    const { callee, args } = facts.calls[value.call]!;
    if (callee.k !== 'get' || callee.name !== 'filter' || args[0]?.k !== 'fn') return false;
    return facts.functions[args[0].fn]!.returns.some(result => result.k === 'call' && /\.(?:includes|has)$/.test(facts.calls[result.call]!.text));
  };
  return chooses(list) || (list.k === 'var' && assignmentsTo(facts, list.var).some(assignment => chooses(assignment.value)));
}

/** Whether the callback begins work outside of this process. What only waits for the thread pool is `threadpool-exhaustion`'s. */
function startsWork(graph: ProgramGraph, file: string, { args }: CallFacts): boolean {
  const promises = promisesOf(graph);
  const functions = args[0] && promises.functionsOf(file, args[0]);
  return functions?.every(fn => promises.returnsPromise(fn) && promises.rejectionOfFunction(fn) === 'yes' && !usesThreadPool(graph, fn)) ?? false;
}

function usesThreadPool(graph: ProgramGraph, { file, index }: FunctionNode): boolean {
  return callIndicesIn(graph.module(file), index).some(call => graph.operationAt(file, call)?.api.threadPool ?? false);
}
