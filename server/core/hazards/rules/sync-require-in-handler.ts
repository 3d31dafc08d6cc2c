import type { Value } from '../../facts/module-facts.ts';
import { statementsOf } from '../../facts/walk-statements.ts';
import { clientInputOf } from '../../graph/client-input.ts';
import type { Operation, ProgramGraph } from '../../graph/program-graph.ts';
import { isCoreModule } from '../../node/core-modules.ts';
import { message, type MessageTable } from '../messages.ts';
import { isAllowed, callOptionsSchema, rolesToCheck } from '../options.ts';
import { reportReached } from '../report-reached.ts';
import type { Rule } from '../rule.ts';

const texts = {
  computed: {
    en: 'Each new path is searched for, read, compiled and run on this thread. Load the modules at start-up, or `await import()` them.',
    'zh-cn': '每个新路径都会在本线程上查找、读取、编译并执行。请在启动时加载模块，或使用 `await import()`。',
  },
  everyTime: {
    en: 'It reads, compiles and runs files at every call. Load them at start-up.',
    'zh-cn': '每次调用都会读取、编译并执行文件。请在启动时加载。',
  },
  firstTime: {
    en: 'Only the first call loads the module. Move it to the top of the file.',
    'zh-cn': '只有首次调用会加载模块。请移到文件顶部。',
  },
} as const satisfies MessageTable;

/** Source: lib/internal/modules/cjs/loader.js Module._load: reads and compiles synchronously unless the cache has the module. */
export const rule: Rule = {
  meta: { id: 'sync-require-in-handler', category: 'blocking', defaultSeverity: 'warn', fix: 'none', since: '0.1.0', options: callOptionsSchema },
  texts,
  check(context) {
    const { graph, locale } = context;
    for (const operation of graph.blocking('require', context.files)) {
      const loading = loads(operation);
      if (!loading) continue;
      const options = context.optionsFor(operation.location.file);
      if (isAllowed(options, operation)) continue;
      const rare = loading === 'firstTime' || (loading === 'computed' && !isUnbounded(graph, operation));
      reportReached(
        context,
        {
          location: operation.location,
          function: operation.function,
          what: `\`${operation.call.text}()\``,
          code: operation.call.text,
          advice: message(texts, loading, locale),
          ...(rare && { ...(loading === 'firstTime' && { atMost: 'info' }), confidence: 'possible' }),
        },
        graph.reachingOperation(operation, rolesToCheck(options)),
      );
    }
  },
};

/**
 * Whether a computed path leads to new work again and again: a client chooses it (and not only among the modules of a folder of the
 * program), or the file takes modules out of the cache.
 * Elsewhere the few paths that there are have soon all been loaded.
 */
function isUnbounded(graph: ProgramGraph, { call, function: fn }: Operation): boolean {
  const empties = graph.module(fn.file).functions.some(({ body }) => [...statementsOf(body)].some(({ statement }) => statement.k === 'write' && statement.operator === 'delete' && isInCache(statement.target)));
  const [path] = call.args;
  const isInFolder = /^['"`]\.{1,2}\//.test(graph.text(fn.file)?.slice(...call.argRanges[0]!) ?? '');
  return empties || (path !== undefined && !isInFolder && clientInputOf(graph, fn, path, call.range[0], 'anything') !== null);
}

function isInCache(target: Value | null): boolean {
  return target?.k === 'get' && target.object.k === 'get' && target.object.name === 'cache';
}

/** How often the call has work to do; null where it has none worth a word. */
function loads({ api, call }: Operation): keyof typeof texts | null {
  const [specifier] = call.literalArgs;
  if (api.module !== 'globals' && api.module !== 'module') return 'everyTime';
  if (call.args.length === 0) return null;
  if (typeof specifier !== 'string') return 'computed';
  return isCoreModule(specifier) || api.member.endsWith('resolve') ? null : 'firstTime';
}
