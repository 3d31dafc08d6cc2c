import type { ModuleFacts, Range } from '../../facts/module-facts.ts';
import { functionsWithin } from '../../facts/module-index.ts';
import { statementsOf } from '../../facts/walk-statements.ts';
import { message, type MessageTable } from '../messages.ts';
import { calledTwice, executorsIn } from '../settling.ts';
import { pathTo, situationOf } from '../promise-site.ts';
import type { Rule } from '../rule.ts';

const texts = {
  twice: {
    en: '`{second}()` runs also after `{first}()` in line {line}: the promise is settled already, and the code up to here goes on as if nothing had happened. Put `return` after the first.',
    'zh-cn': '第 {line} 行的 `{first}()` 之后 `{second}()` 仍会执行：Promise 早已敲定，而直到此处的代码还在照常运行。请在第一处之后加上 `return`。',
  },
} as const satisfies MessageTable;

/** Source: ECMA-262 §27.2.1.3 CreateResolvingFunctions: a second call does nothing; Node docs, process, event 'multipleResolves' (removed in 25). */
export const rule: Rule = {
  meta: { id: 'multiple-resolve', category: 'promise', defaultSeverity: 'warn', fix: 'none', since: '0.2.0' },
  texts,
  check(context) {
    const { graph, locale } = context;
    for (const { function: executor, settlers } of executorsIn(graph, context.files)) {
      const facts = graph.module(executor.file);
      const settles = (call: number): boolean => {
        const { callee } = facts.calls[call]!;
        return callee.k === 'var' && settlers.has(callee.var);
      };
      for (const index of functionsWithin(facts, executor.index)) {
        // A `return` that is missing in several places of a function is one finding.
        for (const { first, second } of calledTwice(facts, facts.functions[index]!.body, settles).slice(0, 1)) {
          const fn = graph.functionOf(executor.file, index);
          const location = graph.locate(fn.file, facts.calls[second]!.range);
          const situation = situationOf(graph, fn);
          context.report({
            location,
            message: message(texts, 'twice', locale, { first: facts.calls[first]!.text, second: facts.calls[second]!.text, line: graph.locate(fn.file, facts.calls[first]!.range).line }),
            // Where nothing happens in between the second call does nothing either.
            confidence: somethingHappens(facts, first, second) ? 'likely' : 'possible',
            role: situation.role,
            path: pathTo(situation, location, `${facts.calls[second]!.text}()`),
            anchor: `${fn.displayName} ${facts.calls[second]!.text}`,
          });
        }
      }
    }
  },
};

/** Whether the way from the first call to the second does anything: the arguments of the second are part of it. */
function somethingHappens(facts: ModuleFacts, first: number, second: number): boolean {
  const [start, end] = [facts.calls[first]!.range[1], facts.calls[second]!.range[1]];
  const isBetween = ([from, to]: Range): boolean => from >= start && to <= end;
  const called = facts.calls.some((call, index) => index !== second && call.fn === facts.calls[second]!.fn && isBetween(call.range));
  const decided = [...statementsOf(facts.functions[facts.calls[second]!.fn]!.body)].some(({ statement }) => 'range' in statement && (statement.k === 'if' || statement.k === 'write' || statement.k === 'await') && isBetween(statement.range));
  return called || decided || facts.loops.some(loop => loop.fn === facts.calls[second]!.fn && isBetween(loop.range)) || facts.calls[second]!.args.some(({ k }) => k === 'get');
}
