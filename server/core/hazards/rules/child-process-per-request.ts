import { termsOf } from '../../facts/walk-statements.ts';
import type { Operation, ProgramGraph } from '../../graph/program-graph.ts';
import type { SourceLocation } from '../finding.ts';
import { message, type MessageTable } from '../messages.ts';
import { crossesCallback, worstReach } from '../reach-ranking.ts';
import type { Rule } from '../rule.ts';

const texts = {
  process: {
    en: '`{what}()` starts a process for each {entry}, and nothing limits how many there are at once: some hundred requests exhaust memory and process ids. Keep a pool, or a queue with a limit.',
    'zh-cn': '`{what}()` 会为每个 {entry} 启动一个进程，而且没有任何并发上限：几百个请求就能耗尽内存和进程号。请使用进程池或有上限的队列。',
  },
  thread: {
    en: '`new Worker()` starts a thread with a JavaScript engine of its own for each {entry}, and nothing limits how many there are at once. Keep a pool of workers.',
    'zh-cn': '`new Worker()` 会为每个 {entry} 启动一个自带 JavaScript 引擎的线程，而且没有任何并发上限。请使用 worker 池。',
  },
} as const satisfies MessageTable;

const starters: ReadonlySet<string> = new Set(['spawn', 'exec', 'execFile', 'fork']);
/** Libraries whose functions start a process each. */
const launchers: ReadonlySet<string> = new Set(['execa', 'cross-spawn', 'tinyexec', 'zx']);
/** What waits its turn, and what an administrator starts now and then. */
const limited = /queue|pool|limit|semaphore|mutex|lock|throttl|debounce|concurren|schedul|job|task/i;
const seldom = /restart|shut_?down|reboot|install|upgrade|update|backup|restore|import|export|admin|plugin|setup|migrat|deploy|build|start|stop/i;

/** Source: Node guide "Don't Block the Event Loop" ("you should not simply create a Child Process for every client"); worker_threads docs: "use a pool of Workers". */
export const rule: Rule = {
  meta: { id: 'child-process-per-request', category: 'process', defaultSeverity: 'warn', fix: 'none', since: '0.2.0' },
  texts,
  check(context) {
    const { graph, locale } = context;
    for (const operation of graph.operationsIn(context.files)) {
      const kind = starts(operation);
      if (!kind) continue;
      const reaches = graph.reachingOperation(operation, ['request']).filter(({ entry, guards }) => entry.label !== 'process message listener' && !guards.includes('memoised') && !guards.includes('memoised-per-key'));
      const found = worstReach(graph, reaches);
      if (!found || found.worst.confidence === 'possible') continue;
      const { reach } = found.worst;
      const words = [operation.function.displayName, ...reach.path.map(({ label }) => label)].join(' ');
      if (limited.test(words) || reach.path.some(({ location }) => isHeldBack(graph, location))) continue;
      context.report({
        location: operation.location,
        message: message(texts, kind, locale, { what: operation.call.text, entry: reach.entry.label }),
        confidence: seldom.test(words) || reach.path.length > 6 || crossesCallback(reach) ? 'possible' : 'likely',
        role: 'request',
        path: reach.path,
        anchor: `${operation.function.displayName} ${operation.call.text}`,
      });
    }
  },
};

function starts({ api, call }: Operation): 'process' | 'thread' | null {
  if (api.blocking) return null;
  if (api.module === 'child_process') return starters.has(api.member.replace('promises.', '')) ? 'process' : null;
  if (api.module === 'worker_threads') return api.member === 'Worker' && call.new ? 'thread' : null;
  return launchers.has(api.module) && !/sleep|fetch|question/.test(api.member) ? 'process' : null;
}

/** What a flag or a cache is called that lets the rest of a function run now and then only. */
const heldBack = /cach|memo|busy|running|pending|progress|already|started|lock|limit|queue|count|size/i;

/** Whether the function around a place leaves early, before it, where a flag or a cache says so. */
function isHeldBack(graph: ProgramGraph, { file, start }: SourceLocation): boolean {
  const module = graph.module(file);
  const around = module.functions.filter(({ range }) => range[0] <= start && start < range[1]);
  return around.some(fn => fn.kind !== 'module' && fn.body.some(statement => statement.k === 'if' && statement.range[1] < start && statement.then.some(({ k }) => k === 'return' || k === 'throw') && termsOf(statement.test).some(({ text }) => heldBack.test(text))));
}
