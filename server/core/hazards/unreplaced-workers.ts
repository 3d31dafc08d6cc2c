import { clusterUse, endEvents, type ForkSite, type WorkerListener } from '../graph/cluster.ts';
import { clusterSides, primarySide, workerSide } from '../graph/cluster-sides.ts';
import { functionSteps } from '../graph/process-handlers.ts';
import type { FunctionNode, ProgramGraph } from '../graph/program-graph.ts';

const known = new WeakMap<ProgramGraph, readonly ForkSite[]>();

/** Where workers that serve somebody are forked, once for each program, and nothing replaces one that dies. */
export function unreplacedForks(graph: ProgramGraph): readonly ForkSite[] {
  let found = known.get(graph);
  if (!found) known.set(graph, (found = findForks(graph)));
  return found;
}

function findForks(graph: ProgramGraph): readonly ForkSite[] {
  const { forks, listeners, reforks } = clusterUse(graph);
  if (forks.length === 0) return [];
  const sides = clusterSides(graph);
  const serving = servingFiles(graph);
  const found: ForkSite[] = [];
  for (const fork of forks) {
    const isOwn = ({ file }: { readonly file: string }): boolean => sides.isSameProgram(file, fork.file);
    // A benchmark or a command runs for a while, and nobody waits for it.
    if (graph.roleOf(fork.file) === 'cli' || found.some(isOwn) || !(sides.ofCall(fork.file, fork.callIndex).may & primarySide)) continue;
    // Workers that run a file of their own are no program with the primary: any server that they start counts.
    if (!serving.some(file => sides.workerFiles.has(file) || isOwn({ file }))) continue;
    const hears = ({ event, file }: WorkerListener): boolean => endEvents.has(event) && isOwn({ file });
    if (reforks.some(({ listener }) => hears(listener)) || listeners.some(listener => hears(listener) && mayReplace(graph, listener))) continue;
    if (forks.some(other => isOwn(other) && reacts(graph, other))) continue;
    found.push(fork);
  }
  return found;
}

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
