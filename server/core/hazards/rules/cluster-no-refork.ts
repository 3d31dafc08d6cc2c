import { clusterUse, endEvents, type ForkSite, type WorkerListener } from '../../graph/cluster.ts';
import { clusterSides, primarySide, workerSide } from '../../graph/cluster-sides.ts';
import { functionSteps } from '../../graph/process-handlers.ts';
import type { FunctionNode, ProgramGraph } from '../../graph/program-graph.ts';
import type { Fix } from '../finding.ts';
import { message, type MessageTable } from '../messages.ts';
import type { Rule, RuleContext } from '../rule.ts';

const texts = {
  noRefork: {
    en: 'Nothing replaces a worker that dies: each crash leaves one less, until nobody serves. Listen for `exit` and fork another.',
    'zh-cn': '没有代码补充退出的 worker：每次崩溃都会少一个，直到无人提供服务。请监听 `exit` 并重新 fork。',
  },
  add: { en: 'Fork a replacement when a worker dies', 'zh-cn': '在 worker 退出时补充一个' },
} as const satisfies MessageTable;

/** Source: Node docs, cluster "How it works": "Node.js does not automatically manage the number of workers"; "Event: 'exit'". */
export const rule: Rule = {
  meta: { id: 'cluster-no-refork', category: 'cluster', defaultSeverity: 'warn', fix: 'suggestion', since: '0.2.0' },
  texts,
  check(context) {
    const { graph, locale } = context;
    const { forks, listeners, reforks } = clusterUse(graph);
    if (forks.length === 0) return;
    const sides = clusterSides(graph);
    const serving = servingFiles(graph);
    const reported: ForkSite[] = [];
    for (const fork of forks) {
      const isOwn = ({ file }: { readonly file: string }): boolean => sides.isSameProgram(file, fork.file);
      // A benchmark or a command runs for a while, and nobody waits for it.
      if (graph.roleOf(fork.file) === 'cli' || reported.some(isOwn) || !(sides.ofCall(fork.file, fork.callIndex).may & primarySide)) continue;
      // Workers that run a file of their own are no program with the primary: any server that they start counts.
      if (!serving.some(file => sides.workerFiles.has(file) || isOwn({ file }))) continue;
      const hears = ({ event, file }: WorkerListener): boolean => endEvents.has(event) && isOwn({ file });
      if (reforks.some(({ listener }) => hears(listener)) || listeners.some(listener => hears(listener) && mayReplace(graph, listener))) continue;
      if (forks.some(other => isOwn(other) && reacts(graph, other))) continue;
      reported.push(fork);
      const fix = listenerFix(context, fork);
      context.report({
        location: graph.locate(fork.file, fork.call.range),
        message: message(texts, 'noRefork', locale),
        confidence: 'likely',
        role: 'cluster-primary',
        fixes: fix ? [fix] : [],
        anchor: `${graph.functionOf(fork.file, fork.call.fn).displayName} ${fork.call.text}`,
      });
    }
  },
};

/** The files by which workers answer requests: those of batch jobs end when they are done. */
function servingFiles(graph: ProgramGraph): readonly string[] {
  const sides = clusterSides(graph);
  const serving = new Set<string>();
  for (const { role, function: fn } of graph.entries) if (role === 'request' && sides.ofFunction(fn).may & workerSide) serving.add(fn.file);
  for (const file of graph.linkedFiles) {
    for (const [index, { callee }] of graph.module(file).calls.entries()) if (callee.k === 'get' && callee.name === 'listen' && sides.ofCall(file, index).may & workerSide) serving.add(file);
  }
  return [...serving];
}

const replacingWord = /fork|spawn|start|launch|create|revive|respawn|replace|restart|emit/i;

/** Whether a listener for the end of a worker may see to a replacement, or ends the primary, for a supervisor to start all anew. */
function mayReplace(graph: ProgramGraph, { listeners }: WorkerListener): boolean {
  if (listeners.length === 0) return true;
  const steps = listeners.flatMap(fn => functionSteps(graph, fn));
  return steps.some(({ kind, call }) => kind === 'exit' || kind === 'abort' || kind === 'kill' || kind === 'throw' || (call !== null && replacingWord.test(call.text)));
}

/** Whether a fork follows from something that happens later: a timer that counts the workers, a message, a watcher. */
function reacts(graph: ProgramGraph, { file, call }: ForkSite): boolean {
  const seen = new Set<FunctionNode>([graph.functionOf(file, call.fn)]);
  for (const fn of seen) {
    if (graph.entriesOf(fn).some(({ role, label }) => role !== 'startup' && label !== 'setTimeout callback')) return true;
    for (const { from } of graph.callsInto(fn)) seen.add(from);
    // A function that is written into a call is handed over by it.
    if (fn.facts.parent > 0) seen.add(graph.functionOf(fn.file, fn.facts.parent));
  }
  return false;
}

/** Registers a listener before the fork, or before the loop around it. */
function listenerFix({ graph, locale }: RuleContext, { file, call }: ForkSite): Fix | null {
  const text = graph.text(file);
  const receiver = /^([\w$]+)\.fork$/.exec(call.text)?.[1];
  const module = graph.module(file);
  // In a function that starts one worker each time, the listener would be registered as often.
  if (text === null || !receiver || call.args.length > 0 || (call.fn !== 0 && call.loopDepth === 0)) return null;
  const around = module.loops.filter(({ fn, range }) => fn === call.fn && range[0] <= call.range[0] && range[1] >= call.range[1]);
  const start = Math.min(call.range[0], ...around.map(({ range }) => range[0]));
  const indent = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  if (indent.trim() !== '') return null;
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const unit = /^\t/m.test(text) ? '\t' : '  ';
  const lines = [`${receiver}.on('exit', worker => {`, `${unit}if (!worker.exitedAfterDisconnect) setTimeout(() => ${receiver}.fork(), 1000);`, '});'];
  return { title: message(texts, 'add', locale), kind: 'suggestion', edits: [{ file, start, end: start, text: lines.map(line => line + eol + indent).join('') }] };
}
