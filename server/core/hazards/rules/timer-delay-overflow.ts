import type { ModuleFacts, Value } from '../../facts/module-facts.ts';
import { statementsOf, termsOf } from '../../facts/walk-statements.ts';
import type { Fix } from '../finding.ts';
import { message, type MessageTable } from '../messages.ts';
import type { Rule, RuleContext } from '../rule.ts';
import { placeName, placesIn } from '../scheduling-calls.ts';

const texts = {
  constant: {
    en: 'A delay of {delay} does not fit into 32 bits: Node takes 1 ms instead, so this fires at once. The longest delay is 2,147,483,647 ms (24.8 days).',
    'zh-cn': '延迟 {delay} 超出 32 位范围：Node 会改用 1 毫秒，因此会立即触发。最长延迟为 2,147,483,647 毫秒（24.8 天）。',
  },
  grows: {
    en: '`{name}` is multiplied each time and nothing limits it: above 2,147,483,647 ms Node takes 1 ms instead, and the back-off turns into a loop that tries without a pause. Take `Math.min()` of it and a limit.',
    'zh-cn': '`{name}` 每次都被放大且没有上限：超过 2,147,483,647 毫秒后 Node 会改用 1 毫秒，退避重试就变成了不停歇的重试。请用 `Math.min()` 限制上限。',
  },
  fix: { en: 'Take the longest delay', 'zh-cn': '限制为最长延迟' },
} as const satisfies MessageTable;

/** TIMEOUT_MAX of lib/internal/timers.js, in ms. */
const longestDelay = 2 ** 31 - 1;
/** Position of the delay among the arguments. */
const delayOf: Readonly<Record<string, number>> = { 'globals:setTimeout': 1, 'timers:setTimeout': 1, 'globals:setInterval': 1, 'timers:setInterval': 1, 'timers/promises:setTimeout': 0, 'timers/promises:setInterval': 0, 'timers/promises:scheduler.wait': 0 };

/** Source: lib/internal/timers.js Timeout: a delay that is not in [1, TIMEOUT_MAX] becomes 1; measured on Node 18 to 26. */
export const rule: Rule = {
  meta: { id: 'timer-delay-overflow', category: 'scheduling', defaultSeverity: 'error', fix: 'safe', since: '0.2.0' },
  texts,
  check(context) {
    const { graph, locale } = context;
    for (const { api, call, function: fn, location } of graph.operationsIn(context.files)) {
      const position = delayOf[`${api.module}:${api.member}`];
      const range = position === undefined ? undefined : call.argRanges[position];
      if (position === undefined || !range || call.spread) continue;
      const module = graph.module(location.file);
      const constant = constantDelay(module, call.args[position]!, call.literalArgs[position]!);
      const role = graph.entriesOf(fn)[0]?.role ?? 'startup';
      if (typeof constant === 'number' && !(constant <= longestDelay)) {
        context.report({
          location: graph.locate(location.file, range),
          message: message(texts, 'constant', locale, { delay: Number.isFinite(constant) ? `${constant.toLocaleString('en')} ms` : String(constant) }),
          confidence: 'certain',
          role,
          fixes: Number.isNaN(constant) ? [] : fixes(context, location.file, range),
          anchor: `${fn.displayName} ${call.text}`,
        });
      } else if (constant === null) {
        const name = growing(module, call.args[position]!);
        if (name === null) continue;
        context.report({
          location: graph.locate(location.file, range),
          message: message(texts, 'grows', locale, { name }),
          confidence: 'likely',
          atMost: 'warn',
          role,
          anchor: `${fn.displayName} ${call.text} ${name}`,
        });
      }
    }
  },
};

/** The delay where the text tells it; null where it does not. */
function constantDelay(module: ModuleFacts, value: Value, literal: string | number | boolean | null): number | null {
  if (typeof literal === 'number') return literal;
  if (value.k === 'var') {
    const { constant } = module.variables[value.var]!;
    return typeof constant === 'number' ? constant : null;
  }
  if (value.k === 'global') return value.name === 'Infinity' ? Infinity : value.name === 'NaN' ? NaN : null;
  return null;
}

/** Name of the variable that is the delay, where the program multiplies it and nowhere compares, limits or resets it. */
function growing(module: ModuleFacts, value: Value): string | null {
  if (value.k !== 'var' || module.variables[value.var]!.kind !== 'let') return null;
  const place = placeName(value)!;
  let grows = false;
  let limited = false;
  for (const fn of module.functions) {
    for (const { statement } of statementsOf(fn.body)) {
      if (statement.k === 'write' && placeName(statement.target) === place) {
        const multiplied = statement.operator === '*=' || statement.operator === '**=' || (statement.operator === '=' && /^[\w$]+ \* \d|^\d+ \* [\w$]+$/.test(statement.term?.text ?? '') && placesIn(module, statement.term?.value ?? null).includes(place));
        if (multiplied) grows = true;
        else if (!statement.declares) limited = true;
      }
      if (statement.k === 'if' && termsOf(statement.test).some(term => placesIn(module, term.value).includes(place))) limited = true;
      if (statement.k === 'loop' && module.loops[statement.loop]!.test && termsOf(module.loops[statement.loop]!.test!).some(term => placesIn(module, term.value).includes(place))) limited = true;
      if (statement.k === 'call' && /^Math\.min$/.test(module.calls[statement.call]!.text) && module.calls[statement.call]!.args.some(arg => placesIn(module, arg).includes(place))) limited = true;
    }
  }
  return grows && !limited ? module.variables[value.var]!.name : null;
}

function fixes({ graph, locale }: RuleContext, file: string, [start, end]: readonly [number, number]): Fix[] {
  const text = graph.text(file);
  return text === null ? [] : [{ title: message(texts, 'fix', locale), kind: 'safe', edits: [{ file, start, end, text: `Math.min(${text.slice(start, end)}, 2_147_483_647)` }] }];
}
