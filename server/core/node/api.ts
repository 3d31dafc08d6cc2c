import type { Phase } from '../order/timeline.ts';

/** Which rule a blocking call belongs to. */
export type BlockingKind = 'fs' | 'child-process' | 'crypto' | 'zlib' | 'sync-db' | 'third-party' | 'require' | 'atomics-wait' | 'template' | 'stdio';

/** Where and how the callback of an API runs. */
export interface CallbackDescription {
  /** 0-based position among the arguments; -1 is the last argument. */
  readonly position: number;
  /** The queue or phase in which Node calls it; `sync` before the function returns; null where it depends. */
  readonly runsIn: Phase | 'sync' | null;
  /** How often it can be called. */
  readonly times: 'once' | 'many';
  /** Node-style `(error, …)` callback. */
  readonly errorFirst: boolean;
}

/** The function that does the same without blocking. */
export interface AsyncAlternative {
  readonly module: string;
  readonly member: string;
  /** `promise`: put `await` before it; `callback`: has no promise form. */
  readonly style: 'promise' | 'callback';
  /** True where the arguments and the resolved value are the same, so that the text can be replaced mechanically. */
  readonly sameSignature: boolean;
}

/** A class (or interface) of a module: `fs/promises`, `FileHandle`. */
export interface ClassReference {
  readonly module: string;
  readonly name: string;
}

/**
 * What one function of Node's core modules, or of a modelled library, does to the event loop.
 * Rows are data: generated from the real modules (`npm run node-data`) plus a hand-kept overlay.
 */
export interface ApiDescription {
  /** Module specifier without `node:`; `globals` for global functions. */
  readonly module: string;
  /**
   * Member path from the module: `readFileSync`, `promises.readFile`; `.` selects a static member and `#` a member
   * of an instance or of a returned object: `DatabaseSync#prepare`, `DatabaseSync#prepare()#all`.
   * The empty path is the module itself being called.
   */
  readonly member: string;
  readonly kind: 'function' | 'constructor' | 'method';
  /** Holds the calling thread until its work is done. */
  readonly blocking: boolean;
  readonly blockingKind?: BlockingKind;
  /** Blocks only where an object among the arguments has the property with this value; `default`: the value where it is left out. */
  readonly blockingWhen?: { readonly property: string; readonly is: boolean; readonly default: boolean };
  /** Its work is done by libuv's thread pool. */
  readonly threadPool: boolean;
  readonly returnsPromise: boolean;
  /** For promises and async iterators: where the work ends. The continuation runs as microtasks of a callback in this phase or queue; null where it depends. */
  readonly settlesIn?: Phase | null;
  /** With the callback left out it does its work at once on the calling thread: `crypto.randomBytes(n)`. */
  readonly blockingWithoutCallback?: boolean;
  /** Starts asynchronous work or registers a listener. */
  readonly schedules: boolean;
  readonly callback?: CallbackDescription;
  /**
   * First and last version that has it (`20.12.0`); absent where it has been there before Node 18 / is still there. `X.0.0` also stands for
   * a minor version of that major that is not known. For libraries: their own versions.
   */
  readonly since?: string;
  readonly until?: string;
  readonly asyncAlternative?: AsyncAlternative;
  /** Class of the object that it returns or resolves to. */
  readonly returns?: ClassReference;
  /** One sentence for hovers and messages that says what is special here (costs, traps), in Node's words. */
  readonly note?: string;
  readonly evidence: 'measured' | 'derived' | 'documented';
  /** Doc page, Node source file and function, or measurement that says so. */
  readonly source?: string;
}
