import { isBesideProgram } from '../../graph/beside.ts';
import { processHandlers } from '../../graph/process-handlers.ts';
import type { ProgramGraph } from '../../graph/program-graph.ts';
import type { PackageJson } from '../../graph/resolve/project-files.ts';
import { isRecord } from '../../graph/resolve/tsconfig.ts';
import { isServing } from '../crash-handlers.ts';
import { message, type MessageTable } from '../messages.ts';
import type { Rule } from '../rule.ts';

const texts = {
  none: {
    en: 'Nothing handles SIGTERM: at each deployment this server ends on the spot, and the requests that it is answering break off. On SIGTERM, close the server and exit when that is through.',
    'zh-cn': '没有任何代码处理 SIGTERM：每次部署时该服务器都会立即终止，正在处理的请求随之中断。请在收到 SIGTERM 时关闭服务器，待其完成后再退出。',
  },
} as const satisfies MessageTable;

/** Packages that listen for SIGTERM themselves, or run the server for the program. */
const handles: readonly string[] = ['@fastify/close-with-grace', '@gquittet/graceful-server', '@godaddy/terminus', 'async-exit-hook', 'close-with-grace', 'death', 'exit-hook', 'express-graceful-shutdown', 'fastify-cli', 'fastify-graceful-shutdown', 'graceful-server', 'http-graceful-shutdown', 'http-shutdown-handler', 'lightship', 'next', 'node-graceful-shutdown', 'nuxt', 'serverless', 'serverless-http', 'shutdown', 'stoppable-server', 'throng', 'tini'];
const serverTypes: ReadonlySet<string> = new Set(['http.Server', 'express.Application', 'koa.Application', 'fastify.Instance', 'hapi.Server']);
const signals: ReadonlySet<string> = new Set(['SIGTERM']);

/** Source: Node docs, process "Signal events": the default of SIGTERM is to exit with code 128 + 15; Kubernetes docs "Pod Lifecycle": termination begins with SIGTERM. */
export const rule: Rule = {
  meta: { id: 'no-graceful-shutdown', category: 'process', defaultSeverity: 'info', fix: 'none', since: '0.2.0' },
  texts,
  check(context) {
    const { graph, locale } = context;
    if (processHandlers(graph).some(({ event }) => signals.has(event))) return;
    const reported = new Set<string>();
    for (const file of context.files) {
      const owner = graph.packageOf(file);
      const directory = owner?.directory ?? '';
      if (!owner || reported.has(directory) || !isApplication(owner.json) || !isServing(graph, file) || isBesideProgram(graph, file)) continue;
      for (const call of graph.module(file).calls) {
        if (call.callee.k !== 'get' || call.callee.name !== 'listen' || call.guards.includes('test') || call.guards.includes('development')) continue;
        if (!graph.meaningsOf(file, call.callee).some(meaning => meaning.k === 'member' && serverTypes.has(meaning.type))) continue;
        if (reported.size === 0 && mentionsSignal(graph)) return;
        reported.add(directory);
        context.report({ location: graph.locate(file, call.calleeRange), message: message(texts, 'none', locale), confidence: 'likely', role: 'startup', anchor: call.text });
        break;
      }
    }
  },
};

/** A package that is started, not one that others start. */
function isApplication({ scripts, dependencies, devDependencies }: PackageJson): boolean {
  const isStarted = isRecord(scripts) && ['start', 'serve', 'start:prod', 'prod', 'production'].some(name => typeof scripts[name] === 'string');
  const tables = [dependencies, devDependencies];
  return isStarted && !handles.some(name => tables.some(table => isRecord(table) && Object.hasOwn(table, name)));
}

/** Signals whose listeners are registered in ways that are not followed, by NestJS among others. */
function mentionsSignal(graph: ProgramGraph): boolean {
  return graph.linkedFiles.some(file => graph.module(file).calls.some(({ text, literalArgs }) => text.endsWith('enableShutdownHooks') || literalArgs.some(literal => typeof literal === 'string' && /\bSIGTERM\b/.test(literal) && !text.endsWith('kill'))) || graph.module(file).imports.some(({ specifier }) => handles.includes(specifier)));
}
