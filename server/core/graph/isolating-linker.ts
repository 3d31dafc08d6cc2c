import { noFacts } from '../facts/no-facts.ts';
import type { ModuleFacts } from '../facts/module-facts.ts';
import type { Fault, Guard } from '../faults/guard.ts';
import { createLinker, type ProgramInput } from './link-program.ts';
import { createUnlinkedGraph } from './unlinked-graph.ts';
import type { ProgramGraph } from './program-graph.ts';

/** A program as far as it could be linked, and the files that are not in it, with what was thrown. */
export interface IsolatedProgram {
  readonly graph: ProgramGraph;
  readonly leftOut: ReadonlyMap<string, Fault>;
}

/** So many links are tried in search of the files that linking fails on; what is left then is left out as a whole. */
const mostAttempts = 64;

/**
 * Links as `createLinker` does. Where that throws, the files that it fails on are searched by halves and stand in the graph
 * without their facts, so that everything else is linked. Facts that once made it fail are left out until they change.
 */
export function createIsolatingLinker(guard: Guard): (input: ProgramInput, volatile?: readonly string[]) => IsolatedProgram {
  let link = createLinker();
  const failing = new WeakMap<ModuleFacts, Fault>();
  const without = (input: ProgramInput): { readonly input: ProgramInput; readonly leftOut: ReadonlyMap<string, Fault> } => {
    const leftOut = new Map<string, Fault>();
    const modules = input.modules.map(module => {
      const fault = failing.get(module);
      if (!fault) return module;
      leftOut.set(module.file, fault);
      return standIn(module);
    });
    return { input: leftOut.size === 0 ? input : { ...input, modules }, leftOut };
  };

  return (input, volatile) => {
    const known = without(input);
    const graph = guard.attempt<ProgramGraph | null>('link', null, () => link(known.input, volatile), () => null);
    if (graph) return { graph, leftOut: known.leftOut };
    // What is kept between links may be damaged; from here on everything is made anew.
    link = createLinker();
    findFailing(known.input, guard, failing);
    link = createLinker();
    const rest = without(input);
    const again = guard.attempt<ProgramGraph | null>('link', null, () => link(rest.input, volatile), () => null);
    if (again) return { graph: again, leftOut: rest.leftOut };
    link = createLinker();
    const fault = guard.faults.find(({ part }) => part === 'link')!;
    return { graph: createUnlinkedGraph(input), leftOut: new Map(input.modules.map(({ file }) => [file, fault])) };
  };
}

/** Adds to `failing` the facts with which a program cannot be linked: parts of it are added to what is known to link, in halves where one fails. */
function findFailing(input: ProgramInput, guard: Guard, failing: WeakMap<ModuleFacts, Fault>): void {
  let linked: readonly ModuleFacts[] = [];
  let attempts = 0;
  const waiting: (readonly ModuleFacts[])[] = [input.modules];
  while (waiting.length > 0) {
    const part = waiting.pop()!;
    let fault: Fault | undefined;
    const modules = [...linked, ...part];
    attempts++;
    const name = part.length === 1 ? part[0]!.file : null;
    if (guard.attempt('link', name, () => (createLinker()({ ...input, modules }), true), thrown => ((fault = thrown), false))) linked = modules;
    else if (part.length === 1 || attempts >= mostAttempts) for (const module of part) failing.set(module, fault!);
    else waiting.push(part.slice(part.length >> 1), part.slice(0, part.length >> 1));
  }
}

const standIns = new WeakMap<ModuleFacts, ModuleFacts>();

function standIn(module: ModuleFacts): ModuleFacts {
  let found = standIns.get(module);
  if (!found) standIns.set(module, (found = noFacts(module.file, module.length)));
  return found;
}
