import { renamedClusterMembers } from '../../node/watched-members.ts';
import { message, type MessageTable } from '../messages.ts';
import type { Rule } from '../rule.ts';

const texts = {
  renamed: {
    en: '`{old}` is deprecated since Node 16. Its name is `{name}` now.',
    'zh-cn': '`{old}` 自 Node 16 起已弃用，现名为 `{name}`。',
  },
  removed: {
    en: '`worker.suicide` was removed in Node 9: it is always undefined, and every end looks involuntary. Ask for `exitedAfterDisconnect`.',
    'zh-cn': '`worker.suicide` 已在 Node 9 中移除：其值始终为 undefined，所有退出看上去都是非自愿的。请改用 `exitedAfterDisconnect`。',
  },
  rename: { en: 'Change it to `{name}`', 'zh-cn': '改为 `{name}`' },
} as const satisfies MessageTable;

/** Sources: Node docs, cluster.isMaster, cluster.setupMaster ("Deprecated since: v16.0.0"); deprecations DEP0007 (worker.suicide, End-of-Life). */
export const rule: Rule = {
  meta: { id: 'cluster-deprecated-api', category: 'cluster', defaultSeverity: 'info', fix: 'safe', since: '0.2.0' },
  texts,
  check(context) {
    const { graph, locale } = context;
    for (const file of context.files) {
      const { watchedReads } = graph.module(file);
      const oldest = context.oldestNode(file);
      for (const { object, name: old, fn, range, binds } of watchedReads) {
        const renamed = renamedClusterMembers.get(old);
        if (!renamed || (oldest !== null && oldest < renamed.since)) continue;
        const type = renamed.of === 'cluster' ? 'cluster.Cluster' : 'cluster.Worker';
        if (!graph.meaningsOf(file, object).some(meaning => (meaning.k === 'typed' && meaning.type === type) || (binds === 'import' && renamed.of === 'cluster' && meaning.k === 'external' && meaning.module === 'cluster'))) continue;
        // Code that asks for both names runs on old versions too.
        const { name } = renamed;
        if (watchedReads.some(read => read.name === name && read.fn === fn)) continue;
        context.report({
          location: graph.locate(file, range),
          message: old === 'suicide' ? message(texts, 'removed', locale) : message(texts, 'renamed', locale, { old: `cluster.${old}`, name }),
          confidence: 'certain',
          role: 'startup',
          // Asking for what is there again changes what the program does.
          fixes: [{ title: message(texts, 'rename', locale, { name }), kind: old === 'suicide' ? 'suggestion' : 'safe', edits: [{ file, start: range[0], end: range[1], text: binds === 'pattern' ? `${name}: ${old}` : binds === 'import' ? `${name} as ${old}` : name }] }],
          anchor: `${graph.functionOf(file, fn).displayName} ${old}`,
        });
      }
    }
  },
};
