import { statementsOf, termsOf } from '../../facts/walk-statements.ts';
import type { Term } from '../../facts/module-facts.ts';
import { message, type MessageTable } from '../messages.ts';
import type { Rule } from '../rule.ts';
import { namedFunctions, schedulingCalls } from '../scheduling-calls.ts';

const texts = {
  counts: {
    en: '`{name}` counts turns of an interval as if they were time. Timers are never early, often late, and never make up for it: the count drifts. Take the difference of two `performance.now()`.',
    'zh-cn': '`{name}` 把定时器的触发次数当作时间来累计。定时器从不提前、经常延迟且不会补回，计数会逐渐偏离。请使用两次 `performance.now()` 之差。',
  },
  equals: {
    en: 'Elapsed time is compared for equality: it is nearly never exactly that. Compare with `>=`.',
    'zh-cn': '对经过的时间做相等比较：它几乎不可能恰好相等。请使用 `>=`。',
  },
} as const satisfies MessageTable;

const timeName = /^(?:elapsed|uptime|clock|time|seconds|secs|minutes|hours|millis|milliseconds)(?:Seconds|Secs|Ms|Millis|Left|Passed|Elapsed)?$|(?:Seconds|Elapsed|Uptime|Minutes)$/;

/** Source: Node docs, timers ("makes no guarantees about the exact timing of when callbacks will fire, nor of their ordering"). */
export const rule: Rule = {
  meta: { id: 'timer-precision-assumed', category: 'scheduling', defaultSeverity: 'warn', fix: 'none', since: '0.2.0' },
  texts,
  check(context) {
    const { graph, locale } = context;
    for (const { scheduler, file, call, function: around } of schedulingCalls(graph, context.files)) {
      if (scheduler !== 'setInterval') continue;
      const delay = call.literalArgs[1];
      if (typeof delay !== 'number' || delay < 100) continue;
      const module = graph.module(file);
      for (const callback of namedFunctions(graph, file, call.args[0]).filter(item => item.file === file)) {
        for (const { statement } of statementsOf(callback.facts.body)) {
          if (statement.k !== 'write' || statement.target?.k !== 'var' || !(statement.operator === '++' || (statement.operator === '+=' && typeof statement.term?.constant === 'number'))) continue;
          const variable = module.variables[statement.target.var]!;
          if (variable.fn === callback.index || !timeName.test(variable.name)) continue;
          context.report({ location: graph.locate(file, statement.range), message: message(texts, 'counts', locale, { name: variable.name }), confidence: 'likely', role: 'timer', anchor: `${around.displayName} ${variable.name}` });
        }
      }
    }
    for (const file of context.files) {
      const module = graph.module(file);
      for (const fn of module.functions.keys()) {
        const node = graph.functionOf(file, fn);
        for (const { statement } of statementsOf(node.facts.body)) {
          if (statement.k !== 'if' || statement.test.k !== 'compare' || !/^[!=]==?$/.test(statement.test.operator)) continue;
          const [left, right] = termsOf(statement.test) as [Term, Term];
          if (!(isElapsed(left) && isMilliseconds(right)) && !(isElapsed(right) && isMilliseconds(left))) continue;
          context.report({ location: graph.locate(file, statement.range), message: message(texts, 'equals', locale), confidence: 'likely', role: 'startup', anchor: `${node.displayName} ${left.text}` });
        }
      }
    }
  },
};

/** `Date.now() - start` */
function isElapsed({ text }: Term): boolean {
  return /^(?:Date\.now\(\)|performance\.now\(\)) ?- ?[\w$.]+$/.test(text);
}

function isMilliseconds({ constant }: Term): boolean {
  return typeof constant === 'number' && constant > 1;
}
