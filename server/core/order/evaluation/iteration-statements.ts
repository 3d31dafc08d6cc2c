import { inVain } from '../event-loop/task-queues.ts';
import { RecurrenceWatch, Repeats } from '../recurrence.ts';
import type { TSESTree } from '../../syntax/source-file.ts';
import { surroundingAgent, throwError, type ExecutionContext } from '../agent.ts';
import { Environment } from '../environment-records.ts';
import { ProgramError } from '../event-loop/engine.ts';
import { ObjectValue, UnknownValue, type Value } from '../values.ts';
import { call, getMethod } from '../abstract-operations/operations-on-objects.ts';
import { asyncIteratorStep, getIterator, iterationDone, iteratorClose, iteratorStepValue, type IteratorRecord } from '../abstract-operations/iterator-operations.ts';
import { assumptions } from '../abstract-operations/outside-code.ts';
import { toBoolean, toObject } from '../abstract-operations/type-conversion.ts';
import { await_, ReturnCompletion, type Steps } from './coroutine.ts';
import { bindPattern } from './assignment.ts';
import { evaluateSteps } from './expressions.ts';
import { evaluateStatement, evaluateStatementSteps, registerResource, withDisposal, type StatementResult } from './statements.ts';
import { boundNames, containsClosure, suspends } from './static-semantics.ts';

type Node = TSESTree.Node;

/** LoopContinues (ECMA-262 §14.7.1.1) */
function loopContinues(completion: StatementResult, labels: readonly string[]): boolean {
  if (!completion) return true;
  return completion.type === 'continue' && (completion.label === undefined || labels.includes(completion.label));
}

/** What a loop that was left completes with. */
function loopResult(completion: StatementResult): StatementResult {
  return completion?.type === 'break' && completion.label === undefined ? undefined : completion;
}

/**
 * A loop's test on a clock reading takes the likely answer: waiting for the clock is no decision. Around a function what is unknown lets one
 * round through, as a list of unknown length has one element.
 */
function loopTest(value: Value, rounds: number): boolean {
  if (rounds > 0 && surroundingAgent.withoutProgram && !surroundingAgent.inLibrary && value instanceof UnknownValue && value.likely === undefined) {
    surroundingAgent.incompleteText(assumptions.oneElement);
    return false;
  }
  return value instanceof UnknownValue && typeof value.likely === 'boolean' ? value.likely : toBoolean(value);
}

/** Rounds of a loop from which on it is watched. */
const roundsWatched = 2000;

/** To be called in each round: ends the run where the loop is known to go round for ever. */
function watchLoop(node: Node, context: ExecutionContext): () => void {
  let rounds = 0;
  let watch: RecurrenceWatch | null = null;
  // What waits meanwhile in the middle of another function keeps more than its variables.
  if (suspends(node)) return () => {};
  return () => {
    if (++rounds < roundsWatched) return;
    const agent = surroundingAgent;
    if (!agent.host.alone()) return;
    context.node = node;
    const recurs = (watch ??= new RecurrenceWatch(1)).observe(() => {
      const state = agent.state([agent.contexts.map(one => one.env), ...agent.host.started()]);
      return state === null ? null : `${state} ${agent.scheduled}`;
    });
    if (recurs) throw new Repeats(`the loop at line ${node.loc.start.line} never ends${inVain(agent.host.waiting())}`);
  };
}

function* body(node: Node, context: ExecutionContext): Steps<StatementResult> {
  return suspends(node) ? yield* evaluateStatementSteps(node, context) : evaluateStatement(node, context);
}

export function* evaluateWhile(node: TSESTree.WhileStatement, context: ExecutionContext, labels: readonly string[]): Steps<StatementResult> {
  const watch = watchLoop(node, context);
  for (let rounds = 0; loopTest(yield* evaluateSteps(node.test, context), rounds); rounds++) {
    watch();
    const completion = yield* body(node.body, context);
    if (!loopContinues(completion, labels)) return loopResult(completion);
  }
  return undefined;
}

export function* evaluateDoWhile(node: TSESTree.DoWhileStatement, context: ExecutionContext, labels: readonly string[]): Steps<StatementResult> {
  const watch = watchLoop(node, context);
  let rounds = 0;
  do {
    watch();
    rounds++;
    const completion = yield* body(node.body, context);
    if (!loopContinues(completion, labels)) return loopResult(completion);
  } while (loopTest(yield* evaluateSteps(node.test, context), rounds));
  return undefined;
}

/** ForLoopEvaluation (ECMA-262 §14.7.4.2) */
export function* evaluateFor(node: TSESTree.ForStatement, context: ExecutionContext, labels: readonly string[]): Steps<StatementResult> {
  const { env } = context;
  const { init } = node;
  const lexical = init?.type === 'VariableDeclaration' && init.kind !== 'var';
  if (!lexical) {
    if (init?.type === 'VariableDeclaration') yield* evaluateStatementSteps(init, context);
    else if (init) yield* evaluateSteps(init, context);
    return yield* forBody(node, context, labels, []);
  }
  context.env = new Environment(env);
  const names = init.declarations.flatMap(({ id }) => boundNames(id));
  for (const name of names) {
    if (init.kind === 'let') context.env.createMutable(name);
    else context.env.createImmutable(name, true);
  }
  const completion = yield* withDisposal(context, function* () {
    yield* evaluateStatementSteps(init, context);
    return yield* forBody(node, context, labels, init.kind === 'let' && containsClosure(node) ? names : []);
  });
  context.env = env;
  return completion;
}

/** ForBodyEvaluation (ECMA-262 §14.7.4.3) */
function* forBody(node: TSESTree.ForStatement, context: ExecutionContext, labels: readonly string[], perIteration: readonly string[]): Steps<StatementResult> {
  createPerIterationEnvironment(context, perIteration);
  const watch = watchLoop(node, context);
  for (let rounds = 0; ; rounds++) {
    watch();
    if (node.test && !loopTest(yield* evaluateSteps(node.test, context), rounds)) return undefined;
    const completion = yield* body(node.body, context);
    if (!loopContinues(completion, labels)) return loopResult(completion);
    createPerIterationEnvironment(context, perIteration);
    if (node.update) yield* evaluateSteps(node.update, context);
    else surroundingAgent.count();
  }
}

/** CreatePerIterationEnvironment (ECMA-262 §14.7.4.4) */
function createPerIterationEnvironment(context: ExecutionContext, names: readonly string[]): void {
  if (names.length === 0) return;
  const last = context.env;
  const next = new Environment(last.outer);
  for (const name of names) {
    next.createMutable(name);
    next.initialize(name, last.getValue(name));
  }
  context.env = next;
}

/** ForIn/OfHeadEvaluation (ECMA-262 §14.7.5.6): the names of the head are in their dead zone meanwhile. */
function* evaluateHead(node: TSESTree.ForOfStatement | TSESTree.ForInStatement, context: ExecutionContext): Steps {
  const { env } = context;
  if (node.left.type === 'VariableDeclaration' && node.left.kind !== 'var') {
    context.env = new Environment(env);
    for (const { id } of node.left.declarations) for (const name of boundNames(id)) context.env.createMutable(name);
  }
  const value = yield* evaluateSteps(node.right, context);
  context.env = env;
  return value;
}

export function* evaluateForOf(node: TSESTree.ForOfStatement, context: ExecutionContext, labels: readonly string[]): Steps<StatementResult> {
  const value = yield* evaluateHead(node, context);
  context.node = node.right;
  if (value instanceof UnknownValue) return yield* forUnknown(node, value, context, labels);
  const iterator = getIterator(value, node.await ? 'async' : 'sync', node.right);
  const { env } = context;
  for (;;) {
    let next: Value | typeof iterationDone;
    if (node.await) {
      context.node = node;
      next = yield* asyncIteratorStep(iterator);
    } else next = iteratorStepValue(iterator);
    if (next === iterationDone) return undefined;
    surroundingAgent.count();
    let completion: StatementResult;
    try {
      completion = yield* iteration(node, next as Value, context);
    } catch (error) {
      context.env = env;
      if (error instanceof ProgramError || error instanceof ReturnCompletion) yield* closeIterator(iterator, node.await, error);
      throw error;
    }
    context.env = env;
    if (!loopContinues(completion, labels)) {
      yield* closeIterator(iterator, node.await, undefined);
      return loopResult(completion);
    }
  }
}

/** IteratorClose and AsyncIteratorClose (ECMA-262 §7.4.11, §7.4.13) */
function* closeIterator(iterator: IteratorRecord, isAsync: boolean, failure: unknown): Steps<void> {
  if (!isAsync) {
    iteratorClose(iterator, failure);
    return;
  }
  try {
    const method = getMethod(iterator.iterator, 'return');
    if (method === undefined) return;
    const result = yield* await_(call(method, iterator.iterator, []));
    if (!(result instanceof ObjectValue) && !(failure instanceof ProgramError)) throwError('TypeError', `Iterator result ${String(result)} is not an object`);
  } catch (error) {
    if (!(failure instanceof ProgramError && error instanceof ProgramError)) throw error;
  }
}

function* iteration(node: TSESTree.ForOfStatement | TSESTree.ForInStatement, value: Value, context: ExecutionContext): Steps<StatementResult> {
  const { left } = node;
  if (left.type !== 'VariableDeclaration') {
    yield* bindPattern(left, value, context, 'assign');
    return yield* body(node.body, context);
  }
  const { id } = left.declarations[0]!;
  if (left.kind === 'var') {
    yield* bindPattern(id, value, context, 'assign');
    return yield* body(node.body, context);
  }
  context.env = new Environment(context.env);
  for (const name of boundNames(id)) {
    if (left.kind === 'let') context.env.createMutable(name);
    else context.env.createImmutable(name, true);
  }
  return yield* withDisposal(context, function* () {
    const { kind } = left;
    if (kind === 'using' || kind === 'await using') registerResource(value, kind, context);
    yield* bindPattern(id, value, context, 'initialize');
    return yield* body(node.body, context);
  });
}

/** A loop over an unknown collection: none, one or more rounds are choices. */
function* forUnknown(node: TSESTree.ForOfStatement | TSESTree.ForInStatement, collection: UnknownValue, context: ExecutionContext, labels: readonly string[]): Steps<StatementResult> {
  const { env } = context;
  const inRole = surroundingAgent.withoutProgram;
  const rounds = inRole ? 0 : surroundingAgent.choose(`how many elements ${collection.origin} has`, ['one', 'none', 'two']);
  if (inRole) surroundingAgent.incompleteText(assumptions.oneElement);
  else surroundingAgent.incomplete(`a loop over ${collection.origin}, whose length is unknown`);
  for (let round = 0; round < [1, 0, 2][rounds]!; round++) {
    if (node.type === 'ForOfStatement' && node.await) yield* await_(undefined);
    const completion = yield* iteration(node, new UnknownValue(`an element of ${collection.origin}`), context);
    context.env = env;
    if (!loopContinues(completion, labels)) return loopResult(completion);
  }
  return undefined;
}

/** EnumerateObjectProperties (ECMA-262 §14.7.5.9) */
export function* evaluateForIn(node: TSESTree.ForInStatement, context: ExecutionContext, labels: readonly string[]): Steps<StatementResult> {
  const value = yield* evaluateHead(node, context);
  if (value === undefined || value === null) return undefined;
  if (value instanceof UnknownValue) return yield* forUnknown(node, value, context, labels);
  const { env } = context;
  const visited = new Set<string>();
  for (let object: ObjectValue | null = toObject(value); object !== null; object = object.getPrototypeOf()) {
    for (const key of object.ownPropertyKeys()) {
      if (typeof key === 'symbol' || visited.has(key)) continue;
      const own = object.getOwnProperty(key);
      if (!own) continue;
      visited.add(key);
      if (!own.enumerable) continue;
      surroundingAgent.count();
      const completion = yield* iteration(node, key, context);
      context.env = env;
      if (!loopContinues(completion, labels)) return loopResult(completion);
    }
  }
  return undefined;
}
