import type { ModuleFacts } from '../facts/module-facts.ts';
import type { CallGraph } from './edges.ts';
import type { Entries, EntryFacts } from './entries.ts';
import { functionKey, indexOfKey, moduleOfKey, type FunctionKey } from './function-key.ts';

/**
 * Says of an entry whether only commands of a command line register it that serve nobody: the program `tool ask` is another one than `tool serve`, though one
 * file holds both.
 */
export function createCommandTest(modules: readonly ModuleFacts[], graph: CallGraph, entries: Entries): (entry: EntryFacts) => boolean {
  const commands = new Set<FunctionKey>();
  if (entries.some(({ role }) => role === 'cli')) for (const { fn, role } of entries.all()) if (role === 'cli') commands.add(fn);
  if (commands.size === 0) return () => false;

  const answers = new Map<FunctionKey, ReadonlySet<FunctionKey> | null>();
  /** The commands that a function runs for; null where it also runs for something else. */
  const commandsOf = (start: FunctionKey): ReadonlySet<FunctionKey> | null => {
    const known = answers.get(start);
    if (known !== undefined) return known;
    const found = new Set<FunctionKey>();
    const seen = new Set([start]);
    let answer: ReadonlySet<FunctionKey> | null = found;
    for (const key of seen) {
      if (commands.has(key)) {
        found.add(key);
        continue;
      }
      if (indexOfKey(key) === 0) {
        answer = null;
        break;
      }
      const callers = graph.incoming(key).map(edge => edge.from);
      const registered = entries.of(key).flatMap(({ at }) => (at ? [functionKey(at.module, modules[at.module]!.calls[at.call]!.fn)] : []));
      const around = callers.length + registered.length === 0 ? [functionKey(moduleOfKey(key), modules[moduleOfKey(key)]!.functions[indexOfKey(key)]!.parent)] : [];
      for (const next of [...callers, ...registered, ...around]) seen.add(next);
    }
    answers.set(start, answer);
    return answer;
  };
  const placeOf = ({ at, fn }: EntryFacts): FunctionKey => (at ? functionKey(at.module, modules[at.module]!.calls[at.call]!.fn) : fn);

  let serving: ReadonlySet<FunctionKey> | null | undefined;
  const servingCommands = (): ReadonlySet<FunctionKey> | null => {
    if (serving !== undefined) return serving;
    const found = new Set<FunctionKey>();
    serving = found;
    for (const entry of entries.all()) {
      if (entry.role !== 'request') continue;
      const of = commandsOf(placeOf(entry));
      // What serves outside of every command serves beside each of them.
      if (of === null) return (serving = null);
      for (const key of of) found.add(key);
    }
    return serving;
  };

  return entry => {
    const own = entry.role === 'request' || entry.role === 'cli' ? null : commandsOf(placeOf(entry));
    if (own === null || own.size === 0) return false;
    const served = servingCommands();
    return served !== null && ![...own].some(key => served.has(key));
  };
}
