import { clusterUse } from '../../graph/cluster.ts';
import { message, type MessageTable } from '../messages.ts';
import type { Rule } from '../rule.ts';

const texts = {
  waits: {
    en: 'A worker that is disconnected ends when it has nothing left to do: a timer or a connection that stays open keeps it for ever. Kill it when a deadline has passed.',
    'zh-cn': '被断开的 worker 要等到无事可做才会结束：定时器或保持打开的连接会让它永远存活。请在期限过后将其终止。',
  },
} as const satisfies MessageTable;

/** Source: Node docs, cluster "worker.disconnect()"; measured: a worker with an interval stays alive after it. */
export const rule: Rule = {
  meta: { id: 'worker-disconnect-no-deadline', about: 'program', category: 'cluster', defaultSeverity: 'warn', fix: 'none', since: '0.2.0' },
  texts,
  check({ graph, locale, report }) {
    const { endings } = clusterUse(graph);
    for (const { by, file, call } of endings) {
      if (by !== 'disconnect') continue;
      // A signal anywhere in the same file, or an exit, is taken for the deadline.
      if (endings.some(other => other.by === 'signal' && other.file === file) || graph.module(file).calls.some(({ text }) => /(?:^|\.)(?:process\.exit|process\.kill|kill|destroy)$/.test(text))) continue;
      report({ location: graph.locate(file, call.range), message: message(texts, 'waits', locale), confidence: 'likely', role: 'cluster-primary', anchor: `${graph.functionOf(file, call.fn).displayName} ${call.text}` });
    }
  },
};
