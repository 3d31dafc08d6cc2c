/** Exit codes of every command, as ESLint and Ruff have them. */
export const exitCode = {
  /** Nothing at error level, and warnings within --max-warnings. */
  ok: 0,
  findings: 1,
  /** The work could not be done: a bad flag, config or input. */
  failure: 2,
} as const;

/** A mistake in how the program was called or configured; its message is for the user. */
export class UsageError extends Error {}
