import type { CallFacts, Statement } from '../../facts/module-facts.ts';
import { statementsOf } from '../../facts/walk-statements.ts';
import { promisesOf } from '../../graph/promises.ts';
import { message, type MessageTable } from '../messages.ts';
import { functionsIn, pathTo, situationOf } from '../promise-site.ts';
import type { Rule } from '../rule.ts';

const texts = {
  catch: {
    en: 'The promise of `{call}()` is returned, not awaited: its rejection does not reach the `catch` of this `try`. Write `return await`.',
    'zh-cn': '`{call}()` 的 Promise 被直接返回而未等待：它的拒绝到不了这个 `try` 的 `catch`。请写成 `return await`。',
  },
  finally: {
    en: 'The promise of `{call}()` is returned, not awaited: the `finally` of this `try` runs before its work is done. Write `return await`.',
    'zh-cn': '`{call}()` 的 Promise 被直接返回而未等待：这个 `try` 的 `finally` 会在其工作完成之前执行。请写成 `return await`。',
  },
  fix: { en: 'Await before returning', 'zh-cn': '返回前先等待' },
} as const satisfies MessageTable;

/** Source: ECMA-262 §14.15 try statement: it is left when `return` has evaluated its operand; §27.7.5.3 Await. */
export const rule: Rule = {
  meta: { id: 'try-around-unawaited', category: 'promise', defaultSeverity: 'warn', fix: 'suggestion', since: '0.2.0' },
  texts,
  check(context) {
    const { graph, locale } = context;
    const promises = promisesOf(graph);
    for (const fn of functionsIn(graph, context.files)) {
      if (!fn.facts.async || fn.facts.generator) continue;
      const { calls } = graph.module(fn.file);
      for (const { call: index, left } of returnedInTry(fn.facts.body)) {
        if (!promises.isPromiseCall(fn.file, index)) continue;
        const key = left.handler ? 'catch' : 'finally';
        if (key === 'catch' ? promises.rejectionOf(fn.file, { k: 'call', call: index }) !== 'yes' || onlyThrows(left.handler!) : !works(left.finalizer!)) continue;
        const call = calls[index]!;
        if (key === 'catch' && handlesItself(call)) continue;
        // A function that tries itself again: the inner call has the same `catch`.
        if (graph.meaningsOf(fn.file, call.callee).some(meaning => meaning.k === 'function' && meaning.function === fn)) continue;
        if (key === 'catch' && triesAgain(calls, left.handler!, call)) continue;
        const location = graph.locate(fn.file, call.range);
        const situation = situationOf(graph, fn);
        context.report({
          location,
          message: message(texts, key, locale, { call: call.text }),
          confidence: 'likely',
          role: situation.role,
          path: pathTo(situation, location, `${call.text}()`),
          fixes: [{ title: message(texts, 'fix', locale), kind: 'suggestion', edits: [{ file: fn.file, start: call.range[0], end: call.range[0], text: 'await ' }] }],
          anchor: `${fn.displayName} ${call.text}`,
        });
      }
    }
  },
};

/** `return save().catch(…)`, `return save().then(…, …)`: what fails is dealt with where it is returned. */
function handlesItself({ callee, args }: CallFacts): boolean {
  return callee.k === 'get' && ((callee.name === 'catch' && args.length > 0) || (callee.name === 'then' && args.length > 1));
}

type Try = Statement & { readonly k: 'try' };

/** The calls whose result is returned from within a `try`, with the innermost `try` that is left by it. */
function* returnedInTry(body: readonly Statement[], left: Try | null = null): Generator<{ readonly call: number; readonly left: Try }> {
  for (const statement of body) {
    switch (statement.k) {
      case 'return':
        if (left && statement.value?.k === 'call') yield { call: statement.value.call, left };
        break;
      case 'if':
        yield* returnedInTry(statement.then, left);
        yield* returnedInTry(statement.otherwise, left);
        break;
      case 'loop':
      case 'label':
        yield* returnedInTry(statement.body, left);
        break;
      case 'switch':
        for (const item of statement.cases) yield* returnedInTry(item.body, left);
        break;
      case 'try':
        yield* returnedInTry(statement.block, statement);
        yield* returnedInTry(statement.handler ?? [], left);
        yield* returnedInTry(statement.finalizer ?? [], left);
        break;
    }
  }
}

/** A `catch` that throws the error again changes little for the caller. */
function onlyThrows(handler: readonly Statement[]): boolean {
  return handler.length === 1 && handler[0]!.k === 'throw';
}

/** A `catch` that calls the same function (`return fail(res, error)`) cannot help where that one fails. */
function triesAgain(calls: readonly CallFacts[], handler: readonly Statement[], { text }: CallFacts): boolean {
  return [...statementsOf(handler)].some(({ statement }) => statement.k === 'call' && calls[statement.call]!.text === text);
}

function works(finalizer: readonly Statement[]): boolean {
  return [...statementsOf(finalizer)].some(({ statement }) => statement.k === 'call' || statement.k === 'write');
}
