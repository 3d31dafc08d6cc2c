import type { CallFacts } from '../../facts/module-facts.ts';
import { blockingRule, callOf } from '../blocking-operation.ts';

/** Up to this many bytes compressing takes well under a millisecond (gzipSync: about 10 ms per megabyte, measured). */
const smallBytes = 16 * 1024;

/** Compression on the calling thread. Source: zlib.html "Threadpool usage and performance considerations". */
export const rule = blockingRule({
  id: 'blocking-zlib',
  kind: 'zlib',
  severity: 'warn',
  fix: 'safe',
  since: '0.1.0',
  advice: {
    en: 'Use a stream or the asynchronous form of `node:zlib`.',
    'zh-cn': '请使用流，或 `node:zlib` 的异步形式。',
  },
  harmless: ({ call, location }, graph) => typeof call.literalArgs[0] === 'string' || isSmall(callOf(graph, location.file, call.args[0])),
});

/** `Buffer.from('literal')`, `body.subarray(0, 1024)`. */
function isSmall(input: CallFacts | null): boolean {
  if (input?.callee.k !== 'get') return false;
  const [first, second] = input.literalArgs;
  switch (input.callee.name) {
    case 'from':
      return typeof first === 'string';
    case 'slice':
    case 'subarray':
      return typeof first === 'number' && typeof second === 'number' && second >= first && second - first <= smallBytes;
    default:
      return false;
  }
}
