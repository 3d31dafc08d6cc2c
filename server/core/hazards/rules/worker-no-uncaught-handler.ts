import { clusterSides, workerSide } from '../../graph/cluster-sides.ts';
import { processHandlers } from '../../graph/process-handlers.ts';
import type { ProgramGraph } from '../../graph/program-graph.ts';
import { isRecord } from '../../graph/resolve/tsconfig.ts';
import { listenCalls, type SidedCall } from '../cluster-servers.ts';
import { message, type MessageTable } from '../messages.ts';
import type { Rule } from '../rule.ts';
import { unreplacedForks } from '../unreplaced-workers.ts';

const texts = {
  unheard: {
    en: 'An exception that nobody catches ends this worker, its connections included: no handler takes leave of its clients first, and the primary forks no other. Listen for `uncaughtException` to log, close and exit, and let the primary fork again.',
    'zh-cn': '未捕获的异常会结束此 worker 及其全部连接：没有处理函数先行收尾，主进程也不会再派生新的 worker。请监听 `uncaughtException` 以记录、关闭并退出，并让主进程重新 fork。',
  },
} as const satisfies MessageTable;

const uncaughtEvents: ReadonlySet<string> = new Set(['uncaughtException', 'uncaughtExceptionMonitor', 'capture callback']);
/** Packages that register handlers of their own when they are loaded or set up. */
const reporters = /^(?:@sentry\/|@bugsnag\/|@newrelic\/|@google-cloud\/error-reporting|(?:newrelic|bugsnag|rollbar|raygun|elastic-apm-node|dd-trace|applicationinsights|airbrake-js|@airbrake\/|@honeybadger-io\/|longjohn|graceful|http-graceful|async-exit-hook|node-graceful)(?:\/|$))/;
/** Programs that start the process anew, or in as many copies as are wanted. */
const supervisors = /\b(?:pm2|forever|strong-pm|sl-run|nodemon|supervisor|naught|passenger)\b/;

/** Sources: Node docs, process Event 'uncaughtException' (without a listener the process prints and exits); cluster "How it works". */
export const rule: Rule = {
  meta: { id: 'worker-no-uncaught-handler', about: 'program', category: 'process', defaultSeverity: 'off', fix: 'none', since: '0.2.0' },
  texts,
  check({ graph, locale, report }) {
    const sides = clusterSides(graph);
    for (const fork of unreplacedForks(graph)) {
      const isOwn = (file: string): boolean => sides.isSameProgram(file, fork.file) || sides.workerFiles.has(file);
      if (isSupervised(graph, fork.file) || reportsCrashes(graph, isOwn)) continue;
      const handled = processHandlers(graph).some(({ event, file, call }) => uncaughtEvents.has(event) && isOwn(file) && (sides.ofCall(file, call).may & workerSide || sides.ofCall(file, call).may === 0));
      if (handled) continue;
      // One finding for each program: the first server that its workers start.
      const servers = listenCalls(graph).filter(item => isOwn(item.file) && item.sides.may === workerSide);
      const server = servers.find(({ file }) => sides.isSameProgram(file, fork.file)) ?? servers[0];
      if (server) report({ location: placeOf(graph, server), message: message(texts, 'unheard', locale), confidence: 'likely', role: 'worker', anchor: `${graph.functionOf(server.file, server.call.fn).displayName} ${server.call.text}` });
    }
  },
};

function placeOf(graph: ProgramGraph, { file, call }: SidedCall): ReturnType<ProgramGraph['locate']> {
  return graph.locate(file, [call.range[0], call.calleeRange[1]]);
}

/** Whether a file of the program loads something that hears of crashes, or asks its logger to. */
function reportsCrashes(graph: ProgramGraph, isOwn: (file: string) => boolean): boolean {
  return graph.linkedFiles.some(file => {
    const { imports, objects } = graph.module(file);
    return isOwn(file) && (imports.some(({ specifier }) => reporters.test(specifier)) || objects.some(({ constants }) => constants?.['handleExceptions'] === true));
  });
}

/** Whether the package names a supervisor, in its scripts or among what it needs. */
function isSupervised(graph: ProgramGraph, file: string): boolean {
  const json = graph.packageOf(file)?.json;
  return [json?.['scripts'], json?.dependencies, json?.devDependencies].some(table => isRecord(table) && Object.entries(table).some(([name, value]) => supervisors.test(name) || (table === json?.['scripts'] && typeof value === 'string' && supervisors.test(value))));
}
