import type { CallFacts, Value } from '../facts/module-facts.ts';
import { perModule } from '../facts/module-index.ts';
import type { FunctionNode, ProgramGraph } from '../graph/program-graph.ts';
import { promisesOf } from '../graph/promises.ts';
import type { SourceLocation } from './finding.ts';

/** Methods that register a listener (Node docs, events). */
export const listenerMethods: ReadonlySet<string> = new Set(['on', 'once', 'addListener', 'prependListener', 'prependOnceListener']);

/** A function that is handed over and whose promise, if it gives one, nobody looks at. */
export interface Handed {
  readonly function: FunctionNode;
  /** `yes`: it awaits something that can fail; `maybe`: only calls that nothing is known of could throw. */
  readonly rejects: 'maybe' | 'yes';
}

/**
 * The functions among an argument that surely return promises which can reject. Results of calls are left out (a wrapper that
 * handles errors looks like that), and so is what a call elsewhere wraps.
 */
export function rejectingFunctions(graph: ProgramGraph, file: string, registering: CallFacts, value: Value): Handed[] {
  const promises = promisesOf(graph);
  const facts = graph.module(file);
  if (value.k === 'obj') return facts.objects[value.obj]!.array ? facts.objects[value.obj]!.properties.flatMap(property => rejectingFunctions(graph, file, registering, property.value)) : [];
  if (value.k === 'call') {
    const { callee } = facts.calls[value.call]!;
    return callee.k === 'get' && callee.name === 'bind' ? rejectingFunctions(graph, file, registering, callee.object) : [];
  }
  if (value.k !== 'fn' && value.k !== 'var' && value.k !== 'get') return [];
  return graph.meaningsOf(file, value).flatMap((meaning): Handed[] => {
    if (meaning.k !== 'function' || !promises.returnsPromise(meaning.function) || isWrapped(graph, meaning.function, registering)) return [];
    const rejects = promises.rejectionOfFunction(meaning.function);
    return rejects === 'never' ? [] : [{ function: meaning.function, rejects }];
  });
}

/** Whether another call of its file, one that registers nothing, is handed the function: `asyncHandler(list)`. */
function isWrapped(graph: ProgramGraph, { file, index, facts: { name } }: FunctionNode, registering: CallFacts): boolean {
  const { calls, variables } = graph.module(file);
  return calls.some(call => call !== registering && !registers(call) && call.args.some(arg => (arg.k === 'fn' && arg.fn === index) || (arg.k === 'var' && name !== '' && variables[arg.var]!.name === name)));
}

function registers({ callee }: CallFacts): boolean {
  return callee.k === 'get' && (listenerMethods.has(callee.name) || callee.name === 'bind' || /^(?:use|all|param|createServer|createSecureServer|get|post|put|patch|delete|head|options)$/.test(callee.name));
}

const asksForRejections = perModule(
  ({ objects, functions }) =>
    objects.some(({ constants }) => constants?.['captureRejections'] === true) || functions.some(({ body }) => body.some(statement => statement.k === 'write' && statement.target?.k === 'get' && statement.target.name === 'captureRejections')),
);

const capturing = new WeakMap<ProgramGraph, boolean>();

/** Whether the program asks emitters to hand rejections of listeners to their 'error' listener (Node docs, events, captureRejections). */
export function capturesRejections(graph: ProgramGraph): boolean {
  let found = capturing.get(graph);
  if (found === undefined) {
    found = graph.linkedFiles.some(file => asksForRejections(graph.module(file)));
    capturing.set(graph, found);
  }
  return found;
}

/** Where a handler is to be shown: its head where it stands in the call, or where the call is given it; else the argument. */
export function handlerLocation(graph: ProgramGraph, file: string, call: CallFacts, position: number, fn: FunctionNode): SourceLocation {
  const arg = call.args[position]!;
  const given = arg.k === 'var' && graph.module(file).variables[arg.var]!.kind === 'param';
  return (arg.k === 'fn' && fn.file === file) || given ? graph.locate(fn.file, fn.facts.nameRange) : graph.locate(file, call.argRanges[position]!);
}
