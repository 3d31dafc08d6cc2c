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

/** Where an error is, or which part of Looplens failed: `src/a.ts:3:1`, `rule blocking-fs`. */
export function placeOfError({ file, line, column, rule }: FileError): string {
  return file === '' ? (rule === undefined ? 'looplens' : `rule ${rule}`) : oneLine(`${file}${line > 0 ? `:${line}:${column}` : ''}`);
}

/** The findings that are shown: not suppressed. */
export function shownFindings(report: LintReport): readonly Finding[] {
  return report.findings.filter(finding => finding.suppressed === null);
}

/**
 * The text without what could steer a terminal, break a format or show another text than there is: line feeds and tabs become
 * blanks, other controls U+FFFD; what reorders text (UAX #9) or takes no place is written out as `\\u{202E}`. Joiners stay, since
 * scripts and emoji need them.
 */
export function oneLine(text: string): string {
  return text
    .replace(/[\n\r\t]+/g, ' ')
    .replace(/[\u0000-\u001F\u007F-\u009F\u2028\u2029]/g, '\uFFFD')
    .replace(/[\u00AD\u061C\u115F\u1160\u17B4\u17B5\u180E\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\u3164\uFEFF\uFFA0\uFFF9-\uFFFB\u{E0000}-\u{E007F}]/gu, character => `\\u{${character.codePointAt(0)!.toString(16).toUpperCase()}}`);
}

/** The text with U+FFFD for each surrogate that has no partner, which UTF-8 and URIs cannot hold. */
export function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\uFFFD');
}

/** Order of UTF-16 units: the same on every machine, unlike localeCompare. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
