import type { CallFacts } from '../../facts/module-facts.ts';
import { statementsOf } from '../../facts/walk-statements.ts';
import type { FunctionNode, ProgramGraph } from '../../graph/program-graph.ts';
import { promiseMethods, promisesOf } from '../../graph/promises.ts';
import { message, type MessageTable } from '../messages.ts';
import { droppedCalls, filesOnNode, pathTo, situationOf } from '../promise-site.ts';
import type { Rule } from '../rule.ts';

const texts = {
  forEach: {
    en: '`forEach()` does not wait for the promises of its callback: what follows runs first, and a rejection is unhandled. Use `for (const … of …)` with `await`, or `await Promise.all(….map(…))`.',
    'zh-cn': '`forEach()` 不等待回调返回的 Promise：其后的代码会先执行，拒绝也无人处理。请用 `for…of` 加 `await`，或 `await Promise.all(….map(…))`。',
  },
  test: {
    en: '`{method}()` takes the promise of its callback for an answer, and a promise is always true. Await the answers first, then use a callback that is not async.',
    'zh-cn': '`{method}()` 把回调返回的 Promise 当作结果，而 Promise 永远为真。请先等待所有结果，再使用同步回调。',
  },
  order: {
    en: '`{method}()` compares with the promise of its callback, which is not a number: the order stays arbitrary. Compute the keys first, then compare without waiting.',
    'zh-cn': '`{method}()` 用回调返回的 Promise 比较，而它不是数字，顺序因此不确定。请先算出键值，再同步比较。',
  },
  reduce: {
    en: 'From the second element on `{accumulator}` is the promise of the previous call, and `.{member}` is read of that. Start with `await {accumulator}`, or use a loop.',
    'zh-cn': '从第二个元素起，`{accumulator}` 是上一次调用的 Promise，而 `.{member}` 取自该 Promise。请先 `await {accumulator}`，或改用循环。',
  },
  map: {
    en: '`map()` gives an array of promises, and nobody waits for them: a rejection is unhandled. Put `await Promise.all()` around it.',
    'zh-cn': '`map()` 得到的 Promise 数组无人等待，拒绝也无人处理。请用 `await Promise.all()` 包住。',
  },
} as const satisfies MessageTable;

const tests: ReadonlySet<string> = new Set(['filter', 'some', 'every', 'find', 'findIndex', 'findLast', 'findLastIndex']);
const orders: ReadonlySet<string> = new Set(['sort', 'toSorted']);

/** Source: ECMA-262 §23.1.3 Array.prototype.forEach, filter, some, sort, reduce: the results of callbacks are used at once. */
export const rule: Rule = {
  meta: { id: 'async-callback-in-sync-iterator', category: 'promise', defaultSeverity: 'error', fix: 'none', since: '0.2.0' },
  texts,
  check(context) {
    const { graph, locale } = context;
    const promises = promisesOf(graph);
    for (const file of filesOnNode(graph, context.files)) {
      const facts = graph.module(file);
      facts.calls.forEach((call, index) => {
        if (call.callee.k !== 'get' || call.new) return;
        const { name } = call.callee;
        if (name !== 'forEach' && name !== 'map' && name !== 'reduce' && !tests.has(name) && !orders.has(name)) return;
        const [callback] = call.args;
        const functions = callback && promises.functionsOf(file, callback);
        if (!functions?.every(promises.returnsPromise) || !iteratesAtOnce(graph, file, call)) return;
        const fn = graph.functionOf(file, call.fn);
        const problem = problemOf(graph, fn, index, functions);
        if (!problem) return;
        const situation = situationOf(graph, fn);
        if (situation.alone && (problem.key === 'forEach' || problem.key === 'map')) return;
        const location = graph.locate(file, call.argRanges[0]!);
        const fails = functions.some(item => promises.rejectionOfFunction(item) === 'yes');
        const ignoring = problem.key === 'forEach' || problem.key === 'map';
        context.report({
          location,
          message: message(texts, problem.key, locale, { method: name, ...problem.args }),
          confidence: ignoring && (!fails || situation.loading) ? 'possible' : 'likely',
          role: situation.role,
          path: pathTo(situation, location, `${call.text}()`),
          ...(problem.key === 'map' && { atMost: 'warn' as const }),
          anchor: `${fn.displayName} ${call.text}`,
        });
      });
    }
  },
};

interface Problem {
  readonly key: keyof typeof texts;
  readonly args?: Readonly<Record<string, string>>;
}

function problemOf(graph: ProgramGraph, fn: FunctionNode, index: number, functions: readonly FunctionNode[]): Problem | null {
  const { callee } = graph.module(fn.file).calls[index]!;
  const name = callee.k === 'get' ? callee.name : '';
  if (name === 'forEach') return { key: 'forEach' };
  if (tests.has(name)) return { key: 'test' };
  if (orders.has(name)) return { key: 'order' };
  if (name === 'map') return droppedCalls(fn).includes(index) ? { key: 'map' } : null;
  return functions.length === 1 ? misreadAccumulator(graph, functions[0]!) : null;
}

/** `reduce(async (sum, item) => { sum.push(…) })`: the accumulator is a promise that the callback uses as a value. */
function misreadAccumulator(graph: ProgramGraph, { file, facts }: FunctionNode): Problem | null {
  const accumulator = facts.params[0] ?? -1;
  if (accumulator < 0 || !facts.async) return null;
  const module = graph.module(file);
  for (const { statement } of statementsOf(facts.body)) {
    if (statement.k === 'await' && statement.of?.k === 'var' && statement.of.var === accumulator) return null;
    if (statement.k === 'write' && statement.target?.k === 'get' && statement.target.object.k === 'var' && statement.target.object.var === accumulator) return misread(statement.target.name);
    if (statement.k !== 'call') continue;
    const { callee, args } = module.calls[statement.call]!;
    if (args.some(arg => arg.k === 'var' && arg.var === accumulator)) return null;
    if (callee.k === 'get' && callee.object.k === 'var' && callee.object.var === accumulator) return promiseMethods.has(callee.name) ? null : misread(callee.name);
  }
  return null;

  function misread(member: string): Problem {
    return { key: 'reduce', args: { accumulator: module.variables[accumulator]!.name, member } };
  }
}

/** Whether the receiver can be taken for a collection of the language: nothing else is known of it, and it has no such method of its own. */
function iteratesAtOnce(graph: ProgramGraph, file: string, { callee }: CallFacts): boolean {
  if (callee.k !== 'get') return false;
  if (graph.meaningsOf(file, callee).some(meaning => meaning.k === 'function' || meaning.k === 'external' || meaning.k === 'member')) return false;
  return graph.meaningsOf(file, callee.object).every(meaning => meaning.k !== 'typed' && meaning.k !== 'external' && meaning.k !== 'class' && meaning.k !== 'instance');
}
