import { bothSides, clusterSides } from '../../graph/cluster-sides.ts';
import type { ProgramGraph } from '../../graph/program-graph.ts';
import { listenCalls, scheduledJobs, schemaChanges, type SidedCall } from '../cluster-servers.ts';
import { message, type MessageTable } from '../messages.ts';
import type { Rule } from '../rule.ts';

const texts = {
  listen: {
    en: 'The primary and its workers all run this: one takes the port, the others fail with EADDRINUSE. Let only the workers listen.',
    'zh-cn': '主进程和所有 worker 都会执行此处：其中一方占用端口，其余的会因 EADDRINUSE 失败。请只让 worker 监听。',
  },
  schedule: {
    en: 'The primary and each of its workers schedule this job, so it runs in all of them. Put it behind `cluster.isPrimary`.',
    'zh-cn': '主进程和每个 worker 都会安排此任务，因此它会在所有进程中运行。请放到 `cluster.isPrimary` 分支中。',
  },
  schema: {
    en: 'The primary and each of its workers change the schema of the database here, at the same time as they start. Do it once, before the first fork or in a step of the deployment.',
    'zh-cn': '主进程和每个 worker 在启动时都会同时在此修改数据库结构。请只执行一次：在首次 fork 之前，或作为部署步骤。',
  },
  file: {
    en: 'The primary and each of its workers do this, all to the same file: they undo or overwrite what the others did. Put it behind `cluster.isPrimary`.',
    'zh-cn': '主进程和每个 worker 都会对同一个文件执行此操作，彼此撤销或覆盖。请放到 `cluster.isPrimary` 分支中。',
  },
} as const satisfies MessageTable;

const fileChanges = /^(?:promises\.)?(?:writeFile|appendFile|unlink|rm|rename|truncate|copyFile)(?:Sync)?$/;

/** Source: Node docs, cluster: a worker runs the file of the primary again; measured: see the page. */
export const rule: Rule = {
  meta: { id: 'cluster-side-effect-in-both', about: 'program', category: 'cluster', defaultSeverity: 'warn', fix: 'none', since: '0.2.0' },
  texts,
  check({ graph, locale, report }) {
    const once = [
      // What other than a number or a name decides of the port may differ between the two.
      ...listenCalls(graph).filter(({ call }) => call.args.length > 0 && call.args[0]!.k !== 'obj' && call.literalArgs[0] !== 0).map(item => ({ ...item, key: 'listen' as const })),
      ...scheduledJobs(graph).map(item => ({ ...item, key: 'schedule' as const })),
      ...schemaChanges(graph).map(item => ({ ...item, key: 'schema' as const })),
      ...changesOfFiles(graph).map(item => ({ ...item, key: 'file' as const })),
    ];
    for (const { file, call, sides, key } of once) {
      if (sides.always !== bothSides) continue;
      report({ location: graph.locate(file, call.calleeRange), message: message(texts, key, locale), confidence: 'likely', role: 'startup', anchor: `${graph.functionOf(file, call.fn).displayName} ${call.text}` });
    }
  },
};

/** Changes of files with a constant name, at the top level of files that a clustered program runs. */
function changesOfFiles(graph: ProgramGraph): readonly SidedCall[] {
  const sides = clusterSides(graph);
  return graph.operations.flatMap(({ api, call, location: { file } }): SidedCall[] => {
    if (call.fn !== 0 || !/^fs(?:\/promises)?$/.test(api.module) || !fileChanges.test(api.member) || typeof call.literalArgs[0] !== 'string') return [];
    return [{ file, call, sides: sides.ofCall(file, graph.module(file).calls.indexOf(call)) }];
  });
}
