import type { TextEdit } from '../text/edit.ts';

/** How a finding is reported; `off` switches a rule off. */
export type Severity = 'info' | 'warn' | 'error';
/** How sure the analysis is: `certain` and `likely` are shown by default, `possible` is not. */
export type Confidence = 'certain' | 'likely' | 'possible';
/** Groups of rules, in the order in which they are listed. */
export const categories = ['blocking', 'cpu', 'scheduling', 'promise', 'cluster', 'process', 'threadpool'] as const;
export type Category = (typeof categories)[number];

/** A range in a file of the program. `start`/`end` are 0-based UTF-16 offsets, the others are 1-based. */
export interface SourceLocation {
  readonly file: string;
  readonly start: number;
  readonly end: number;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** One step of a witness path: the entry first, then each call, last the operation. */
export interface WitnessStep {
  readonly location: SourceLocation;
  /** What stands there, in words: `GET /report handler`, `calls loadReport()`, `fs.readFileSync()`. */
  readonly label: string;
}

/** A change that removes the hazard. `safe` keeps the behaviour; a `suggestion` needs a person's eye. */
export interface Fix {
  readonly title: string;
  readonly kind: 'safe' | 'suggestion';
  readonly edits: readonly TextEdit[];
}

/** What a rule reports: plain data. */
export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly category: Category;
  readonly message: string;
  readonly location: SourceLocation;
  /** In which situation the operation runs (the role of the entry that reaches it). */
  readonly role: string;
  /** The witness path; empty for findings that need none. */
  readonly path: readonly WitnessStep[];
  readonly fixes: readonly Fix[];
  /** Stable while the code around the finding is edited: rule, file and the code itself, not the line. */
  readonly fingerprint: string;
  /** Why it is not shown, or null: a disable comment or the baseline. */
  readonly suppressed: { readonly kind: 'comment' | 'baseline'; readonly reason: string } | null;
}
