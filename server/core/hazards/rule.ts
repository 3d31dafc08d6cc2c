import type { ProgramGraph } from '../graph/program-graph.ts';
import type { Cost } from '../node/costs.ts';
import type { Category, Confidence, Exposure, Finding, Fix, Severity, SourceLocation, WitnessStep } from './finding.ts';
import type { Locale, MessageTable } from './messages.ts';

/** What is known of a rule without running it. The file name is `<id>.ts`, beside it stands `<id>.md`. */
export interface RuleMeta {
  readonly id: string;
  /**
   * What it looks at: the files that it is asked about, and whatever these need to be known of others (`file`, the default); or always
   * the whole program, since what it reports in one file depends on what is in all others.
   */
  readonly about?: 'program';
  readonly category: Category;
  /** Severity where the config says nothing; 'off' for rules that a user must ask for. */
  readonly defaultSeverity: Severity | 'off';
  /** The best fix that the rule offers. */
  readonly fix: 'safe' | 'suggestion' | 'none';
  /** Looplens version that brought the rule. */
  readonly since: string;
  /** JSON Schema of the rule's options object, where it takes one. */
  readonly options?: Readonly<Record<string, unknown>>;
}

/** A finding before config, suppression and fingerprints are applied. */
export interface FindingDraft {
  readonly location: SourceLocation;
  readonly message: string;
  readonly confidence: Confidence;
  readonly role: string;
  readonly path?: readonly WitnessStep[];
  readonly fixes?: readonly Fix[];
  /** Highest severity that this finding deserves (a timer is milder than a request), whatever the config gives the rule. */
  readonly atMost?: Severity;
  /** What it costs and for whom, where that is known. */
  readonly cost?: Cost | null;
  readonly exposure?: Exposure;
  /** What findings with one cause have in common, without the rule's id. */
  readonly cause?: string;
  /** What is reported, in names that survive edits around it: enclosing function and code. Part of the fingerprint. */
  readonly anchor: string;
}

export interface RuleContext {
  readonly graph: ProgramGraph;
  /**
   * The linked files that are asked about, in the order of the program. What a rule reports in others is left out; what it reports in
   * them must not depend on which others are asked about. A rule about the program does not ask.
   */
  readonly files: readonly string[];
  /** Language of messages and titles. */
  readonly locale: Locale;
  /** The rule's options for one file, from its config; `{}` where none are given. */
  optionsFor(file: string): Readonly<Record<string, unknown>>;
  /** Oldest major version of Node that a file has to run on, by the config or `engines.node`; null where nothing says. */
  oldestNode(file: string): number | null;
  report(draft: FindingDraft): void;
}

export interface Rule {
  readonly meta: RuleMeta;
  /** Every text of its own that it shows. */
  readonly texts: MessageTable;
  check(context: RuleContext): void;
}

export type { Finding };
