import { clusterSides, workerSide } from '../../graph/cluster-sides.ts';
import { policyWrites } from '../../graph/scheduling-policy.ts';
import { message, type MessageTable } from '../messages.ts';
import type { Rule } from '../rule.ts';

const texts = {
  inWorker: {
    en: 'Only workers run this, and only the primary reads the scheduling policy: the assignment does nothing. Move it to the primary, before the first fork.',
    'zh-cn': '只有 worker 会执行此处，而调度策略只由主进程读取：该赋值不起作用。请移到主进程中首次 fork 之前。',
  },
} as const satisfies MessageTable;

/** Source: lib/internal/cluster/child.js, which knows no schedulingPolicy; primary.js setupPrimary reads it. */
export const rule: Rule = {
  meta: { id: 'cluster-scheduling-policy-in-worker', about: 'program', category: 'cluster', defaultSeverity: 'warn', fix: 'none', since: '0.2.0' },
  texts,
  check(context) {
    const { graph, locale } = context;
    for (const { function: fn, range } of policyWrites(graph)) {
      if (clusterSides(graph).ofWrite(fn, range[0]).may !== workerSide) continue;
      context.report({ location: graph.locate(fn.file, range), message: message(texts, 'inWorker', locale), confidence: 'certain', role: 'startup', anchor: `${fn.displayName} schedulingPolicy` });
    }
  },
};
