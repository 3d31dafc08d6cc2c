import { statementsOf } from '../facts/walk-statements.ts';
import { handlerSteps, processHandlers } from '../graph/process-handlers.ts';
import { isForPages } from '../graph/relevant-modules.ts';
import type { FunctionNode, ProgramGraph, Reach, Role } from '../graph/program-graph.ts';
import { dirname, join, relativeInside } from '../text/path.ts';
import { endsProcess } from './crash-handlers.ts';
import type { Severity, SourceLocation, WitnessStep } from './finding.ts';
import { servingRoles } from './reach-ranking.ts';

/** In which situation a function runs, for rules that report it in any. */
export interface Situation {
  readonly role: Role;
  /** Steps to the function; empty where nothing is seen to call it. */
  readonly path: readonly WitnessStep[];
  readonly serving: boolean;
  /** Work of a command, a test or a build: an error ends it, and ought to. */
  readonly alone: boolean;
  /** Only seen to run while modules are loaded: an error there ends the process as one that is thrown does. */
  readonly loading: boolean;
}

const otherRoles: readonly Role[] = ['startup', 'cluster-primary', 'worker', 'shutdown', 'cli', 'test', 'build'];
const aloneRoles: ReadonlySet<Role> = new Set(['cli', 'test', 'build']);

/** The situation of a function: while it serves before all others. */
export function situationOf(graph: ProgramGraph, fn: FunctionNode): Situation {
  const byFile = graph.roleOf(fn.file);
  const reach = shortest(graph.reaching(fn, servingRoles)) ?? shortest(graph.reaching(fn, otherRoles));
  const role = reach?.entry.role ?? byFile ?? 'startup';
  const loaders = reach ? [] : loadersOf(graph, fn);
  const alone = aloneRoles.has(role) || isExample(graph, fn.file) || (byFile !== null && aloneRoles.has(byFile)) || (loaders.length > 0 && loaders.every(file => isCommand(graph, file)));
  return { role: alone && !aloneRoles.has(role) ? 'cli' : role, path: reach?.path ?? [], serving: servingRoles.includes(role), alone, loading: loaders.length > 0 };
}

function isCommand(graph: ProgramGraph, file: string): boolean {
  const role = graph.roleOf(file);
  return graph.module(file).shebang || (role !== null && aloneRoles.has(role));
}

/** Whether a file is there to be read or measured: a program in the examples or benchmarks of a package. */
export function isExample(graph: ProgramGraph, file: string): boolean {
  const own = graph.packageOf(file)?.directory ?? '.';
  // Examples may have a package of their own, inside of the one that they are of.
  const outer = own === '.' || own === '/' ? undefined : graph.packageOf(join(dirname(own), 'package.json'))?.directory;
  const path = (outer !== undefined && relativeInside(outer, file)) || relativeInside(own, file) || file;
  return /(?:^|\/)(?:docs\/)?(?:examples?|samples?|bench(?:marks?)?)\//.test(path);
}

/** The modules whose top level calls a function, directly or not; none where something else calls it too. */
function loadersOf(graph: ProgramGraph, fn: FunctionNode): readonly string[] {
  const seen = new Set([fn]);
  const loaders: string[] = [];
  for (const next of seen) {
    if (next.index === 0) {
      loaders.push(next.file);
      continue;
    }
    const callers = graph.callersOf(next);
    if (!callers || callers.length === 0) return [];
    for (const { from } of callers) seen.add(from);
  }
  return loaders;
}

function shortest(reaches: readonly Reach[]): Reach | null {
  const order = (reach: Reach): number => [...servingRoles, ...otherRoles].indexOf(reach.entry.role) * 1000 + reach.path.length;
  return reaches.reduce<Reach | null>((best, reach) => (best === null || order(reach) < order(best) ? reach : best), null);
}

/** The path of a finding, which ends at the finding; empty where nothing is seen to lead there. */
export function pathTo({ path }: Situation, location: SourceLocation, label: string): readonly WitnessStep[] {
  return path.length > 0 ? [...path, { location, label }] : [];
}

/** Errors are for what happens while the process serves. */
export function severityIn({ serving }: Situation): Severity {
  return serving ? 'error' : 'warn';
}

const rejectionListeners = new WeakMap<ProgramGraph, boolean>();

/**
 * Whether the program listens for rejections that nobody handles, and goes on after them (Node docs, process). A listener that throws
 * them again, or exits, changes nothing.
 */
export function hearsUnhandledRejections(graph: ProgramGraph): boolean {
  let found = rejectionListeners.get(graph);
  if (found === undefined) {
    const handlers = processHandlers(graph).filter(({ event, removed, file }) => event === 'unhandledRejection' && !removed && !aloneRoles.has(graph.roleOf(file) ?? 'startup'));
    const ends = handlers.some(handler => handlerSteps(graph, handler).some(step => step.conditions.every(({ rest }) => rest) && endsProcess(graph, step) === 'yes'));
    rejectionListeners.set(graph, (found = handlers.length > 0 && !ends));
  }
  return found;
}

/** Of linked files (default: all) those that are not for pages, where no promise ends a process. */
export function filesOnNode(graph: ProgramGraph, files: readonly string[] = graph.linkedFiles): readonly string[] {
  return files.filter(file => !isForPages(graph.module(file)));
}

/** Each function of those files. */
export function* functionsIn(graph: ProgramGraph, files: readonly string[]): Generator<FunctionNode> {
  for (const file of filesOnNode(graph, files)) for (const index of graph.module(file).functions.keys()) yield graph.functionOf(file, index);
}

/** The calls whose value a function throws away. */
export function droppedCalls({ facts }: FunctionNode): readonly number[] {
  const found: number[] = [];
  for (const { statement } of statementsOf(facts.body)) {
    if (statement.k !== 'drop') continue;
    for (const value of statement.value.k === 'union' ? statement.value.of : [statement.value]) if (value.k === 'call') found.push(value.call);
  }
  return found;
}
