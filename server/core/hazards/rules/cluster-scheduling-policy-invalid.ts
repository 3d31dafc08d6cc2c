import { policyWrites } from '../../graph/scheduling-policy.ts';
import { message, type MessageTable } from '../messages.ts';
import type { Rule } from '../rule.ts';

const texts = {
  invalid: {
    en: '{value} is no scheduling policy: the next `fork()` throws "Bad cluster.schedulingPolicy". Assign `cluster.SCHED_RR` or `cluster.SCHED_NONE`.',
    'zh-cn': '{value} 不是有效的调度策略：下一次 `fork()` 会抛出 “Bad cluster.schedulingPolicy”。请赋值为 `cluster.SCHED_RR` 或 `cluster.SCHED_NONE`。',
  },
} as const satisfies MessageTable;

/** Source: lib/internal/cluster/primary.js setupPrimary, which asserts SCHED_NONE (1) or SCHED_RR (2). */
export const rule: Rule = {
  meta: { id: 'cluster-scheduling-policy-invalid', about: 'program', category: 'cluster', defaultSeverity: 'error', fix: 'none', since: '0.2.0' },
  texts,
  check(context) {
    const { graph, locale } = context;
    for (const { function: fn, range, term } of policyWrites(graph)) {
      const value = term?.constant;
      if (value === undefined || value === 1 || value === 2) continue;
      context.report({
        location: graph.locate(fn.file, range),
        message: message(texts, 'invalid', locale, { value: `\`${term!.text}\`` }),
        confidence: 'certain',
        role: 'cluster-primary',
        anchor: `${fn.displayName} schedulingPolicy`,
      });
    }
  },
};
