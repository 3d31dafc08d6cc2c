import type { Confidence, Severity } from '../hazards/finding.ts';

/** What the config says about one file. */
export interface FileSettings {
  severityOf(rule: string): Severity | 'off';
  optionsOf(rule: string): Readonly<Record<string, unknown>>;
  /** Findings below it are left out. */
  readonly confidence: Confidence;
  /** Version or range of Node that the code runs on; null where the config says nothing. */
  readonly node: string | null;
}
