import type { Finding } from '../hazards/finding.ts';
import type { Locale } from '../hazards/messages.ts';

/** A file that could not be read in full. Lines and columns are 1-based. */
export interface FileError {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** What a run of `looplens lint` found: the input of every output format. */
export interface LintReport {
  readonly tool: { readonly name: string; readonly version: string };
  /** Language of headings and summaries. */
  readonly locale: Locale;
  /** Files that were reported on. */
  readonly files: number;
  /** Files that were analysed to that end: the program that they are part of. */
  readonly analysed: number;
  /** Absolute path of the folder that paths are relative to, with `/`; null where readers should not learn it. */
  readonly root: string | null;
  /** From the root of the repository to that folder, with `/` at its end; '' where they are the same or there is no repository. */
  readonly fromRepository: string;
  /** More warnings than that count as failures; -1 for no limit. */
  readonly maxWarnings: number;
  readonly durationMs: number;
  /** Sorted by file and position; suppressed ones are among them and marked. Paths are relative to the working directory, with `/`. */
  readonly findings: readonly Finding[];
  /** What could not be read or parsed. */
  readonly errors: readonly FileError[];
  /** Address of a rule's documentation page. */
  readonly ruleHelp: (rule: string) => string;
  /** Text of a file, for code frames; null where it is not at hand. */
  readonly text: (file: string) => string | null;
}

/** The findings that are shown: not suppressed. */
export function shownFindings(report: LintReport): readonly Finding[] {
  return report.findings.filter(finding => finding.suppressed === null);
}

/** The text without control characters that could steer a terminal or break a format; line feeds and tabs become blanks. */
export function oneLine(text: string): string {
  return text.replace(/[\n\r\t]+/g, ' ').replace(/[\u0000-\u001F\u007F-\u009F\u2028\u2029]/g, '\uFFFD');
}

/** The text with U+FFFD for each surrogate that has no partner, which UTF-8 and URIs cannot hold. */
export function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\uFFFD');
}

/** Order of UTF-16 units: the same on every machine, unlike localeCompare. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
