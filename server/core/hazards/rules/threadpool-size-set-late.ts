import { statementsOf } from '../../facts/walk-statements.ts';
import type { ModuleFacts, Value } from '../../facts/module-facts.ts';
import type { ProgramGraph } from '../../graph/program-graph.ts';
import { isCoreModule } from '../../node/core-modules.ts';
import { message, type MessageTable } from '../messages.ts';
import type { Rule } from '../rule.ts';

const texts = {
  noEffect: {
    en: 'Setting `UV_THREADPOOL_SIZE` in an ES module has no effect before Node 24: the thread pool has started when the module runs. Set it in the environment that starts Node.',
    'zh-cn': '在 Node 24 之前，在 ES 模块中设置 `UV_THREADPOOL_SIZE` 不起作用：模块运行时线程池已经启动。请在启动 Node 的环境中设置。',
  },
  late: {
    en: 'The thread pool reads `UV_THREADPOOL_SIZE` once, at its first task; if anything used the pool before this line, setting it has no effect. Set it in the environment that starts Node.',
    'zh-cn': '线程池只在第一个任务时读取一次 `UV_THREADPOOL_SIZE`；如果此行之前已有代码使用线程池，设置将不起作用。请在启动 Node 的环境中设置。',
  },
} as const satisfies MessageTable;

/** Functions that start a process, which inherits the environment: to set the variable before them is in time. */
const startsProcess = /^(?:fork|spawn|exec|execFile|spawnSync|execSync|execFileSync|setupPrimary|setupMaster)$/;

/**
 * Sources: Node docs, cli.md UV_THREADPOOL_SIZE ("setting from inside the process using process.env.UV_THREADPOOL_SIZE=size is not
 * guaranteed to work"); libuv src/threadpool.c init_threads, called once by the first uv_queue_work. Measured: no effect in
 * ES modules on Node 18, 20 and 23, effect on 22.23, 24, 25 and 26; in CommonJS effect on all, unless the pool was used before.
 */
export const rule: Rule = {
  meta: { id: 'threadpool-size-set-late', category: 'threadpool', defaultSeverity: 'error', fix: 'none', since: '0.2.0' },
  texts,
  check(context) {
    const { graph, locale } = context;
    for (const file of context.files) {
      const module = graph.module(file);
      if (!mayName(module) || startsProcesses(module)) continue;
      for (const [index, facts] of module.functions.entries()) {
        for (const { statement } of statementsOf(facts.body)) {
          if (statement.k !== 'write' || statement.operator === 'delete' || !isPoolSize(graph, file, statement.target)) continue;
          const oldest = context.oldestNode(file);
          const hoisted = isEsModule(graph, file);
          if (isFirst(graph, file, index, statement.range[0]) && (!hoisted || (oldest !== null && oldest >= 24))) continue;
          const ignored = oldest !== null && oldest < 24 && hoisted;
          context.report({
            location: graph.locate(file, statement.range),
            message: message(texts, ignored ? 'noEffect' : 'late', locale),
            confidence: ignored ? 'certain' : 'likely',
            role: 'startup',
            ...(!ignored && { atMost: 'warn' as const }),
            anchor: `${graph.functionOf(file, index).displayName} UV_THREADPOOL_SIZE`,
          });
        }
      }
    }
  },
};

/** Most files are done with here: no property of that name is written. */
function mayName(module: ModuleFacts): boolean {
  return module.assignments.some(assignment => assignment.to === 'property' && assignment.name === 'UV_THREADPOOL_SIZE') || module.globals.includes('process') || module.imports.some(({ specifier }) => /^(?:node:)?process$/.test(specifier));
}

/** `process.env.UV_THREADPOOL_SIZE`. */
function isPoolSize(graph: ProgramGraph, file: string, target: Value | null): boolean {
  if (target?.k !== 'get' || target.name !== 'UV_THREADPOOL_SIZE') return false;
  const { object } = target;
  if (object.k === 'get' && object.name === 'env' && object.object.k === 'global' && object.object.name === 'process') return true;
  return graph.meaningsOf(file, object).some(meaning => (meaning.k === 'external' && meaning.module === 'process' && meaning.path === 'env') || (meaning.k === 'member' && meaning.type === 'process.Process' && meaning.name === 'env'));
}

/** It may be meant for children. */
function startsProcesses(module: ModuleFacts): boolean {
  return module.calls.some(({ callee, text }) => startsProcess.test(callee.k === 'get' ? callee.name : (text.split('.').pop() ?? '')));
}

/** What Node loads as an ES module by its name and package; TypeScript and bundled code without `"type": "module"` become CommonJS. */
function isEsModule(graph: ProgramGraph, file: string): boolean {
  if (/\.m[jt]s$/.test(file)) return true;
  return !/\.c[jt]s$/.test(file) && graph.module(file).hasModuleSyntax && graph.packageOf(file)?.json['type'] === 'module';
}

/** Modules that can be loaded, and functions that can be called, without the thread pool being used. */
const quiet = /^(?:require|Math\.\w+|String|Number|parseInt|(?:os|[\w$]+\.default)\.(?:cpus|availableParallelism)|cpus|availableParallelism|(?:\w+\.)?toString)$/;

/** At the top of a file that has loaded nothing but modules of Node before: measured to be in time. */
function isFirst(graph: ProgramGraph, file: string, fn: number, at: number): boolean {
  const module = graph.module(file);
  const hoisted = isEsModule(graph, file);
  return (
    fn === 0 &&
    module.imports.every(({ specifier, range, typeOnly }) => typeOnly || (!hoisted && range[0] > at) || isCoreModule(specifier)) &&
    module.calls.every(call => call.range[0] >= at || call.fn !== 0 || quiet.test(call.text))
  );
}
