import type { Value } from '../../facts/module-facts.ts';
import { memberCalls } from '../../facts/module-index.ts';
import { promisesOf } from '../../graph/promises.ts';
import { message, type MessageTable } from '../messages.ts';
import { filesOnNode, pathTo, situationOf } from '../promise-site.ts';
import type { Rule } from '../rule.ts';

const texts = {
  notWaited: {
    en: '`finally()` waits for what its callback returns, and this callback returns nothing: `{call}()` goes on by itself, and nobody handles its error. Return its promise.',
    'zh-cn': '`finally()` 会等待回调的返回值，而此回调没有返回任何内容：`{call}()` 将独自继续执行，其错误也无人处理。请返回它的 Promise。',
  },
} as const satisfies MessageTable;

/** Source: ECMA-262 §27.2.5.3 Promise.prototype.finally: the result of the callback is resolved and waited for. */
export const rule: Rule = {
  meta: { id: 'finally-async', category: 'promise', defaultSeverity: 'warn', fix: 'none', since: '0.2.0' },
  texts,
  check({ files, graph, locale, report }) {
    const promises = promisesOf(graph);
    for (const file of filesOnNode(graph, files)) {
      const module = graph.module(file);
      for (const index of memberCalls(module, 'finally')) {
        const call = module.calls[index]!;
        const fn = graph.functionOf(file, call.fn);
        const [callback] = call.args;
        if (callback?.k !== 'fn') continue;
        const facts = module.functions[callback.fn]!;
        if (facts.async || facts.generator) continue;
        for (const statement of facts.body) {
          const dropped: Value | null = statement.k === 'drop' ? statement.value : null;
          if (dropped?.k !== 'call' || !promises.isPromiseCall(fn.file, dropped.call) || promises.rejectionOf(fn.file, dropped) !== 'yes') continue;
          const inner = module.calls[dropped.call]!;
          const location = graph.locate(fn.file, inner.range);
          const situation = situationOf(graph, fn);
          report({ location, message: message(texts, 'notWaited', locale, { call: inner.text }), confidence: 'likely', role: situation.role, path: pathTo(situation, location, `${inner.text}()`), anchor: `${fn.displayName} finally ${inner.text}` });
        }
      }
    }
  },
};
