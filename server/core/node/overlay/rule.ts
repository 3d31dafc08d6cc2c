import type { Phase } from '../../order/timeline.ts';
import type { AsyncAlternative, BlockingKind, ClassReference } from '../api.ts';

/**
 * What neither names nor types tell about functions of Node: where callbacks run, what blocks, what the pool does.
 * Rules are applied in order, later ones win, field by field. A rule may only speak about functions that exist in some
 * supported Node, unless it `defines` them.
 */
export interface OverlayRule {
  /** Module without `node:`, or several. */
  readonly module: string | readonly string[];
  /** Member paths as in `ApiDescription`; `*` stands for any text. */
  readonly members: readonly string[];
  /** Only functions of this shape: those that have a callback parameter, that return a promise or async iterator. */
  readonly only?: 'callback' | 'promise';
  readonly blocking?: boolean;
  readonly blockingKind?: BlockingKind;
  readonly threadPool?: boolean;
  readonly schedules?: boolean;
  readonly runsIn?: Phase | 'sync' | null;
  readonly times?: 'once' | 'many';
  readonly settlesIn?: Phase | null;
  /** Position of the callback where types and parameter names do not show it. */
  readonly callback?: number;
  readonly errorFirst?: boolean;
  readonly blockingWithoutCallback?: boolean;
  readonly asyncAlternative?: AsyncAlternative | null;
  readonly returns?: ClassReference;
  readonly note?: string;
  readonly evidence?: 'measured' | 'documented';
  readonly source?: string;
  /** Its function parameter is not a callback of interest: it is removed, compared or passed on. */
  readonly drop?: true;
  /** For what cannot be seen in the modules: `require`, `process.stdout.write`. */
  readonly defines?: true;
  readonly since?: string;
}
