import type { Told } from './messages.ts';

/** Exit codes of every command, as ESLint and Ruff have them. */
export const exitCode = {
  /** Nothing at error level, and warnings within --max-warnings. */
  ok: 0,
  findings: 1,
  /** The work could not be done: a bad flag, config or input. */
  failure: 2,
} as const;

/**
 * A mistake in how the program was called or configured; its text is for the user. `aboutFlags`: the command's help would have told.
 */
export class UsageError extends Error {
  readonly told: Told;

  constructor(
    told: Told | string,
    readonly aboutFlags = false,
  ) {
    const texts = typeof told === 'string' ? { en: told, 'zh-cn': told } : told;
    super(texts.en);
    this.told = texts;
  }
}
