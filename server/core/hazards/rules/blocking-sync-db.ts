import type { ProgramGraph } from '../../graph/program-graph.ts';
import { blockingRule } from '../blocking-operation.ts';
import type { SourceLocation } from '../finding.ts';

/** Looking up one row or one setting; opening, writing and reading many rows can take any time. */
const lookups = new Set(['get', 'getItem', 'getSync', 'getItemSync', 'prepare', 'query', 'pragma', 'close']);

/**
 * Whether a place is in a function that opens a database and keeps it, `this.db = new DatabaseSync(path)`: what it does besides, and what
 * it calls, makes the database ready, once.
 */
function opensAndKeeps(graph: ProgramGraph, { file, start }: SourceLocation): boolean {
  const module = graph.module(file);
  return graph.blocking('sync-db').some(({ call, location }) => {
    if (!call.new || location.file !== file) return false;
    const [from, to] = module.functions[call.fn]!.range;
    if (call.fn === 0 || start < from || start >= to) return false;
    return module.assignments.some(item => item.value.k === 'call' && module.calls[item.value.call] === call && (item.to === 'property' || module.variables[item.var]!.fn !== call.fn));
  });
}

/** Databases whose driver works on the calling thread; their methods have no `Sync` in their names. Source: the drivers' documentation. */
export const rule = blockingRule({
  id: 'blocking-sync-db',
  kind: 'sync-db',
  severity: 'warn',
  fix: 'none',
  since: '0.1.0',
  advice: {
    en: 'Keep statements short and indexed, or move the database to a worker thread.',
    'zh-cn': '请保持语句简短并使用索引，或把数据库移到工作线程。',
  },
  // `db.prepare(…).all()` is reported at `all`.
  harmless: ({ api, call }) => api.member.endsWith('#prepare') && call.context === 'member',
  isSetUp: (operation, reach, graph) => reach.path.some(({ location }, index) => index > 0 && opensAndKeeps(graph, location)),
  minor: ({ api }) => lookups.has(api.member.split('#').pop()!),
});
