import type { CallFacts, ModuleFacts, Statement } from '../../facts/module-facts.ts';
import { statementsOf, termsOf } from '../../facts/walk-statements.ts';
import { message, type MessageTable } from '../messages.ts';
import { filesOnNode, pathTo, situationOf } from '../promise-site.ts';
import type { Rule } from '../rule.ts';
import { calledTwice } from '../settling.ts';

const texts = {
  twice: {
    en: '`{callback}()` is called again after it has been called with the error in line {line}: the caller goes on twice. Put `return` before the first call.',
    'zh-cn': '第 {line} 行已用错误调用过 `{callback}()`，此处又调用一次：调用方会继续执行两次。请在第一处调用前加上 `return`。',
  },
} as const satisfies MessageTable;

/** Source: Node docs, errors, "Error-first callbacks": with an error the callback's work is done. */
export const rule: Rule = {
  meta: { id: 'callback-called-twice', category: 'promise', defaultSeverity: 'warn', fix: 'none', since: '0.2.0' },
  texts,
  check(context) {
    const { graph, locale } = context;
    for (const file of filesOnNode(graph, context.files)) {
      const facts = graph.module(file);
      const executors = new Set(facts.calls.flatMap(call => (call.new ? call.args.flatMap(arg => (arg.k === 'fn' ? [arg.fn] : [])) : [])));
      const called = new Map<number, Set<number>>();
      for (const { fn, callee } of facts.calls) {
        if (callee.k === 'var' && facts.variables[callee.var]!.kind === 'param' && !executors.has(facts.variables[callee.var]!.fn)) called.set(fn, (called.get(fn) ?? new Set()).add(callee.var));
      }
      for (const [index, callbacks] of called) {
        const { body } = facts.functions[index]!;
        for (const callback of callbacks) {
          for (const twice of calledTwice(facts, body, call => isCallOf(facts.calls[call]!, callback))) {
            const [first, second] = [facts.calls[twice.first]!, facts.calls[twice.second]!];
            if (!handsError(facts, body, twice.first) || !succeeds(second)) continue;
            const fn = graph.functionOf(file, index);
            const situation = situationOf(graph, fn);
            const location = graph.locate(file, second.range);
            context.report({
              location,
              message: message(texts, 'twice', locale, { callback: second.text, line: graph.locate(file, first.range).line }),
              confidence: 'likely',
              role: situation.role,
              path: pathTo(situation, location, `${second.text}()`),
              anchor: `${fn.displayName} ${second.text}`,
            });
          }
        }
      }
    }
  },
};

function isCallOf({ callee }: CallFacts, variable: number): boolean {
  return callee.k === 'var' && callee.var === variable;
}

/** `if (error) callback(error)`: the call hands on what a condition around it has found to be there. */
function handsError(facts: ModuleFacts, body: readonly Statement[], call: number): boolean {
  const [error] = facts.calls[call]!.args;
  if (error?.k !== 'var') return false;
  for (const { statement, around } of statementsOf(body)) {
    if (statement.k !== 'call' || statement.call !== call) continue;
    return around.some(outer => outer.k === 'if' && termsOf(outer.test).some(({ value }) => value?.k === 'var' && value.var === error.var));
  }
  return false;
}

/** `callback()`, `callback(null, …)`, `callback(undefined, …)`. */
function succeeds({ args }: CallFacts): boolean {
  const [first] = args;
  return first === undefined || (first.k === 'union' && first.of.length === 0) || (first.k === 'global' && first.name === 'undefined');
}
