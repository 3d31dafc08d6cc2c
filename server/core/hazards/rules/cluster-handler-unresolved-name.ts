import type { ModuleFacts } from '../../facts/module-facts.ts';
import { statementsOf } from '../../facts/walk-statements.ts';
import type { FunctionNode, ProgramGraph } from '../../graph/program-graph.ts';
import { knownGlobals } from '../../node/known-globals.ts';
import { closest } from '../../text/closest.ts';
import { message, type MessageTable } from '../messages.ts';
import type { Rule } from '../rule.ts';

const texts = {
  undefined: {
    en: "`{name}` is not defined: the first '{event}' throws a ReferenceError here, and no test met it since the listener seldom runs.",
    'zh-cn': "`{name}` 未定义：第一次 '{event}' 就会在此抛出 ReferenceError；该监听函数很少运行，测试也就没有发现。",
  },
  mistyped: {
    en: "`{name}` is not defined: the first '{event}' throws a ReferenceError here. Did you mean `{similar}`?",
    'zh-cn': "`{name}` 未定义：第一次 '{event}' 就会在此抛出 ReferenceError。是否想写 `{similar}`？",
  },
  rename: { en: 'Change it to `{similar}`', 'zh-cn': '改为 `{similar}`' },
} as const satisfies MessageTable;

const listenerMethods: ReadonlySet<string> = new Set(['on', 'once', 'addListener', 'prependListener', 'prependOnceListener']);
const rareEvents = /^(?:exit|beforeExit|disconnect|error|uncaughtException|uncaughtExceptionMonitor|unhandledRejection|SIG[A-Z0-9]+)$/;

/** Source: ECMA-262 GetValue of an unresolvable reference; measured: see the page. */
export const rule: Rule = {
  meta: { id: 'cluster-handler-unresolved-name', about: 'program', category: 'cluster', defaultSeverity: 'error', fix: 'suggestion', since: '0.2.0' },
  texts,
  check(context) {
    const { graph, locale } = context;
    const files = graph.linkedFiles.filter(file => graph.module(file).undeclared.length > 0);
    if (files.length === 0) return;
    let program: ProgramGlobals | null = null;
    for (const file of files) {
      const module = graph.module(file);
      const handlers = rareHandlers(graph, file);
      if (handlers.size === 0) continue;
      for (const { name, fn, range } of module.undeclared) {
        const event = eventOf(module, handlers, fn);
        program ??= globalsOf(graph, files);
        if (event === null || program.set.has(name) || isDeclaredByComment(graph.text(file), name)) continue;
        const similar = name.length < 3 ? null : closest(name, namesInReach(module, fn));
        // The compiler has seen what is declared elsewhere; without it only a slip of the hand is sure.
        if (similar === null && /\.[cm]?tsx?$/.test(file)) continue;
        context.report({
          location: graph.locate(file, range),
          message: similar === null ? message(texts, 'undefined', locale, { name, event }) : message(texts, 'mistyped', locale, { name, event, similar }),
          // A name that several places know is brought by a framework.
          confidence: program.uses.get(name) === 1 ? (similar === null ? 'likely' : 'certain') : similar !== null && program.filesOf.get(name) === 1 ? 'likely' : 'possible',
          role: 'shutdown',
          fixes: similar === null ? [] : [{ title: message(texts, 'rename', locale, { similar }), kind: 'suggestion', edits: [{ file, start: range[0], end: range[1], text: similar }] }],
          anchor: `${graph.functionOf(file, fn).displayName} ${name}`,
        });
      }
    }
  },
};

/** Functions of a file that only a rare event calls, with the event. */
function rareHandlers(graph: ProgramGraph, file: string): ReadonlyMap<number, string> {
  const module = graph.module(file);
  const handlers = new Map<number, string>();
  for (const { callee, literalArgs, args } of module.calls) {
    const [event] = literalArgs;
    if (callee.k !== 'get' || !listenerMethods.has(callee.name) || typeof event !== 'string' || !rareEvents.test(event) || !args[1]) continue;
    for (const meaning of graph.meaningsOf(file, args[1])) if (meaning.k === 'function' && meaning.function.file === file && isRare(graph, meaning.function, event)) handlers.set(meaning.function.index, event);
  }
  // Functions that nobody else calls are as rare as their callers.
  const queue: FunctionNode[] = [...handlers.keys()].map(index => graph.functionOf(file, index));
  for (const fn of queue) {
    for (const { to } of graph.callsFrom(fn)) {
      if (to.file !== file || to.index === 0 || handlers.has(to.index)) continue;
      const callers = graph.callersOf(to);
      if (!callers || !callers.every(({ from }) => from.file === file && handlers.has(from.index))) continue;
      handlers.set(to.index, handlers.get(fn.index)!);
      queue.push(to);
    }
  }
  return handlers;
}

/** Whether a listener for an event runs in no other role. */
function isRare(graph: ProgramGraph, fn: FunctionNode, event: string): boolean {
  return !graph.entriesOf(fn).some(({ role, label }) => (role === 'request' || role === 'timer' || role === 'background') && !label.includes(event));
}

/** The event without which code does not run; null where it runs otherwise too. */
function eventOf(module: ModuleFacts, handlers: ReadonlyMap<number, string>, fn: number): string | null {
  for (let index = fn; index > 0; index = module.functions[index]!.parent) {
    const event = handlers.get(index);
    if (event !== undefined) return event;
  }
  return null;
}

/** What the program puts on the global object itself, and how often each undeclared name is read. */
interface ProgramGlobals {
  readonly set: ReadonlySet<string>;
  readonly uses: ReadonlyMap<string, number>;
  readonly filesOf: ReadonlyMap<string, number>;
}

function globalsOf(graph: ProgramGraph, files: readonly string[]): ProgramGlobals {
  const set = new Set<string>();
  const uses = new Map<string, number>();
  const filesOf = new Map<string, number>();
  for (const file of graph.files) {
    const { assignments, functions } = graph.module(file);
    for (const assignment of assignments) if (assignment.to === 'property' && isGlobalObject(assignment.object)) set.add(assignment.name);
    for (const { body } of functions) {
      for (const { statement } of statementsOf(body)) {
        if (statement.k !== 'write' || !statement.target) continue;
        if (statement.target.k === 'global') set.add(statement.target.name);
        else if (statement.target.k === 'get' && isGlobalObject(statement.target.object)) set.add(statement.target.name);
      }
    }
  }
  for (const file of files) {
    const { undeclared } = graph.module(file);
    for (const { name } of undeclared) uses.set(name, (uses.get(name) ?? 0) + 1);
    for (const name of new Set(undeclared.map(item => item.name))) filesOf.set(name, (filesOf.get(name) ?? 0) + 1);
  }
  return { set, uses, filesOf };
}

function isGlobalObject(value: { readonly k: string; readonly name?: string }): boolean {
  return value.k === 'global' && (value.name === 'global' || value.name === 'globalThis' || value.name === 'window' || value.name === 'self' || value.name === 'GLOBAL' || value.name === 'root');
}

function isDeclaredByComment(text: string | null, name: string): boolean {
  return text !== null && new RegExp(`/\\*\\s*(?:eslint\\s+|jshint\\s+)?globals?\\b[^*]*\\b${name.replace(/\$/g, '\\$&')}\\b`).test(text);
}

/** Names that a place can read: those of the functions around it and of the module, and the globals. */
function namesInReach(module: ModuleFacts, fn: number): readonly string[] {
  const around = new Set<number>();
  for (let index = fn; index >= 0; index = module.functions[index]!.parent) around.add(index);
  return [...new Set([...module.variables.filter(variable => around.has(variable.fn) && variable.name !== '').map(({ name }) => name), ...knownGlobals])];
}
