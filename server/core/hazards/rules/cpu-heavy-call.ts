import { message, type MessageTable } from '../messages.ts';
import { callOptionsSchema, isAllowed, rolesToCheck } from '../options.ts';
import { reportReached } from '../report-reached.ts';
import type { Rule } from '../rule.ts';

const texts = {
  advice: {
    en: 'It computes on this thread, for as long as its input is large: limit the input, keep results, or use a worker thread.',
    'zh-cn': '它在当前线程上计算，耗时随输入增大：请限制输入、缓存结果，或使用工作线程。',
  },
} as const satisfies MessageTable;

/** Libraries that take tens of milliseconds and more for ordinary input. Of the others a long text is needed. */
const heavy: ReadonlySet<string> = new Set(['jimp', 'jsdom', 'html-minifier', 'html-minifier-terser', 'uglify-js', 'svgo', 'mjml', 'terser', 'prettier', 'typescript', 'diff-match-patch']);

/**
 * Known libraries that compute for long on the calling thread: the rows `blocks: 'cpu'` of server/core/node/libraries/.
 * Source: Node guide "Don't block the event loop", "Complex calculations"; the documentation of each library.
 */
export const rule: Rule = {
  meta: { id: 'cpu-heavy-call', category: 'cpu', defaultSeverity: 'warn', fix: 'none', since: '0.2.0', options: callOptionsSchema },
  texts,
  check(context) {
    const { graph, locale } = context;
    for (const operation of graph.operationsIn(context.files)) {
      const { api, call, function: fn, location, name } = operation;
      // Rows without a blocking kind compute; Node's own of that kind (createHash().update()) are quick.
      if (!api.blocking || api.blockingKind !== undefined || api.evidence !== 'documented' || !isLibrary(api.source)) continue;
      const options = context.optionsFor(location.file);
      // A converter that is only constructed has nothing to do yet.
      if (typeof call.literalArgs[0] === 'string' || (call.new && api.member === '') || isAllowed(options, operation)) continue;
      reportReached(
        context,
        { location, function: fn, what: `\`${call.new ? 'new ' : ''}${name}()\``, code: call.text, advice: message(texts, 'advice', locale), ...(!heavy.has(api.module) && { confidence: 'possible' as const }) },
        graph.reachingOperation(operation, rolesToCheck(options)),
      );
    }
  },
};

/** The source of a library's row is its own documentation. */
function isLibrary(source: string | undefined): boolean {
  return source !== undefined && !source.includes('nodejs.org') && !/^(?:lib|src)\//.test(source);
}
