import type { CallFacts, ModuleFacts, Value } from '../../facts/module-facts.ts';
import { assignmentsTo } from '../../facts/module-index.ts';
import { termsOf } from '../../facts/walk-statements.ts';
import { message, type MessageTable } from '../messages.ts';
import { roleOptionsSchema, rolesToCheck } from '../options.ts';
import { reportReached } from '../report-reached.ts';
import type { Rule } from '../rule.ts';

const texts = {
  what: { en: 'Emptying an array by `shift()`', 'zh-cn': '用 `shift()` 清空数组' },
  advice: {
    en: 'Each `shift()` moves all that is left: 50,000 items take seconds. Go through it by index, or by `for…of`, and drop it at the end.',
    'zh-cn': '每次 `shift()` 都要移动剩余的全部元素：50,000 个元素需要数秒。请按下标或用 `for…of` 遍历，最后再丢弃数组。',
  },
} as const satisfies MessageTable;

/**
 * Source: V8 src/builtins/array-shift.tq and src/objects/elements.cc RemoveElement: the elements are moved, which for large arrays is a
 * memmove of all. Measured on Node 20: 10,000 items 12 ms, 50,000 items 3.6 s, 100,000 items 9 s.
 */
export const rule: Rule = {
  meta: { id: 'array-shift-queue', category: 'cpu', defaultSeverity: 'off', fix: 'none', since: '0.2.0', options: roleOptionsSchema },
  texts,
  check(context) {
    const { graph, locale } = context;
    for (const { loop, function: fn } of graph.loops(context.files)) {
      if (loop.yields || !loop.test) continue;
      const module = graph.module(fn.file);
      const tested = termsOf(loop.test).flatMap(({ value }) => (value?.k === 'get' && value.name === 'length' ? [value.object] : []));
      for (const call of module.calls) {
        if (call.fn !== loop.fn || call.range[0] < loop.range[0] || call.range[1] > loop.range[1] || !isShift(call)) continue;
        const list = (call.callee as Value & { readonly k: 'get' }).object;
        if (!tested.some(value => value.k === 'var' && list.k === 'var' && value.var === list.var) || startsSmall(module, list)) continue;
        const location = graph.locate(fn.file, call.range);
        const reaches = graph.reaching(fn, rolesToCheck(context.optionsFor(fn.file))).map(reach => ({ ...reach, path: [...reach.path, { location, label: 'shift()' }] }));
        reportReached(context, { location, function: fn, what: message(texts, 'what', locale), code: call.text, advice: message(texts, 'advice', locale) }, reaches);
      }
    }
  },
};

function isShift({ callee, args }: CallFacts): boolean {
  return callee.k === 'get' && callee.name === 'shift' && args.length === 0;
}

/** It begins as a literal: the queue of a search, whose length depends on what it finds. */
function startsSmall(module: ModuleFacts, list: Value): boolean {
  if (list.k !== 'var') return true;
  const values = assignmentsTo(module, list.var).map(assignment => assignment.value);
  return values.some(value => value.k === 'obj' && !module.objects[value.obj]!.properties.some(({ kind }) => kind === 'spread')) || values.some(value => value.k === 'call' && isSmallCall(module.calls[value.call]!));
}

/** Pieces of a text such as a path or a header. */
function isSmallCall({ callee }: CallFacts): boolean {
  return callee.k === 'get' && /^(?:split|match|exec)$/.test(callee.name);
}
