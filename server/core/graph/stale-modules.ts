import { addedHandlers } from './edges.ts';
import type { Flow } from './flow.ts';

/**
 * Says which modules the layers of a flow have a part in (their indices): the layers themselves, modules of which a node got a
 * value through them, and modules with a handler, or the registration of one, that came with them. Of all others everything is
 * as it is without the layers.
 */
export function createStaleTest(flow: Flow): () => ReadonlySet<number> {
  const ranges = flow.modules.flatMap(module => pairs(module.ranges).map(([start, end]) => ({ start, end, module: module.index }))).filter(({ end }) => end < flow.base.mark.nodes);
  ranges.sort((a, b) => a.start - b.start);
  const ownerOf = (node: number): number | null => {
    let low = 0;
    let high = ranges.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (ranges[middle]!.start <= node) low = middle;
      else high = middle - 1;
    }
    const range = ranges[low];
    return range && range.start <= node && node <= range.end ? range.module : null;
  };
  return () => {
    const stale = new Set(flow.layers.map(layer => layer.module));
    for (const node of flow.solver.touched(flow.base.mark)) {
      const owner = ownerOf(node);
      if (owner !== null) stale.add(owner);
    }
    for (const handler of addedHandlers(flow)) stale.add(handler.module).add(handler.at.module);
    return stale;
  };
}

function pairs(list: readonly number[]): (readonly [number, number])[] {
  const result: (readonly [number, number])[] = [];
  for (let i = 0; i + 1 < list.length; i += 2) result.push([list[i]!, list[i + 1]!]);
  return result;
}
