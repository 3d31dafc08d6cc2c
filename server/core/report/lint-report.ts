import { oneLine } from '../text/one-line.ts';
import type { Finding } from '../hazards/finding.ts';
import type { Locale } from '../hazards/messages.ts';

/**
 * Why a file could not be read in full: its text is no program that the parser takes (`syntax`), its bytes cannot be had
 * (`unread`), or Looplens itself failed on it (`fault`).
 */
export type FileErrorKind = 'syntax' | 'unread' | 'fault';

/** A part of the work that could not be done. Lines and columns are 1-based, 0 where no place is known. */
export interface FileError {
  /** '' for a fault that belongs to no single file. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
  readonly kind: FileErrorKind;
  /** Of a fault: the rule whose findings are missing. */
  readonly rule?: string;
}

/** What of the program was not looked at, or not in full, and is no error. Paths are relative to the working directory. */
export interface Coverage {
  /** Folders that are left out for their name (`dist`, `node_modules`), though no ignore file does: nothing in them is tracked. */
  readonly leftOut: readonly string[];
  /** Tracked files in such folders that a bundler wrote. */
  readonly generated: readonly string[];
  /** Files with types of another language, Flow's, of which only a part is understood. */
  readonly partly: readonly string[];
  /** How many files were read and are no part of what runs on Node in production: tests, builds, pages. */
  readonly unlinked: number;
  /** At how many places so many functions come together that those that are everywhere in the program were not followed there. */
  readonly crowded: number;
  /** Functions that somebody outside of the program calls, by role. */
  readonly entries: Readonly<Record<string, number>>;
  /** Libraries that call handlers, and are imported where no handler was recognised. */
  readonly silent: readonly string[];
}

/** Everything was looked at. */
export const fullCoverage: Coverage = { leftOut: [], generated: [], partly: [], unlinked: 0, crowded: 0, entries: {}, silent: [] };

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
  readonly coverage: Coverage;
  /** How much of it people are shown: the first page (the worst causes, the others in a line each), everything by impact, or everything by file. */
  readonly view: 'page' | 'all' | 'file';
  /** Address of a rule's documentation page. */
  readonly ruleHelp: (rule: string) => string;
  /** Text of a file, for code frames; null where it is not at hand. */
  readonly text: (file: string) => string | null;
}

/** Where an error is, or which part of Looplens failed: `src/a.ts:3:1`, `rule blocking-fs`. */
export function placeOfError({ file, line, column, rule }: FileError): string {
  return file === '' ? (rule === undefined ? 'looplens' : `rule ${rule}`) : oneLine(`${file}${line > 0 ? `:${line}:${column}` : ''}`);
}

/** The findings that are shown: not suppressed. */
export function shownFindings(report: Pick<LintReport, 'findings'>): readonly Finding[] {
  return report.findings.filter(finding => finding.suppressed === null);
}

/** The text with U+FFFD for each surrogate that has no partner, which UTF-8 and URIs cannot hold. */
export function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\uFFFD');
}

/** Order of UTF-16 units: the same on every machine, unlike localeCompare. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
