import type { Locale } from './messages.ts';
import { ruleModules } from './registry.generated.ts';
import { parseRulePage, type RulePage } from './rule-page.ts';
import type { Rule } from './rule.ts';

/** All rules, sorted by id. */
export const rules: readonly Rule[] = ruleModules.map(({ rule }) => rule);

/** The rule of an id, or null. */
export function findRule(id: string): Rule | null {
  return rules.find(({ meta }) => meta.id === id) ?? null;
}

/** The documentation of a rule in a language, in English where there is no translation; null for an unknown id. */
export function rulePage(id: string, locale: Locale = 'en'): RulePage | null {
  const module = ruleModules.find(({ rule }) => rule.meta.id === id);
  return module ? parseRulePage((locale === 'zh-cn' ? module.pageZh : null) ?? module.page) : null;
}
