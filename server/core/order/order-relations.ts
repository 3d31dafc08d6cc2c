import type { RunStep } from './run.ts';
import type { OrderRelation } from './timeline.ts';

/** Steps of the likeliest run that are compared, and pairs that are listed, at most. */
const comparedSteps = 500;
const listedPairs = 200;

/** Finds the steps of the likeliest run (the first one added) that other runs make in another order. */
export interface OrderRelations {
  /** @param keys what ran, in order @param why the decision that made this run differ from the one it derives from */
  add(keys: readonly string[], why: string): void;
  /**
   * Pairs of steps (ids, `a` before `b` in the likeliest run) that run in either order, with the decision that first
   * turned them round. Left out are jobs that print nothing: their place follows from what scheduled them.
   */
  either(steps: readonly RunStep[]): OrderRelation[];
}

export function createOrderRelations(): OrderRelations {
  let places: Map<string, number> | null = null;
  /** `a * comparedSteps + b` → why. */
  const turned = new Map<number, string>();

  return {
    add(keys, why) {
      if (!places) {
        places = new Map(keys.slice(0, comparedSteps).map((key, index) => [key, index]));
        return;
      }
      const order = keys.map(key => places!.get(key)).filter(place => place !== undefined);
      let highest = -1;
      order.forEach((later, at) => {
        if (later > highest) {
          highest = later;
          return;
        }
        for (let before = 0; before < at; before++) {
          const earlier = order[before]!;
          if (earlier > later && !turned.has(later * comparedSteps + earlier)) turned.set(later * comparedSteps + earlier, why);
        }
      });
    },

    either(steps) {
      const isShown = ({ phase, output }: RunStep): boolean => output.length > 0 || (phase !== 'microtask' && phase !== 'nextTick');
      const pairs = [...turned].map(([pair, why]) => ({ a: steps[Math.floor(pair / comparedSteps)]!, b: steps[pair % comparedSteps]!, why })).filter(({ a, b }) => isShown(a) && isShown(b));
      const silence = ({ a, b }: (typeof pairs)[number]): number => Number(a.output.length === 0) + Number(b.output.length === 0);
      return pairs
        .sort((x, y) => silence(x) - silence(y) || x.a.id - y.a.id || x.b.id - y.b.id)
        .slice(0, listedPairs)
        .map(({ a, b, why }) => ({ a: a.id, b: b.id, relation: 'either' as const, why }));
    },
  };
}
