import type { ModuleFacts } from '../facts/module-facts.ts';

/** What only says where something stands. */
const placeKeys: ReadonlySet<string> = new Set(['range', 'nameRange', 'argRanges', 'calleeRange', 'testRange', 'asyncInsertAt', 'returnType', 'lineStarts', 'length', 'directiveComments']);

/** Whether the facts of two texts differ in nothing but places. */
export function sameShape(a: ModuleFacts, b: ModuleFacts): boolean {
  return same(a, b);
}

function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((item, index) => same(item, b[index]));
  const [left, right] = [a as Readonly<Record<string, unknown>>, b as Readonly<Record<string, unknown>>];
  for (const key in left) if (!placeKeys.has(key) && !same(left[key], right[key])) return false;
  for (const key in right) if (!(key in left)) return false;
  return true;
}
