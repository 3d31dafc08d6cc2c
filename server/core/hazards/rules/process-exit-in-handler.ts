import { isBesideProgram } from '../../graph/beside.ts';
import { processMember } from '../../graph/process-handlers.ts';
import type { FunctionNode, ProgramGraph, Reach } from '../../graph/program-graph.ts';
import { message, type MessageTable } from '../messages.ts';
import { crossesCallback, worstReach } from '../reach-ranking.ts';
import type { Rule } from '../rule.ts';

const texts = {
  exit: {
    en: '`{call}()` in {entry} ends the whole process: every other request that it is answering breaks off, and one client is enough to bring it about. Answer with an error, or throw and let the error handler do so.',
    'zh-cn': '{entry} 中的 `{call}()` 会结束整个进程：其他正在处理的请求全部中断，而且只需一个客户端就能触发。请返回错误响应，或抛出异常交由错误处理函数处理。',
  },
  wanted: {
    en: '`{call}()` in {entry} ends the process while it answers others. Close the server first and exit when that is through.',
    'zh-cn': '{entry} 中的 `{call}()` 会在其他请求仍在处理时结束进程。请先关闭服务器，待其完成后再退出。',
  },
} as const satisfies MessageTable;

/** Names by which an end is asked for: `POST /admin/restart`, `shutdown()`. */
const wantedName = /restart|shut_?down|reboot|stop|quit|exit|terminate|kill|halt|upgrade|update|restore|install|setup|die\b/i;
/** More calls than this between handler and exit: resolved by name rather than meant. */
const farDepth = 5;

/** Source: Node docs, process.exit(): "forces the process to exit as quickly as possible even if there are still asynchronous operations pending". */
export const rule: Rule = {
  meta: { id: 'process-exit-in-handler', about: 'program', category: 'process', defaultSeverity: 'error', fix: 'none', since: '0.2.0' },
  texts,
  check(context) {
    const { graph, locale } = context;
    for (const { file, index, function: fn } of exitCalls(graph)) {
      const call = graph.module(file).calls[index]!;
      if (call.guards.some(guard => guard === 'main-module' || guard === 'worker-thread' || guard === 'cluster-primary' || guard === 'test' || guard === 'memoised')) continue;
      const reaches = graph.reaching(fn, ['request']).filter(isRequest);
      const found = worstReach(graph, reaches);
      if (!found || found.worst.confidence === 'possible') continue;
      const { reach } = found.worst;
      const wanted = reach.path.some(({ label }) => wantedName.test(label)) || wantedName.test(fn.displayName) || graph.reaching(fn, ['shutdown']).length > 0;
      const location = graph.locate(file, call.range);
      context.report({
        location,
        message: message(texts, wanted ? 'wanted' : 'exit', locale, { call: call.text, entry: reach.entry.label }),
        confidence: reach.path.length - 1 > farDepth || crossesCallback(reach) || runsAtStartup(graph, fn) ? 'possible' : 'likely',
        role: 'request',
        path: [...reach.path, { location, label: `${call.text}()` }],
        ...(wanted ? { atMost: 'info' as const } : found.worst.remark === 'development' ? { atMost: found.worst.atMost } : {}),
        anchor: `${fn.displayName} ${call.text}`,
      });
    }
  },
};

/** What ends the process at a request would have ended it at start-up, where the same function runs: a missing config file. */
function runsAtStartup(graph: ProgramGraph, fn: FunctionNode): boolean {
  const seen = new Set([fn]);
  for (const target of seen) {
    if (target.index === 0) return true;
    if (seen.size > 200) return false;
    for (const { from } of graph.callersOf(target) ?? []) seen.add(from);
  }
  return false;
}

/** The calls that end the process. */
function exitCalls(graph: ProgramGraph): { readonly file: string; readonly index: number; readonly function: FunctionNode }[] {
  return graph.linkedFiles.filter(file => !isBesideProgram(graph, file)).flatMap(file =>
    graph.module(file).calls.flatMap(({ callee, text, fn }, index) => {
      if (!/\b(?:exit|abort|reallyExit)$/.test(text) || fn === 0) return [];
      const member = callee.k === 'get' && callee.object.k === 'global' ? (callee.object.name === 'process' ? callee.name : null) : (graph.meaningsOf(file, callee).map(processMember).find(name => name !== null) ?? null);
      return member === 'exit' || member === 'abort' || member === 'reallyExit' ? [{ file, index, function: graph.functionOf(file, fn) }] : [];
    }),
  );
}

/** Messages of the parent are commands, and listeners of connections that are set up once are no requests. */
function isRequest({ entry, guards }: Reach): boolean {
  return entry.label !== 'process message listener' && !/\b(?:error|close|end|exit|disconnect|finish|timeout|connect|reconnect[\w ]*) listener$/.test(entry.label) && !guards.includes('test') && !guards.includes('memoised');
}
