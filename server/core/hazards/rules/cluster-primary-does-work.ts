import { primarySide } from '../../graph/cluster-sides.ts';
import { listenCalls } from '../cluster-servers.ts';
import { message, type MessageTable } from '../messages.ts';
import type { Rule } from '../rule.ts';

const texts = {
  serves: {
    en: 'The primary serves requests itself: what a request does here, slow or wrong, also stops handing connections to the workers and replacing them. Let a worker serve.',
    'zh-cn': '主进程自己在处理请求：请求在这里的任何缓慢或错误，都会使其停止向 worker 分发连接和替换 worker。请交给 worker 处理。',
  },
} as const satisfies MessageTable;

/** What a primary may well tell of its workers. */
const supervision = /metric|health|status|admin|inspect|monitor|prometheus|ready|live/i;

/** Source: Node docs, cluster "How it works": the primary accepts connections and distributes them. */
export const rule: Rule = {
  meta: { id: 'cluster-primary-does-work', about: 'program', category: 'cluster', defaultSeverity: 'warn', fix: 'none', since: '0.2.0' },
  texts,
  check({ graph, locale, report }) {
    for (const { file, call, sides } of listenCalls(graph)) {
      if (sides.may !== primarySide) continue;
      const text = graph.text(file);
      report({
        location: graph.locate(file, call.range),
        message: message(texts, 'serves', locale),
        // What the primary only may come to, a command of the same program may be what comes to it.
        confidence: text === null || supervision.test(text) || !(sides.always & primarySide) ? 'possible' : 'likely',
        role: 'cluster-primary',
        anchor: `${graph.functionOf(file, call.fn).displayName} ${call.text}`,
      });
    }
  },
};
