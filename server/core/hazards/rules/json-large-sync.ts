import type { CallFacts, ModuleFacts, Value } from '../../facts/module-facts.ts';
import { assignmentsTo } from '../../facts/module-index.ts';
import type { FunctionNode, ProgramGraph } from '../../graph/program-graph.ts';
import { message, type MessageTable } from '../messages.ts';
import { reportReached } from '../report-reached.ts';
import type { Rule } from '../rule.ts';

const texts = {
  what: { en: '`JSON.parse()` of a whole file', 'zh-cn': '对整个文件执行 `JSON.parse()`' },
  advice: {
    en: 'One file after the other, at about 30 ms for a megabyte. Keep the results, or what is asked of them, instead of parsing all of it anew.',
    'zh-cn': '逐个解析文件，每兆字节约需 30 毫秒。请保留结果（或所需的部分），而不要每次重新解析。',
  },
} as const satisfies MessageTable;

/** Asynchronous: of the synchronous ones blocking-fs speaks. */
const reading = /^(?:promises\.)?readFile$/;

/** Sources: Node guide "Don't block the event loop", "JSON DOS"; measured: 341 ms for 10.8 MB. */
export const rule: Rule = {
  meta: { id: 'json-large-sync', category: 'cpu', defaultSeverity: 'info', fix: 'none', since: '0.2.0' },
  texts,
  check(context) {
    // It speaks of what requests reach only.
    if (!context.graph.hasEntry('request')) return;
    const { graph, locale } = context;
    for (const file of context.files) {
      const module = graph.module(file);
      for (const call of module.calls) {
        if (call.text !== 'JSON.parse' || !call.args[0] || !isFileText(graph, module, call.args[0], 0)) continue;
        const fn = graph.functionOf(file, call.fn);
        const location = graph.locate(file, call.range);
        const reaches = graph.reaching(fn, ['request']).map(reach => ({ ...reach, path: [...reach.path, { location, label: 'JSON.parse()' }], guards: [...reach.guards, ...call.guards] }));
        reportReached(context, { location, function: fn, what: message(texts, 'what', locale), code: 'JSON.parse', advice: message(texts, 'advice', locale), atMost: 'info', ...((call.guards.includes('memoised') || !isRepeated(graph, fn, call, 0)) && { confidence: 'possible' }) }, reaches);
      }
    }
  },
};

const forEachOf = /^(?:map|flatMap|forEach|filter|reduce|some|every|mapSeries|each)$/;

/** Whether one request parses many files: in a loop, or for each element of a list. One file is mostly a small one. */
function isRepeated(graph: ProgramGraph, fn: FunctionNode, call: CallFacts, depth: number): boolean {
  if (call.loopDepth > 0) return true;
  if (depth > 3) return false;
  return graph.callsInto(fn).some(edge => (edge.kind === 'call' ? isRepeated(graph, edge.from, edge.call, depth + 1) : edge.call.loopDepth > 0 || (edge.call.callee.k === 'get' && forEachOf.test(edge.call.callee.name))));
}

/** The text of a file, read at once: `await readFile(path)`, also through a variable and `toString()`. */
function isFileText(graph: ProgramGraph, module: ModuleFacts, value: Value, depth: number): boolean {
  if (depth > 4) return false;
  if (value.k === 'var') {
    const sources = assignmentsTo(module, value.var);
    return sources.length > 0 && sources.every(source => isFileText(graph, module, source.value, depth + 1));
  }
  if (value.k !== 'call') return false;
  const call = module.calls[value.call]!;
  if (call.callee.k === 'get' && call.callee.name === 'toString') return isFileText(graph, module, call.callee.object, depth + 1);
  if (call.text === 'String' && call.args[0]) return isFileText(graph, module, call.args[0], depth + 1);
  const api = graph.operationAt(module.file, value.call)?.api;
  return api !== undefined && /^(?:fs|fs\/promises|fs-extra|graceful-fs)$/.test(api.module) && reading.test(api.member) && typeof call.literalArgs[0] !== 'string';
}
