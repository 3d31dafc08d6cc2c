import { blockingRule } from '../blocking-operation.ts';

/** Key derivation, password hashes and key generation on the calling thread. Source: Node guide "Don't block the event loop"; README of bcrypt. */
export const rule = blockingRule({
  id: 'blocking-crypto',
  kind: 'crypto',
  severity: 'error',
  fix: 'safe',
  since: '0.1.0',
  advice: {
    en: 'Use a form that works in the thread pool, or a worker thread.',
    'zh-cn': '请使用在线程池中执行的形式，或放到工作线程中。',
  },
  remarks: [
    {
      when: ({ api }) => api.module === 'bcryptjs',
      text: {
        en: '`bcryptjs` is pure JavaScript: its asynchronous form computes on the same thread, in chunks; the native `bcrypt` and `crypto.scrypt()` use the thread pool.',
        'zh-cn': '`bcryptjs` 是纯 JavaScript 实现：其异步形式仍在同一线程上分块计算；原生 `bcrypt` 和 `crypto.scrypt()` 使用线程池。',
      },
    },
  ],
});
