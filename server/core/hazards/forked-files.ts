import type { CallFacts } from '../facts/module-facts.ts';
import type { ProgramGraph } from '../graph/program-graph.ts';
import { dirname, join } from '../text/path.ts';

/** A call of child_process.fork(). */
export interface Fork {
  readonly file: string;
  readonly call: CallFacts;
}

/** The files of the program that child_process.fork() starts, with the calls that do it. */
export function forkedFiles(graph: ProgramGraph): ReadonlyMap<string, readonly Fork[]> {
  const found = new Map<string, Fork[]>();
  const known = new Set(graph.linkedFiles);
  for (const { api, call, location } of graph.operations) {
    if (api.module !== 'child_process' || api.member !== 'fork') continue;
    const [path] = call.literalArgs;
    if (typeof path !== 'string') continue;
    const base = join(dirname(location.file), path);
    const target = [base, `${base}.js`, `${base}.mjs`, `${base}.cjs`, `${base}.ts`].find(candidate => known.has(candidate));
    if (target === undefined) continue;
    const list = found.get(target);
    if (list) list.push({ file: location.file, call });
    else found.set(target, [{ file: location.file, call }]);
  }
  return found;
}
