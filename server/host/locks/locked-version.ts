/**
 * Says which version a lock file fixes for a dependency that the package in a folder asks for by a range. The folder is named
 * from that of the lock file, `.` for that itself.
 */
export type LockedVersion = (folder: string, name: string, range: string) => string | null;

/** A version of a registry, without build metadata and what pnpm adds about peers (`4.1.2(a@1.0.0)`, `4.1.2_a@1.0.0`); null for addresses, links and aliases. */
export function plainVersion(text: unknown): string | null {
  return typeof text === 'string' ? (/^(\d+\.\d+\.\d+(?:-[\dA-Za-z.-]+)?)(?:\+[\dA-Za-z.-]+)?(?=$|[(_])/.exec(text)?.[1] ?? null) : null;
}

/** Left by a merge that is not finished: neither side counts. */
export function hasConflict(text: string): boolean {
  return /^(?:<{7}|>{7}) /m.test(text);
}
