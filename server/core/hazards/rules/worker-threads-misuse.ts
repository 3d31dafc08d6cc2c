import { statementsOf, termsOf } from '../../facts/walk-statements.ts';
import type { Operation, ProgramGraph } from '../../graph/program-graph.ts';
import { message, type MessageTable } from '../messages.ts';
import { worstReach } from '../reach-ranking.ts';
import type { Rule } from '../rule.ts';

const texts = {
  perRequest: {
    en: 'Each call of {entry} starts a thread with a V8 of its own, and nothing limits how many run at a time. Keep a pool of workers (`piscina`) and hand them tasks.',
    'zh-cn': '{entry} 每次被调用都会启动一个带有独立 V8 的线程，且同时运行的数量没有限制。请使用工作线程池（`piscina`）并向其分派任务。',
  },
} as const satisfies MessageTable;

/** Source: Node docs, worker_threads.html ("use a pool of Workers … the overhead of creating Workers would likely exceed their benefit"). */
export const rule: Rule = {
  meta: { id: 'worker-threads-misuse', category: 'threadpool', defaultSeverity: 'info', fix: 'none', since: '0.2.0' },
  texts,
  check({ files, graph, locale, report }) {
    for (const operation of graph.operationsIn(files)) {
      const { api, location, call, function: fn } = operation;
      if (api.module !== 'worker_threads' || api.member !== 'Worker' || !call.new || isLimited(graph, operation)) continue;
      const found = worstReach(graph, graph.reachingOperation(operation, ['request']));
      if (!found || found.worst.confidence === 'possible' || found.worst.remark !== null) continue;
      const { reach, confidence } = found.worst;
      report({ location, message: message(texts, 'perRequest', locale, { entry: reach.entry.label }), confidence, role: reach.entry.role, path: reach.path, anchor: `${fn.displayName} new Worker` });
    }
  },
};

/** Part of a pool, or behind a question for a number or for a worker that is there already. */
function isLimited(graph: ProgramGraph, { function: fn, call, location }: Operation): boolean {
  const module = graph.module(location.file);
  const owner = fn.facts.class >= 0 ? module.classes[fn.facts.class]!.name : '';
  if (call.guards.length > 0 || /pool|queue/i.test(`${location.file} ${fn.displayName} ${owner}`)) return true;
  for (const { statement } of statementsOf(fn.facts.body)) {
    if (statement.k === 'if' && statement.range[0] < call.range[0] && termsOf(statement.test).some(({ text }) => /\.(?:length|size)\b|worker|count|running|active|busy/i.test(text))) return true;
  }
  return false;
}
