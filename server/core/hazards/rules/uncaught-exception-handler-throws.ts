import type { Condition, Statement, Value } from '../../facts/module-facts.ts';
import { statementsOf, termsOf } from '../../facts/walk-statements.ts';
import { clusterSides, primarySide, workerSide } from '../../graph/cluster-sides.ts';
import { handlerSteps, type HandlerStep, type ProcessHandler } from '../../graph/process-handlers.ts';
import type { FunctionNode, ProgramGraph } from '../../graph/program-graph.ts';
import { crashHandlers } from '../crash-handlers.ts';
import type { Fix } from '../finding.ts';
import { isKnownGlobal } from '../known-globals.ts';
import { message, type Locale, type MessageTable } from '../messages.ts';
import { droppedCalls, hearsUnhandledRejections } from '../promise-site.ts';
import type { Rule } from '../rule.ts';

const texts = {
  send: {
    en: '`process.send` is undefined in a process that nobody forked: the handler throws a TypeError, and Node ends with exit code 7 and without what follows here. Write `process.send?.(…)`.',
    'zh-cn': '在不是由父进程 fork 出来的进程中，`process.send` 为 undefined：处理函数会抛出 TypeError，Node 以退出码 7 结束，后面的代码不再执行。请写成 `process.send?.(…)`。',
  },
  workerClose: {
    en: 'A cluster worker has no `close()`: the handler throws a TypeError, and Node ends with exit code 7. Close the server: `server.close()`.',
    'zh-cn': 'cluster 的 worker 没有 `close()`：处理函数会抛出 TypeError，Node 以退出码 7 结束。请关闭服务器：`server.close()`。',
  },
  unknown: {
    en: 'Nothing declares `{name}`: the handler throws a ReferenceError, and Node ends with exit code 7 and without what follows here.',
    'zh-cn': '`{name}` 没有声明：处理函数会抛出 ReferenceError，Node 以退出码 7 结束，后面的代码不再执行。',
  },
  rejects: {
    en: 'The handler is asynchronous: {fault}, its promise rejects, and Node hands that to the same handler as the next uncaught exception{endless}. What follows here never runs. Catch it, or use a handler that is not `async`.',
    'zh-cn': '该处理函数是异步的：{fault}，其 Promise 会被拒绝，Node 又把它作为下一个未捕获异常交给同一个处理函数{endless}；后面的代码不会执行。请捕获它，或改用非 `async` 的处理函数。',
  },
  endless: { en: ', without end, before any timer', 'zh-cn': '，无休止地重复，定时器也轮不到' },
  heard: {
    en: 'The handler is asynchronous: {fault}, its promise rejects, and only `unhandledRejection` hears of it. What follows here never runs. Catch it, or use a handler that is not `async`.',
    'zh-cn': '该处理函数是异步的：{fault}，其 Promise 会被拒绝，只有 `unhandledRejection` 能得知；后面的代码不会执行。请捕获它，或改用非 `async` 的处理函数。',
  },
  faultSend: { en: '`process.send` is undefined in a process that nobody forked', 'zh-cn': '在不是由父进程 fork 出来的进程中 `process.send` 为 undefined' },
  faultWorkerClose: { en: 'a cluster worker has no `close()`', 'zh-cn': 'cluster 的 worker 没有 `close()`' },
  faultUnknown: { en: 'nothing declares `{name}`', 'zh-cn': '`{name}` 没有声明' },
  faultThrow: { en: 'it throws', 'zh-cn': '它会抛出异常' },
  fix: { en: 'Call it only where it is there', 'zh-cn': '仅在其存在时调用' },
} as const satisfies MessageTable;

/**
 * Sources: Node docs, process "Exit codes" (7: "Internal Exception Handler Run-Time Failure") and process.send() ("undefined" without
 * an IPC channel); measured: exit code 7 on Node 18, 20 and 24, and of an asynchronous handler on 18, 20, 24 and 26: it is called again
 * with its own error, before any timer.
 */
export const rule: Rule = {
  meta: { id: 'uncaught-exception-handler-throws', about: 'program', category: 'process', defaultSeverity: 'error', fix: 'safe', since: '0.2.0' },
  texts,
  check(context) {
    const { graph, locale } = context;
    const reported = new Set<string>();
    const handlers = crashHandlers(graph);
    const written = handlers.length > 0 ? globalWrites(graph) : new Set<string>();
    for (const handler of handlers) {
      if (handler.event === 'domain error') continue;
      for (const step of handlerSteps(graph, handler)) {
        if (step.caught || step.call?.optional) continue;
        // What an asynchronous function throws is no exception, but a rejection.
        const rejects = step.function.facts.async;
        if (rejects ? !isUnhandled(graph, handler, step.function) || endsInFinally(graph, step) : step.timing !== 'now') continue;
        const fault = faultOf(graph, handler, step, written);
        const { file } = step.function;
        const range = step.call?.calleeRange ?? step.range;
        const key = `${file}:${range[0]}`;
        if (!fault || reported.has(key)) continue;
        reported.add(key);
        const location = graph.locate(file, range);
        context.report({
          location,
          message: rejects ? rejectionMessage(graph, handler.file, fault, step, locale) : message(texts, fault.text as 'send' | 'workerClose' | 'unknown', locale, { name: fault.name }),
          confidence: fault.sure ? 'likely' : 'possible',
          role: 'shutdown',
          path: step.path.length === 0 ? [] : [...step.path, { location, label: step.call ? `${step.call.text}()` : 'throw' }],
          fixes: fault.text === 'send' ? [optionalCall(step, locale)] : [],
          anchor: `${step.function.displayName} ${step.call?.text ?? 'throw'}`,
        });
      }
    }
  },
};

interface Fault {
  readonly text: 'send' | 'workerClose' | 'unknown' | 'throw';
  readonly name: string;
  readonly sure: boolean;
}

function faultOf(graph: ProgramGraph, handler: ProcessHandler, step: HandlerStep, written: ReadonlySet<string>): Fault | null {
  const { call } = step;
  const { file } = step.function;
  // A handler that throws on purpose wants the process to end, which it does, unless it is asynchronous.
  if (step.kind === 'throw') return step.function.facts.async && step.conditions.length === 0 ? { text: 'throw', name: '', sure: true } : null;
  if (!call) return null;
  if (step.kind === 'send') {
    if (step.conditions.some(({ test }) => test !== null && asksForParent(test)) || runsInChild(graph, handler, step)) return null;
    // Who forks processes may load this file in them only, in ways that are not seen.
    return { text: 'send', name: 'process.send', sure: !forksSomething(graph) || (clusterSides(graph).ofCall(handler.file, handler.call).may & primarySide) !== 0 };
  }
  if (graph.meaningsOf(file, call.callee).some(meaning => meaning.k === 'member' && meaning.type === 'cluster.Worker' && meaning.name === 'close')) return { text: 'workerClose', name: 'close', sure: true };
  const root = rootOf(call.callee);
  if (root?.k !== 'global' || /\.[cm]?tsx?$/.test(file) || isKnownGlobal(root.name) || written.has(root.name)) return null;
  const asked = step.conditions.some(({ test }) => test !== null && termsOf(test).some(({ text }) => text.includes(root.name)));
  const announced = new RegExp(`/\\*\\s*globals?\\b[^*]*\\b${root.name.replace(/\$/g, '\\$')}\\b`).test(graph.text(file) ?? '');
  return asked || announced ? null : { text: 'unknown', name: root.name, sure: true };
}

/** Whether nobody looks at the promise that a function of the handler gives: it is the listener, or each call of it drops the promise. */
function isUnhandled(graph: ProgramGraph, handler: ProcessHandler, fn: FunctionNode): boolean {
  if (handler.listeners.includes(fn)) return true;
  const calls = graph.callsInto(fn);
  return calls.length > 0 && calls.every(({ kind, from, call }) => kind === 'call' && droppedCalls(from).some(index => graph.module(from.file).calls[index] === call));
}

/** Whether a `finally` around the step leaves the function or ends the process. */
function endsInFinally(graph: ProgramGraph, { function: fn, call, callIndex, range }: HandlerStep): boolean {
  const { calls } = graph.module(fn.file);
  const isStep = (statement: Statement): boolean => (call ? statement.k === 'call' && statement.call === callIndex : statement.k === 'throw' && statement.range[0] === range[0]);
  const ends = (statement: Statement): boolean => statement.k === 'return' || (statement.k === 'call' && /^(?:process\.)?(?:exit|abort)$/.test(calls[statement.call]!.text));
  return [...statementsOf(fn.facts.body)].some(({ statement, around }) => isStep(statement) && around.some(outer => outer.k === 'try' && (outer.finalizer?.some(ends) ?? false)));
}

function rejectionMessage(graph: ProgramGraph, file: string, fault: Fault, { conditions }: HandlerStep, locale: Locale): string {
  const what = { send: 'faultSend', workerClose: 'faultWorkerClose', unknown: 'faultUnknown', throw: 'faultThrow' } as const;
  return message(texts, hearsUnhandledRejections(graph, file) ? 'heard' : 'rejects', locale, {
    fault: message(texts, what[fault.text], locale, { name: fault.name }),
    // A flag that is asked first may end it.
    endless: conditions.length === 0 ? message(texts, 'endless', locale) : '',
  });
}

/** `if (process.send)`, `process.connected`, `cluster.isWorker`, `process.env.NODE_UNIQUE_ID`. */
function asksForParent(test: Condition): boolean {
  return termsOf(test).some(({ text }) => /\bsend\b|\bconnected\b|\bchannel\b|is_?(?:worker|primary|master|child|forked)|NODE_UNIQUE_ID|cluster\.worker/i.test(text));
}

/** The code runs only where somebody forked the process. */
function runsInChild(graph: ProgramGraph, handler: ProcessHandler, step: HandlerStep): boolean {
  if ([handler.file, step.function.file].some(file => graph.roleOf(file) === 'worker')) return true;
  if ([handler.callFacts, step.call!].some(({ guards }) => guards.includes('cluster-worker'))) return true;
  return clusterSides(graph).ofCall(handler.file, handler.call).may === workerSide;
}

function forksSomething(graph: ProgramGraph): boolean {
  return graph.linkedFiles.some(file => graph.module(file).calls.some(({ callee, text }) => (callee.k === 'get' ? callee.name === 'fork' : text === 'fork')));
}

function rootOf(value: Value): Value | null {
  return value.k === 'get' ? rootOf(value.object) : value;
}

/** Names that some file makes global: `global.app = …`, or an assignment to what nobody declares. */
function globalWrites(graph: ProgramGraph): ReadonlySet<string> {
  const names = new Set<string>();
  for (const file of graph.linkedFiles) {
    const module = graph.module(file);
    for (const assignment of module.assignments) if (assignment.to === 'property' && assignment.object.k === 'global' && /^(?:global|globalThis|window|self|root)$/.test(assignment.object.name)) names.add(assignment.name);
    for (const fn of module.functions) for (const { statement } of statementsOf(fn.body)) if (statement.k === 'write' && statement.target?.k === 'global') names.add(statement.target.name);
  }
  return names;
}

function optionalCall(step: HandlerStep, locale: Locale): Fix {
  const { file } = step.function;
  const end = step.call!.calleeRange[1];
  return { title: message(texts, 'fix', locale), kind: 'safe', edits: [{ file, start: end, end, text: '?.' }] };
}
