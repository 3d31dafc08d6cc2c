import type { CallFacts, LoopFacts, ModuleFacts, Statement } from '../../facts/module-facts.ts';
import { message, type MessageTable } from '../messages.ts';
import { roleOptionsSchema, rolesToCheck } from '../options.ts';
import { worstReach } from '../reach-ranking.ts';
import type { Rule } from '../rule.ts';
import { placeOfCall } from '../scheduling-calls.ts';

const texts = {
  logging: {
    en: '`{operation}()` writes once for each turn of this loop, in {entry}: to files and terminals, and on Linux to pipes, such writes are synchronous, and all requests wait for them. Write once, after the loop.',
    'zh-cn': '在 {entry} 中，`{operation}()` 每次循环都会写一次：写入文件和终端（在 Linux 上还包括管道）是同步的，所有请求都要等待。请在循环之后一次写出。',
  },
} as const satisfies MessageTable;

/** Loops of fewer turns than this write little. */
const fewTurns = 16;

/** Source: Node docs, process "A note on process I/O". */
export const rule: Rule = {
  meta: { id: 'sync-stdio-logging', category: 'blocking', defaultSeverity: 'off', fix: 'none', since: '0.2.0', options: roleOptionsSchema },
  texts,
  check(context) {
    const { graph, locale } = context;
    for (const file of context.files) {
      const module = graph.module(file);
      for (const [index, call] of module.calls.entries()) {
        if (call.loopDepth === 0 || !writesOutput(call) || !isHot(module, module.functions[call.fn]!.body, index)) continue;
        const fn = graph.functionOf(file, call.fn);
        const roles = rolesToCheck(context.optionsFor(file)).filter(role => role === 'request' || role === 'background');
        const found = call.guards.length > 0 ? undefined : worstReach(graph, graph.reaching(fn, roles))?.worst;
        if (!found || found.confidence === 'possible' || found.remark !== null) continue;
        const { entry, path } = found.reach;
        const location = graph.locate(file, call.range);
        context.report({
          location,
          message: message(texts, 'logging', locale, { operation: call.text, entry: entry.label }),
          confidence: 'likely',
          role: entry.role,
          path: [...path, { location, label: `${call.text}()` }],
          anchor: `${fn.displayName} ${call.text}`,
        });
      }
    }
  },
};

const consoleMethods: ReadonlySet<string> = new Set(['log', 'info', 'debug', 'warn', 'error', 'trace', 'dir', 'table']);

/** `console.log()`, `process.stdout.write()`. */
function writesOutput({ callee }: CallFacts): boolean {
  if (callee.k !== 'get') return false;
  const { object, name } = callee;
  if (object.k === 'global') return object.name === 'console' && consoleMethods.has(name);
  return name === 'write' && object.k === 'get' && /^std(?:out|err)$/.test(object.name) && object.object.k === 'global' && object.object.name === 'process';
}

/** Each turn of the loop writes, the loop does not wait in between, and it is not known to be short. */
function isHot(module: ModuleFacts, body: readonly Statement[], index: number): boolean {
  const place = placeOfCall(body, index);
  const loops = place?.around.filter(statement => statement.k === 'loop') ?? [];
  const innermost = loops.at(-1);
  if (!place || !innermost) return false;
  // What is written on a condition, or of an error, is seldom written.
  const inside = place.around.slice(place.around.indexOf(innermost) + 1);
  return inside.length === 0 && loops.every(({ loop }) => isLong(module, module.loops[loop]!));
}

function isLong(module: ModuleFacts, { yields, over, test }: LoopFacts): boolean {
  if (yields) return false;
  if (over?.value?.k === 'obj') return module.objects[over.value.obj]!.properties.length >= fewTurns;
  return test?.k !== 'compare' || typeof test.right.constant !== 'number' || test.right.constant >= fewTurns;
}
