import { clusterUse, type Refork } from '../../graph/cluster.ts';
import { clusterSides } from '../../graph/cluster-sides.ts';
import { crash, isTaken } from '../../graph/worker-end.ts';
import { byPlace, inlineListener } from '../cluster-listeners.ts';
import type { Fix } from '../finding.ts';
import { statementEdit } from '../fix/statement-edit.ts';
import { message, type MessageTable } from '../messages.ts';
import type { Rule, RuleContext } from '../rule.ts';

const texts = {
  double: {
    en: "A worker that dies emits both 'disconnect' and 'exit', and both listeners fork: every death doubles. Fork on 'exit' alone.",
    'zh-cn': "worker 退出时会先后触发 'disconnect' 和 'exit'，而两个监听函数都会 fork：每次退出都会多出一个 worker。请只在 'exit' 中 fork。",
  },
  remove: { en: "Fork on 'exit' alone", 'zh-cn': "只在 'exit' 中 fork" },
} as const satisfies MessageTable;

/**
 * Sources: Node docs, cluster "Event: 'disconnect'" ("There may be a delay between the 'disconnect' and 'exit' events");
 * lib/internal/cluster/primary.js createWorkerProcess, which emits both for one worker.
 */
export const rule: Rule = {
  meta: { id: 'cluster-double-refork', about: 'program', category: 'cluster', defaultSeverity: 'error', fix: 'suggestion', since: '0.2.0' },
  texts,
  check(context) {
    const { graph, locale } = context;
    const reforks = clusterUse(graph).reforks.filter(({ listener, step }) => !listener.once && isTaken(graph, step, crash) === 'yes');
    const atExit = reforks.filter(({ listener }) => listener.event === 'exit' || listener.event === 'close');
    const atDisconnect = reforks.filter(({ listener }) => listener.event === 'disconnect');
    if (atExit.length === 0) return;
    for (const { refork, place } of byPlace(context, atDisconnect)) {
      const others = atExit.filter(({ listener }) => clusterSides(graph).isSameProgram(listener.file, refork.listener.file));
      if (others.length === 0) continue;
      const unconditional = [refork, ...others].every(({ step }) => step.conditions.length === 0);
      const fix = removal(context, refork);
      context.report({
        location: place.location,
        message: message(texts, 'double', locale),
        confidence: unconditional ? 'certain' : 'likely',
        role: 'cluster-primary',
        path: place.path,
        fixes: fix ? [fix] : [],
        anchor: place.anchor,
      });
    }
  },
};

/** Takes the fork out of the listener, or the whole registration where it does nothing else. */
function removal({ graph, locale }: RuleContext, { listener, step }: Refork): Fix | null {
  const inline = inlineListener(graph, listener);
  if (!inline || inline !== step.function) return null;
  const alone = inline.facts.body.filter(({ k }) => k !== 'return').length === 1;
  const module = graph.module(listener.file);
  const edit = statementEdit(graph, listener.file, alone ? listener.call : module.calls[step.callIndex]!, '');
  return edit && { title: message(texts, 'remove', locale), kind: 'suggestion', edits: [edit] };
}
