import type { CallFacts, ModuleFacts } from '../../facts/module-facts.ts';
import { callsHanding, loopsIn } from '../../facts/module-index.ts';
import { emitterUses, type EmitterCall } from '../../graph/emitter-uses.ts';
import type { ProgramGraph } from '../../graph/program-graph.ts';
import { listenerMethods } from '../async-listeners.ts';
import { message, type MessageTable } from '../messages.ts';
import { worstReach, type RankedReach } from '../reach-ranking.ts';
import type { Rule } from '../rule.ts';

const texts = {
  fanout: {
    en: '`emit()` calls every listener before it returns, and {adding} adds one for each client: in this loop it is items times clients, in one turn of the event loop. Emit once, with all items, or pause between them.',
    'zh-cn': '`emit()` 会在返回之前调用每个监听器，而 {adding} 为每个客户端添加一个：在此循环中就是项数乘以客户端数，全部在事件循环的一轮中完成。请一次性发出所有项，或在其间暂停。',
  },
} as const satisfies MessageTable;

const iterating: ReadonlySet<string> = new Set(['forEach', 'map']);

/** Source: Node docs, events "Asynchronous vs. synchronous"; lib/events.js EventEmitter.prototype.emit. */
export const rule: Rule = {
  meta: { id: 'sync-emitter-fanout', category: 'cpu', defaultSeverity: 'info', fix: 'none', since: '0.2.0' },
  texts,
  check({ files, graph, locale, report }) {
    for (const file of files) {
      for (const [index, made] of graph.module(file).calls.entries()) {
        if (!made.new || !graph.meaningsOf(file, made.callee).some(meaning => meaning.k === 'external' && meaning.module === 'events' && /^(?:default\.)?(?:EventEmitter)?$/.test(meaning.path))) continue;
        const { calls } = emitterUses(graph, { file, value: { k: 'call', call: index } });
        const emits = calls.filter(use => use.method === 'emit' && isRepeated(graph.module(use.file), use.call));
        for (const emit of emits) {
          const [event] = emit.call.literalArgs;
          const adding = event === undefined ? undefined : calls.find(use => use.method !== 'once' && listenerMethods.has(use.method) && use.call.literalArgs[0] === event && requestOf(graph, use));
          const serving = adding && requestOf(graph, emit);
          if (!adding || !serving) continue;
          const location = graph.locate(emit.file, emit.call.range);
          const place = graph.locate(adding.file, adding.call.range);
          report({
            location,
            message: message(texts, 'fanout', locale, { adding: `\`${adding.call.text}()\` (${place.file}:${place.line})` }),
            confidence: 'likely',
            role: serving.reach.entry.role,
            path: [...serving.reach.path, { location, label: `${emit.call.text}()` }],
            anchor: `${graph.functionOf(emit.file, emit.call.fn).displayName} ${emit.call.text}`,
          });
        }
      }
    }
  },
};

/** The worst way in which requests come to a call, where that is sure enough. */
function requestOf(graph: ProgramGraph, { file, call }: EmitterCall): RankedReach | null {
  const worst = worstReach(graph, graph.reaching(graph.functionOf(file, call.fn), ['request', 'background', 'timer']))?.worst;
  return worst && worst.confidence !== 'possible' ? worst : null;
}

/** In a loop that does not wait, or in a callback that a list calls for each of its items. */
function isRepeated(module: ModuleFacts, { fn, range, loopDepth }: CallFacts): boolean {
  if (loopDepth > 0) return loopsIn(module, fn).some(loop => loop.range[0] <= range[0] && range[1] <= loop.range[1] && !loop.yields && loop.over?.value?.k !== 'obj');
  return !module.functions[fn]!.async && callsHanding(module, fn).some(({ callee, args }) => callee.k === 'get' && iterating.has(callee.name) && callee.object.k !== 'obj' && args[0]?.k === 'fn' && args[0].fn === fn);
}
