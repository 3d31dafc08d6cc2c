import type { TSESTree } from '../../syntax/source-file.ts';
import { throwError, type ExecutionContext } from '../agent.ts';
import { ProgramError } from '../event-loop/engine.ts';
import { surroundingAgent } from '../agent.ts';
import { ObjectValue, type Value } from '../values.ts';
import { call, get, getMethod } from '../abstract-operations/operations-on-objects.ts';
import { asyncGeneratorYield } from '../abstract-operations/async-generator-operations.ts';
import { createIteratorResult, getIterator } from '../abstract-operations/iterator-operations.ts';
import { toBoolean } from '../abstract-operations/type-conversion.ts';
import { await_, ReturnCompletion, suspend, type Resumption, type Steps } from './coroutine.ts';
import { evaluateSteps } from './expressions.ts';

/** YieldExpression (ECMA-262 §15.5.5) */
export function* evaluateYield(node: TSESTree.YieldExpression, context: ExecutionContext): Steps {
  const value = node.argument ? yield* evaluateSteps(node.argument, context) : undefined;
  context.node = node;
  if (node.delegate) return yield* delegate(value, context, node);
  if (context.coroutine === 'asyncGenerator') {
    // Yield step 2: AsyncGeneratorYield(? Await(value)).
    return yield* asyncGeneratorYield(yield* await_(value));
  }
  return yield* suspend('yield', createIteratorResult(value, false));
}

/** `yield*` (ECMA-262 §15.5.5), steps as there. */
function* delegate(value: Value, context: ExecutionContext, node: TSESTree.YieldExpression): Steps {
  const isAsync = context.coroutine === 'asyncGenerator';
  // 4. Let iteratorRecord be ? GetIterator(value, generatorKind).
  const { iterator, next } = getIterator(value, isAsync ? 'async' : 'sync', node.argument ?? undefined);
  // 6. Let received be NormalCompletion(undefined).
  let received: Resumption = { type: 'normal', value: undefined };
  for (;;) {
    let innerResult: Value;
    if (received.type === 'normal') {
      // a.i. Let innerResult be ? Call(iteratorRecord.[[NextMethod]], iteratorRecord.[[Iterator]], « received.[[Value]] »).
      innerResult = call(next, iterator, [received.value]);
    } else {
      const method = getMethod(iterator, received.type);
      if (method === undefined) {
        if (received.type === 'throw') {
          // b.iii. The inner iterator does not have a throw method: close it.
          const close = getMethod(iterator, 'return');
          if (close !== undefined) {
            const closed = call(close, iterator, []);
            if (isAsync) yield* await_(closed);
          }
          throwError('TypeError', "The iterator does not provide a 'throw' method");
        }
        // c.iii. If return is undefined, return the completion, awaited in an async generator.
        throw new ReturnCompletion(isAsync ? yield* await_(received.value) : received.value);
      }
      innerResult = call(method, iterator, [received.value]);
    }
    if (isAsync) innerResult = yield* await_(innerResult);
    if (!(innerResult instanceof ObjectValue)) throwError('TypeError', `Iterator result ${String(innerResult)} is not an object`);
    if (toBoolean(get(innerResult, 'done'))) {
      const result = get(innerResult, 'value');
      if (received.type === 'return') throw new ReturnCompletion(result);
      return result;
    }
    received = yield* receive(innerResult, isAsync);
  }
}

/** Hands an inner result on and catches how the generator is resumed. */
function* receive(innerResult: ObjectValue, isAsync: boolean): Steps<Resumption> {
  if (!isAsync) return yield { kind: 'yield', value: innerResult };
  // Up to V8 10.x (Node 18) the value of the inner result was awaited once more.
  let value = get(innerResult, 'value');
  if (surroundingAgent.options.node <= 18) value = yield* await_(value);
  try {
    return { type: 'normal', value: yield* asyncGeneratorYield(value) };
  } catch (error) {
    if (error instanceof ProgramError) return { type: 'throw', value: (error.value as Value) };
    if (error instanceof ReturnCompletion) return { type: 'return', value: error.value };
    throw error;
  }
}
