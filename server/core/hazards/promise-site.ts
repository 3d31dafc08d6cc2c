import { statementsOf } from '../facts/walk-statements.ts';
import { isBesideProgram } from '../graph/beside.ts';
import { handlerSteps, processHandlers } from '../graph/process-handlers.ts';
import { isForPages } from '../graph/relevant-modules.ts';
import type { FunctionNode, ProgramGraph, Reach, Role } from '../graph/program-graph.ts';
import { sharesProcess } from '../graph/same-program.ts';
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
  const alone = aloneRoles.has(role) || isBesideProgram(graph, fn.file) || (byFile !== null && aloneRoles.has(byFile)) || (loaders.length > 0 && loaders.every(file => isCommand(graph, file)));
  return { role: alone && !aloneRoles.has(role) ? 'cli' : role, path: reach?.path ?? [], serving: servingRoles.includes(role), alone, loading: loaders.length > 0 };
}

function isCommand(graph: ProgramGraph, file: string): boolean {
  const role = graph.roleOf(file);
  return graph.module(file).shebang || (role !== null && aloneRoles.has(role));
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

/** What becomes of a rejection that nobody handles: a listener for such hears of it, one for exceptions does (and the process goes on), or the process ends. */
export type RejectionFate = 'heard' | 'kept' | 'ends';

const fates = new WeakMap<ProgramGraph, Map<string, RejectionFate>>();

/**
 * What becomes of a rejection in the processes that a file runs in (Node docs, process, events 'unhandledRejection' and 'uncaughtException': without a
 * listener for the former, the latter's is told). A listener that throws it again, or exits, changes nothing; nor does one of another program.
 */
export function fateOfRejections(graph: ProgramGraph, file: string): RejectionFate {
  let known = fates.get(graph);
  if (!known) fates.set(graph, (known = new Map()));
  let fate = known.get(file);
  if (!fate) known.set(file, (fate = goesOnAfter(graph, file, 'unhandledRejection') ? 'heard' : goesOnAfter(graph, file, 'uncaughtException') ? 'kept' : 'ends'));
  return fate;
}

/** Whether somebody listens for the event and nobody who does ends the process. */
function goesOnAfter(graph: ProgramGraph, file: string, event: 'unhandledRejection' | 'uncaughtException'): boolean {
  // A listener for exceptions that calls what is not known most often ends the process there.
  const isEnd = (ends: ReturnType<typeof endsProcess>): boolean => ends === 'yes' || (event === 'uncaughtException' && ends === 'unknown');
  const handlers = processHandlers(graph).filter(handler => handler.event === event && !handler.removed && !aloneRoles.has(graph.roleOf(handler.file) ?? 'startup') && sharesProcess(graph, handler.file, file));
  return handlers.length > 0 && !handlers.some(handler => handlerSteps(graph, handler).some(step => step.conditions.every(({ rest }) => rest) && isEnd(endsProcess(graph, step))));
}

/** The key of the text that says what becomes of a rejection, and the listener that it names. */
export function rejectionWords(graph: ProgramGraph, file: string): { readonly key: 'heard' | 'ends'; readonly listener: string } {
  const fate = fateOfRejections(graph, file);
  return { key: fate === 'ends' ? 'ends' : 'heard', listener: fate === 'kept' ? 'uncaughtException' : 'unhandledRejection' };
}

/** Whether a listener for unhandled rejections hears of those in a file, and the process goes on. */
export function hearsUnhandledRejections(graph: ProgramGraph, file: string): boolean {
  return fateOfRejections(graph, file) === 'heard';
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
