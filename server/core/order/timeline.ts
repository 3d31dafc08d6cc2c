/** The phases and queues of Node's event loop in which a step can run. `main` is the main script's own turn. */
export type Phase = 'main' | 'nextTick' | 'microtask' | 'timers' | 'pending' | 'poll' | 'check' | 'close' | 'exit';

/** 1-based lines and columns (UTF-16). */
export interface TimelineLocation {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** One line that the program writes. `exact: false` marks a text that holds an unknown value. */
export interface OutputLine {
  readonly stream: 'stdout' | 'stderr';
  readonly text: string;
  readonly exact: boolean;
}

/**
 * How a run ends: `exit` with `exitCode`; `waits` for something that nobody may ever send (a listening server); `repeats` the same
 * for ever; `cut off` where a budget of the machine ended.
 */
export type End = 'exit' | 'waits' | 'repeats' | 'cut off';

/** Why the process ended otherwise than with 0, and where that began. */
export interface Failure {
  readonly message: string;
  readonly location: TimelineLocation | null;
}

/** Code that an outcome never gets to. */
export interface NeverReached {
  readonly location: TimelineLocation;
  /** `unsettled`: nothing is left that could settle what is awaited; `ended`: the process ends before that. */
  readonly because: 'unsettled' | 'ended';
  /** The `await` or `for await` in front of it. */
  readonly waitsAt: TimelineLocation;
}

/** One complete possible run as it is seen from outside. */
export interface Outcome {
  readonly output: readonly OutputLine[];
  readonly exitCode: number | null;
  /** Absent: `exit`, or `waits` where there is no exit code. */
  readonly end?: End;
  /** What goes round for ever, and what waits in vain. */
  readonly endBecause?: string;
  readonly failure?: Failure;
  /** Absent: nothing, or not known. */
  readonly neverReached?: readonly NeverReached[];
  /** What was decided otherwise than by the program, in the user's words, in order. */
  readonly choices: readonly string[];
  /** The same as sentences that follow "if". */
  readonly conditions?: readonly string[];
  /** Of an explained function, of another way than the first: how it differs from that. */
  readonly branch?: Branch;
}

/** How another way of a function leaves the one that goes furthest. */
export interface Branch {
  /** Any one of the outcome's conditions leads here; else all of them together. */
  readonly anyOf?: true;
  /** The last step that both have; 0 where they differ from the start. */
  readonly after: number;
  /** It ends without what the other one does yet, or goes another way. */
  readonly ends: boolean;
  /** Where it leaves: the `return`, or what it does instead. */
  readonly at: TimelineLocation | null;
  /** What it does there that the other one does not. */
  readonly actions: readonly StepAction[];
  /** It comes back to what the other one does, without these. */
  readonly skips?: readonly StepAction[];
}

/** What a step of an explained function does, in the words of its author. */
export interface StepAction {
  /** `awaits` a call outside of the program, `calls` without waiting, `answers` a request, `passes on` to the next handler, `emits` an event; at the end `returns` or `throws`; `blocks` the event loop. */
  readonly kind: 'blocks' | 'awaits' | 'calls' | 'answers' | 'passes on' | 'emits' | 'returns' | 'throws';
  /** `pool.query()`, `res.json()`, `next(error)`. */
  readonly text: string;
  /** Of what blocks: how long, in a sentence; absent where that is not known. */
  readonly cost?: string;
  readonly location: TimelineLocation;
}

/** One callback, job or continuation that ran. */
export interface Step {
  /** 1-based, in order of the run of `outcomes[0]`. */
  readonly id: number;
  /** Turn of the loop: 0 is the main script before the loop starts. */
  readonly iteration: number;
  /** Entries from the event loop into JavaScript so far. */
  readonly tick: number;
  readonly phase: Phase;
  readonly label: string;
  readonly location: TimelineLocation;
  /** The step that scheduled this one; 0 is the start of the program. */
  readonly scheduledBy: number;
  readonly scheduledAt: TimelineLocation | null;
  readonly certainty: 'always' | 'sometimes';
  readonly output: readonly OutputLine[];
  /** For a continuation: what it resumes, such as `await at line 9`. */
  readonly resumes?: string;
  /** Of an explained function: what it does, in order. */
  readonly actions?: readonly StepAction[];
  /** Where it runs, if not in the main thread of the program's process: `worker 1`, `child process 1`. `iteration` and `tick` count there. */
  readonly thread?: string;
}

/** How two steps stand to each other over all outcomes. */
export interface OrderRelation {
  readonly a: number;
  readonly b: number;
  readonly relation: 'before' | 'after' | 'either';
  readonly why: string;
}

/** The answer to *Explain Execution Order*: contract of `looplens explain --format json`. */
export interface Timeline {
  readonly schemaVersion: 1;
  readonly file: string;
  /** What is explained, where it is a function: `GET /cats/:id · CatsController.findOne`. */
  readonly title?: string;
  readonly module: 'commonjs' | 'module';
  /** Node major version. */
  readonly node: string;
  /** A promise: every output of the real program on that Node version is in `outcomes`. */
  readonly complete: boolean;
  readonly incompleteBecause: readonly string[];
  /** What the answer takes for granted of the world around the program: files that are there or not, the folder that it is started in. */
  readonly assumptions?: readonly string[];
  readonly outcomes: readonly Outcome[];
  readonly steps: readonly Step[];
  readonly order: readonly OrderRelation[];
  /** Of a file: the functions in it that Node, a framework or a library calls, each of which can be explained by itself. */
  readonly handlers?: readonly { readonly title: string; readonly location: TimelineLocation }[];
}
