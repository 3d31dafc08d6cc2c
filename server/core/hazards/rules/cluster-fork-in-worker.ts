import { clusterCall } from '../../graph/cluster.ts';
import { clusterSides, primarySide, workerSide } from '../../graph/cluster-sides.ts';
import { message, type MessageTable } from '../messages.ts';
import type { Rule } from '../rule.ts';

const texts = {
  inWorker: {
    en: 'Only workers run this, and there `{call}` is undefined: it throws a TypeError. Ask the primary by a message instead.',
    'zh-cn': '只有 worker 会执行此处，而 worker 中 `{call}` 是 undefined：此处会抛出 TypeError。请改为用消息请求主进程。',
  },
  inBoth: {
    en: 'Workers run this too, and there `{call}` is undefined: each dies at once of a TypeError. Put it behind `cluster.isPrimary`, or name another file for the workers in `setupPrimary({ exec })`.',
    'zh-cn': 'worker 同样会执行此处，而 worker 中 `{call}` 是 undefined：每个 worker 都会立即因 TypeError 退出。请放到 `cluster.isPrimary` 分支中，或在 `setupPrimary({ exec })` 中为 worker 指定另一个文件。',
  },
} as const satisfies MessageTable;

/** Source: lib/cluster.js, which loads child.js in a worker: that has no fork, setupPrimary and disconnect. Measured: see the page. */
export const rule: Rule = {
  meta: { id: 'cluster-fork-in-worker', category: 'cluster', defaultSeverity: 'error', fix: 'none', since: '0.2.0' },
  texts,
  check(context) {
    const { graph, locale } = context;
    const sides = clusterSides(graph);
    for (const file of context.files) {
      for (const [index, call] of graph.module(file).calls.entries()) {
        const { may, always } = sides.ofCall(file, index);
        if (!(may & workerSide) || call.optional || call.inTry || clusterCall(graph, file, call) === null) continue;
        const alone = !(may & primarySide);
        // Where both may come, only what every worker does at its start is sure.
        if (!alone && !(always & workerSide)) continue;
        context.report({
          location: graph.locate(file, call.range),
          message: message(texts, alone ? 'inWorker' : 'inBoth', locale, { call: call.text }),
          confidence: always & workerSide ? 'certain' : 'likely',
          role: 'startup',
          anchor: `${graph.functionOf(file, call.fn).displayName} ${call.text}`,
        });
      }
    }
  },
};
