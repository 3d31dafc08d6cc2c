import { message, type MessageTable } from '../messages.ts';
import { filesOnNode, pathTo, situationOf } from '../promise-site.ts';
import type { Rule } from '../rule.ts';

const texts = {
  ignored: {
    en: 'The callback of `{call}()` never looks at `{error}`: when the call fails, it goes on as if nothing had happened. Handle the error first.',
    'zh-cn': '`{call}()` 的回调从不检查 `{error}`：调用失败时会当作什么都没发生继续执行。请先处理错误。',
  },
} as const satisfies MessageTable;

/** Source: Node docs, errors, "Error-first callbacks". */
export const rule: Rule = {
  meta: { id: 'callback-error-ignored', category: 'promise', defaultSeverity: 'warn', fix: 'none', since: '0.2.0' },
  texts,
  check(context) {
    const { graph, locale } = context;
    for (const file of filesOnNode(graph, context.files)) {
      const facts = graph.module(file);
      facts.calls.forEach((call, index) => {
        const callback = graph.operationAt(file, index)?.api.callback;
        if (!callback?.errorFirst) return;
        const handed = call.args[callback.position < 0 ? call.args.length + callback.position : callback.position];
        if (handed?.k !== 'fn') return;
        const fn = graph.functionOf(file, handed.fn);
        const parameter = fn.facts.params[0] ?? -1;
        const name = fn.facts.paramNames[0] ?? '';
        // An empty callback, no parameter or one with an underscore say that nobody wants to know.
        if (parameter < 0 || !facts.variables[parameter]!.unread || name.startsWith('_') || fn.facts.body.length === 0 || facts.variables[parameter]!.fn !== fn.index) return;
        const situation = situationOf(graph, fn);
        if (situation.alone) return;
        const location = graph.locate(file, fn.facts.nameRange);
        context.report({
          location,
          message: message(texts, 'ignored', locale, { call: call.text, error: name }),
          confidence: 'likely',
          role: situation.role,
          path: pathTo(situation, location, name),
          anchor: `${graph.functionOf(file, call.fn).displayName} ${call.text}`,
        });
      });
    }
  },
};
