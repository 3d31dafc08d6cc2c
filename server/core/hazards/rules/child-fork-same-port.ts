import type { CallFacts, Constant } from '../../facts/module-facts.ts';
import type { ProgramGraph } from '../../graph/program-graph.ts';
import { forkedFiles } from '../forked-files.ts';
import { message, type MessageTable } from '../messages.ts';
import type { Rule } from '../rule.ts';

const texts = {
  samePort: {
    en: '`{file}` is forked {times} and each process listens on port {port}: the second gets EADDRINUSE. Processes of `child_process` share no port; use `cluster.fork()`, or give each a port of its own.',
    'zh-cn': '`{file}` 被 fork {times}，每个进程都监听端口 {port}：第二个进程会得到 EADDRINUSE。`child_process` 的进程之间不共享端口；请使用 `cluster.fork()`，或为每个进程分配各自的端口。',
  },
  loop: { en: 'in a loop', 'zh-cn': '（在循环中）' },
  times: { en: '{count} times', 'zh-cn': '{count} 次' },
} as const satisfies MessageTable;

const serverTypes: ReadonlySet<string> = new Set(['http.Server', 'net.Server', 'express.Application', 'koa.Application', 'fastify.Instance']);

/** Sources: Node docs, cluster "How it works" and net server.listen() ('EADDRINUSE'); measured: a second child_process.fork() of a listening file ends with EADDRINUSE. */
export const rule: Rule = {
  meta: { id: 'child-fork-same-port', about: 'program', category: 'process', defaultSeverity: 'error', fix: 'none', since: '0.2.0' },
  texts,
  check(context) {
    const { graph, locale } = context;
    for (const [target, all] of forkedFiles(graph)) {
      // Arguments can tell the processes apart.
      const forks = all.filter(({ call }) => call.args.length === 1);
      const [first] = forks;
      const looped = forks.find(({ call }) => call.loopDepth > 0);
      if (!first || (forks.length < 2 && !looped)) continue;
      const listening = listensOn(graph, target);
      if (!listening) continue;
      const at = looped ?? forks[1] ?? first;
      const location = graph.locate(at.file, at.call.range);
      const listen = graph.locate(target, listening.call.range);
      context.report({
        location,
        message: message(texts, 'samePort', locale, { file: target.split('/').pop()!, port: String(listening.port), times: looped ? message(texts, 'loop', locale) : message(texts, 'times', locale, { count: forks.length }) }),
        confidence: 'likely',
        role: 'startup',
        path: [{ location: listen, label: `${listening.call.text}()` }, { location, label: `${at.call.text}()` }],
        anchor: `${at.call.text} ${target}`,
      });
    }
  },
};

/** The call by which a file listens on a port that it names itself. */
function listensOn(graph: ProgramGraph, file: string): { readonly call: CallFacts; readonly port: Constant } | null {
  const module = graph.module(file);
  for (const call of module.calls) {
    if (call.callee.k !== 'get' || call.callee.name !== 'listen') continue;
    const [port] = call.literalArgs;
    if (typeof port !== 'number' || port === 0) continue;
    if (graph.meaningsOf(file, call.callee).some(meaning => meaning.k === 'member' && serverTypes.has(meaning.type))) return { call, port };
  }
  return null;
}
