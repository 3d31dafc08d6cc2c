import type { ProgramGraph } from '../graph/program-graph.ts';
import type { Finding, Severity } from './finding.ts';
import { createFingerprinter } from './fingerprint.ts';
import { labelText } from './label-words.ts';
import type { Locale } from './messages.ts';
import { milder } from './reach-ranking.ts';
import type { FindingDraft, Rule, RuleMeta } from './rule.ts';

/** A draft with the rule that made it. */
export interface FindingDraftWithRule extends FindingDraft {
  readonly rule: RuleMeta;
  readonly fingerprint: string;
}

/** What the config says about files. */
export interface RuleSettings {
  /** The options of a rule (by id) for a file, `{}` where the config gives none. */
  optionsFor(rule: string, file: string): Readonly<Record<string, unknown>>;
  /** Version or range of Node for a file; null where the config gives none. */
  nodeFor(file: string): string | null;
}

const noSettings: RuleSettings = { optionsFor: () => ({}), nodeFor: () => null };

/** The part of the work that a rule is, as faults name it. */
export function partOfRule(rule: string): string {
  return `rule ${rule}`;
}

/** The rule that a part of the work is; null for every other part. */
export function ruleOfPart(part: string): string | null {
  return part.startsWith('rule ') ? part.slice('rule '.length) : null;
}

/** Runs the check of one rule, so that one that throws is none. */
export type RuleAttempt = (part: string, check: () => readonly FindingDraft[]) => readonly FindingDraft[];

/** What the rules find in the program, sorted by file, position and rule. `attempt` decides what becomes of a rule that throws; nothing of its findings is kept. */
export function checkRules(graph: ProgramGraph, rules: readonly Rule[], settings: RuleSettings = noSettings, locale: Locale = 'en', attempt: RuleAttempt = (_part, check) => check()): FindingDraftWithRule[] {
  const found: { readonly rule: RuleMeta; readonly draft: FindingDraft }[] = [];
  const oldestNode = (file: string): number | null => firstNumber(settings.nodeFor(file) ?? enginesOf(graph, file));
  for (const { meta, check } of rules) {
    const run = (): FindingDraft[] => {
      const drafts: FindingDraft[] = [];
      check({ graph, locale, optionsFor: file => settings.optionsFor(meta.id, file), oldestNode, report: draft => drafts.push(draft) });
      return drafts;
    };
    for (const draft of attempt(partOfRule(meta.id), run)) found.push({ rule: meta, draft });
  }
  found.sort((a, b) => compareText(a.draft.location.file, b.draft.location.file) || a.draft.location.start - b.draft.location.start || a.draft.location.end - b.draft.location.end || compareText(a.rule.id, b.rule.id));
  const fingerprint = createFingerprinter();
  return found.map(({ rule, draft }) => ({
    ...draft,
    ...(draft.path && { path: draft.path.map(step => ({ ...step, label: labelText(step.label, locale) })) }),
    rule,
    fingerprint: fingerprint(rule.id, draft.location.file, draft.anchor),
  }));
}

/** The draft as a finding, with the severity that the config gives the rule; the draft's own severity only lowers it. */
export function toFinding(draft: FindingDraftWithRule, configured: Severity): Finding {
  return {
    rule: draft.rule.id,
    severity: draft.atMost ? milder(configured, draft.atMost) : configured,
    confidence: draft.confidence,
    category: draft.rule.category,
    message: draft.message,
    location: draft.location,
    role: draft.role,
    path: draft.path ?? [],
    fixes: draft.fixes ?? [],
    fingerprint: draft.fingerprint,
    suppressed: null,
  };
}

function enginesOf(graph: ProgramGraph, file: string): unknown {
  const engines = graph.packageOf(file)?.json.engines;
  return typeof engines === 'object' && engines !== null ? (engines as Readonly<Record<string, unknown>>)['node'] : null;
}

/** `>=18.12 <23` → 18. An upper bound alone says nothing. */
function firstNumber(range: unknown): number | null {
  const number = typeof range === 'string' ? /(?:^|[\s|>=^~v])(\d+)/.exec(range.replace(/<=?\s*[\d.]+/g, ''))?.[1] : undefined;
  return number === undefined ? null : Number(number);
}

/** By code unit: the same on every machine. */
function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
