import type { TSESTree } from '../../syntax/source-file.ts';
import { locationOf, surroundingAgent, type Agent } from '../agent.ts';
import { boundNames, children, isFunctionNode, unwrapParameter } from '../evaluation/static-semantics.ts';
import { ProgramError } from '../event-loop/engine.ts';
import type { FunctionNode } from '../function-objects.ts';
import type { EntryPoint } from '../run.ts';
import type { TimelineLocation } from '../timeline.ts';
import { UnknownValue, type Value } from '../values.ts';
import { call } from '../abstract-operations/operations-on-objects.ts';
import { noteEnd } from '../abstract-operations/step-actions.ts';
import { addReactions, PromiseObject } from '../abstract-operations/promise-operations.ts';
import { createCodeUnit } from './code-unit.ts';
import { createStartedProgram, type StartedProgram } from './started-program.ts';

/**
 * Makes one function of the entry file ready to be called in its role, with unknown arguments, within its program as start-up has
 * left it (started-program.ts).
 */
export function enterFunction(agent: Agent, entry: EntryPoint, requireBuiltin: (id: string) => Value | undefined): { fn: TimelineLocation; invoke: () => void } {
  const { program, options } = agent;
  agent.withoutProgram = true;
  const started = createStartedProgram(requireBuiltin);
  const module = started.module(program.entry);
  const { unit } = module ?? { unit: createCodeUnit(program.entry, program.read(program.entry) ?? '', options.module) };
  const path = functionPath(unit.source.ast, entry.offset ?? 0);
  const node = path?.at(-1) as FunctionNode | undefined;
  if (!module || !path || !node) {
    agent.incompleteText('there is no function at this place');
    return { fn: locationOf(unit, unit.source.ast), invoke: () => {} };
  }
  const { fn, self } = started.functionAt(module, path);
  if (entry.stalls && entry.stalls.length > 0) agent.stalls = new Map(entry.stalls.map(stall => [`${stall.file}:${stall.line}:${stall.column}`, stall]));
  if (entry.calls && entry.calls.length > 0) agent.calleeAt = calleesOf(entry.calls, started);
  const parameters = node.params.filter(parameter => !(parameter.type === 'Identifier' && parameter.name === 'this'));
  return { fn: locationOf(unit, node), invoke: () => invokeAlone(agent, fn, self, parameters.map(argumentOf)) };
}

/** The functions that calls lead into, each found in its file when it is first called. */
function calleesOf(calls: NonNullable<EntryPoint['calls']>, started: StartedProgram): NonNullable<Agent['calleeAt']> {
  const byPlace = new Map(calls.map(call => [`${call.file} ${call.start}`, call]));
  const found = new Map<string, { readonly fn: Value; readonly self: Value } | null>();
  return (file, start) => {
    const key = `${file} ${start}`;
    const target = byPlace.get(key);
    if (!target) return null;
    if (!found.has(key)) {
      const home = started.module(target.toFile);
      const path = home && functionPath(home.unit.source.ast, target.toOffset);
      found.set(key, home && path ? started.functionAt(home, path) : null);
    }
    return found.get(key) ?? null;
  };
}

/** What is known of an argument by its name. */
function argumentOf(parameter: TSESTree.Parameter): UnknownValue {
  const inner = unwrapParameter(parameter);
  if (inner.type === 'ObjectPattern') return new UnknownValue('', 'object');
  const name = boundNames(parameter)[0] ?? 'an argument';
  return new UnknownValue(name, /^_?(?:req|res|request|response|ctx|context|event|reply|socket|job)$/.test(name) ? 'object' : /^(?:next|done|cb|callback)$/.test(name) ? 'function' : 'any');
}

/** What a handler throws or rejects with is its caller's, a framework's or a library's, which is not known. */
function invokeAlone(agent: Agent, fn: Value, self: Value, args: readonly Value[]): void {
  agent.entryFunction = fn;
  try {
    const result = call(fn, self, args);
    if (!(result instanceof PromiseObject)) {
      noteEnd('returns', result);
      return;
    }
    if (result.state === 'rejected' && !result.isHandled) surroundingAgent.host.promiseRejectionTracker(result, 'handle', result.result);
    addReactions(result, { host: () => noteEnd('returns', undefined) }, { host: reason => noteEnd('throws', reason) }, null);
  } catch (error) {
    if (!(error instanceof ProgramError)) throw error;
    noteEnd('throws', error.value as Value);
  }
}

/** The nodes from the program down to the innermost function around an offset; null where there is none. */
function functionPath(root: TSESTree.Node, offset: number): TSESTree.Node[] | null {
  let found: TSESTree.Node[] | null = null;
  const visit = (node: TSESTree.Node, above: readonly TSESTree.Node[]): void => {
    if (offset < node.range[0] || offset >= node.range[1]) return;
    const path = [...above, node];
    if (isFunctionNode(node)) found = path;
    for (const child of children(node)) visit(child, path);
  };
  visit(root, []);
  return found;
}
