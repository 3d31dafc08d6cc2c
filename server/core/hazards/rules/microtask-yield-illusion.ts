import type { ModuleFacts, Statement, Value } from '../../facts/module-facts.ts';
import { callsIn } from '../../facts/module-index.ts';
import { statementsOf } from '../../facts/walk-statements.ts';
import type { FunctionNode, ProgramGraph } from '../../graph/program-graph.ts';
import type { Fix } from '../finding.ts';
import { message, type MessageTable } from '../messages.ts';
import type { Rule, RuleContext } from '../rule.ts';
import { isSettledPromise, schedulingCalls } from '../scheduling-calls.ts';

const texts = {
  illusion: {
    en: 'This loop lets nobody else run: what it awaits is settled already, so it goes on in the microtask queue, before the event loop can turn. Await `setImmediate()` of `node:timers/promises` instead.',
    'zh-cn': '此循环并没有让出执行权：它等待的 Promise 早已敲定，后续代码在微任务队列中立即继续，事件循环没有机会转动。请改为等待 `node:timers/promises` 的 `setImmediate()`。',
  },
  fix: { en: 'Await an immediate', 'zh-cn': '改为等待 setImmediate' },
} as const satisfies MessageTable;

type Await = Extract<Statement, { readonly k: 'await' }>;

/** Source: ECMA-262 §27.7.5.3 Await: a settled promise continues by a job; lib/internal/process/task_queues.js drains jobs before the loop goes on. */
export const rule: Rule = {
  meta: { id: 'microtask-yield-illusion', category: 'cpu', defaultSeverity: 'warn', fix: 'suggestion', since: '0.2.0' },
  texts,
  check(context) {
    const { graph, locale } = context;
    for (const file of context.files) {
      const module = graph.module(file);
      for (const index of module.functions.keys()) {
        const fn = graph.functionOf(file, index);
        for (const { statement, around } of statementsOf(fn.facts.body)) {
          if (statement.k !== 'loop' || around.some(outer => outer.k === 'loop')) continue;
          const inside = [...statementsOf(statement.body)].map(item => item.statement);
          const awaits = inside.filter(item => item.k === 'await');
          if (awaits.length === 0 || inside.some(item => item.k === 'yield') || module.loops[statement.loop]!.kind === 'for-in') continue;
          if (!awaits.every(item => isNoPause(graph, module, item))) continue;
          // A loop that only awaits is there for the order of its jobs; one that works is there to be interrupted.
          if (!inside.some(item => item.k === 'call' || item.k === 'write')) continue;
          const [first] = awaits as [Await];
          const location = graph.locate(file, first.range);
          const [reach] = graph.reaching(fn, ['request', 'timer', 'stream', 'background', 'startup']);
          context.report({
            location,
            message: message(texts, 'illusion', locale),
            confidence: 'likely',
            role: reach?.entry.role ?? 'startup',
            path: reach ? [...reach.path, { location, label: 'await' }] : [],
            fixes: fixes(context, file, first),
            anchor: `${fn.displayName} await`,
          });
        }
      }
    }
  },
};

/** `await null`, `await Promise.resolve()`, `await new Promise(process.nextTick)`, or a helper that does nothing else. */
function isNoPause(graph: ProgramGraph, module: ModuleFacts, { of, range }: Await): boolean {
  const text = graph.text(module.file)?.slice(...range);
  if (of === null || of.k === 'string') return /^await\s+(?:null|undefined|void 0|true|false|\d+|\{\}|\[\]|'[^']*'|"[^"]*")$/.test(text ?? '');
  return of.k === 'call' && isSettledCall(graph, module, of.call, 0);
}

function isSettledCall(graph: ProgramGraph, module: ModuleFacts, index: number, depth: number): boolean {
  const call = module.calls[index]!;
  if (isSettledPromise(module, index)) return true;
  if (call.new) return call.text === 'Promise' && isResolvedByQueue(graph, module, index);
  if (depth > 2 || call.args.length > 0) return false;
  const functions = graph.meaningsOf(module.file, call.callee).flatMap(meaning => (meaning.k === 'function' ? [meaning.function] : []));
  return functions.length > 0 && functions.every(fn => isPauseless(graph, fn, depth + 1));
}

/** `new Promise(resolve => process.nextTick(resolve))`, `new Promise(queueMicrotask)`. */
function isResolvedByQueue(graph: ProgramGraph, module: ModuleFacts, index: number): boolean {
  const [executor] = module.calls[index]!.args;
  if (!executor) return false;
  if (executor.k !== 'fn') return graph.meaningsOf(module.file, executor).some(({ ...meaning }) => meaning.k === 'external' && /^(?:process\.)?nextTick$|^queueMicrotask$/.test(meaning.path));
  const inside = callsIn(module, executor.fn);
  const [resolve] = module.functions[executor.fn]!.params;
  return (
    inside.length === 1 &&
    schedulingCalls(graph, [module.file]).some(item => item.call === inside[0] && (item.scheduler === 'nextTick' || item.scheduler === 'queueMicrotask')) &&
    inside[0]!.args[0]?.k === 'var' &&
    inside[0]!.args[0].var === resolve
  );
}

/** A function that only waits, and not for the loop: `async () => {}`, `() => Promise.resolve()`. */
function isPauseless(graph: ProgramGraph, fn: FunctionNode, depth: number): boolean {
  const module = graph.module(fn.file);
  const { body, async } = fn.facts;
  const returned = body.flatMap((statement): (Value | null)[] => (statement.k === 'return' ? [statement.value] : []));
  const settled = returned.every(value => value === null || (value.k === 'call' && isSettledCall(graph, module, value.call, depth)));
  const awaits = body.filter(statement => statement.k === 'await');
  const own = new Set([...returned, ...awaits.map(item => item.of)].flatMap(value => (value?.k === 'call' ? [value.call] : [])));
  const onlyThat = body.every(statement => statement.k === 'return' || statement.k === 'await' || statement.k === 'drop' || (statement.k === 'call' && (own.has(statement.call) || module.calls[statement.call]!.text === 'Promise.resolve')));
  return settled && onlyThat && (async || own.size > 0) && awaits.every(item => isNoPause(graph, module, item));
}

function fixes({ graph, locale }: RuleContext, file: string, { range }: Await): Fix[] {
  return graph.text(file) === null ? [] : [{ title: message(texts, 'fix', locale), kind: 'suggestion', edits: [{ file, start: range[0], end: range[1], text: 'await new Promise(resolve => setImmediate(resolve))' }] }];
}
