import { processHandlers } from '../../graph/process-handlers.ts';
import type { ProgramGraph } from '../../graph/program-graph.ts';
import { forkedFiles, type Fork } from '../forked-files.ts';
import { message, type MessageTable } from '../messages.ts';
import type { Rule } from '../rule.ts';

const texts = {
  orphan: {
    en: '`{file}` lives on when this process dies: {reason} keeps it going, and it does not listen for `disconnect`. Add `process.on(\'disconnect\', () => process.exit())` to it.',
    'zh-cn': '当前进程终止后 `{file}` 仍会继续运行：{reason} 使其保持存活，而它没有监听 `disconnect`。请在其中加入 `process.on(\'disconnect\', () => process.exit())`。',
  },
} as const satisfies MessageTable;

const serverTypes: ReadonlySet<string> = new Set(['http.Server', 'net.Server', 'express.Application', 'koa.Application', 'fastify.Instance']);

/** Sources: Node docs, process event 'disconnect'; measured: a forked child with a listener is alive, with parent 1, after its parent was killed; a cluster worker is not. */
export const rule: Rule = {
  meta: { id: 'orphan-child-process', about: 'program', category: 'process', defaultSeverity: 'info', fix: 'none', since: '0.2.0' },
  texts,
  check(context) {
    const { graph, locale } = context;
    for (const [target, forks] of forkedFiles(graph)) {
      const reason = staysAlive(graph, target);
      if (reason === null || processHandlers(graph).some(({ event, file }) => event === 'disconnect' && file === target)) continue;
      const fork = forks.find(candidate => !isDetached(graph, candidate) && !endsChildren(graph, candidate.file));
      if (!fork) continue;
      context.report({
        location: graph.locate(fork.file, fork.call.range),
        message: message(texts, 'orphan', locale, { file: target.split('/').pop()!, reason: `\`${reason}()\`` }),
        confidence: 'likely',
        role: 'startup',
        anchor: `${fork.call.text} ${target}`,
      });
    }
  },
};

/** What keeps a file's process alive without its parent: a server, or an interval. */
function staysAlive(graph: ProgramGraph, file: string): string | null {
  const call = graph.module(file).calls.find(({ callee, text, fn }) => {
    if (fn !== 0) return false;
    if (text === 'setInterval') return true;
    return callee.k === 'get' && callee.name === 'listen' && graph.meaningsOf(file, callee).some(meaning => meaning.k === 'member' && serverTypes.has(meaning.type));
  });
  return call?.text ?? null;
}

/** `detached: true`: it is meant to live on. */
function isDetached(graph: ProgramGraph, { file, call }: Fork): boolean {
  const module = graph.module(file);
  return call.args.some(arg => arg.k === 'obj' && module.objects[arg.obj]!.properties.some(({ name }) => name === 'detached'));
}

/** Whether the parent ends children somewhere. */
function endsChildren(graph: ProgramGraph, file: string): boolean {
  return graph.module(file).calls.some(({ callee }) => callee.k === 'get' && /^(?:kill|disconnect|unref)$/.test(callee.name));
}
