import { statementsOf } from '../../facts/walk-statements.ts';
import type { Statement } from '../../facts/module-facts.ts';
import { message, type MessageTable } from '../messages.ts';
import type { Rule } from '../rule.ts';

const texts = {
  collected: {
    en: 'All that a client sends is collected here, however much that is: one request can use up the memory, and what is done with the text blocks everybody. Count the bytes, and answer 413 above a limit.',
    'zh-cn': '客户端发送的全部内容都会在此累积，不论多少：一个请求就能耗尽内存，而对这些内容的处理会阻塞所有请求。请统计字节数，超过上限时返回 413。',
  },
} as const satisfies MessageTable;

const adding: ReadonlySet<string> = new Set(['on', 'addListener']);

/** Source: Node guide "Don't block the event loop", "JSON DOS"; CWE-770. Node itself limits headers (16 KiB), not bodies. */
export const rule: Rule = {
  meta: { id: 'body-limit-missing', category: 'cpu', defaultSeverity: 'info', fix: 'none', since: '0.2.0' },
  texts,
  check({ graph, locale, report }) {
    for (const file of graph.linkedFiles) {
      const module = graph.module(file);
      for (const call of module.calls) {
        const [, listener] = call.args;
        if (call.callee.k !== 'get' || !adding.has(call.callee.name) || call.literalArgs[0] !== 'data' || listener?.k !== 'fn') continue;
        // What a server answers to us is another matter than what clients send.
        if (!graph.meaningsOf(file, call.callee).some(meaning => meaning.k === 'member' && meaning.type === 'http.IncomingMessage')) continue;
        const { body } = module.functions[listener.fn]!;
        if (!collects(module.calls.filter(({ fn }) => fn === listener.fn).map(({ callee }) => (callee.k === 'get' ? callee.name : '')), body)) continue;
        const fn = graph.functionOf(file, call.fn);
        const reach = graph.reaching(fn, ['request'])[0];
        // A length that is asked for before counts as a limit too.
        if (!reach || module.calls.some(other => other.fn === call.fn && /content-?length|limit/i.test(other.text)) || [...statementsOf(fn.facts.body)].some(({ statement }) => statement.k === 'if' && asksForLength(statement))) continue;
        const location = graph.locate(file, [call.range[0], call.argRanges[0]![1]]);
        report({ location, message: message(texts, 'collected', locale), confidence: reach.confidence === 'certain' ? 'certain' : 'likely', role: reach.entry.role, path: [...reach.path, { location, label: `${call.text}()` }], anchor: `${fn.displayName} ${call.text} data` });
      }
    }
  },
};

/** `body += chunk` or `chunks.push(chunk)` without any condition, and nothing that stops the request. */
function collects(calls: readonly string[], body: readonly Statement[]): boolean {
  if (calls.some(name => name === 'destroy' || name === 'pause')) return false;
  const all = [...statementsOf(body)].map(({ statement }) => statement);
  if (all.some(({ k }) => k === 'if' || k === 'throw')) return false;
  return calls.includes('push') || all.some(statement => statement.k === 'write' && statement.operator === '+=' && statement.target?.k === 'var' && statement.term?.value?.k !== 'get');
}

function asksForLength(statement: Statement & { readonly k: 'if' }): boolean {
  return /length|size|limit/i.test(JSON.stringify(statement.test));
}
