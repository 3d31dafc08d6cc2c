import { clusterCall, clusterUse, endingOf, type Refork, type WorkerEnding } from '../../graph/cluster.ts';
import { functionSteps, handlerSteps, processHandlers } from '../../graph/process-handlers.ts';
import type { ProgramGraph } from '../../graph/program-graph.ts';
import { crash, disconnected, isTaken } from '../../graph/worker-end.ts';
import { byPlace } from '../cluster-listeners.ts';
import type { Fix } from '../finding.ts';
import { message, type MessageTable } from '../messages.ts';
import type { Rule, RuleContext } from '../rule.ts';

const texts = {
  twice: {
    en: 'A worker that `{ending}()` ends is replaced here too, and the function that ends it forks its replacement itself: each reload leaves one worker more. Fork here only where `exitedAfterDisconnect` is false.',
    'zh-cn': '由 `{ending}()` 结束的 worker 在此也会被补充，而结束它的函数自己已经 fork 了替代者：每次重载都会多出一个 worker。请仅在 `exitedAfterDisconnect` 为 false 时在此处 fork。',
  },
  anyway: {
    en: 'A worker that `{ending}()` ends on purpose is forked again here as if it had crashed. If it is to stay away, ask for `exitedAfterDisconnect` first.',
    'zh-cn': '由 `{ending}()` 有意结束的 worker 在此会像崩溃一样被重新 fork。如果它不应再启动，请先检查 `exitedAfterDisconnect`。',
  },
  ask: { en: 'Fork only after an involuntary exit', 'zh-cn': '仅在非自愿退出后 fork' },
} as const satisfies MessageTable;

/** Source: Node docs, cluster worker.exitedAfterDisconnect ("allows one to distinguish between voluntary and accidental exit"). */
export const rule: Rule = {
  meta: { id: 'cluster-refork-voluntary-exit', about: 'program', category: 'cluster', defaultSeverity: 'warn', fix: 'suggestion', since: '0.2.0' },
  texts,
  check(context) {
    const { graph, locale } = context;
    const use = clusterUse(graph);
    const inShutdown = callsInShutdown(graph);
    const endings = use.endings.filter(({ by, all, file, callIndex }) => by === 'disconnect' && !all && !inShutdown.has(`${file}:${callIndex}`));
    if (endings.length === 0) return;
    const replaced = endings.find(ending => forksToo(graph, ending));
    const ending = replaced ?? endings[0]!;
    // A listener that forks after voluntary ends alone is there to reload.
    const reforks = use.reforks.filter(({ listener, step }) => !listener.once && listener.event === 'exit' && isTaken(graph, step, disconnected) === 'yes' && isTaken(graph, step, crash) === 'yes');
    for (const { refork, place } of byPlace(context, reforks)) {
      const fix = asking(context, refork);
      context.report({
        location: place.location,
        message: message(texts, replaced ? 'twice' : 'anyway', locale, { ending: ending.call.text }),
        // Without a fork beside it, a disconnect may well be meant as a restart.
        confidence: replaced ? 'likely' : 'possible',
        role: 'cluster-primary',
        path: [{ location: graph.locate(ending.file, ending.call.range), label: `${ending.call.text}()` }, ...place.path],
        fixes: fix ? [fix] : [],
        anchor: place.anchor,
      });
    }
  },
};

/** Calls that signal handlers lead to: cluster-refork-during-shutdown speaks of those. */
function callsInShutdown(graph: ProgramGraph): ReadonlySet<string> {
  const handlers = processHandlers(graph).filter(({ event }) => /^SIG(?:TERM|INT|QUIT)$/.test(event));
  return new Set(handlers.flatMap(handler => handlerSteps(graph, handler)).map(step => `${step.function.file}:${step.callIndex}`));
}

/** Whether the code around a disconnect forks the replacement itself: the outermost function in which both happen. */
function forksToo(graph: ProgramGraph, { file, call }: WorkerEnding): boolean {
  const { functions } = graph.module(file);
  for (let index = call.fn; index > 0; index = functions[index]!.parent) {
    const steps = functionSteps(graph, graph.functionOf(file, index)).filter(step => step.call !== null);
    const direct = steps.filter(step => step.conditions.every(({ test }) => !test || !mentions(test, /exitedAfterDisconnect|suicide/)));
    if (direct.some(step => clusterCall(graph, step.function.file, step.call!) === 'fork') && steps.some(step => endingOf(graph, step.function.file, step.call!)?.by === 'disconnect')) return true;
  }
  return false;
}

function mentions(test: object, pattern: RegExp): boolean {
  return pattern.test(JSON.stringify(test));
}

/** `cluster.fork()` → `if (!worker.exitedAfterDisconnect) cluster.fork()`, in a listener that names its worker. */
function asking({ graph, locale }: RuleContext, { listener, step }: Refork): Fix | null {
  const { function: fn, call } = step;
  const text = graph.text(fn.file);
  const worker = listener.emitter === 'cluster' ? fn.facts.paramNames[0] : undefined;
  if (!call || text === null || !worker || !listener.listeners.includes(fn) || call.context !== 'statement') return null;
  const [start] = call.range;
  if (text.slice(text.lastIndexOf('\n', start - 1) + 1, start).trim() !== '') return null;
  return { title: message(texts, 'ask', locale), kind: 'suggestion', edits: [{ file: fn.file, start, end: start, text: `if (!${worker}.exitedAfterDisconnect) ` }] };
}
