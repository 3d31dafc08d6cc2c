import type { CallFacts, Value } from '../facts/module-facts.ts';
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

/** Changes of a whole schema by Sequelize, TypeORM and Knex. */
export function schemaChanges(graph: ProgramGraph): readonly SidedCall[] {
  return sidedCalls(graph, (file, { callee }) => {
    if (callee.k !== 'get') return false;
    if (migratorMethods.has(callee.name) && callee.object.k === 'get' && callee.object.name === 'migrate') return isTyped(graph, file, callee.object.object, 'sql.Transactional');
    if (callee.name === 'sync') return isTyped(graph, file, callee.object, 'sequelize.Sequelize');
    return databaseMethods.has(callee.name) && isTyped(graph, file, callee.object, 'sql.Transactional');
  });
}

const migratorMethods: ReadonlySet<string> = new Set(['latest', 'up', 'rollback']);
const databaseMethods: ReadonlySet<string> = new Set(['runMigrations', 'synchronize']);

function isTyped(graph: ProgramGraph, file: string, value: Value, type: string): boolean {
  return graph.meaningsOf(file, value).some(meaning => meaning.k === 'typed' && meaning.type === type);
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
