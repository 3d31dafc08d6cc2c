import { clusterUse, endingOf, type Refork, type WorkerEnding } from '../../graph/cluster.ts';
import { handlerSteps, processHandlers, type HandlerStep, type ProcessHandler } from '../../graph/process-handlers.ts';
import type { ProgramGraph } from '../../graph/program-graph.ts';
import { disconnected, isTaken, signalled } from '../../graph/worker-end.ts';
import { byPlace } from '../cluster-listeners.ts';
import { message, type MessageTable } from '../messages.ts';
import type { Rule } from '../rule.ts';

const texts = {
  forks: {
    en: 'The {signal} handler ends the workers, and here a new one is forked for each: the primary goes on for ever. Set a flag in the handler, and fork only without it.',
    'zh-cn': '{signal} 处理函数会结束各个 worker，而此处又为每个 worker fork 一个新的：主进程永远不会结束。请在处理函数中设置标志，并仅在未设置时 fork。',
  },
  killed: {
    en: 'The {signal} handler ends the workers by a signal, which leaves `exitedAfterDisconnect` false: a new one is forked for each, and the primary goes on for ever. Set a flag in the handler, and fork only without it.',
    'zh-cn': '{signal} 处理函数用信号结束各个 worker，此时 `exitedAfterDisconnect` 仍为 false：每个 worker 都会被重新 fork，主进程永远不会结束。请在处理函数中设置标志，并仅在未设置时 fork。',
  },
} as const satisfies MessageTable;

/** SIGHUP and SIGUSR2 ask for a reload more often than for an end. */
const endingSignals: ReadonlySet<string> = new Set(['SIGTERM', 'SIGINT', 'SIGQUIT']);

/** Sources: Node docs, cluster worker.exitedAfterDisconnect; lib/internal/cluster/primary.js cluster.disconnect, Worker.prototype.destroy; measured: see the page. */
export const rule: Rule = {
  meta: { id: 'cluster-refork-during-shutdown', about: 'program', category: 'cluster', defaultSeverity: 'warn', fix: 'none', since: '0.2.0' },
  texts,
  check(context) {
    const { graph, locale } = context;
    const use = clusterUse(graph);
    if (use.reforks.length === 0 || use.endings.length === 0) return;
    const shutdowns = processHandlers(graph).filter(({ event }) => endingSignals.has(event)).flatMap(handler => shutdownOf(graph, handler) ?? []);
    for (const { refork, place } of byPlace(context, use.reforks)) {
      const shutdown = shutdowns.find(({ endings }) => endings.some(({ by }) => isTaken(graph, refork.step, by === 'disconnect' ? disconnected : signalled) === 'yes'));
      if (!shutdown || refork.listener.once) continue;
      const onlySignal = asksWhetherVoluntary(graph, refork);
      const { handler, ending, waits } = shutdown;
      context.report({
        location: place.location,
        message: message(texts, onlySignal ? 'killed' : 'forks', locale, { signal: handler.event }),
        confidence: waits ? 'possible' : refork.step.conditions.length === 0 ? 'certain' : 'likely',
        role: 'cluster-primary',
        path: [{ location: graph.locate(handler.file, handler.callFacts.calleeRange), label: `${handler.event} handler` }, { location: graph.locate(ending.function.file, ending.range), label: `${ending.call!.text}()` }, ...place.path],
        anchor: place.anchor,
      });
    }
  },
};

interface Shutdown {
  readonly handler: ProcessHandler;
  readonly endings: readonly Pick<WorkerEnding, 'by' | 'all'>[];
  /** The first of them. */
  readonly ending: HandlerStep;
  /** The primary ends a while later, whatever its workers do. */
  readonly waits: boolean;
}

/** How a signal handler ends the workers; null where it does not, or takes care that none comes back. */
function shutdownOf(graph: ProgramGraph, handler: ProcessHandler): Shutdown | null {
  const steps = handlerSteps(graph, handler);
  const endings = steps.flatMap(step => {
    const ending = step.call && endingOf(graph, step.function.file, step.call);
    return ending ? [{ ...ending, step }] : [];
  });
  const leaves = steps.filter(({ kind }) => kind === 'exit' || kind === 'abort' || kind === 'kill');
  if (endings.length === 0 || leaves.some(({ timing }) => timing === 'now') || steps.some(isRemoval)) return null;
  // Its callback comes when all have disconnected, before they exit.
  if (leaves.length > 0 && endings.every(({ all }) => all)) return null;
  return { handler, endings, ending: endings[0]!.step, waits: leaves.length > 0 };
}

function isRemoval({ call }: HandlerStep): boolean {
  return call?.callee.k === 'get' && /^(?:off|removeListener|removeAllListeners)$/.test(call.callee.name);
}

/** The fork depends on how the worker ended, so that its author expects a shutdown to be told from a crash. */
function asksWhetherVoluntary(graph: ProgramGraph, { step }: Refork): boolean {
  return isTaken(graph, step, disconnected) === 'no';
}
