import type { ModuleFacts, Value } from './module-facts.ts';

/** Where in the object literals of its module a function stands: the name of its property, and the literal around it. */
export interface LiteralPlace {
  readonly name: string;
  readonly object: number;
}

interface Places {
  readonly functions: ReadonlyMap<number, LiteralPlace>;
  readonly objects: ReadonlyMap<number, LiteralPlace>;
}

const placesOf = new WeakMap<ModuleFacts, Places>();

function places(facts: ModuleFacts): Places {
  let found = placesOf.get(facts);
  if (!found) {
    const functions = new Map<number, LiteralPlace>();
    const objects = new Map<number, LiteralPlace>();
    const functionsIn = (value: Value): number | null => {
      if (value.k === 'fn') return value.fn;
      // `handler: wrap(async () => …)`
      return value.k === 'call' ? (facts.calls[value.call]!.args.map(functionsIn).find(item => item !== null) ?? null) : null;
    };
    facts.objects.forEach(({ properties }, object) => {
      for (const { name, value } of properties) {
        if (value.k === 'obj') objects.set(value.obj, { name, object });
        const fn = functionsIn(value);
        if (fn !== null) functions.set(fn, { name, object });
      }
    });
    placesOf.set(facts, (found = { functions, objects }));
  }
  return found;
}

/** The names under which a function stands in nested literals, the outermost first: `['Query', 'user']`; empty outside of literals. */
export function literalPath(facts: ModuleFacts, fn: number): readonly string[] {
  const { functions, objects } = places(facts);
  const path: string[] = [];
  for (let place = functions.get(fn); place && path.length < 4; place = objects.get(place.object)) if (!facts.objects[place.object]!.array) path.unshift(place.name);
  return path;
}

/** What stands as a text beside a function in its literal under the first of the names that does: `path` of `{ path: '/a', handler() {} }`. */
export function besideInLiteral(facts: ModuleFacts, fn: number, names: readonly string[]): string | null {
  const place = places(facts).functions.get(fn);
  if (!place) return null;
  const { properties, constants } = facts.objects[place.object]!;
  for (const name of names) {
    const value = properties.find(property => property.name === name)?.value;
    if (value?.k === 'string') return value.value;
    const constant = constants?.[name];
    if (typeof constant === 'string') return constant;
  }
  return null;
}
