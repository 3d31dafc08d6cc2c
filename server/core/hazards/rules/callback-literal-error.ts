import type { ModuleFacts } from '../../facts/module-facts.ts';
import type { ProgramGraph } from '../../graph/program-graph.ts';
import { message, type MessageTable } from '../messages.ts';
import { filesOnNode, pathTo, situationOf } from '../promise-site.ts';
import type { Rule } from '../rule.ts';

const texts = {
  literal: {
    en: '`{callback}()` is handed a string as its error, which has no stack and fails `instanceof Error`. Hand it `new Error({text})`.',
    'zh-cn': '交给 `{callback}()` 的错误是字符串，没有调用栈，也不满足 `instanceof Error`。请改为 `new Error({text})`。',
  },
  fix: { en: 'Make it an Error', 'zh-cn': '改为 Error' },
} as const satisfies MessageTable;

/** Source: Node docs, errors, "Error-first callbacks": the first argument is an Error object or null. */
export const rule: Rule = {
  meta: { id: 'callback-literal-error', category: 'promise', defaultSeverity: 'warn', fix: 'suggestion', since: '0.2.0' },
  texts,
  check(context) {
    const { graph, locale } = context;
    for (const file of filesOnNode(graph, context.files)) {
      const facts = graph.module(file);
      const errorFirst = errorFirstParameters(graph, file, facts);
      if (errorFirst.size === 0) continue;
      for (const call of facts.calls) {
        const { callee, args, argRanges } = call;
        // Express gives these two a meaning of their own: next('route').
        if (callee.k !== 'var' || !errorFirst.has(callee.var) || args[0]?.k !== 'string' || /^(?:route|router)?$/.test(args[0].value)) continue;
        const fn = graph.functionOf(file, call.fn);
        const situation = situationOf(graph, fn);
        const location = graph.locate(file, argRanges[0]!);
        const [start, end] = argRanges[0]!;
        context.report({
          location,
          message: message(texts, 'literal', locale, { callback: call.text, text: `'${args[0].value.slice(0, 40)}'` }),
          confidence: 'likely',
          role: situation.role,
          path: pathTo(situation, location, `${call.text}()`),
          fixes: [{ title: message(texts, 'fix', locale), kind: 'suggestion', edits: [{ file, start, end: start, text: 'new Error(' }, { file, start: end, end, text: ')' }] }],
          anchor: `${fn.displayName} ${call.text} ${args[0].value}`,
        });
      }
    }
  },
};

/** Parameters that an error-first function of Node is handed as its callback, and that nobody calls otherwise than with an error, `null` or nothing first. */
function errorFirstParameters(graph: ProgramGraph, file: string, facts: ModuleFacts): ReadonlySet<number> {
  const found = new Set<number>();
  facts.calls.forEach((call, index) => {
    for (const [position, arg] of call.args.entries()) {
      if (arg.k !== 'var' || facts.variables[arg.var]!.kind !== 'param') continue;
      const callback = graph.operationAt(file, index)?.api.callback;
      if (callback?.errorFirst && position === (callback.position < 0 ? call.args.length + callback.position : callback.position)) found.add(arg.var);
    }
    // callback(null, value): success, said as error-first callbacks say it.
    const { callee, args } = call;
    if (callee.k === 'var' && facts.variables[callee.var]!.kind === 'param' && args.length > 1 && args[0]!.k === 'union' && args[0]!.of.length === 0 && call.literalArgs[0] === null) found.add(callee.var);
  });
  return found;
}
