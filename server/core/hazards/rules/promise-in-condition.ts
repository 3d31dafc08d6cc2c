import { message, type MessageTable } from '../messages.ts';
import { missingAwaitTexts, promiseUses, reportMissingAwait } from '../missing-await.ts';
import type { Rule } from '../rule.ts';

const texts = {
  ...missingAwaitTexts,
  call: {
    en: '`{call}()` returns a promise, which is always true in a condition. Await it to test its value.',
    'zh-cn': '`{call}()` 返回 Promise，在条件中永远为真。请先 `await` 再判断其值。',
  },
  variable: {
    en: '`{variable}` holds a promise of `{call}()`, which is always true in a condition. Await it to test its value.',
    'zh-cn': '`{variable}` 保存的是 `{call}()` 的 Promise，在条件中永远为真。请先 `await` 再判断其值。',
  },
} as const satisfies MessageTable;

/** Source: ECMA-262 §7.1.2 ToBoolean: every object is true. */
export const rule: Rule = {
  meta: { id: 'promise-in-condition', category: 'promise', defaultSeverity: 'error', fix: 'suggestion', since: '0.2.0' },
  texts,
  check(context) {
    for (const use of promiseUses(context.graph, context.files)) {
      if (use.as !== 'condition') continue;
      reportMissingAwait(context, use, message(texts, use.variable === null ? 'call' : 'variable', context.locale, { call: use.call.text, variable: use.variable ?? '' }));
    }
  },
};
