import type { CallFacts, Range, UseFacts, Value } from '../facts/module-facts.ts';
import { isGlobal, promiseMethods, promisesOf, termsWrittenTo } from '../graph/promises.ts';
import type { FunctionNode, ProgramGraph } from '../graph/program-graph.ts';
import type { Fix } from './finding.ts';
import { asyncify } from './fix/asyncify.ts';
import { list, message, type Locale, type MessageTable } from './messages.ts';
import { filesOnNode, pathTo, situationOf, type Situation } from './promise-site.ts';
import type { RuleContext } from './rule.ts';

export const missingAwaitTexts = {
  fix: { en: 'Await the promise', 'zh-cn': '等待该 Promise' },
  fixAsync: { en: 'Await the promise and make {functions} async', 'zh-cn': '等待该 Promise，并将 {functions} 改为 async' },
} as const satisfies MessageTable;

/** A place at which a promise is used as if it were its value. */
export interface PromiseUse {
  readonly function: FunctionNode;
  readonly as: UseFacts['as'] | 'argument';
  /** Property that is read, or function that it is handed to. */
  readonly name: string;
  /** The call that gives the promise. */
  readonly call: CallFacts;
  /** Variable that holds it; null where the call itself is used. */
  readonly variable: string | null;
  readonly range: Range;
}

/** The places in files at which a promise is used directly as what none is. */
export function* promiseUses(graph: ProgramGraph, files: readonly string[]): Generator<PromiseUse> {
  const promises = promisesOf(graph);
  for (const file of filesOnNode(graph, files)) {
    const facts = graph.module(file);
    for (const use of facts.uses) {
      const call = promiseCallOf(graph, file, use.value);
      if (!call || call.optional || !promises.isPromise(file, use.value)) continue;
      yield { function: graph.functionOf(file, use.fn), as: use.as, name: use.name ?? '', call, variable: use.value.k === 'var' ? facts.variables[use.value.var]!.name : null, range: use.range };
    }
  }
}

/** The call whose promise a value is: of a variable the only one that is written to it. */
export function promiseCallOf(graph: ProgramGraph, file: string, value: Value): CallFacts | null {
  const facts = graph.module(file);
  if (value.k === 'call') return facts.calls[value.call]!;
  if (value.k !== 'var') return null;
  const terms = termsWrittenTo(facts, value.var);
  const only = terms?.length === 1 ? terms[0]!.value : null;
  return only?.k === 'call' ? facts.calls[only.call]! : null;
}

const extended = new WeakMap<ProgramGraph, ReadonlySet<string>>();

/** Methods that the program gives to all promises: `Promise.prototype.delay = …`, `P.prototype.delay = …` of a parameter. */
export function isAddedToPromises(graph: ProgramGraph, name: string): boolean {
  let names = extended.get(graph);
  if (!names) {
    const found = new Set<string>();
    for (const file of graph.linkedFiles) {
      const { assignments, variables } = graph.module(file);
      for (const assignment of assignments) {
        if (assignment.to !== 'property' || assignment.object.k !== 'get' || assignment.object.name !== 'prototype') continue;
        const { object } = assignment.object;
        if (isGlobal(object, 'Promise') || (object.k === 'var' && variables[object.var]!.kind === 'param')) found.add(assignment.name);
      }
    }
    extended.set(graph, (names = found));
  }
  return names.has(name);
}

/** What promises have of their own, and what describes or converts any object. */
export function isOfPromises(name: string): boolean {
  return promiseMethods.has(name) || name === '*' || name === 'constructor' || name.startsWith('Symbol') || name.startsWith('__');
}

/** Reports a use, once, with `await` as its fix. */
export function reportMissingAwait(context: RuleContext, use: PromiseUse, text: string, confidence: 'likely' | 'possible' = 'likely'): void {
  const { graph, locale } = context;
  const situation: Situation = situationOf(graph, use.function);
  const location = graph.locate(use.function.file, use.range);
  context.report({
    location,
    message: text,
    confidence,
    role: situation.role,
    path: pathTo(situation, location, use.variable ?? `${use.call.text}()`),
    fixes: awaitFixes(graph, use.function, use.call, locale),
    anchor: `${use.function.displayName} ${use.as} ${use.call.text}`,
  });
}

function awaitFixes(graph: ProgramGraph, fn: FunctionNode, call: CallFacts, locale: Locale): Fix[] {
  const owner = call.fn === fn.index ? fn : graph.functionOf(fn.file, call.fn);
  const made = asyncify(graph, owner, call, '');
  if (!made) return [];
  const names = made.functions.map(item => item.displayName);
  const title = names.length > 0 ? message(missingAwaitTexts, 'fixAsync', locale, { functions: list(locale, names) }) : message(missingAwaitTexts, 'fix', locale);
  return [{ title, kind: 'suggestion', edits: made.edits }];
}
