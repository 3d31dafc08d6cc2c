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

/** Pages that {@link loadRulePages} has loaded: what only some runs show is no part of every start. */
const translations = new Map<Locale, Readonly<Record<string, string>>>();

/** Loads the pages of a language, once; whoever shows pages in it calls this first. */
export async function loadRulePages(locale: Locale): Promise<void> {
  if (locale === 'zh-cn' && !translations.has(locale)) translations.set(locale, (await import('./pages.zh-cn.generated.ts')).pages);
}

/** The documentation of a rule in a language, in English where that language is not loaded; null for an unknown id. */
export function rulePage(id: string, locale: Locale = 'en'): RulePage | null {
  const module = ruleModules.find(({ rule }) => rule.meta.id === id);
  return module ? parseRulePage(translations.get(locale)?.[id] ?? module.page) : null;
}
