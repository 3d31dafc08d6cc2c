import { blockingRule } from '../blocking-operation.ts';

/** Synchronous file system functions of Node and of its look-alikes. Source: Node guide "Don't block the event loop"; fs.html#synchronous-api. */
export const rule = blockingRule({
  id: 'blocking-fs',
  kind: 'fs',
  severity: 'error',
  fix: 'safe',
  since: '0.1.0',
  advice: {
    en: 'Use the functions of `fs.promises`.',
    'zh-cn': '请使用 `fs.promises` 中的函数。',
  },
});
