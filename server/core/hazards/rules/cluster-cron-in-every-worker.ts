import { primarySide, workerSide } from '../../graph/cluster-sides.ts';
import { scheduledJobs } from '../cluster-servers.ts';
import { message, type MessageTable } from '../messages.ts';
import type { Rule } from '../rule.ts';

const texts = {
  everyWorker: {
    en: 'Every worker schedules this job, so it runs once in each of them. Schedule it in the primary, or in a process of its own.',
    'zh-cn': '每个 worker 都会安排此任务，因此它会在每个 worker 中各运行一次。请在主进程或单独的进程中安排。',
  },
} as const satisfies MessageTable;

/** Source: Node docs, cluster "How it works": workers share nothing but the server handles. */
export const rule: Rule = {
  meta: { id: 'cluster-cron-in-every-worker', about: 'program', category: 'cluster', defaultSeverity: 'warn', fix: 'none', since: '0.2.0' },
  texts,
  check({ graph, locale, report }) {
    for (const { file, call, sides } of scheduledJobs(graph)) {
      if (!(sides.always & workerSide) || sides.may & primarySide) continue;
      report({ location: graph.locate(file, call.calleeRange), message: message(texts, 'everyWorker', locale), confidence: 'likely', role: 'startup', anchor: `${graph.functionOf(file, call.fn).displayName} ${call.text}` });
    }
  },
};
