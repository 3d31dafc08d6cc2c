import type { ProgramGraph } from '../graph/program-graph.ts';
import type { Finding, Severity } from './finding.ts';
import { createFingerprinter } from './fingerprint.ts';
import { exposureOfRole, impactOf } from './impact.ts';
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
  return createRuleCheck(graph, rules, settings, locale, attempt).all(graph.files);
}

/** The rules for one state of the program; each question returns what is found in the files, sorted by file, position and rule. */
export interface RuleCheck {
  all(files: readonly string[]): FindingDraftWithRule[];
  /** Without the rules about the program as a whole: done as quickly as the files are small. */
  byFileRules(files: readonly string[]): FindingDraftWithRule[];
  /** As `all`, in small steps: stops after each rule, and may be left there. */
  steps(files: readonly string[]): Generator<undefined, FindingDraftWithRule[], undefined>;
}

/**
 * Asks the rules about some files of one state of the program, as often as one likes. Whatever the parts are in which one asks, together they give what is found in all files at once. A rule that
 * is about the program as a whole does not look at which files are asked about: it runs once.
 */
export function createRuleCheck(graph: ProgramGraph, rules: readonly Rule[], settings: RuleSettings, locale: Locale, attempt: RuleAttempt): RuleCheck {
  const linked = new Set(graph.linkedFiles);
  const oldestNode = (file: string): number | null => firstNumber(settings.nodeFor(file) ?? enginesOf(graph, file));
  /** What the rules about the program found. */
  const aboutProgram = new Map<RuleMeta, readonly FindingDraft[]>();
  const draftsOf = ({ meta, check }: Rule, files: readonly string[]): readonly FindingDraft[] => {
    const known = aboutProgram.get(meta);
    if (known) return known;
    const run = (): FindingDraft[] => {
      const drafts: FindingDraft[] = [];
      check({ graph, files: meta.about === 'program' ? graph.linkedFiles : files, locale, optionsFor: file => settings.optionsFor(meta.id, file), oldestNode, report: draft => drafts.push(draft) });
      return drafts;
    };
    const drafts = attempt(partOfRule(meta.id), run);
    if (meta.about === 'program') aboutProgram.set(meta, drafts);
    return drafts;
  };
  function* steps(files: readonly string[], asks: (rule: Rule) => boolean = () => true): Generator<undefined, FindingDraftWithRule[], undefined> {
    const asked = new Set(files);
    const askedAndLinked = files.filter(file => linked.has(file));
    const found: { readonly rule: RuleMeta; readonly draft: FindingDraft }[] = [];
    for (const rule of rules) {
      if (!asks(rule)) continue;
      for (const draft of draftsOf(rule, askedAndLinked)) if (asked.has(draft.location.file)) found.push({ rule: rule.meta, draft });
      yield;
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
  const finish = (walk: Generator<undefined, FindingDraftWithRule[], undefined>): FindingDraftWithRule[] => {
    for (let step = walk.next(); ; step = walk.next()) if (step.done) return step.value;
  };
  return { all: files => finish(steps(files)), byFileRules: files => finish(steps(files, isAboutFiles)), steps };
}

/** Whether a rule answers about one file without having looked at all others. */
export function isAboutFiles({ meta }: Pick<Rule, 'meta'>): boolean {
  return meta.about !== 'program';
}

/** The draft as a finding, with the severity that the config gives the rule; the draft's own severity only lowers it. */
export function toFinding(draft: FindingDraftWithRule, configured: Severity): Finding {
  const severity = draft.atMost ? milder(configured, draft.atMost) : configured;
  return {
    rule: draft.rule.id,
    severity,
    confidence: draft.confidence,
    category: draft.rule.category,
    message: draft.message,
    location: draft.location,
    role: draft.role,
    path: draft.path ?? [],
    fixes: draft.fixes ?? [],
    impact: impactOf(draft.rule.id, severity, draft.confidence, draft.exposure ?? exposureOfRole(draft.role), draft.cost ?? null),
    group: groupOf(draft),
    fingerprint: draft.fingerprint,
    suppressed: null,
  };
}

/** Rules whose findings in one file are the habit of whoever wrote it. */
const perFile: ReadonlySet<string> = new Set(['callback-literal-error', 'callback-error-ignored', 'inconsistently-async-callback', 'cluster-deprecated-api', 'settimeout-zero-as-defer', 'executor-return', 'multiple-resolve', 'try-around-unawaited', 'interval-not-cleared', 'await-in-loop-independent', 'sync-require-in-handler']);

function groupOf({ rule, cause, location }: FindingDraftWithRule): string | null {
  if (cause !== undefined) return `${rule.id} ${cause}`;
  return perFile.has(rule.id) ? `${rule.id} ${location.file}` : null;
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
