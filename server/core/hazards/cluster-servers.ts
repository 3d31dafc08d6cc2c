import type { CallFacts } from '../facts/module-facts.ts';
import { clusterSides, type SidesOf } from '../graph/cluster-sides.ts';
import type { ProgramGraph } from '../graph/program-graph.ts';

/** A call in a clustered program with those who run it. */
export interface SidedCall {
  readonly file: string;
  readonly call: CallFacts;
  readonly sides: SidesOf;
}

const listeningTypes: ReadonlySet<string> = new Set(['http.Server', 'net.Server', 'express.Application', 'koa.Application', 'fastify.Instance']);

/** Calls of `listen()` of a server in files that a clustered program runs. */
export function listenCalls(graph: ProgramGraph): readonly SidedCall[] {
  return sidedCalls(graph, (file, { callee }) => callee.k === 'get' && callee.name === 'listen' && graph.meaningsOf(file, callee).some(meaning => meaning.k === 'member' && listeningTypes.has(meaning.type)));
}

const schedulerModules: ReadonlySet<string> = new Set(['node-cron', 'cron', 'node-schedule', 'croner']);
const schedulingMembers: ReadonlySet<string> = new Set(['schedule', 'scheduleJob', 'job', 'Cron', 'CronJob', 'CronJob.from', '']);

/** Calls that schedule work in the process itself. Agenda, Bull and their like keep the schedule in a database and run a job once. */
export function scheduledJobs(graph: ProgramGraph): readonly SidedCall[] {
  return sidedCalls(graph, (file, { callee }) => graph.meaningsOf(file, callee).some(meaning => meaning.k === 'external' && schedulerModules.has(meaning.module) && schedulingMembers.has(meaning.path)));
}

function sidedCalls(graph: ProgramGraph, isMeant: (file: string, call: CallFacts) => boolean): readonly SidedCall[] {
  const all = clusterSides(graph);
  return graph.linkedFiles.flatMap(file => {
    return graph.module(file).calls.flatMap((call, index): SidedCall[] => {
      const sides = all.ofCall(file, index);
      return sides.may !== 0 && isMeant(file, call) ? [{ file, call, sides }] : [];
    });
  });
}
