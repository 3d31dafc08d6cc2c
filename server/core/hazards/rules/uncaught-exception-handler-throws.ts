import type { Condition, Value } from '../../facts/module-facts.ts';
import { statementsOf, termsOf } from '../../facts/walk-statements.ts';
import { clusterSides, primarySide, workerSide } from '../../graph/cluster-sides.ts';
import { handlerSteps, type HandlerStep, type ProcessHandler } from '../../graph/process-handlers.ts';
import type { ProgramGraph } from '../../graph/program-graph.ts';
import { crashHandlers } from '../crash-handlers.ts';
import type { Fix } from '../finding.ts';
import { isKnownGlobal } from '../known-globals.ts';
import { message, type Locale, type MessageTable } from '../messages.ts';
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
  fix: { en: 'Call it only where it is there', 'zh-cn': '仅在其存在时调用' },
} as const satisfies MessageTable;

/**
 * Sources: Node docs, process "Exit codes" (7: "Internal Exception Handler Run-Time Failure") and process.send() ("undefined" without
 * an IPC channel); measured: exit code 7 on Node 18, 20 and 24.
 */
export const rule: Rule = {
  meta: { id: 'uncaught-exception-handler-throws', category: 'process', defaultSeverity: 'error', fix: 'safe', since: '0.2.0' },
  texts,
  check(context) {
    const { graph, locale } = context;
    const reported = new Set<string>();
    const handlers = crashHandlers(graph);
    const written = handlers.length > 0 ? globalWrites(graph) : new Set<string>();
    for (const handler of handlers) {
      if (handler.event === 'domain error') continue;
      for (const step of handlerSteps(graph, handler)) {
        if (step.call === null || step.timing !== 'now' || step.caught || step.call.optional) continue;
        const fault = faultOf(graph, handler, step, written);
        const { file } = step.function;
        const key = `${file}:${step.call.range[0]}`;
        if (!fault || reported.has(key)) continue;
        reported.add(key);
        const location = graph.locate(file, step.call.calleeRange);
        context.report({
          location,
          message: message(texts, fault.text, locale, { name: fault.name }),
          confidence: fault.sure ? 'likely' : 'possible',
          role: 'shutdown',
          path: step.path.length === 0 ? [] : [...step.path, { location, label: `${step.call.text}()` }],
          fixes: fault.text === 'send' ? [optionalCall(step, locale)] : [],
          anchor: `${step.function.displayName} ${step.call.text}`,
        });
      }
    }
  },
};

interface Fault {
  readonly text: 'send' | 'workerClose' | 'unknown';
  readonly name: string;
  readonly sure: boolean;
}

function faultOf(graph: ProgramGraph, handler: ProcessHandler, step: HandlerStep, written: ReadonlySet<string>): Fault | null {
  const call = step.call!;
  const { file } = step.function;
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
