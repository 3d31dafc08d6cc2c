import type { End, Failure, NeverReached, OutputLine, Phase, StepAction, TimelineLocation } from './timeline.ts';

/** Node majors whose scheduling is modelled. */
export type NodeMajor = 18 | 20 | 22 | 24 | 26;

/** The files that a program may import; the machine itself touches no disk. */
export interface ProgramSource {
  /** Path of the entry, as every other path with `/`. */
  readonly entry: string;
  /** Text of a file of the program, or null. */
  read(file: string): string | null;
  /** Resolves a relative, absolute or bare specifier from a file to a file of the program; null for Node's own modules and packages that are not part of it. */
  resolve(specifier: string, from: string, kind: 'import' | 'require'): string | null;
  /** 'module' or 'commonjs' of a file (extension, nearest package.json, syntax detection where that Node version does it). */
  moduleType(file: string, node: NodeMajor): 'commonjs' | 'module';
  /** What a folder of the program's project holds: null where there is no such folder, or it is not to be looked into. */
  list?(folder: string): readonly { readonly name: string; readonly folder: boolean }[] | null;
  /** Absent where nothing is computed: hashes are then unknown. */
  readonly computations?: PureComputations;
}

/** Computations that have the same result on every machine; the host does them, on bytes that the program determines. */
export interface PureComputations {
  /** `digest sha256`, `hmac sha1`, `pbkdf2 sha512`, `scrypt`, `hkdf sha256`, `inflate gzip`: null where it cannot or would take too long, a text where it fails with that code. */
  compute(operation: string, bytes: readonly Uint8Array[], numbers: readonly number[]): Uint8Array | string | null;
}

/** Where the machine starts: the whole file, or one function with unknown arguments in its role. */
export interface EntryPoint {
  readonly kind: 'file' | 'function';
  /** For a function: 0-based offset inside it. */
  readonly offset?: number;
  /** For a function: the phase in which its role starts it. */
  readonly phase?: Phase;
  /** For a function: what it is, `GET /report handler`. */
  readonly label?: string;
  /** For a function: calls that lead into one function of the program where the machine does not see which, by where they begin. */
  readonly calls?: readonly { readonly file: string; readonly start: number; readonly toFile: string; readonly toOffset: number }[];
  /** For a function: operations that block the event loop, with what they cost. */
  readonly stalls?: readonly { readonly file: string; readonly line: number; readonly column: number; readonly text: string; readonly cost: string }[];
}

export interface Budget {
  /** Evaluation steps of one run. */
  readonly steps: number;
  /** Frames of the program's call stack. */
  readonly depth: number;
  /** Objects, properties and string units that one run may allocate. */
  readonly heap: number;
  /** Decisions in one run. */
  readonly choices: number;
  /** Runs of the explorer. */
  readonly runs: number;
}

export interface MachineOptions {
  readonly node: NodeMajor;
  readonly module: 'commonjs' | 'module';
  readonly entryPoint: EntryPoint;
  readonly budget: Budget;
}

/** One outside decision of a run, in order. */
export interface Decision {
  /** Number of alternatives that may lead to something else. */
  readonly n: number;
  /** Index taken, 0 the likeliest. */
  readonly taken: number;
  /** In the user's words: `whether the 1 ms timer is due when the loop starts`. */
  readonly why: string;
  /** What each alternative means: [`it is due`, `it is not due yet`]. */
  readonly alternatives: readonly string[];
}

/** Answers `choose`: given the number of alternatives and the position in the run, the index to take. */
export type Decide = (n: number, position: number) => number;

/** A step of one run; ids count from 1 in order of the run. */
export interface RunStep {
  readonly id: number;
  /** The same for the same callback in other runs of the program: what was scheduled, where, the how-manyth time. */
  readonly key: string;
  readonly iteration: number;
  readonly tick: number;
  readonly phase: Phase;
  readonly label: string;
  readonly location: TimelineLocation;
  readonly scheduledBy: number;
  readonly scheduledAt: TimelineLocation | null;
  readonly output: readonly OutputLine[];
  readonly resumes?: string;
  /** Of an explained function: what it does, in order. */
  readonly actions?: readonly StepAction[];
  /** Where it runs, if not in the main thread of the program's process: `worker 1`. */
  readonly thread?: string;
}

/** What one run of the machine did. */
export interface Run {
  readonly output: readonly OutputLine[];
  readonly exitCode: number | null;
  /** Absent: `exit`, or `waits` where there is no exit code. */
  readonly end?: End;
  /** What goes round, where it repeats. */
  readonly endBecause?: string;
  /** Why it ended otherwise than with 0. */
  readonly failure?: Failure;
  /** Code that it never got to, where it is known to the end. */
  readonly neverReached?: readonly NeverReached[];
  /** What was taken for granted of the world around the program. */
  readonly assumptions?: readonly string[];
  readonly steps: readonly RunStep[];
  readonly decisions: readonly Decision[];
  /** Evaluation steps that it took. */
  readonly evaluated?: number;
  /** Of an explained function: how it ended, and where; null where it has not. */
  readonly ended?: { readonly how: 'returns' | 'throws'; readonly at: TimelineLocation | null } | null;
  /** An error that nobody wrote down in the program: it may stem from what the machine does not know. */
  readonly doubtful?: string;
  /** Why this run may not be the whole truth (unsupported construct with file and line, budget); empty for a faithful run. */
  readonly incompleteBecause: readonly string[];
}

/** Runs the program once, every outside decision answered by `decide`. Never throws for anything the program does. */
export type RunProgram = (program: ProgramSource, options: MachineOptions, decide: Decide) => Run;

