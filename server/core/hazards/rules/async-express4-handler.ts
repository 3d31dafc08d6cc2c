import type { FunctionNode, ProgramGraph } from '../../graph/program-graph.ts';
import { handlerLocation, rejectingFunctions } from '../async-listeners.ts';
import { dependencyVersion } from '../dependency-version.ts';
import { message, type MessageTable } from '../messages.ts';
import { filesOnNode, rejectionWords, pathTo, situationOf } from '../promise-site.ts';
import type { Rule } from '../rule.ts';

const texts = {
  ends: {
    en: 'Express 4 ignores the promise of this handler: when it rejects, the request is never answered and the process ends with an unhandled rejection. Catch the error and call `next(error)`, wrap the handler, or use Express 5.',
    'zh-cn': 'Express 4 忽略此处理函数返回的 Promise：一旦被拒绝，请求永远得不到响应，进程也会因未处理的拒绝而退出。请捕获错误并调用 `next(error)`、包装处理函数，或升级到 Express 5。',
  },
  heard: {
    en: 'Express 4 ignores the promise of this handler: when it rejects, the request is never answered, and only the `{listener}` listener hears of the error. Catch it and call `next(error)`, wrap the handler, or use Express 5.',
    'zh-cn': 'Express 4 忽略此处理函数返回的 Promise：一旦被拒绝，请求永远得不到响应，只有 `{listener}` 监听器能得知。请捕获错误并调用 `next(error)`、包装处理函数，或升级到 Express 5。',
  },
} as const satisfies MessageTable;

const registering = /^(?:use|all|param|get|post|put|patch|delete|head|options|del|copy|lock|merge|move|purge|report|search|subscribe|trace|unlock|unsubscribe)$/;
const routerTypes: ReadonlySet<string> = new Set(['express.Application', 'express.Router', 'express.Route']);
/** Packages that make Express 4 or its routers handle promises. */
const patches = ['express-async-errors', 'express-promise-router', 'express-async-router', '@awaitjs/express', 'express-async-patch', 'express-asyncify'];

/** Source: Express docs, error handling ("Starting with Express 5, route handlers and middleware that return a Promise will call next(value)"). */
export const rule: Rule = {
  meta: { id: 'async-express4-handler', about: 'program', category: 'promise', defaultSeverity: 'error', fix: 'none', since: '0.2.0' },
  texts,
  check(context) {
    const { graph, locale } = context;
    // One handler may be registered in several files: it is about the program.
    const reported = new Set<FunctionNode>();
    for (const file of filesOnNode(graph)) {
      const version = expressOf(graph, file);
      if (version === 'other') continue;
      const facts = graph.module(file);
      for (const call of facts.calls) {
        const { callee } = call;
        if (callee.k !== 'get' || !registering.test(callee.name) || !graph.meaningsOf(file, callee.object).some(meaning => meaning.k === 'typed' && routerTypes.has(meaning.type))) continue;
        call.args.forEach((arg, position) => {
          for (const { function: fn, rejects } of rejectingFunctions(graph, file, call, arg)) {
            // One handler, one finding, however many routes it has.
            if (reported.has(fn)) continue;
            reported.add(fn);
            const location = handlerLocation(graph, file, call, position, fn);
            const situation = situationOf(graph, fn);
            context.report({
              location,
              message: message(texts, rejectionWords(graph, fn.file).key, locale, { listener: rejectionWords(graph, fn.file).listener }),
              confidence: rejects === 'maybe' || version === 'either' || call.guards.some(guard => guard === 'development' || guard === 'test') ? 'possible' : 'likely',
              role: situation.role,
              path: pathTo(situation, location, call.text),
              cause: graph.packageOf(fn.file)?.directory ?? '',
              anchor: `${fn.displayName} ${call.text} ${call.literalArgs[0] ?? ''}`,
            });
          }
        });
      }
    }
  },
};

/** Which Express a file has by its lock file or the nearest package.json: one that ignores promises, one that may, or another. */
function expressOf(graph: ProgramGraph, file: string): '4' | 'either' | 'other' {
  const json = graph.packageOf(file)?.json;
  const groups = json ? [json.dependencies, json.devDependencies, json.peerDependencies] : [];
  const ranges = groups.flatMap(group => (typeof group === 'object' && group !== null ? [group as Readonly<Record<string, unknown>>] : []));
  if (ranges.some(group => patches.some(name => name in group))) return 'other';
  const range = dependencyVersion(graph, file, 'express');
  const majors = range !== null ? [...range.matchAll(/(?:^|[\s|^~>=v:@])(\d+)(?=\.|\s|$)/g)].map(match => Number(match[1])) : [];
  if (majors.length === 0 || majors.every(major => major >= 5)) return 'other';
  return majors.every(major => major < 5) && !range!.split('|').some(part => />=?\s*\d/.test(part) && !/>=?\s*\d[^|]*</.test(part)) ? '4' : 'either';
}
