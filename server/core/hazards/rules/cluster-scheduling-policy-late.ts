import { policyWrites, type PolicyWrite } from '../../graph/scheduling-policy.ts';
import type { Fix } from '../finding.ts';
import { message, type MessageTable } from '../messages.ts';
import type { Rule, RuleContext } from '../rule.ts';

const texts = {
  late: {
    en: 'This comes too late: `{setup}()` has fixed the scheduling policy. Assign it before the first fork.',
    'zh-cn': '此赋值为时已晚：`{setup}()` 已确定调度策略。请在第一次 fork 之前赋值。',
  },
  move: { en: 'Move it before `{setup}()`', 'zh-cn': '移到 `{setup}()` 之前' },
} as const satisfies MessageTable;

/** Sources: Node docs, cluster.schedulingPolicy ("effectively frozen once either the first worker is spawned, or .setupPrimary() is called"); lib/internal/cluster/primary.js setupPrimary. */
export const rule: Rule = {
  meta: { id: 'cluster-scheduling-policy-late', about: 'program', category: 'cluster', defaultSeverity: 'error', fix: 'suggestion', since: '0.2.0' },
  texts,
  check(context) {
    const { graph, locale } = context;
    for (const write of policyWrites(graph)) {
      if (!write.after) continue;
      const { file } = write.function;
      const location = graph.locate(file, write.range);
      const fix = moved(context, write, write.after);
      context.report({
        location,
        message: message(texts, 'late', locale, { setup: write.after.text }),
        confidence: 'certain',
        role: 'cluster-primary',
        path: [{ location: graph.locate(file, write.after.range), label: `${write.after.text}()` }, { location, label: 'cluster.schedulingPolicy' }],
        fixes: fix ? [fix] : [],
        anchor: `${write.function.displayName} schedulingPolicy`,
      });
    }
  },
};

/** Takes the assignment, where it is a line of its own and names nothing that is computed later, before the statement that forks. */
function moved({ graph, locale }: RuleContext, { function: { file }, range }: PolicyWrite, after: NonNullable<PolicyWrite['after']>): Fix | null {
  const text = graph.text(file);
  if (text === null) return null;
  const lineStart = text.lastIndexOf('\n', range[0] - 1) + 1;
  const line = /^([ \t]*)([\w$.]+\s*=\s*[\w$.]+;?)[ \t]*(?:\r?\n|$)/.exec(text.slice(lineStart));
  const target = text.lastIndexOf('\n', after.statement[0] - 1) + 1;
  const targetIndent = /^[ \t]*/.exec(text.slice(target))![0];
  if (!line || lineStart + line[1]!.length !== range[0]) return null;
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  return {
    title: message(texts, 'move', locale, { setup: after.text }),
    kind: 'suggestion',
    edits: [
      { file, start: target, end: target, text: `${targetIndent}${line[2]!}${eol}` },
      { file, start: lineStart, end: lineStart + line[0].length, text: '' },
    ],
  };
}
