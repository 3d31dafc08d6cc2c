import { nameUnknown } from '../abstract-operations/outside-code.ts';
import { noteStall } from '../abstract-operations/step-actions.ts';
import type { TSESTree } from '../../syntax/source-file.ts';
import { locationOf, surroundingAgent, type ExecutionContext } from '../agent.ts';
import { Environment, ObjectEnvironment } from '../environment-records.ts';
import { ProgramError } from '../event-loop/engine.ts';
import { UnknownValue, type Value } from '../values.ts';
import { toBoolean, toObject } from '../abstract-operations/type-conversion.ts';
import { decideTruthiness } from '../abstract-operations/unknown-values.ts';
import { createDisposableResource, disposeResources, type DisposableResource } from '../abstract-operations/disposal.ts';
import { evaluateClass } from './classes.ts';
import { await_, drive, ReturnCompletion, type Completion, type Steps } from './coroutine.ts';
import { bindPattern } from './assignment.ts';
import { evaluate, evaluateNamed, evaluateNamedSteps, evaluateSteps, putIdentifier } from './expressions.ts';
import { instantiateFunction } from './functions.ts';
import { evaluateFor, evaluateForIn, evaluateForOf, evaluateWhile, evaluateDoWhile } from './iteration-statements.ts';
import { isStrictlyEqual } from './operators.ts';
import { blockFacts, boundNames, suspends, type BlockFacts } from './static-semantics.ts';
import { evaluateEnum, evaluateNamespace } from './typescript-declarations.ts';

type Node = TSESTree.Node;
export type StatementResult = Completion | undefined;

/** Resources of `using` declarations of the scope (DisposeCapability, ECMA-262 §9.5). */
const disposeCapabilities = new WeakMap<Environment, DisposableResource[]>();

export function addDisposableResource(env: Environment, resource: DisposableResource): void {
  const list = disposeCapabilities.get(env);
  if (list) list.push(resource);
  else disposeCapabilities.set(env, [resource]);
}

/** BlockDeclarationInstantiation (ECMA-262 §14.2.3): functions are initialized at once. */
export function instantiateBlock(facts: BlockFacts, context: ExecutionContext): void {
  const { env } = context;
  for (const { name, constant } of facts.lexical) {
    if (constant) env.createImmutable(name, true);
    else env.createMutable(name);
  }
  for (const node of facts.functions) {
    const fn = instantiateFunction(node, context, node.id.name);
    env.createVar(node.id.name, fn);
  }
}

/** Evaluation of a statement that meets no await and no yield. */
export function evaluateStatement(node: Node, context: ExecutionContext, labels?: readonly string[]): StatementResult {
  surroundingAgent.count();
  if (!context.unit?.internal) surroundingAgent.reach.begun.add(node);
  switch (node.type) {
    case 'ExpressionStatement':
      evaluate(node.expression, context);
      return undefined;
    case 'ReturnStatement': {
      const value = node.argument ? evaluate(node.argument, context) : undefined;
      noteReturn(node, context);
      return { type: 'return', label: undefined, value };
    }
    case 'IfStatement':
      if (surroundingAgent.withoutProgram ? drive(evaluateTest(node, context)) : ifTest(node, evaluate(node.test, context))) return evaluateStatement(node.consequent, context);
      return node.alternate ? evaluateStatement(node.alternate, context) : undefined;
    case 'VariableDeclaration': {
      if (node.kind === 'using' || node.kind === 'await using' || node.declarations.some(({ id }) => id.type !== 'Identifier')) break;
      if (node.declare) return undefined;
      for (const { id, init } of node.declarations) {
        const { name } = id as TSESTree.Identifier;
        const value = init ? evaluateNamed(init, context, name) : undefined;
        if (value instanceof UnknownValue) nameUnknown(value, name);
        if (node.kind === 'var') {
          if (init) putIdentifier(name, value, context);
        } else context.env.initialize(name, value);
      }
      return undefined;
    }
    case 'BlockStatement': {
      const facts = blockFacts(node, node.body);
      if (facts.lexical.length > 0 || facts.functions.length > 0) break;
      for (const statement of node.body) {
        const completion = evaluateStatement(statement, context);
        if (completion) return completion;
      }
      return undefined;
    }
  }
  return drive(evaluateStatementInSteps(node, context, labels));
}

/** Evaluation of a statement that may stop. */
export function* evaluateStatementSteps(node: Node, context: ExecutionContext, labels?: readonly string[]): Steps<StatementResult> {
  if (!suspends(node)) return evaluateStatement(node, context, labels);
  surroundingAgent.count();
  if (!context.unit?.internal) surroundingAgent.reach.begun.add(node);
  return yield* evaluateStatementInSteps(node, context, labels);
}

function* evaluateStatementInSteps(node: Node, context: ExecutionContext, labels: readonly string[] = []): Steps<StatementResult> {
  switch (node.type) {
    case 'ExpressionStatement':
      yield* evaluateSteps(node.expression, context);
      return undefined;
    case 'VariableDeclaration': return yield* evaluateVariableDeclaration(node, context);
    case 'ReturnStatement': {
      let value = node.argument ? yield* evaluateSteps(node.argument, context) : undefined;
      // ECMA-262 §14.10.1 step 3: an async generator awaits what it returns.
      if (context.coroutine === 'asyncGenerator' && node.argument) value = yield* await_(value);
      noteReturn(node, context);
      return { type: 'return', label: undefined, value };
    }
    case 'IfStatement':
      if (yield* evaluateTest(node, context)) return yield* evaluateStatementSteps(node.consequent, context);
      return node.alternate ? yield* evaluateStatementSteps(node.alternate, context) : undefined;
    case 'BlockStatement': return yield* evaluateBlock(node, node.body, context);
    case 'ForStatement':
      if (surroundingAgent.stalls !== null) noteStall(node, context);
      return yield* evaluateFor(node, context, labels);
    case 'ForOfStatement':
      if (surroundingAgent.stalls !== null) noteStall(node, context);
      return yield* evaluateForOf(node, context, labels);
    case 'ForInStatement': return yield* evaluateForIn(node, context, labels);
    case 'WhileStatement':
      if (surroundingAgent.stalls !== null) noteStall(node, context);
      return yield* evaluateWhile(node, context, labels);
    case 'DoWhileStatement': return yield* evaluateDoWhile(node, context, labels);
    case 'BreakStatement': return { type: 'break', label: node.label?.name, value: undefined };
    case 'ContinueStatement': return { type: 'continue', label: node.label?.name, value: undefined };
    case 'ThrowStatement': {
      const value = yield* evaluateSteps(node.argument, context);
      context.node = node;
      if (surroundingAgent.entryFunction !== undefined && context.unit && !context.unit.internal) surroundingAgent.endedAt = locationOf(context.unit, node);
      throw new ProgramError(value);
    }
    case 'TryStatement': return yield* evaluateTry(node, context);
    case 'SwitchStatement': return yield* evaluateSwitch(node, context);
    case 'LabeledStatement': {
      const completion = yield* evaluateStatementSteps(node.body, context, [...labels, node.label.name]);
      return completion?.type === 'break' && completion.label === node.label.name ? undefined : completion;
    }
    case 'WithStatement': {
      const object = toObject(yield* evaluateSteps(node.object, context));
      const { env } = context;
      context.env = new ObjectEnvironment(env, object, true);
      try {
        return yield* evaluateStatementSteps(node.body, context);
      } finally {
        context.env = env;
      }
    }
    case 'ClassDeclaration': {
      if (node.declare) return undefined;
      const constructor = yield* evaluateClass(node, context, node.id?.name ?? 'default');
      if (node.id) context.env.initialize(node.id.name, constructor);
      return undefined;
    }
    case 'FunctionDeclaration':
      copyToVarScope(node, context);
      return undefined;
    case 'TSEnumDeclaration':
      if (!node.declare) evaluateEnum(node, context);
      return undefined;
    case 'TSModuleDeclaration':
      if (!node.declare) yield* evaluateNamespace(node, context);
      return undefined;
    case 'EmptyStatement':
    case 'DebuggerStatement':
    case 'TSInterfaceDeclaration':
    case 'TSTypeAliasDeclaration':
    case 'TSDeclareFunction':
    case 'ImportDeclaration':
    case 'ExportAllDeclaration':
      return undefined;
    case 'ExportNamedDeclaration': return node.declaration ? yield* evaluateStatementSteps(node.declaration, context) : undefined;
    default:
      context.node = node;
      surroundingAgent.incomplete(`${node.type} is not modelled`);
      return undefined;
  }
}

/** Annex B.3.3: a function in a block of sloppy code is also a var of its function. */
function copyToVarScope(node: TSESTree.FunctionDeclaration, context: ExecutionContext): void {
  if (context.strict || !node.id || node.async || node.generator || context.env === context.varEnv) return;
  const { name } = node.id;
  if (context.varEnv.has(name)) context.varEnv.setValue(name, context.env.getValue(name), false);
}

function* evaluateVariableDeclaration(node: TSESTree.VariableDeclaration, context: ExecutionContext): Steps<StatementResult> {
  if (node.declare) return undefined;
  for (const { id, init } of node.declarations) {
    if (id.type !== 'Identifier') {
      const value = yield* evaluateSteps(init!, context);
      yield* bindPattern(id, value, context, node.kind === 'var' ? 'assign' : 'initialize', init);
      continue;
    }
    if (!init) {
      if (node.kind !== 'var') context.env.initialize(id.name, undefined);
      continue;
    }
    const value = yield* evaluateNamedSteps(init, context, id.name);
    if (value instanceof UnknownValue) nameUnknown(value, id.name);
    if (node.kind === 'var') putIdentifier(id.name, value, context);
    else {
      if (node.kind === 'using' || node.kind === 'await using') registerResource(value, node.kind, context);
      context.env.initialize(id.name, value);
    }
  }
  return undefined;
}

export function registerResource(value: Value, kind: 'using' | 'await using', context: ExecutionContext): void {
  const resource = createDisposableResource(value, kind === 'using' ? 'sync' : 'async');
  if (resource) addDisposableResource(context.env, resource);
}

export function* evaluateBlock(owner: Node, body: readonly Node[], context: ExecutionContext): Steps<StatementResult> {
  const facts = blockFacts(owner, body);
  if (facts.lexical.length === 0 && facts.functions.length === 0) return yield* statements(body, context);
  const { env } = context;
  context.env = new Environment(env);
  instantiateBlock(facts, context);
  const completion = yield* withDisposal(context, () => statements(body, context));
  context.env = env;
  return completion;
}

/** The statements of a function body, script or module, whose scope is there already. */
export function* evaluateStatementList(owner: Node, body: readonly Node[], context: ExecutionContext): Steps<StatementResult> {
  if (owner.type === 'StaticBlock') instantiateBlock(blockFacts(owner, body), context);
  return yield* withDisposal(context, () => statements(body, context));
}

function* statements(body: readonly Node[], context: ExecutionContext): Steps<StatementResult> {
  for (const statement of body) {
    const completion = suspends(statement) ? yield* evaluateStatementSteps(statement, context) : evaluateStatement(statement, context);
    if (completion) return completion;
  }
  return undefined;
}

/** Runs the body, then disposes of what `using` declared in the current scope (ECMA-262 DisposeResources). */
export function* withDisposal(context: ExecutionContext, body: () => Steps<StatementResult>): Steps<StatementResult> {
  const { env } = context;
  let completion: StatementResult;
  let failure: ProgramError | null = null;
  try {
    completion = yield* body();
  } catch (error) {
    context.env = env;
    if (!disposeCapabilities.has(env)) throw error;
    if (error instanceof ReturnCompletion) completion = { type: 'return', label: undefined, value: error.value };
    else if (error instanceof ProgramError) failure = error;
    else throw error;
  }
  const resources = disposeCapabilities.get(env);
  if (!resources) return completion;
  disposeCapabilities.delete(env);
  failure = yield* disposeResources(resources, failure);
  if (failure) throw failure;
  return completion;
}

/** TryStatement (ECMA-262 §14.15.3); the machine's own ends (budget, process.exit) pass through. */
function* evaluateTry(node: TSESTree.TryStatement, context: ExecutionContext): Steps<StatementResult> {
  const { env } = context;
  const { contexts } = surroundingAgent;
  const depth = contexts.length;
  let completion: StatementResult;
  let failure: ProgramError | null = null;
  try {
    completion = yield* evaluateBlock(node.block, node.block.body, context);
  } catch (error) {
    context.env = env;
    if (!(error instanceof ProgramError) && !(error instanceof ReturnCompletion)) throw error;
    contexts.length = Math.min(contexts.length, depth);
    if (error instanceof ReturnCompletion) completion = { type: 'return', label: undefined, value: error.value };
    else failure = error;
  }
  if (failure && node.handler) {
    const thrown = failure.value as Value;
    failure = null;
    // An error that is caught ends nothing.
    surroundingAgent.endedAt = null;
    try {
      completion = yield* evaluateCatch(node.handler, thrown, context);
    } catch (error) {
      context.env = env;
      if (!(error instanceof ProgramError) && !(error instanceof ReturnCompletion)) throw error;
      if (error instanceof ReturnCompletion) completion = { type: 'return', label: undefined, value: error.value };
      else failure = error;
    }
  }
  if (node.finalizer) {
    const last = yield* evaluateBlock(node.finalizer, node.finalizer.body, context);
    if (last) return last;
  }
  if (failure) throw failure;
  return completion;
}

function* evaluateCatch(handler: TSESTree.CatchClause, thrown: Value, context: ExecutionContext): Steps<StatementResult> {
  const { env } = context;
  if (handler.param) {
    context.env = new Environment(env);
    for (const name of boundNames(handler.param)) context.env.createMutable(name);
    yield* bindPattern(handler.param, thrown, context, 'initialize');
  }
  const completion = yield* evaluateBlock(handler.body, handler.body.body, context);
  context.env = env;
  return completion;
}

/** SwitchStatement (ECMA-262 §14.12.4) */
function* evaluateSwitch(node: TSESTree.SwitchStatement, context: ExecutionContext): Steps<StatementResult> {
  const value = yield* evaluateSteps(node.discriminant, context);
  const { env } = context;
  context.env = new Environment(env);
  instantiateBlock(blockFacts(node, node.cases.flatMap(clause => clause.consequent)), context);
  const completion = yield* withDisposal(context, function* () {
    let start = -1;
    for (const [index, clause] of node.cases.entries()) {
      if (!clause.test) continue;
      const test = yield* evaluateSteps(clause.test, context);
      if (selects(value, test)) {
        start = index;
        break;
      }
    }
    if (start < 0) start = node.cases.findIndex(clause => !clause.test);
    if (start < 0) return undefined;
    for (const clause of node.cases.slice(start)) {
      const result = yield* statements(clause.consequent, context);
      if (result) return result;
    }
    return undefined;
  });
  context.env = env;
  return completion?.type === 'break' && completion.label === undefined ? undefined : completion;
}

function selects(value: Value, test: Value): boolean {
  if (value instanceof UnknownValue || test instanceof UnknownValue) {
    const unknown = (value instanceof UnknownValue ? value : test) as UnknownValue;
    return surroundingAgent.choose(`which case ${unknown.origin} selects`, ['not this one', 'this one']) === 1;
  }
  return isStrictlyEqual(value, test);
}

/** The test of an `if`. Where it is open whether a guard leaves the function, it is likelier that it does not. */
function* evaluateTest(node: TSESTree.IfStatement, context: ExecutionContext): Steps<boolean> {
  if (surroundingAgent.withoutProgram && !node.alternate && leaves(node.consequent)) return yield* evaluateExpecting(false, node.test, context);
  return ifTest(node, yield* evaluateSteps(node.test, context));
}

/** Leaving a loop by a clock reading is waiting, as in the test of the loop: no decision. */
function ifTest({ consequent }: TSESTree.IfStatement, value: Value): boolean {
  const [first] = consequent.type === 'BlockStatement' ? consequent.body : [consequent];
  return value instanceof UnknownValue && typeof value.likely === 'boolean' && first?.type === 'BreakStatement' ? value.likely : toBoolean(value);
}

function* evaluateExpecting(expected: boolean, node: TSESTree.Expression, context: ExecutionContext): Steps<boolean> {
  if (node.type === 'UnaryExpression' && node.operator === '!') return !(yield* evaluateExpecting(!expected, node.argument, context));
  if (node.type === 'LogicalExpression' && node.operator !== '??') {
    const left = yield* evaluateExpecting(expected, node.left, context);
    return left === (node.operator === '||') ? left : yield* evaluateExpecting(expected, node.right, context);
  }
  const value = yield* evaluateSteps(node, context);
  return value instanceof UnknownValue ? decideTruthiness(value, expected) : toBoolean(value);
}

function leaves(node: TSESTree.Statement): boolean {
  if (node.type === 'BlockStatement') return node.body.length > 0 && leaves(node.body.at(-1)!);
  return node.type === 'ReturnStatement' || node.type === 'ThrowStatement' || node.type === 'ContinueStatement' || node.type === 'BreakStatement';
}

/** Remembers where an explained function returned. */
function noteReturn(node: Node, context: ExecutionContext): void {
  if (context.fn !== null && context.fn === surroundingAgent.entryFunction) surroundingAgent.endedAt = locationOf(context.unit!, node);
}
