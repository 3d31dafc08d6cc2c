import type { ModuleFacts } from '../facts/module-facts.ts';
import { statementsOf, valuesReadBy } from '../facts/walk-statements.ts';
import type { ProgramGraph } from '../graph/program-graph.ts';
import { placeName, placesIn, schedulingCalls, type SchedulingCall } from './scheduling-calls.ts';

/** Scheduling calls of two kinds that are made by the same run of the same function. */
export function siblings(graph: ProgramGraph, files: readonly string[], isFirst: (item: SchedulingCall) => boolean, isSecond: (item: SchedulingCall) => boolean): { readonly first: SchedulingCall; readonly second: SchedulingCall }[] {
  const byFunction = new Map<string, SchedulingCall[]>();
  for (const item of schedulingCalls(graph, files)) {
    const key = `${item.file} ${item.call.fn}`;
    byFunction.set(key, [...(byFunction.get(key) ?? []), item]);
  }
  return [...byFunction.values()].flatMap(items => items.filter(isFirst).flatMap(first => items.filter(isSecond).slice(0, 1).map(second => ({ first, second }))));
}

/** Name of a variable that outlives both callbacks, that one of them changes and the other looks at; null where there is none. */
export function sharedPlace(graph: ProgramGraph, a: SchedulingCall, b: SchedulingCall): string | null {
  const module = graph.module(a.file);
  const [left, right] = [a, b].map(({ call }) => (call.args[0]?.k === 'fn' ? call.args[0].fn : null)) as [number | null, number | null];
  if (left === null || right === null) return null;
  const [fromLeft, fromRight] = [accesses(module, left), accesses(module, right)];
  const shared = [...fromLeft.written].find(place => fromRight.read.has(place)) ?? [...fromRight.written].find(place => fromLeft.read.has(place));
  const variable = shared === undefined ? undefined : module.variables[Number(shared.slice(1))];
  return variable && variable.fn !== left && variable.fn !== right ? variable.name : null;
}

/** The variables (as `v` and their index) that a function changes and looks at, nested functions left out. */
function accesses(module: ModuleFacts, fn: number): { readonly written: ReadonlySet<string>; readonly read: ReadonlySet<string> } {
  const written = new Set<string>();
  const read = new Set<string>();
  for (const { statement } of statementsOf(module.functions[fn]!.body)) {
    const place = statement.k === 'write' && !statement.declares ? placeName(statement.target) : null;
    if (place !== null) written.add(place);
    for (const value of valuesReadBy(module, statement)) for (const one of placesIn(module, value)) if (/^v\d+$/.test(one)) read.add(one);
  }
  return { written, read };
}
