import type { CallFacts, Range } from '../facts/module-facts.ts';
import type { Refork, WorkerListener } from '../graph/cluster.ts';
import type { FunctionNode, ProgramGraph } from '../graph/program-graph.ts';
import type { SourceLocation, WitnessStep } from './finding.ts';
import type { RuleContext } from './rule.ts';

/** The place in a listener from which a fork follows: the call of `fork()`, or the call that leads to it. */
export interface ReforkPlace {
  readonly location: SourceLocation;
  readonly path: readonly WitnessStep[];
  readonly anchor: string;
}

/** Where a refork is reported: in the listener, since the function that forks may serve the first start too. */
export function reforkPlace({ graph }: RuleContext, { listener, step }: Refork): ReforkPlace {
  const [first] = step.path;
  const location = first?.location ?? graph.locate(step.function.file, step.range);
  const registered: WitnessStep = { location: graph.locate(listener.file, registrationRange(listener.call)), label: `${listener.emitter} ${listener.event} listener` };
  return { location, path: [registered, { location, label: first?.label ?? `${step.call!.text}()` }], anchor: `${listener.emitter} ${listener.event} ${first?.label ?? step.call!.text}` };
}

/** The first refork of each place. */
export function byPlace(context: RuleContext, reforks: readonly Refork[]): { readonly refork: Refork; readonly place: ReforkPlace }[] {
  const found = new Map<string, { readonly refork: Refork; readonly place: ReforkPlace }>();
  for (const refork of reforks) {
    const place = reforkPlace(context, refork);
    const key = `${place.location.file}:${place.location.start}`;
    if (!found.has(key)) found.set(key, { refork, place });
  }
  return [...found.values()];
}

/** What to underline of a registration: the call up to the event's name. */
function registrationRange(call: CallFacts): Range {
  return [call.range[0], call.argRanges[0]?.[1] ?? call.range[1]];
}

/** The function written as the listener of a registration, where it is. */
export function inlineListener(graph: ProgramGraph, listener: WorkerListener): FunctionNode | null {
  const range = listener.call.argRanges[1];
  return range ? (listener.listeners.find(fn => fn.file === listener.file && fn.facts.range[0] === range[0] && fn.facts.range[1] === range[1]) ?? null) : null;
}
