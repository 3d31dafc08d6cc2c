import type { ModuleFacts, Value } from '../../facts/module-facts.ts';
import { assignmentsTo } from '../../facts/module-index.ts';
import type { Operation, ProgramGraph } from '../../graph/program-graph.ts';
import { blockingRule } from '../blocking-operation.ts';

/** Functions that compile each time they are called. Others keep what they have compiled by default (nunjucks, Liquid). */
const compiling = /(?:^|[.#])(?:compile|compileFile|compileClient|compileFileClient|precompile|render|renderFile|template)$|^$/;
/** Of these modules also `render` and `renderFile` compile each time, unless the option `cache` is set. */
const uncached: ReadonlySet<string> = new Set(['pug', 'jade', 'ejs', 'lodash.template', 'dot', 'hogan.js', 'handlebars']);

/** Source: the documentation of the engines: compiled templates are functions to be kept (handlebarsjs.com, pugjs.org, ejs.co "cache"). */
export const rule = blockingRule({
  id: 'sync-template-compile-per-request',
  kind: 'template',
  severity: 'warn',
  fix: 'none',
  since: '0.2.0',
  advice: {
    en: 'Compile the template once, when the program starts, and keep the function.',
    'zh-cn': '请在程序启动时编译一次模板，并保留得到的函数。',
  },
  harmless: (operation, graph) => !compilesTheSame(operation, graph),
});

/** Whether the call compiles a template that is the same each time: a constant, or a file. */
function compilesTheSame({ api, call, location }: Operation, graph: ProgramGraph): boolean {
  const module = graph.module(location.file);
  if (!uncached.has(api.module) || !compiling.test(api.member) || call.args.some(arg => isCached(module, arg))) return false;
  if (/File/.test(api.member) || typeof call.literalArgs[0] === 'string') return true;
  return call.args[0] !== undefined && isConstant(graph, module, call.args[0]);
}

function isCached(module: ModuleFacts, arg: Value): boolean {
  if (arg.k !== 'obj') return false;
  const { properties, constants } = module.objects[arg.obj]!;
  return constants?.['cache'] === true || properties.some(({ name, kind }) => name === 'cache' || kind === 'spread');
}

/** Something of the module's top level, or read from a file. */
function isConstant(graph: ProgramGraph, module: ModuleFacts, value: Value, depth = 0): boolean {
  if (depth > 3) return false;
  if (value.k === 'var') {
    const { fn, kind } = module.variables[value.var]!;
    if (kind === 'param') return false;
    if (fn === 0) return true;
    const values = assignmentsTo(module, value.var).map(assignment => assignment.value);
    return values.length > 0 && values.every(item => isConstant(graph, module, item, depth + 1));
  }
  if (value.k === 'string') return true;
  if (value.k !== 'call') return false;
  const { callee } = module.calls[value.call]!;
  if (callee.k === 'get' && callee.name === 'toString') return isConstant(graph, module, callee.object, depth + 1);
  const operation = graph.operationAt(module.file, value.call);
  return operation !== null && /(?:^|\.)readFile(?:Sync)?$/.test(operation.api.member);
}
