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

/** Who can bring it about: anybody who reaches the port, who is signed in, who runs the service; timers, queues and streams; nothing again. */
export type Exposure = 'anybody' | 'signed-in' | 'administrators' | 'jobs' | 'once';

/** How much a finding matters. */
export interface Impact {
  /** `10 µs`, `100 ms`, `1 ms per MB`, `as long as a client likes`; `ends`: the process ends or work is lost; `hangs`: somebody waits for ever; `unknown`. */
  readonly cost: string;
  readonly exposure: Exposure;
  /** 0 to 100: cost, exposure and confidence together; higher is worse. */
  readonly rank: number;
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
  readonly impact: Impact;
  /** What findings with one cause have in common; null where it stands alone. Those of one group are told as one. */
  readonly group: string | null;
  /** Stable while the code around the finding is edited: rule, file and the code itself, not the line. */
  readonly fingerprint: string;
  /** Why it is not shown, or null: a disable comment or the baseline. */
  readonly suppressed: { readonly kind: 'comment' | 'baseline'; readonly reason: string } | null;
}
