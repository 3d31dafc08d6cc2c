import type { GuardKind } from '../facts/module-facts.ts';
import type { ClientInput } from '../graph/client-input.ts';
import type { FunctionNode, ProgramGraph, Reach } from '../graph/program-graph.ts';
import { isForAdministrators } from '../graph/administrators.ts';
import { limitsInput } from '../graph/route-validation.ts';
import type { SourceLocation, WitnessStep } from './finding.ts';

/** Guards under which no client of others is answered. */
const elsewhere: ReadonlySet<GuardKind> = new Set(['cluster-primary', 'development', 'test']);

/**
 * The way on which a client's input comes to a place: the requests that reach the function which reads it, and the calls that
 * hand it on. Null where no request does, or where each route that does limits it.
 */
export function reachOfInput(graph: ProgramGraph, input: ClientInput, target: { readonly function: FunctionNode; readonly location: SourceLocation; readonly label: string }): Reach | null {
  const reaches = graph.reaching(input.function, ['request']).filter(reach => reach.confidence !== 'possible' && !reach.guards.some(guard => elsewhere.has(guard)));
  const open = reaches.filter(({ entry }) => !limitsInput(graph, entry, input.text));
  const reach = open.find(({ entry }) => !isForAdministrators(graph, entry)) ?? open[0];
  if (!reach) return null;
  const steps = input.calls.map(({ call, from, to, kind }): WitnessStep => ({ location: graph.locate(from.file, call.calleeRange), label: kind === 'call' ? `calls ${to.displayName}` : `${call.text}() calls back` }));
  return { ...reach, ...(isForAdministrators(graph, reach.entry) && { confidence: 'possible' }), path: [...reach.path, ...steps, { location: target.location, label: target.label }] };
}
