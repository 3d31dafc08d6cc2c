import type { ModuleFacts, Value } from '../../facts/module-facts.ts';
import type { ProgramGraph } from '../../graph/program-graph.ts';
import { message, type MessageTable } from '../messages.ts';
import { reportReached } from '../report-reached.ts';
import type { Rule } from '../rule.ts';

const texts = {
  what: { en: '`JSON.parse()` of a whole file', 'zh-cn': '对整个文件执行 `JSON.parse()`' },
  advice: {
    en: 'It takes about 30 ms for a megabyte. For a file that stays small this is fine; for one that grows, keep the result, or read it line by line.',
    'zh-cn': '每兆字节约需 30 毫秒。文件始终很小则无妨；若文件会增长，请保留结果，或逐行读取。',
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
    for (const file of graph.linkedFiles) {
      const module = graph.module(file);
      for (const call of module.calls) {
        if (call.text !== 'JSON.parse' || !call.args[0] || !isFileText(graph, module, call.args[0], 0)) continue;
        const fn = graph.functionOf(file, call.fn);
        const location = graph.locate(file, call.range);
        const reaches = graph.reaching(fn, ['request']).map(reach => ({ ...reach, path: [...reach.path, { location, label: 'JSON.parse()' }], guards: [...reach.guards, ...call.guards] }));
        reportReached(context, { location, function: fn, what: message(texts, 'what', locale), code: 'JSON.parse', advice: message(texts, 'advice', locale), atMost: 'info', ...(call.guards.includes('memoised') && { confidence: 'possible' }) }, reaches);
      }
    }
  },
};

/** The text of a file, read at once: `await readFile(path)`, also through a variable and `toString()`. */
function isFileText(graph: ProgramGraph, module: ModuleFacts, value: Value, depth: number): boolean {
  if (depth > 4) return false;
  if (value.k === 'var') {
    const sources = module.assignments.filter(assignment => assignment.to === 'var' && assignment.var === value.var);
    return sources.length > 0 && sources.every(source => isFileText(graph, module, source.value, depth + 1));
  }
  if (value.k !== 'call') return false;
  const call = module.calls[value.call]!;
  if (call.callee.k === 'get' && call.callee.name === 'toString') return isFileText(graph, module, call.callee.object, depth + 1);
  if (call.text === 'String' && call.args[0]) return isFileText(graph, module, call.args[0], depth + 1);
  const api = graph.operationAt(module.file, value.call)?.api;
  return api !== undefined && /^(?:fs|fs\/promises|fs-extra|graceful-fs)$/.test(api.module) && reading.test(api.member) && typeof call.literalArgs[0] !== 'string';
}
