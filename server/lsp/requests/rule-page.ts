import { loadRulePages, rulePage } from '../../core/hazards/registry.ts';
import type { RulePageResult } from '../protocol.ts';
import type { Session } from '../session.ts';

/** `looplens/rulePage`. */
export async function rulePageOf(session: Session, params: { readonly rule: string }): Promise<RulePageResult | null> {
  await loadRulePages(session.locale);
  const page = rulePage(params.rule, session.locale);
  if (!page) return null;
  const title = (session.locale === 'zh-cn' && page.titleZh) || page.title;
  return { title, markdown: `# ${title} (\`${params.rule}\`)\n\n${page.body}\n${page.source ? `\n${page.source}\n` : ''}` };
}
