/** A part of Looplens that threw where it never should: our mistake, whatever the input was. */
export interface Fault {
  /** What was being done: `extract`, `link`, `rule blocking-fs`, `request textDocument/hover`. */
  readonly part: string;
  /** The file that it was done for; null where it was done for no single one. */
  readonly file: string | null;
  readonly message: string;
  /** Where it was thrown, for a report; '' where nothing says so. */
  readonly stack: string;
}

/**
 * Runs parts of the work so that one that throws takes nothing down but itself. What threw is noted once for each part and
 * file, however often it is tried.
 */
export interface Guard {
  /** What `work` returns; where it throws, what `otherwise` makes of the fault. */
  attempt<T>(part: string, file: string | null, work: () => T, otherwise: (fault: Fault) => T): T;
  /** The same for work that takes its time: what it rejects with is a fault, too. */
  attemptAsync<T>(part: string, file: string | null, work: () => Promise<T>, otherwise: (fault: Fault) => T): Promise<T>;
  /** What has thrown so far, in the order of the first time. */
  readonly faults: readonly Fault[];
}

export interface GuardOptions {
  /** Called when a part of a file throws for the first time. */
  readonly report?: (fault: Fault) => void;
  /** Errors that are answers, not faults, and pass through: a cancelled request, a mistake of the user. */
  readonly passes?: (error: unknown) => boolean;
  /** Called before and after each part. Tests make it throw, to see that everything else stays. */
  readonly probe?: (part: string, file: string | null, when: 'before' | 'after') => void;
}

/** A guard that has seen nothing yet. */
export function createGuard({ report, passes = () => false, probe }: GuardOptions = {}): Guard {
  const faults = new Map<string, Fault>();
  const note = (part: string, file: string | null, error: unknown): Fault => {
    if (passes(error)) throw error;
    const key = `${part}\n${file ?? ''}`;
    let fault = faults.get(key);
    if (!fault) {
      faults.set(key, (fault = { part, file, message: messageOf(error), stack: stackOf(error) }));
      report?.(fault);
    }
    return fault;
  };
  return {
    attempt(part, file, work, otherwise) {
      let fault: Fault;
      try {
        probe?.(part, file, 'before');
        const result = work();
        probe?.(part, file, 'after');
        return result;
      } catch (error) {
        fault = note(part, file, error);
      }
      return otherwise(fault);
    },
    async attemptAsync(part, file, work, otherwise) {
      let fault: Fault;
      try {
        probe?.(part, file, 'before');
        const result = await work();
        probe?.(part, file, 'after');
        return result;
      } catch (error) {
        fault = note(part, file, error);
      }
      return otherwise(fault);
    },
    get faults() {
      return [...faults.values()];
    },
  };
}

/** What was thrown, in words; never throws itself, whatever it was (`throw Object.create(null)`). */
function messageOf(error: unknown): string {
  try {
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  } catch {
    return 'something that cannot be shown was thrown';
  }
}

function stackOf(error: unknown): string {
  const stack = error instanceof Error ? error.stack : undefined;
  return typeof stack === 'string' ? stack : '';
}
