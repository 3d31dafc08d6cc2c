import type { Finding } from '../hazards/finding.ts';
import type { Coverage, FileError } from './lint-report.ts';

/** What an analysis came to, as plain data. */
export interface StoredReport {
  readonly findings: readonly Finding[];
  /** Files that could not be analysed in full, and rules that failed. */
  readonly errors: readonly FileError[];
  readonly coverage: Coverage;
  /** What else could not be done, a sentence each. */
  readonly problems: readonly string[];
  /** What the reader should know and what is no failure, a sentence each. */
  readonly notes: readonly string[];
  /** Files that were named and that an ignore pattern of a config leaves out all the same. */
  readonly ignoredByName: readonly string[];
  /** Files that are reported on, from the working directory. */
  readonly reported: readonly string[];
  /** How many files were analysed. */
  readonly files: number;
  /** The reported files of which all findings are known; none where only some rules were asked for. */
  readonly judged: readonly string[];
  /** Of the sources. */
  readonly bytes: number;
}
