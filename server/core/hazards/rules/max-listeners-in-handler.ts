import type { CallFacts, ModuleFacts, Value } from '../../facts/module-facts.ts';
import { message, type MessageTable } from '../messages.ts';
import { worstReach } from '../reach-ranking.ts';
import type { Rule } from '../rule.ts';

const texts = {
  leak: {
    en: 'Each run of {entry} adds a listener to `{emitter}`, which outlives it, and nothing takes it off again: listeners pile up, and each event runs all of them. Register it once, or remove it when the request or connection is done.',
    'zh-cn': '{entry} 每次运行都会向生命周期更长的 `{emitter}` 添加一个监听器，且从未移除：监听器不断累积，每个事件都会全部执行。请只注册一次，或在请求或连接结束时移除。',
  },
} as const satisfies MessageTable;

const adding: ReadonlySet<string> = new Set(['on', 'addListener', 'prependListener']);
const removing: ReadonlySet<string> = new Set(['off', 'removeListener', 'removeAllListeners']);
/** Emitters of Node and of libraries, whose `on` is that of an EventEmitter. */
const emitter = /^(?:events\.EventEmitter|process\.Process|cluster\.Cluster|cluster\.Worker|child_process\.ChildProcess|worker_threads\.Worker|redis\.Client|net\.Server|http\.Server|ws\.Server|fs\.FSWatcher|stream\.Stream)$/;

/** Source: Node docs, events.html emitter.setMaxListeners and "MaxListenersExceededWarning"; lib/events.js _addListener. */
export const rule: Rule = {
  meta: { id: 'max-listeners-in-handler', category: 'process', defaultSeverity: 'warn', fix: 'none', since: '0.2.0' },
  texts,
  check({ files, graph, locale, report }) {
    for (const file of files) {
      const module = graph.module(file);
      for (const call of module.calls) {
        const { callee } = call;
        if (call.fn === 0 || callee.k !== 'get' || !adding.has(callee.name) || call.guards.length > 0 || !isLongLived(module, callee.object)) continue;
        if (!graph.meaningsOf(file, callee).some(meaning => meaning.k === 'member' && emitter.test(meaning.type)) || isRemoved(module, call, callee.object)) continue;
        const fn = graph.functionOf(file, call.fn);
        // A message of the parent mostly comes once.
        const found = worstReach(graph, graph.reaching(fn, ['request']).filter(({ entry }) => entry.label !== 'process message listener'));
        if (!found || found.worst.confidence === 'possible' || found.worst.remark !== null) continue;
        const { reach, confidence } = found.worst;
        const location = graph.locate(file, [call.range[0], call.argRanges[0]?.[1] ?? call.calleeRange[1]]);
        report({
          location,
          message: message(texts, 'leak', locale, { entry: reach.entry.label, emitter: call.text.replace(/\.\w+$/, '') }),
          confidence,
          role: 'request',
          path: [...reach.path, { location, label: `${call.text}()` }],
          anchor: `${fn.displayName} ${call.text} ${String(call.literalArgs[0])}`,
        });
      }
    }
  },
};

/** Something of the module's top level that is set once, or of Node. */
function isLongLived(module: ModuleFacts, value: Value): boolean {
  if (value.k === 'global') return value.name === 'process';
  if (value.k === 'module') return true;
  return value.k === 'var' && module.variables[value.var]!.fn === 0 && (module.variables[value.var]!.kind === 'const' || module.variables[value.var]!.kind === 'import');
}

/** The file takes listeners off the same emitter, or the listener ends by a signal. */
function isRemoved(module: ModuleFacts, call: CallFacts, object: Value): boolean {
  if (call.args.length > 2) return true;
  return module.calls.some(({ callee }) => callee.k === 'get' && removing.has(callee.name) && JSON.stringify(callee.object) === JSON.stringify(object));
}
