import { workerSide } from '../../graph/cluster-sides.ts';
import { listenCalls } from '../cluster-servers.ts';
import { message, type MessageTable } from '../messages.ts';
import type { Rule } from '../rule.ts';

const texts = {
  zero: {
    en: 'Port 0 is one random port for all workers, not one for each. For a port of its own, listen with `exclusive: true` or leave it to a number made from `cluster.worker.id`.',
    'zh-cn': '端口 0 会让所有 worker 共用同一个随机端口，而不是各用一个。若需独立端口，请使用 `exclusive: true`，或根据 `cluster.worker.id` 计算端口号。',
  },
} as const satisfies MessageTable;

/** Source: Node docs, cluster "How it works": "server.listen(0) … will receive the same 'random' port each time they do listen(0)". */
export const rule: Rule = {
  meta: { id: 'cluster-listen-zero', about: 'program', category: 'cluster', defaultSeverity: 'warn', fix: 'none', since: '0.2.0' },
  texts,
  check({ graph, locale, report }) {
    for (const { file, call, sides } of listenCalls(graph)) {
      if (sides.may !== workerSide || call.literalArgs[0] !== 0) continue;
      report({ location: graph.locate(file, call.range), message: message(texts, 'zero', locale), confidence: 'likely', role: 'startup', anchor: `${graph.functionOf(file, call.fn).displayName} ${call.text}` });
    }
  },
};
