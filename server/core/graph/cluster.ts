import type { CallFacts, ModuleFacts, Value } from '../facts/module-facts.ts';
import { functionSteps, type HandlerStep } from './process-handlers.ts';
import type { FunctionNode, ProgramGraph } from './program-graph.ts';

/** A call of `cluster.fork()`. */
export interface ForkSite {
  readonly file: string;
  readonly callIndex: number;
  readonly call: CallFacts;
}

/** A listener that the primary hears of its workers by, as it is registered. */
export interface WorkerListener {
  /** `cluster.on(…)` hears of all workers, `worker.on(…)` of one. */
  readonly emitter: 'cluster' | 'worker';
  readonly event: string;
  readonly file: string;
  readonly callIndex: number;
  readonly call: CallFacts;
  /** What the listener can be; empty where nothing is known of it. */
  readonly listeners: readonly FunctionNode[];
  /** It hears only the first event of all workers. */
  readonly once: boolean;
}

/** A call of `cluster.fork()` that an event of a worker leads to. */
export interface Refork {
  readonly listener: WorkerListener;
  readonly step: HandlerStep;
}

/** A call by which the primary ends its workers. */
export interface WorkerEnding {
  /** `disconnect` makes the end a voluntary one for the primary; a signal does not, not even by `worker.kill()`. */
  readonly by: 'disconnect' | 'signal';
  /** `cluster.disconnect()`, which ends all of them and calls back when they are gone. */
  readonly all: boolean;
  readonly file: string;
  readonly callIndex: number;
  readonly call: CallFacts;
}

/** What a program does with node:cluster. */
export interface ClusterUse {
  readonly forks: readonly ForkSite[];
  readonly listeners: readonly WorkerListener[];
  /** Forks that follow from the end of a worker: its `exit`, `disconnect`, or `close` or `exit` of its process. */
  readonly reforks: readonly Refork[];
  readonly endings: readonly WorkerEnding[];
}

const listenerMethods: ReadonlySet<string> = new Set(['on', 'once', 'addListener', 'prependListener', 'prependOnceListener']);
/** Events by which a primary learns that a worker is gone, or will be. */
export const endEvents: ReadonlySet<string> = new Set(['exit', 'disconnect', 'close']);

const uses = new WeakMap<ProgramGraph, ClusterUse>();

/** How the program uses node:cluster; computed once for a graph. */
export function clusterUse(graph: ProgramGraph): ClusterUse {
  let use = uses.get(graph);
  if (!use) uses.set(graph, (use = findClusterUse(graph)));
  return use;
}

function findClusterUse(graph: ProgramGraph): ClusterUse {
  if (!graph.linkedFiles.some(file => graph.module(file).imports.some(item => isClusterModule(item.specifier)))) return { forks: [], listeners: [], reforks: [], endings: [] };
  const forks: ForkSite[] = [];
  const listeners: WorkerListener[] = [];
  const endings: WorkerEnding[] = [];
  for (const file of graph.linkedFiles) {
    const module = graph.module(file);
    for (const [callIndex, call] of module.calls.entries()) {
      if (clusterCall(graph, file, call) === 'fork') forks.push({ file, callIndex, call });
      const by = endingOf(graph, file, call);
      if (by) endings.push({ ...by, file, callIndex, call });
      const listener = listenerOf(graph, module, callIndex, call);
      if (listener) listeners.push(listener);
    }
  }
  const reforks = listeners.filter(({ event }) => endEvents.has(event)).flatMap(listener => reforksOf(graph, listener));
  return { forks, listeners, reforks, endings };
}

/** Whether a specifier names node:cluster. */
export function isClusterModule(specifier: string): boolean {
  return specifier === 'cluster' || specifier === 'node:cluster';
}

/** The member of node:cluster that a call calls: `fork`, `disconnect`, `setupPrimary`; null for every other call. */
export function clusterCall(graph: ProgramGraph, file: string, call: CallFacts): string | null {
  const { callee } = call;
  if (callee.k === 'get') return clusterMethods.has(callee.name) ? clusterMember(graph, file, callee) : null;
  return callee.k === 'var' && graph.module(file).imports.some(item => isClusterModule(item.specifier)) ? clusterMember(graph, file, callee) : null;
}

const clusterMethods: ReadonlySet<string> = new Set(['fork', 'disconnect', 'setupPrimary', 'setupMaster']);

/** The member of node:cluster that a value is. */
export function clusterMember(graph: ProgramGraph, file: string, value: Value): string | null {
  for (const meaning of graph.meaningsOf(file, value)) {
    if (meaning.k === 'external' && meaning.module === 'cluster' && meaning.path !== '') return meaning.path;
    if (meaning.k === 'member' && meaning.type === 'cluster.Cluster') return meaning.name;
  }
  return null;
}

/** Whether and how a call ends workers. A worker that ends itself (`cluster.worker.kill()`) is not meant. */
export function endingOf(graph: ProgramGraph, file: string, call: CallFacts): Pick<WorkerEnding, 'by' | 'all'> | null {
  const { callee } = call;
  if (clusterCall(graph, file, call) === 'disconnect') return { by: 'disconnect', all: true };
  if (callee.k !== 'get' || !endingMethods.has(callee.name)) return null;
  if (isWorker(graph, file, callee.object)) return { by: callee.name === 'disconnect' ? 'disconnect' : 'signal', all: false };
  if (callee.name !== 'kill') return null;
  // `worker.process.kill()`, and `process.kill(worker.process.pid)`.
  if (callee.object.k === 'get' && callee.object.name === 'process' && isWorker(graph, file, callee.object.object)) return { by: 'signal', all: false };
  const [pid] = call.args;
  const ofWorker = pid?.k === 'get' && pid.name === 'pid' && pid.object.k === 'get' && pid.object.name === 'process' && isWorker(graph, file, pid.object.object);
  return ofWorker ? { by: 'signal', all: false } : null;
}

const endingMethods: ReadonlySet<string> = new Set(['disconnect', 'kill', 'destroy']);

/** Whether a value is one of the primary's workers, not the worker's own object. */
function isWorker(graph: ProgramGraph, file: string, value: Value): boolean {
  return graph.meaningsOf(file, value).some(meaning => meaning.k === 'typed' && meaning.type === 'cluster.Worker') && clusterMember(graph, file, value) !== 'worker';
}

function listenerOf(graph: ProgramGraph, { file }: ModuleFacts, callIndex: number, call: CallFacts): WorkerListener | null {
  const { callee, literalArgs } = call;
  const [event] = literalArgs;
  if (callee.k !== 'get' || !listenerMethods.has(callee.name) || typeof event !== 'string' || call.args.length < 2) return null;
  let emitter: WorkerListener['emitter'] | null = null;
  for (const meaning of graph.meaningsOf(file, callee)) {
    if (meaning.k === 'member' && meaning.type === 'cluster.Cluster') emitter = 'cluster';
  }
  // `worker.process.on('exit')` says the same of the process.
  const ofProcess = callee.object.k === 'get' && callee.object.name === 'process' && isWorker(graph, file, callee.object.object);
  if (emitter === null && (ofProcess || isWorker(graph, file, callee.object))) emitter = 'worker';
  if (emitter === null) return null;
  const listeners = graph.meaningsOf(file, call.args[1]!).flatMap(meaning => (meaning.k === 'function' ? [meaning.function] : []));
  return { emitter, event, file, callIndex, call, listeners, once: emitter === 'cluster' && /once/i.test(callee.name) };
}

function reforksOf(graph: ProgramGraph, listener: WorkerListener): Refork[] {
  return listener.listeners.flatMap(fn => functionSteps(graph, fn).flatMap(step => (step.call && clusterCall(graph, step.function.file, step.call) === 'fork' ? [{ listener, step }] : [])));
}
