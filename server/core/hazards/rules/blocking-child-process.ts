import { blockingRule } from '../blocking-operation.ts';

/** Waiting for another process. Source: child_process.html "Synchronous process creation"; `execSync('true')` measured at 18 ms. */
export const rule = blockingRule({
  id: 'blocking-child-process',
  kind: 'child-process',
  severity: 'error',
  fix: 'suggestion',
  since: '0.1.0',
  advice: {
    en: 'Start the process with `child_process.execFile()` or `spawn()`.',
    'zh-cn': '请用 `child_process.execFile()` 或 `spawn()` 启动进程。',
  },
});
