import { blockingRule } from '../blocking-operation.ts';

/** Libraries that read, write or wait synchronously; server/core/node/libraries.ts has the table and its sources. */
export const rule = blockingRule({
  id: 'blocking-third-party',
  kind: 'third-party',
  severity: 'warn',
  fix: 'suggestion',
  since: '0.1.0',
  advice: {
    en: 'Call it once at start-up, or use an asynchronous form.',
    'zh-cn': '请在启动时只调用一次，或使用异步形式。',
  },
});
