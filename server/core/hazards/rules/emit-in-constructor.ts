import { statementsOf } from '../../facts/walk-statements.ts';
import type { Fix } from '../finding.ts';
import { message, type MessageTable } from '../messages.ts';
import type { Rule, RuleContext } from '../rule.ts';

const texts = {
  early: {
    en: 'Nobody can listen yet: `new {name}()` emits {event} before it has returned. Emit it in `process.nextTick()`, so that listeners can be attached first.',
    'zh-cn': '此时还没有人能够监听：`new {name}()` 在返回之前就发出了 {event}。请放到 `process.nextTick()` 中再发出，以便先附加监听器。',
  },
  anEvent: { en: 'an event', 'zh-cn': '事件' },
  fix: { en: 'Emit it on the next tick', 'zh-cn': '在下一个 tick 中发出' },
} as const satisfies MessageTable;

/** Source: Node docs, process.nextTick ("to give the user an opportunity to assign event handlers after an object has been constructed"). */
export const rule: Rule = {
  meta: { id: 'emit-in-constructor', category: 'scheduling', defaultSeverity: 'warn', fix: 'suggestion', since: '0.2.0' },
  texts,
  check(context) {
    const { graph, locale } = context;
    for (const file of context.files) {
      const module = graph.module(file);
      for (const { constructorFn, name } of module.classes) {
        if (constructorFn < 0) continue;
        const fn = graph.functionOf(file, constructorFn);
        const listened = new Set<string>();
        for (const { statement } of statementsOf(fn.facts.body)) {
          const call = statement.k === 'call' ? module.calls[statement.call]! : null;
          if (call?.callee.k !== 'get' || call.callee.object.k !== 'this') continue;
          const event = call.literalArgs[0];
          if (call.callee.name !== 'emit') {
            if (/^(?:on|once|addListener|prependListener)$/.test(call.callee.name) && typeof event === 'string') listened.add(event);
            continue;
          }
          const emits = graph.meaningsOf(file, call.callee).some(meaning => meaning.k === 'member' && meaning.name === 'emit' && /^(?:events|stream)\./.test(meaning.type));
          if (!emits || (typeof event === 'string' && listened.has(event))) continue;
          context.report({
            location: graph.locate(file, call.range),
            message: message(texts, 'early', locale, { name: name || 'class', event: typeof event === 'string' ? `'${event}'` : message(texts, 'anEvent', locale) }),
            confidence: 'certain',
            role: graph.entriesOf(fn)[0]?.role ?? 'startup',
            fixes: fixes(context, file, call.range, call.context),
            anchor: `${name} emit ${String(event)}`,
          });
        }
      }
    }
  },
};

function fixes({ graph, locale }: RuleContext, file: string, [start, end]: readonly [number, number], position: string): Fix[] {
  const text = graph.text(file);
  return text === null || position !== 'statement' ? [] : [{ title: message(texts, 'fix', locale), kind: 'suggestion', edits: [{ file, start, end, text: `process.nextTick(() => ${text.slice(start, end)})` }] }];
}
