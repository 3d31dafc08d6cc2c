import { capturesRejections, handlerLocation, listenerMethods, rejectingFunctions } from '../async-listeners.ts';
import { message, type MessageTable } from '../messages.ts';
import { filesOnNode, rejectionWords, pathTo, situationOf } from '../promise-site.ts';
import type { Rule } from '../rule.ts';

const texts = {
  ends: {
    en: 'The server does not look at the promise of its request listener: when it rejects, the request is never answered and the process ends with an unhandled rejection. Put the body in a `try` whose `catch` answers with 500.',
    'zh-cn': '服务器不理会请求监听器返回的 Promise：一旦被拒绝，请求永远得不到响应，进程也会因未处理的拒绝而退出。请把函数体放进 `try`，并在 `catch` 中返回 500。',
  },
  heard: {
    en: 'The server does not look at the promise of its request listener: when it rejects, the request is never answered, and only the `{listener}` listener hears of the error. Put the body in a `try` whose `catch` answers with 500.',
    'zh-cn': '服务器不理会请求监听器返回的 Promise：一旦被拒绝，请求永远得不到响应，只有 `{listener}` 监听器能得知。请把函数体放进 `try`，并在 `catch` 中返回 500。',
  },
} as const satisfies MessageTable;

const modules: ReadonlySet<string> = new Set(['http', 'https', 'http2']);
const creates = /^(?:createServer|createSecureServer|Server)$/;

/** Source: lib/_http_server.js: the 'request' listener is called by `server.emit('request', …)`, whose results nobody reads. */
export const rule: Rule = {
  meta: { id: 'async-in-http-create-server', category: 'promise', defaultSeverity: 'error', fix: 'none', since: '0.2.0' },
  texts,
  check(context) {
    const { graph, locale } = context;
    if (capturesRejections(graph)) return;
    for (const file of filesOnNode(graph, context.files)) {
      graph.module(file).calls.forEach((call, index) => {
        const position = call.args.length - 1;
        if (position < 0) return;
        const api = graph.operationAt(file, index)?.api;
        const created = api !== undefined && modules.has(api.module) && creates.test(api.member);
        const listens = call.callee.k === 'get' && listenerMethods.has(call.callee.name) && call.literalArgs[0] === 'request' && graph.meaningsOf(file, call.callee.object).some(meaning => meaning.k === 'typed' && meaning.type === 'http.Server');
        if (!created && !listens) return;
        for (const { function: fn, rejects } of rejectingFunctions(graph, file, call, call.args[position]!)) {
          const location = handlerLocation(graph, file, call, position, fn);
          const situation = situationOf(graph, fn);
          context.report({
            location,
            message: message(texts, rejectionWords(graph, fn.file).key, locale, { listener: rejectionWords(graph, fn.file).listener }),
            confidence: rejects === 'maybe' || situation.alone ? 'possible' : 'likely',
            role: situation.role,
            path: pathTo(situation, location, `${call.text}()`),
            anchor: `${fn.displayName} ${call.text}`,
          });
        }
      });
    }
  },
};
