import type { CallFacts, Value } from '../../facts/module-facts.ts';
import { callsIn, functionsWithin } from '../../facts/module-index.ts';
import { statementsOf } from '../../facts/walk-statements.ts';
import { libraryPromise } from '../../graph/library-promises.ts';
import { promisesOf, type Rejection } from '../../graph/promises.ts';
import type { FunctionNode, ProgramGraph } from '../../graph/program-graph.ts';
import type { Fix } from '../finding.ts';
import { message, sentences, type Locale, type MessageTable } from '../messages.ts';
import { droppedCalls, functionsIn, fateOfRejections, pathTo, rejectionWords, severityIn, situationOf, type Situation } from '../promise-site.ts';
import type { Rule, RuleContext } from '../rule.ts';

const texts = {
  ends: {
    en: '`{call}()` returns a promise that nobody waits for: if it rejects, the process ends with an unhandled rejection.',
    'zh-cn': '`{call}()` 返回的 Promise 无人等待：一旦被拒绝，进程会因未处理的拒绝而退出。',
  },
  heard: {
    en: '`{call}()` returns a promise that nobody waits for: if it rejects, only the `{listener}` listener of the process hears of it.',
    'zh-cn': '`{call}()` 返回的 Promise 无人等待：一旦被拒绝，只有进程的 `{listener}` 监听器能得知。',
  },
  lazy: {
    en: '`{call}()` begins its work when somebody waits for it: this one never runs. Await it.',
    'zh-cn': '`{call}()` 只有在有人等待时才会开始执行：此处永远不会运行。请 `await` 它。',
  },
  catch: { en: 'The `catch` around it does not.', 'zh-cn': '外层的 `catch` 捕获不到它。' },
  await: { en: 'Await it, or handle its error with `.catch()`.', 'zh-cn': '请 `await` 它，或用 `.catch()` 处理错误。' },
  handle: { en: 'Handle its error with `.catch()`, or return the promise to the caller.', 'zh-cn': '请用 `.catch()` 处理错误，或将该 Promise 返回给调用方。' },
  many: {
    en: '{count} more calls of it are not awaited either: handle its errors inside of it, where all are served.',
    'zh-cn': '另有 {count} 处调用同样未等待：请在该函数内部处理错误，一处即可覆盖全部。',
  },
  fixAwait: { en: 'Await the promise', 'zh-cn': '等待该 Promise' },
  fixVoid: { en: 'Mark as deliberate with `void`', 'zh-cn': '用 `void` 标明有意不等待' },
} as const satisfies MessageTable;

/** Source: Node docs, process, event 'unhandledRejection' and --unhandled-rejections: the default is `throw` since Node 15. */
export const rule: Rule = {
  meta: { id: 'floating-promise', about: 'program', category: 'promise', defaultSeverity: 'error', fix: 'suggestion', since: '0.2.0' },
  texts,
  check(context) {
    const { graph } = context;
    const found: Floating[] = [];
    // Calls of one function in many files are one finding: it is about the program.
    for (const fn of functionsIn(graph, graph.linkedFiles)) {
      found.push(...floating(graph, fn));
      for (const index of droppedCalls(fn)) if (libraryPromise(graph, fn.file, index) === 'lazy') reportLazy(context, fn, graph.module(fn.file).calls[index]!);
    }
    const byTarget = new Map<FunctionNode, Floating[]>();
    for (const item of found) if (item.target) byTarget.set(item.target, [...(byTarget.get(item.target) ?? []), item]);
    for (const item of found) {
      const alike = (item.target && byTarget.get(item.target)) ?? [item];
      // Where nobody waits for a function, that is how it is meant to be called, and one place for all to handle its errors.
      if (alike.length < manyCalls) report(context, item, 0);
      else if (item === (alike.find(({ situation }) => situation.serving) ?? alike[0])) report(context, item, alike.length - 1);
    }
  },
};

/** So many calls of a function are one finding. */
const manyCalls = 8;

interface Floating {
  readonly function: FunctionNode;
  readonly call: CallFacts;
  readonly rejection: Rejection;
  readonly situation: Situation;
  /** The function of the program that is called. */
  readonly target: FunctionNode | null;
}

function floating(graph: ProgramGraph, fn: FunctionNode): Floating[] {
  // At the top level an error ends the process as one that is thrown there does.
  if (fn.index === 0) return [];
  const promises = promisesOf(graph);
  const { calls } = graph.module(fn.file);
  return droppedCalls(fn).flatMap((index): Floating[] => {
    if (!(promises.isPromiseCall(fn.file, index) || isUnknownThenable(graph, fn, calls[index]!)) || isHandled(calls, index) || takesCallback(graph, fn, calls[index]!)) return [];
    const rejection = promises.rejectionOf(fn.file, { k: 'call', call: index });
    if (rejection === 'never') return [];
    const situation = situationOf(graph, fn);
    if (situation.alone) return [];
    const call = calls[index]!;
    return [{ function: fn, call, rejection, situation, target: promises.functionsOf(fn.file, call.callee)?.[0] ?? null }];
  });
}

/**
 * `load(id, (error, item) => …)`, `each(list, callback)`: the error goes to the callback, by a wrapper that stands between. The function
 * itself may well know nothing of callbacks: what it is given there it takes for options.
 */
function takesCallback(graph: ProgramGraph, fn: FunctionNode, { args, callee }: CallFacts): boolean {
  const last = args.at(-1);
  const facts = graph.module(fn.file);
  if (last?.k !== 'fn' && last?.k !== 'var') return false;
  if (last.k === 'fn' && /^(?:_?e|_?er|_?err|_?error)$/.test(facts.functions[last.fn]!.paramNames[0] ?? '')) return true;
  if (last.k === 'var' && !/^(?:cb|callback|done|next)$/.test(facts.variables[last.var]!.name)) return false;
  return promisesOf(graph).functionsOf(fn.file, callee)?.every(target => !callsParameter(graph, target, args.length - 1)) ?? false;
}

/** Whether a function calls what it is given, or hands it on as it is. */
function callsParameter(graph: ProgramGraph, { file, facts: { params, restParam } }: FunctionNode, position: number): boolean {
  const parameter = params[position];
  if (parameter === undefined || parameter < 0) return restParam >= 0;
  const { calls, functions } = graph.module(file);
  const isParameter = (value: Value | null | undefined): boolean => value?.k === 'var' && value.var === parameter;
  if (calls.some(({ callee }) => isParameter(callee) || (callee.k === 'get' && /^(?:call|apply|bind)$/.test(callee.name) && isParameter(callee.object)))) return true;
  const changed = functions.some(({ body }) => [...statementsOf(body)].some(({ statement }) => statement.k === 'write' && (isParameter(statement.target) || (statement.target?.k === 'get' && isParameter(statement.target.object)))));
  return !changed && calls.some(({ args }) => args.some(isParameter));
}

/** A query that is made and never sent: wherever it stands, and whatever becomes of errors. */
function reportLazy({ graph, locale, report }: RuleContext, fn: FunctionNode, call: CallFacts): void {
  const location = graph.locate(fn.file, call.range);
  const situation = situationOf(graph, fn);
  report({
    location,
    message: message(texts, 'lazy', locale, { call: call.text }),
    confidence: 'likely',
    role: situation.role,
    path: pathTo(situation, location, `${call.text}()`),
    fixes: fixes(fn, call, locale).slice(0, fn.facts.async ? 1 : 0),
    atMost: severityIn(situation),
    // The same function, called in many places without a thought of its errors.
    cause: call.text.startsWith('this.') || call.text.includes('(') ? `${fn.file} ${call.text}` : call.text,
    anchor: `${fn.displayName} ${call.text}`,
  });
}

function report(context: RuleContext, { function: fn, call, rejection, situation }: Floating, others: number): void {
  const { graph, locale } = context;
  const location = graph.locate(fn.file, call.range);
  const fate = fateOfRejections(graph, fn.file);
  const heard = fate === 'heard';
  const { key, listener } = rejectionWords(graph, fn.file);
  context.report({
    location,
    message: sentences(locale, [
      message(texts, key, locale, { call: call.text, listener }),
      call.inTry ? message(texts, 'catch', locale) : '',
      others > 0 ? message(texts, 'many', locale, { count: others }) : message(texts, fn.facts.async ? 'await' : 'handle', locale),
    ]),
    confidence: rejection === 'maybe' || situation.loading || situation.role === 'shutdown' || (heard && !answers(graph, fn, call)) ? 'possible' : 'likely',
    role: situation.role,
    path: pathTo(situation, location, `${call.text}()`),
    fixes: fixes(fn, call, locale),
    atMost: fate === 'kept' ? 'warn' : severityIn(situation),
    // The same function, called in many places without a thought of its errors.
    cause: call.text.startsWith('this.') || call.text.includes('(') ? `${fn.file} ${call.text}` : call.text,
    anchor: `${fn.displayName} ${call.text}`,
  });
}

/** Whether somebody waits for what comes after a promise: a reaction calls a callback that the function was given, or answers a request. */
function answers(graph: ProgramGraph, fn: FunctionNode, { callee, args }: CallFacts): boolean {
  const facts = graph.module(fn.file);
  if (callee.k !== 'get' || callee.name !== 'then' || args[0]?.k !== 'fn') return false;
  const inside = new Set(functionsWithin(facts, args[0].fn));
  return [...inside].flatMap(index => callsIn(facts, index)).some(({ callee: called }) => {
    if (called.k === 'var') return facts.variables[called.var]!.kind === 'param' && !inside.has(facts.variables[called.var]!.fn);
    return called.k === 'get' && graph.meaningsOf(fn.file, called.object).some(meaning => meaning.k === 'typed' && /Response$|\.Reply$/.test(meaning.type));
  });
}

/** `query('users').then(rows => response.json(rows))` of a library that nothing is known of: what else has `then()`, and answers in it? */
function isUnknownThenable(graph: ProgramGraph, fn: FunctionNode, call: CallFacts): boolean {
  const { callee, args } = call;
  if (callee.k !== 'get' || callee.name !== 'then' || args.length !== 1 || callee.object.k !== 'call') return false;
  const { callee: inner } = graph.module(fn.file).calls[callee.object.call]!;
  return promisesOf(graph).functionsOf(fn.file, inner) === null && graph.operationAt(fn.file, callee.object.call) === null && answers(graph, fn, call);
}

/** Whether something in the chain takes the error: `.catch(f)`, `.then(a, b)`. What those do with it is their business. */
function isHandled(calls: readonly CallFacts[], index: number): boolean {
  const { callee, args } = calls[index]!;
  if (callee.k !== 'get') return false;
  if (callee.name === 'catch' && args.length > 0) return true;
  if (callee.name === 'then' && args.length > 1) return true;
  return (callee.name === 'then' || callee.name === 'finally') && callee.object.k === 'call' && isHandled(calls, callee.object.call);
}

function fixes(fn: FunctionNode, call: CallFacts, locale: Locale): Fix[] {
  const put = (text: string, title: 'fixAwait' | 'fixVoid'): Fix => ({ title: message(texts, title, locale), kind: 'suggestion', edits: [{ file: fn.file, start: call.range[0], end: call.range[0], text }] });
  return [...(fn.facts.async && !fn.facts.generator ? [put('await ', 'fixAwait')] : []), put('void ', 'fixVoid')];
}
