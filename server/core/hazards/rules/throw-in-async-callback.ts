import type { CallFacts, Range, Statement } from '../../facts/module-facts.ts';
import { callHanding } from '../../facts/module-index.ts';
import { statementsOf } from '../../facts/walk-statements.ts';
import type { FunctionNode, ProgramGraph } from '../../graph/program-graph.ts';
import { promiseMethods } from '../../graph/promises.ts';
import { listenerMethods } from '../async-listeners.ts';
import { message, type MessageTable } from '../messages.ts';
import { functionsIn, pathTo, situationOf } from '../promise-site.ts';
import type { Rule } from '../rule.ts';

const texts = {
  thrown: {
    en: 'This error is thrown in a callback of `{call}()`, which Node calls later with nothing around it that could catch: it ends the process. Hand it to a callback or to `reject`, or answer the request.',
    'zh-cn': '此错误在 `{call}()` 的回调中抛出，而 Node 稍后调用该回调时外层没有任何 `catch`：进程会因此退出。请交给回调或 `reject`，或直接响应请求。',
  },
} as const satisfies MessageTable;

/** Source: Node docs, errors, "Error propagation and interception": a throw in an asynchronous callback is not caught by a try around the call. */
export const rule: Rule = {
  meta: { id: 'throw-in-async-callback', category: 'promise', defaultSeverity: 'error', fix: 'none', since: '0.2.0' },
  texts,
  check(context) {
    const { graph, locale } = context;
    for (const fn of functionsIn(graph, context.files)) {
      if (fn.facts.async || fn.facts.generator || fn.index === 0) continue;
      const thrown = thrownFrom(fn.facts.body);
      // A callback that does nothing but throw is there to end the process.
      if (thrown.length === 0 || fn.facts.body.every(({ k }) => k === 'throw' || k === 'call')) continue;
      const call = laterCaller(graph, fn);
      if (!call || cannotFail.test(call.text) || throwsAsNobodyListened(call, fn)) continue;
      // A timer that a handler sets is its own entry; what counts is who set it.
      const own = situationOf(graph, fn);
      const situation = own.role === 'request' ? own : situationOf(graph, graph.functionOf(fn.file, fn.facts.parent));
      if (situation.role !== 'request') continue;
      for (const range of thrown) {
        const location = graph.locate(fn.file, range);
        context.report({
          location,
          message: message(texts, 'thrown', locale, { call: call.text }),
          confidence: 'likely',
          role: situation.role,
          path: pathTo(situation, location, 'throw'),
          anchor: `${fn.displayName} throw`,
        });
      }
    }
  },
};

/** Randomness of the system: without it no program should go on (Node docs, crypto.randomBytes). */
const cannotFail = /(?:^|\.)random(?:Bytes|Fill|Int|UUID)$/;

/** A listener for `error` that throws the error itself is what Node does where nobody listens, and says so. */
function throwsAsNobodyListened({ literalArgs }: CallFacts, { facts: { params, body } }: FunctionNode): boolean {
  if (literalArgs[0] !== 'error') return false;
  return [...statementsOf(body)].every(({ statement }) => statement.k !== 'throw' || (statement.value?.k === 'var' && statement.value.var === params[0]));
}

/** The `throw` statements whose error leaves the body. */
function thrownFrom(body: readonly Statement[]): Range[] {
  return body.flatMap((statement): Range[] => {
    switch (statement.k) {
      case 'throw':
        return [statement.range];
      case 'if':
        return [...thrownFrom(statement.then), ...thrownFrom(statement.otherwise)];
      case 'loop':
      case 'label':
        return thrownFrom(statement.body);
      case 'switch':
        return statement.cases.flatMap(item => thrownFrom(item.body));
      case 'try':
        // Who catches an error, takes note of it and throws it again wants the end of the process.
        return [...(statement.handler ? [] : thrownFrom(statement.block)), ...thrownFrom((statement.handler ?? []).filter(inner => inner.k !== 'throw' || inner.value?.k !== 'var' || inner.value.var !== statement.param)), ...thrownFrom(statement.finalizer ?? [])];
      default:
        return [];
    }
  });
}

/** The call that hands the function, written in its arguments, to Node to be called on another tick. */
function laterCaller(graph: ProgramGraph, fn: FunctionNode): CallFacts | null {
  const facts = graph.module(fn.file);
  const index = callHanding(facts, fn.index);
  if (index < 0) return null;
  const call = facts.calls[index]!;
  const position = call.args.findIndex(arg => arg.k === 'fn' && arg.fn === fn.index);
  // What a reaction throws rejects the promise of `then()`.
  if (call.callee.k === 'get' && promiseMethods.has(call.callee.name)) return null;
  const callback = graph.operationAt(fn.file, index)?.api.callback;
  if (callback?.runsIn) return callback.runsIn !== 'sync' && (callback.position < 0 ? call.args.length + callback.position : callback.position) === position ? call : null;
  const emits = call.callee.k === 'get' && listenerMethods.has(call.callee.name) && position === 1;
  // Emitters of the program may emit inside of a `try`; sockets and streams of Node do not.
  return emits && graph.meaningsOf(fn.file, call.callee).some(meaning => meaning.k === 'member' && /^(?:(?:net|http|http2|stream|dgram|child_process|fs)\.|express\.Re(?:quest|sponse)$)/.test(meaning.type)) ? call : null;
}
