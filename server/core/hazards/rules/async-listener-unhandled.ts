import type { FunctionNode, ProgramGraph } from '../../graph/program-graph.ts';
import { capturesRejections, handlerLocation, listenerMethods, rejectingFunctions } from '../async-listeners.ts';
import { message, type MessageTable } from '../messages.ts';
import { filesOnNode, hearsUnhandledRejections, pathTo, rejectionWords, situationOf } from '../promise-site.ts';
import type { Rule } from '../rule.ts';

const texts = {
  ends: {
    en: '`{call}()` ignores the promise of this listener: when it rejects, the process ends with an unhandled rejection. Put the body in a `try` with a `catch`, or use an emitter with `captureRejections`.',
    'zh-cn': '`{call}()` 忽略此监听器返回的 Promise：一旦被拒绝，进程会因未处理的拒绝而退出。请把函数体放进带 `catch` 的 `try`，或使用 `captureRejections`。',
  },
  heard: {
    en: '`{call}()` ignores the promise of this listener: when it rejects, only the `{listener}` listener of the process hears of it. Put the body in a `try` with a `catch`.',
    'zh-cn': '`{call}()` 忽略此监听器返回的 Promise：一旦被拒绝，只有进程的 `{listener}` 监听器能得知。请把函数体放进带 `catch` 的 `try`。',
  },
} as const satisfies MessageTable;

/** Source: Node docs, events, "Capture rejections of promises"; lib/events.js emit. */
export const rule: Rule = {
  meta: { id: 'async-listener-unhandled', category: 'promise', defaultSeverity: 'warn', fix: 'none', since: '0.2.0' },
  texts,
  check(context) {
    const { graph, locale } = context;
    if (capturesRejections(graph)) return;
    const reported = new Set<FunctionNode>();
    for (const file of filesOnNode(graph, context.files)) {
      for (const call of graph.module(file).calls) {
        const { callee, args } = call;
        if (callee.k !== 'get' || !listenerMethods.has(callee.name) || args.length < 2 || call.literalArgs[0] === 'request') continue;
        const types = graph.meaningsOf(file, callee).flatMap(meaning => (meaning.k === 'member' ? [meaning.type] : []));
        if (types.length === 0 || !types.every(isEmitter)) continue;
        for (const { function: fn, rejects } of rejectingFunctions(graph, file, call, args[1]!)) {
          const location = handlerLocation(graph, file, call, 1, fn);
          if (reported.has(fn)) continue;
          const situation = situationOf(graph, fn);
          const heard = hearsUnhandledRejections(graph, fn.file);
          const { key, listener } = rejectionWords(graph, fn.file);
          if (situation.alone) continue;
          reported.add(fn);
          context.report({
            location,
            message: message(texts, key, locale, { call: call.text, listener }),
            // A process that shuts down ends with or without the error.
            confidence: rejects === 'maybe' || types.includes('process.Process') || (heard ? !types.some(isOfPeer) : endsByItself(graph, fn)) ? 'possible' : 'likely',
            role: situation.role,
            path: pathTo(situation, location, `${call.text}()`),
            anchor: `${fn.displayName} ${call.text} ${call.literalArgs[0] ?? ''}`,
          });
        }
      }
    }
  },
};

/** Whether the process ends with the listener's work, so that an error in it ends it only sooner. */
function endsByItself(graph: ProgramGraph, { file, facts: { body } }: FunctionNode): boolean {
  const last = body.findLast(({ k }) => k !== 'drop');
  return last?.k === 'call' && /^process\.(?:exit|abort)$/.test(graph.module(file).calls[last.call]!.text);
}

/** Objects with somebody at the other end, who waits. Of others somebody hears of the error, and the process goes on. */
function isOfPeer(type: string): boolean {
  return /^(?:net|http|http2|ws|socket\.io)\./.test(type);
}

/** Objects of Node, ws and socket.io, which call listeners and look no further. */
function isEmitter(type: string): boolean {
  return /^(?:events|stream|net|http|http2|dgram|child_process|worker_threads|cluster|process|readline|fs|ws|socket\.io)\.|^express\.Re(?:quest|sponse)$/.test(type);
}
