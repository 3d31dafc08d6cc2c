import { callsIn, functionsWithin } from '../facts/module-index.ts';
import { isRecord } from '../graph/resolve/tsconfig.ts';
import { isBesideProgram } from '../graph/beside.ts';
import type { FunctionNode, ProgramGraph, Reach, Role } from '../graph/program-graph.ts';
import { servedBeside } from '../graph/same-program.ts';
import type { Confidence, Severity } from './finding.ts';

/** Roles in which blocking the thread makes somebody wait; start-up, CLIs, tests, builds, workers and shutdown are none. */
export const servingRoles: readonly Role[] = ['request', 'background', 'timer', 'stream'];

const severityRank: Readonly<Record<Severity, number>> = { info: 0, warn: 1, error: 2 };
const confidenceRank: Readonly<Record<Confidence, number>> = { possible: 0, likely: 1, certain: 2 };

/** More calls than this between handler and operation: less likely to be what the handler's author expects, and milder. */
const directDepth = 3;

/** The lower of two severities. */
export function milder(a: Severity, b: Severity): Severity {
  return severityRank[a] <= severityRank[b] ? a : b;
}

/** Guards that make a finding milder, the weightiest first. */
const remarks = ['memoised', 'development', 'test', 'memoised-per-key'] as const;

/** How bad it is that an operation is reached in this way. */
export interface RankedReach {
  readonly reach: Reach;
  readonly atMost: Severity;
  readonly confidence: Confidence;
  /** What else is to be said: the result is kept, or the code runs for developers only. */
  readonly remark: (typeof remarks)[number] | null;
}

/**
 * Picks the worst way in which an operation is reached: by severity, then by confidence, then the shortest.
 * Ways that only the cluster's primary takes are left out: it serves nobody. Null where none is left.
 */
export function worstReach(graph: ProgramGraph, reaches: readonly Reach[]): { readonly worst: RankedReach; readonly others: number } | null {
  const ranked = reaches.filter(reach => !reach.guards.includes('cluster-primary')).map(reach => rank(graph, reach));
  let worst = ranked[0];
  if (!worst) return null;
  for (const candidate of ranked) if (compare(candidate, worst) < 0) worst = candidate;
  return { worst, others: ranked.length - 1 };
}

function rank(graph: ProgramGraph, reach: Reach): RankedReach {
  const { role } = reach.entry;
  const remark = remarks.find(guard => reach.guards.includes(guard)) ?? null;
  const calls = reach.path.length - 2;
  const direct = role === 'request' && calls <= directDepth;
  const hint = remark !== null && remark !== 'memoised-per-key';
  const atMost = hint ? 'info' : direct && !remark ? 'error' : 'warn';
  // In a process that serves nobody a timer or a stream that blocks makes nobody wait, nor in one that is about to end. Those of a library
  // are what it is for: who uses it chose them.
  const confidence = remark === 'memoised' || (role !== 'request' && role !== 'background' && (!serves(graph, reach.entry.location.file) || isLibrary(graph, reach.entry.function.file) || endsProcess(graph, reach.entry.function))) ? 'possible' : reach.confidence;
  return { reach, atMost, confidence, remark };
}

function compare(a: RankedReach, b: RankedReach): number {
  return (
    Number(a.confidence === 'possible') - Number(b.confidence === 'possible') ||
    severityRank[b.atMost] - severityRank[a.atMost] ||
    confidenceRank[b.confidence] - confidenceRank[a.confidence] ||
    a.reach.path.length - b.reach.path.length
  );
}

/** A package that is published for others to import, and that nobody starts. */
function isLibrary(graph: ProgramGraph, file: string): boolean {
  const json = graph.packageOf(file)?.json;
  // Programs seldom say what of them is published, or where their types are.
  if (!json || (json.files === undefined && json.types === undefined) || json.bin !== undefined) return false;
  return (json.main !== undefined || json.exports !== undefined) && !(isRecord(json.scripts) && typeof json.scripts.start === 'string');
}

/** Whether the function, or one in it, ends this process. */
function endsProcess(graph: ProgramGraph, fn: FunctionNode): boolean {
  const module = graph.module(fn.file);
  return fn.index > 0 && functionsWithin(module, fn.index).flatMap(inside => callsIn(module, inside)).some(call => {
    if (call.text !== 'process.exit' && !(call.text === 'process.kill' && call.args[0]?.k === 'get' && call.args[0].name === 'pid')) return false;
    return true;
  });
}

/** Whether a process that the file runs in serves anybody. */
function serves(graph: ProgramGraph, file: string): boolean {
  return servedBeside(graph, file).some(({ location }) => !isBesideProgram(graph, location.file) || isBesideProgram(graph, file));
}

/**
 * Whether the way goes through a callback that another file hands over: a dispatcher that everybody calls with a function of
 * their own can call any of them, as far as is known.
 */
export function crossesCallback({ path }: Reach): boolean {
  return path.some(({ label, location }, index) => label.endsWith(' calls back') && (path[index + 1]?.location.file ?? location.file) !== location.file);
}
