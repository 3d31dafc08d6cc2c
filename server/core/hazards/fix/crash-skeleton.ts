import type { ModuleFacts, Statement } from '../../facts/module-facts.ts';
import { blocksOf, statementsOf } from '../../facts/walk-statements.ts';
import type { ProcessHandler } from '../../graph/process-handlers.ts';
import type { ProgramGraph } from '../../graph/program-graph.ts';
import { isRecord } from '../../graph/resolve/tsconfig.ts';
import type { Fix } from '../finding.ts';
import { message, type Locale, type MessageTable } from '../messages.ts';
import { extendListener } from './extend-listener.ts';

export const skeletonTexts = {
  shutdown: { en: 'Log, stop accepting, and exit with code 1', 'zh-cn': '记录日志、停止接收请求，并以退出码 1 退出' },
  close: { en: 'Close the server, then exit', 'zh-cn': '关闭服务器后退出' },
  leave: { en: 'Exit', 'zh-cn': '退出' },
  exit: { en: 'Exit with code 1 after logging', 'zh-cn': '记录日志后以退出码 1 退出' },
} as const satisfies MessageTable;

/** Time for what was accepted to be answered before the process ends anyway, as it is written. */
const deadline = '10_000';

/**
 * Makes a handler that only reports end the process. With a server in reach: no new connections, the parent is told, what
 * was accepted is answered, and a timer that holds up nothing ends it all; a second exception only adds to the log.
 * Null where the handler has no place at which that could be put.
 */
export function crashSkeleton(graph: ProgramGraph, handler: ProcessHandler, locale: Locale): Fix | null {
  const servers = serversInReach(graph, handler);
  const flag = unusedName(graph, handler.file);
  const edits = extendListener(graph, handler, servers.length === 0 ? { body: () => ['process.exit(1);'] } : { body: () => shutdownLines(flag, servers, isClustered(graph)), before: `let ${flag} = false;` });
  return edits && { title: message(skeletonTexts, servers.length === 0 ? 'exit' : 'shutdown', locale), kind: 'suggestion', edits };
}

/** Makes the listener of a signal end the process: when the server in reach is closed, or at once. */
export function exitFix(graph: ProgramGraph, handler: ProcessHandler, locale: Locale): Fix | null {
  const servers = serversInReach(graph, handler);
  const body = servers.length === 0 ? ['process.exit(0);'] : [`setTimeout(() => process.exit(1), ${deadline}).unref();`, closeLine(servers, 0)];
  const edits = extendListener(graph, handler, { body: () => body });
  return edits && { title: message(skeletonTexts, servers.length === 0 ? 'leave' : 'close', locale), kind: 'suggestion', edits };
}

function closeLine(servers: readonly Server[], code: number): string {
  const names = servers.map(({ name }) => name);
  if (names.length === 1) return `${names[0]!}.close(() => process.exit(${code}));`;
  return `Promise.all([${names.join(', ')}].map(server => new Promise(closed => server.close(closed)))).finally(() => process.exit(${code}));`;
}

function shutdownLines(flag: string, servers: readonly Server[], clustered: boolean): string[] {
  return [
    `if (${flag}) return;`,
    `${flag} = true;`,
    'process.exitCode = 1;',
    `setTimeout(() => process.exit(1), ${deadline}).unref();`,
    ...(clustered ? [`process.send?.({ type: 'uncaughtException' }, () => {});`] : []),
    ...servers.filter(({ http }) => http).map(({ name }) => `${name}.prependListener('request', (request, response) => response.setHeader('Connection', 'close'));`),
    closeLine(servers, 1),
  ];
}

interface Server {
  readonly name: string;
  readonly http: boolean;
}

/** The servers that the listener can name: those of the blocks around it that are there before it is registered. */
function serversInReach(graph: ProgramGraph, handler: ProcessHandler): Server[] {
  const module = graph.module(handler.file);
  const around = new Set<number>();
  for (let fn = handler.callFacts.fn; fn >= 0; fn = module.functions[fn]!.parent) around.add(fn);
  const declared = new Set([...around].flatMap(fn => declaredBefore(module, module.functions[fn]!.body, handler.callFacts.range[0])));
  return module.variables.flatMap((variable, index): Server[] => {
    const usable = around.has(variable.fn) && (variable.kind === 'import' || (variable.kind === 'const' && declared.has(index)));
    if (!usable) return [];
    const types = graph.meaningsOf(handler.file, { k: 'var', var: index }).flatMap(meaning => (meaning.k === 'typed' ? [meaning.type] : []));
    if (!types.includes('http.Server') && !types.includes('net.Server')) return [];
    return [{ name: variable.name, http: types.includes('http.Server') }];
  });
}

/** The variables that a block, and those in it that lead to the position, declare before the position. */
function declaredBefore(module: ModuleFacts, block: readonly Statement[], position: number): number[] {
  return block.flatMap(statement => {
    if (statement.k === 'write') return statement.declares && statement.target?.k === 'var' && statement.range[0] < position ? [statement.target.var] : [];
    return blocksOf(statement).flatMap(inner => (leadsTo(module, inner, position) ? declaredBefore(module, inner, position) : []));
  });
}

function leadsTo(module: ModuleFacts, block: readonly Statement[], position: number): boolean {
  return [...statementsOf(block)].some(({ statement }) => {
    if (statement.k !== 'call') return false;
    const [start, end] = module.calls[statement.call]!.range;
    return start <= position && position < end;
  });
}

function unusedName(graph: ProgramGraph, file: string): string {
  const { variables, globals } = graph.module(file);
  const taken = new Set([...variables.map(({ name }) => name), ...globals]);
  return ['crashing', 'isCrashing', 'hasCrashed'].find(name => !taken.has(name)) ?? 'crashingAfterUncaughtException';
}

/** Packages that run a server in several processes which hear of each other by messages. */
const clusterPackages = ['cfork', 'egg-cluster', 'graceful-cluster', 'pm2', 'recluster', 'throng'];

/** Whether the program is started in several processes by node:cluster or one of the packages on top of it. */
function isClustered(graph: ProgramGraph): boolean {
  return graph.linkedFiles.some(file => {
    if (graph.module(file).imports.some(({ specifier }) => /^(?:node:)?cluster$/.test(specifier) || clusterPackages.includes(specifier))) return true;
    const dependencies = graph.packageOf(file)?.json.dependencies;
    return isRecord(dependencies) && clusterPackages.some(name => Object.hasOwn(dependencies, name));
  });
}

