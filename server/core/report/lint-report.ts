import type { Finding } from '../hazards/finding.ts';
import type { FileError } from '../workspace.ts';

/** What a run of `looplens lint` found: the input of every output format. */
export interface LintReport {
  readonly tool: { readonly name: string; readonly version: string };
  /** Files that were analysed. */
  readonly files: number;
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
