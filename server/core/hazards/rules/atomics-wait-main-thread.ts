import { blockingRule } from '../blocking-operation.ts';

/** ECMA-262 25.4.14 Atomics.wait suspends the agent; Node allows it on the main thread, where it suspends the event loop. */
export const rule = blockingRule({
  id: 'atomics-wait-main-thread',
  kind: 'atomics-wait',
  severity: 'error',
  fix: 'none',
  since: '0.1.0',
  advice: {
    en: 'Use `Atomics.waitAsync()`, or wait in a worker thread.',
    'zh-cn': '请使用 `Atomics.waitAsync()`，或在工作线程中等待。',
  },
});
