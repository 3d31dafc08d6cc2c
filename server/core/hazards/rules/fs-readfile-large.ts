import type { CallFacts, ModuleFacts, Value } from '../../facts/module-facts.ts';
import { assignmentsTo } from '../../facts/module-index.ts';
import type { ProgramGraph } from '../../graph/program-graph.ts';
import { message, type MessageTable } from '../messages.ts';
import type { Rule } from '../rule.ts';

const texts = {
  whole: {
    en: 'The whole file is read into memory, only to be sent: a large one holds a thread of the pool and its size in memory for each client. Send it with `pipeline(fs.createReadStream(…), response)`.',
    'zh-cn': '先把整个文件读入内存，只是为了发送出去：大文件会为每个客户端占用线程池中的一个线程以及与其大小相同的内存。请使用 `pipeline(fs.createReadStream(…), response)` 发送。',
  },
} as const satisfies MessageTable;

const sending = /\.(?:send|end|write)$/;

/** Source: Node guide "Don't block the event loop (or the worker pool)", "Variation in task times"; docs, fs.readFile ("Performance Considerations"). */
export const rule: Rule = {
  meta: { id: 'fs-readfile-large', category: 'threadpool', defaultSeverity: 'info', fix: 'none', since: '0.2.0' },
  texts,
  check({ files, graph, locale, report }) {
    // It speaks of what requests reach only.
    if (!graph.hasEntry('request')) return;
    for (const file of files) {
      const module = graph.module(file);
      for (const call of module.calls) {
        if (!sending.test(call.text) || !call.args[0]) continue;
        const read = readOf(graph, module, call.args[0], 0);
        if (!read || typeof read.literalArgs[0] === 'string') continue;
        const fn = graph.functionOf(file, read.fn);
        const [reach] = graph.reaching(fn, ['request']).filter(({ guards, confidence }) => guards.length === 0 && confidence !== 'possible');
        if (!reach) continue;
        const location = graph.locate(file, read.range);
        report({ location, message: message(texts, 'whole', locale), confidence: 'likely', role: 'request', path: [...reach.path, { location, label: `${read.text}()` }], anchor: `${fn.displayName} ${read.text}` });
      }
    }
  },
};

/** The call that read the file whose content a value is. */
function readOf(graph: ProgramGraph, module: ModuleFacts, value: Value, depth: number): CallFacts | null {
  if (depth > 2) return null;
  if (value.k === 'var') {
    const sources = assignmentsTo(module, value.var);
    return sources.length === 1 ? readOf(graph, module, sources[0]!.value, depth + 1) : null;
  }
  if (value.k !== 'call') return null;
  const api = graph.operationAt(module.file, value.call)?.api;
  return api && /^(?:fs|fs\/promises|fs-extra)$/.test(api.module) && /^(?:promises\.)?readFile$/.test(api.member) ? module.calls[value.call]! : null;
}
