import { blockingRule } from '../blocking-operation.ts';

/** Looking up one row or one setting; opening, writing and reading many rows can take any time. */
const lookups = new Set(['get', 'getItem', 'getSync', 'getItemSync', 'prepare', 'query', 'pragma', 'close']);

/** Databases whose driver works on the calling thread; their methods have no `Sync` in their names. Source: the drivers' documentation. */
export const rule = blockingRule({
  id: 'blocking-sync-db',
  kind: 'sync-db',
  severity: 'warn',
  fix: 'none',
  since: '0.1.0',
  advice: {
    en: 'Keep statements short and indexed, or move the database to a worker thread.',
    'zh-cn': '请保持语句简短并使用索引，或把数据库移到工作线程。',
  },
  // `db.prepare(…).all()` is reported at `all`.
  harmless: ({ api, call }) => api.member.endsWith('#prepare') && call.context === 'member',
  minor: ({ api }) => lookups.has(api.member.split('#').pop()!),
});
