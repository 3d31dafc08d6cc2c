import { clusterUse, endEvents, type Refork } from '../../graph/cluster.ts';
import { functionSteps } from '../../graph/process-handlers.ts';
import { crash, isTaken } from '../../graph/worker-end.ts';
import { byPlace } from '../cluster-listeners.ts';
import type { Fix } from '../finding.ts';
import { message, type MessageTable } from '../messages.ts';
import type { Rule, RuleContext } from '../rule.ts';

const texts = {
  noBackoff: {
    en: 'A worker that fails at start-up is forked again at once, and again, without end: processes start and die several times a second and nobody is served. Wait before the fork, longer each time, or give up after a few.',
    'zh-cn': '启动即失败的 worker 会被立刻重新 fork，周而复始：每秒都有数个进程启动又退出，却无人提供服务。请在 fork 之前等待并逐次加长，或在若干次后放弃。',
  },
  delay: { en: 'Wait a second before the fork', 'zh-cn': '等待一秒再 fork' },
} as const satisfies MessageTable;

/** Sources: Node docs, cluster "Event: 'exit'"; measured: see the page. */
export const rule: Rule = {
  meta: { id: 'cluster-refork-no-backoff', about: 'program', category: 'cluster', defaultSeverity: 'warn', fix: 'suggestion', since: '0.2.0' },
  texts,
  check(context) {
    const { graph, locale } = context;
    const reforks = clusterUse(graph).reforks.filter(({ listener, step }) => !listener.once && step.timing === 'now' && isTaken(graph, step, crash) === 'yes');
    const ownEvent = reforks.some(({ listener }) => listener.event !== 'disconnect') ? [...endEvents].filter(event => event !== 'disconnect') : ['disconnect'];
    for (const { refork, place } of byPlace(context, reforks.filter(({ listener }) => ownEvent.includes(listener.event)))) {
      if (givesUp(context, refork)) continue;
      const fix = delayed(context, refork);
      context.report({
        location: place.location,
        message: message(texts, 'noBackoff', locale),
        // A test of the exit code or of `exitedAfterDisconnect` does not slow down a crash loop, but says that somebody thought about it.
        confidence: refork.step.conditions.length === 0 ? 'certain' : 'possible',
        role: 'cluster-primary',
        path: place.path,
        fixes: fix ? [fix] : [],
        anchor: place.anchor,
      });
    }
  },
};

/** Whether a way through the listener ends the primary: a limit that a function before the fork may keep. */
function givesUp({ graph }: RuleContext, { listener }: Refork): boolean {
  return listener.listeners.some(fn => functionSteps(graph, fn).some(({ kind }) => kind === 'exit' || kind === 'abort' || kind === 'kill' || kind === 'throw'));
}

/** `cluster.fork()` → `setTimeout(() => cluster.fork(), 1000)`, where nobody uses its result. */
function delayed({ graph, locale }: RuleContext, { listener, step }: Refork): Fix | null {
  const { call, function: fn } = step;
  const text = graph.text(fn.file);
  const inListener = listener.listeners.includes(fn);
  if (!call || text === null || !inListener || (call.context !== 'statement' && call.context !== 'returned')) return null;
  const [start, end] = call.range;
  return { title: message(texts, 'delay', locale), kind: 'suggestion', edits: [{ file: fn.file, start, end, text: `setTimeout(() => ${text.slice(start, end)}, 1000)` }] };
}
