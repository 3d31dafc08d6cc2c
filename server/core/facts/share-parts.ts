import type { ModuleFacts, Value } from './module-facts.ts';

const empty: readonly never[] = Object.freeze([]);

/**
 * Lets equal small parts of facts be one object, in place, so that a workspace of many files takes less memory: empty lists,
 * and values that are named again and again.
 */
export function shareParts(facts: ModuleFacts): void {
  const known = new Map<string, Value>();
  const visit = (holder: Record<string, unknown> | unknown[]): void => {
    for (const key in holder) {
      const item = (holder as Record<string, unknown>)[key];
      if (typeof item !== 'object' || item === null) continue;
      if (Array.isArray(item)) {
        // A list that grew by pushing has room for sixteen more; its copy has not.
        const list = item.length === 0 ? empty : item.slice();
        (holder as Record<string, unknown>)[key] = list;
        if (typeof list[0] === 'object') visit(list as unknown[]);
        continue;
      }
      const name = nameOf(item as Value);
      if (name === null) visit(item as Record<string, unknown>);
      else {
        const shared = known.get(name);
        if (shared) (holder as Record<string, unknown>)[key] = shared;
        else known.set(name, item as Value);
      }
    }
  };
  for (const list of [facts.functions, facts.classes, facts.objects, facts.assignments, facts.calls, facts.loops, facts.regexes, facts.uses, facts.imports, facts.exports]) visit(list as unknown[]);
}

/** A text that is the same for equal values; null for those that are seldom equal. */
function nameOf(value: Value): string | null {
  switch (value.k) {
    case 'var':
      return `v${value.var}`;
    case 'global':
      return `g${value.name}`;
    case 'this':
      return `t${value.fn}`;
    case 'get': {
      const object = nameOf(value.object);
      return object === null ? null : `${object}.${value.name}`;
    }
    default:
      return null;
  }
}
