import { rulePage } from '../../core/hazards/registry.ts';
import type { RulePageResult } from '../protocol.ts';
import type { Session } from '../session.ts';

/** `looplens/rulePage`. */
export function rulePageOf(session: Session, params: { readonly rule: string }): RulePageResult | null {
  const page = rulePage(params.rule, session.locale);
  if (!page) return null;
  const title = (session.locale === 'zh-cn' && page.titleZh) || page.title;
  return { title, markdown: `# ${title} (\`${params.rule}\`)\n\n${page.body}\n${page.source ? `\n${page.source}\n` : ''}` };
}
