import { nameUnknown } from '../abstract-operations/outside-code.ts';
import type { TSESTree } from '../../syntax/source-file.ts';
import { surroundingAgent, throwError, type ExecutionContext } from '../agent.ts';
import { Environment, FunctionEnvironment } from '../environment-records.ts';
import { ProgramError } from '../event-loop/engine.ts';
import { ArgumentsObject } from '../exotic-objects.ts';
import { ECMAScriptFunction, isConstructor, type FunctionNode } from '../function-objects.ts';
import { ObjectValue, UnknownValue, type PropertyKey, type Value } from '../values.ts';
import { construct, getPrototypeFromConstructor, hostError, ordinaryObjectCreate, set, throwStackOverflow, createArrayFromList } from '../abstract-operations/operations-on-objects.ts';
import { toObject } from '../abstract-operations/type-conversion.ts';
import { asyncFunctionStart } from '../abstract-operations/async-function-operations.ts';
import { createAsyncGenerator } from '../abstract-operations/async-generator-operations.ts';
import { createGenerator } from '../abstract-operations/generator-operations.ts';
import { initializeInstanceElements } from './classes.ts';
import { drive, ReturnCompletion, type Steps } from './coroutine.ts';
import { evaluate, evaluateSteps } from './expressions.ts';
import { bindPattern } from './assignment.ts';
import { evaluateStatementList, instantiateBlock } from './statements.ts';
import { blockFacts, functionFacts } from './static-semantics.ts';

/** SetFunctionName (ECMA-262 §10.2.9) */
export function setFunctionName(fn: ObjectValue, name: PropertyKey, prefix?: string): void {
  const text = typeof name === 'symbol' ? (name.description === undefined ? '' : `[${name.description}]`) : name;
  fn.properties.set('name', { value: prefix ? `${prefix} ${text}` : text, writable: false, enumerable: false, configurable: true });
}

/** InstantiateFunctionObject and its siblings for expressions, arrows and methods (ECMA-262 §15). */
export function instantiateFunction(node: FunctionNode, context: ExecutionContext, name: PropertyKey, kind: 'normal' | 'method' = 'normal', prefix?: 'get' | 'set'): ECMAScriptFunction {
  const { intrinsics } = surroundingAgent;
  const facts = functionFacts(node);
  const strict = context.strict || facts.strictDirective;
  const prototype = intrinsics.get(node.async ? (node.generator ? '%AsyncGeneratorFunction.prototype%' : '%AsyncFunction.prototype%') : node.generator ? '%GeneratorFunction.prototype%' : '%Function.prototype%');
  let { env } = context;
  // A named function expression sees itself in a scope of its own.
  const ownName = node.type === 'FunctionExpression' && node.id && kind === 'normal' ? node.id.name : null;
  if (ownName !== null) {
    env = new Environment(env);
    env.createImmutable(ownName, false);
  }
  const arrow = node.type === 'ArrowFunctionExpression';
  const fn = new ECMAScriptFunction(prototype, node, env, context.privateEnv, context.unit!, strict, arrow ? 'arrow' : kind, node);
  fn.properties.set('length', { value: facts.length, writable: false, enumerable: false, configurable: true });
  setFunctionName(fn, ownName ?? (node.type === 'FunctionDeclaration' && node.id ? node.id.name : name), prefix);
  if (ownName !== null) env.initialize(ownName, fn);
  if (node.generator) {
    fn.properties.set('prototype', { value: new ObjectValue(intrinsics.get(node.async ? '%AsyncGeneratorPrototype%' : '%GeneratorPrototype%')), writable: true, enumerable: false, configurable: false });
  } else if (!arrow && kind === 'normal' && !node.async) makeConstructor(fn);
  return fn;
}

/** MakeConstructor (ECMA-262 §10.2.5) */
function makeConstructor(fn: ECMAScriptFunction): void {
  fn.constructorKind = 'base';
  const prototype = ordinaryObjectCreate();
  prototype.properties.set('constructor', { value: fn, writable: true, enumerable: false, configurable: true });
  fn.properties.set('prototype', { value: prototype, writable: true, enumerable: false, configurable: false });
}

/** PrepareForOrdinaryCall (ECMA-262 §10.2.1.1) */
function prepareForOrdinaryCall(fn: ECMAScriptFunction, newTarget: Value): ExecutionContext & { env: FunctionEnvironment } {
  const env = new FunctionEnvironment(fn.environment, fn, newTarget);
  const { node } = fn;
  return {
    fn, unit: fn.unit, strict: fn.strict, env, varEnv: env, privateEnv: fn.privateEnvironment, node: fn.place,
    coroutine: !node ? null : node.async ? (node.generator ? 'asyncGenerator' : 'async') : node.generator ? 'generator' : null,
  };
}

/** OrdinaryCallBindThis (ECMA-262 §10.2.1.2) */
function ordinaryCallBindThis(fn: ECMAScriptFunction, env: FunctionEnvironment, self: Value): void {
  if (fn.functionKind === 'arrow') return;
  env.thisStatus = 'initialized';
  env.thisValue = fn.strict ? self : self === undefined || self === null ? surroundingAgent.globalObject : self instanceof ObjectValue || self instanceof UnknownValue ? self : toObject(self);
}

function enter<T>(context: ExecutionContext, run: () => T): T {
  const { contexts, options } = surroundingAgent;
  if (contexts.length >= options.budget.depth) throwStackOverflow();
  const depth = contexts.length;
  contexts.push(context);
  try {
    return run();
  } catch (error) {
    throw error instanceof ProgramError ? error : hostError(error);
  } finally {
    contexts.length = depth;
  }
}

/** [[Call]] of an ECMAScript function (ECMA-262 §10.2.1). */
export function callECMAScriptFunction(fn: ECMAScriptFunction, self: Value, args: readonly Value[]): Value {
  if (fn.isClassConstructor) {
    const name = String(fn.properties.get('name')?.value ?? '');
    throwError('TypeError', name === '' ? "Class constructors cannot be invoked without 'new'" : `Class constructor ${name} cannot be invoked without 'new'`);
  }
  fn.checkArguments?.(args);
  const context = prepareForOrdinaryCall(fn, undefined);
  ordinaryCallBindThis(fn, context.env, self);
  return enter(context, () => evaluateBody(fn, args, context));
}

/** EvaluateBody (ECMA-262 §10.2.1.3) */
function evaluateBody(fn: ECMAScriptFunction, args: readonly Value[], context: ExecutionContext): Value {
  const node = fn.node!;
  if (context.coroutine === null) {
    functionDeclarationInstantiation(fn, args, context);
    if (node.body.type !== 'BlockStatement') return evaluate(node.body, context);
    return drive(evaluateFunctionBody(node, context));
  }
  if (context.coroutine === 'async') return asyncFunctionStart(fn, context, bodyWithParameters(fn, args, context));
  functionDeclarationInstantiation(fn, args, context);
  return context.coroutine === 'generator'
    ? createGenerator(getPrototypeFromConstructor(fn, '%GeneratorPrototype%'), context, evaluateFunctionBody(node, context))
    : createAsyncGenerator(getPrototypeFromConstructor(fn, '%AsyncGeneratorPrototype%'), context, evaluateFunctionBody(node, context));
}

/** An async body: what goes wrong with the parameters rejects its promise too. */
function* bodyWithParameters(fn: ECMAScriptFunction, args: readonly Value[], context: ExecutionContext): Steps {
  functionDeclarationInstantiation(fn, args, context);
  return yield* evaluateFunctionBody(fn.node!, context);
}

function* evaluateFunctionBody(node: FunctionNode, context: ExecutionContext): Steps {
  try {
    if (node.body.type !== 'BlockStatement') return yield* evaluateSteps(node.body, context);
    const completion = yield* evaluateStatementList(node.body, node.body.body, context);
    return completion?.type === 'return' ? completion.value : undefined;
  } catch (error) {
    if (error instanceof ReturnCompletion) return error.value;
    throw error;
  }
}

/** [[Construct]] of an ECMAScript function (ECMA-262 §10.2.2). */
export function constructECMAScriptFunction(fn: ECMAScriptFunction, args: readonly Value[], newTarget: ObjectValue): ObjectValue {
  // 3. If kind is base, then let thisArgument be ? OrdinaryCreateFromConstructor(newTarget, "%Object.prototype%").
  const self = fn.constructorKind === 'base' ? new ObjectValue(getPrototypeFromConstructor(newTarget, '%Object.prototype%')) : null;
  fn.checkArguments?.(args);
  const context = prepareForOrdinaryCall(fn, newTarget);
  const { env } = context;
  return enter(context, () => {
    if (self) {
      env.thisStatus = 'initialized';
      env.thisValue = self;
      // 6.b. Let initializeResult be InitializeInstanceElements(thisArgument, F).
      initializeInstanceElements(self, fn);
    } else env.thisStatus = 'uninitialized';
    const result = fn.node ? evaluateConstructorBody(fn, args, context) : defaultConstructor(fn, args, env);
    // 10. If result is a return completion with an object, return it.
    if (result instanceof ObjectValue) return result;
    if (self) return self;
    if (result !== undefined) throwError('TypeError', 'Derived constructors may only return object or undefined');
    return env.getThisBinding() as ObjectValue;
  });
}

function evaluateConstructorBody(fn: ECMAScriptFunction, args: readonly Value[], context: ExecutionContext): Value {
  functionDeclarationInstantiation(fn, args, context);
  const node = fn.node!;
  const { parameterProperties } = functionFacts(node);
  if (parameterProperties.length > 0 && fn.constructorKind === 'base') assignParameterProperties(parameterProperties, context);
  return drive(evaluateFunctionBody(node, context));
}

/** TypeScript's parameter properties: `constructor(private x)` sets `this.x` when `this` is there. */
export function assignParameterProperties(names: readonly string[], context: ExecutionContext): void {
  const env = context.varEnv as FunctionEnvironment;
  for (const name of names) set(env.getThisBinding() as ObjectValue, name, env.getValue(name));
}

/** The default constructor of a class (ECMA-262 §15.7.14, step 14). */
function defaultConstructor(fn: ECMAScriptFunction, args: readonly Value[], env: FunctionEnvironment): Value {
  if (fn.constructorKind === 'base') return undefined;
  const parent = fn.getPrototypeOf();
  const result = constructParent(parent, args, env.newTarget as ObjectValue);
  env.bindThisValue(result);
  initializeInstanceElements(result, fn);
  return result;
}

function constructParent(parent: ObjectValue | null, args: readonly Value[], newTarget: ObjectValue): ObjectValue {
  if (!isConstructor(parent)) throwError('TypeError', 'Super constructor is not a constructor');
  return construct(parent, args, newTarget);
}

/** FunctionDeclarationInstantiation (ECMA-262 §10.2.11); parameters and body share one scope. */
function functionDeclarationInstantiation(fn: ECMAScriptFunction, args: readonly Value[], context: ExecutionContext): void {
  const node = fn.node!;
  const facts = functionFacts(node);
  const { env } = context;
  if (facts.usesArguments && !facts.parameterNames.includes('arguments')) env.createVar('arguments', createArgumentsObject(args));
  if (facts.simpleParameters) {
    const names = facts.simpleParameters;
    for (let i = 0; i < names.length; i++) {
      if (args[i] instanceof UnknownValue) nameUnknown(args[i], names[i]!);
      env.createVar(names[i]!, args[i]);
    }
    if (facts.usesArguments && !fn.strict && !facts.parameterNames.includes('arguments')) mapArguments(env, names, args.length);
  } else {
    for (const name of facts.parameterNames) env.createMutable(name);
    for (const [index, parameter] of facts.parameters.entries()) {
      if (parameter.type === 'RestElement') drive(bindPattern(parameter.argument, createArrayFromList(args.slice(index)), context, 'parameter'));
      else drive(bindPattern(parameter, args[index], context, 'parameter'));
    }
  }
  for (const name of facts.varNames) if (!env.has(name)) env.createVar(name, undefined);
  if (node.body.type === 'BlockStatement') instantiateBlock(blockFacts(node.body, node.body.body), context);
}

/** The rest of CreateMappedArgumentsObject (ECMA-262 §10.4.4.7): elements and parameters are one. */
function mapArguments(env: Environment, names: readonly string[], given: number): void {
  const object = env.getValue('arguments') as ArgumentsObject;
  object.map = new Map();
  // Of two parameters with one name the last is mapped.
  names.forEach((name, index) => {
    if (index < given && names.lastIndexOf(name) === index) object.map!.set(String(index), env.bindings.get(name)!);
  });
}

/** CreateUnmappedArgumentsObject (ECMA-262 §10.4.4.6) */
function createArgumentsObject(args: readonly Value[]): ArgumentsObject {
  const { intrinsics } = surroundingAgent;
  const object = new ArgumentsObject(intrinsics.get('%Object.prototype%'));
  args.forEach((value, index) => object.properties.set(String(index), { value, writable: true, enumerable: true, configurable: true }));
  object.properties.set('length', { value: args.length, writable: true, enumerable: false, configurable: true });
  object.properties.set(Symbol.iterator, { value: intrinsics.get('%Array.prototype.values%'), writable: true, enumerable: false, configurable: true });
  return object;
}

/** Runs code with `this` bound as in a method: field initializers, static blocks. */
export function evaluateAsMethod<T>(fn: ECMAScriptFunction, self: ObjectValue, context: Pick<ExecutionContext, 'env' | 'privateEnv'>, place: TSESTree.Node, run: (context: ExecutionContext) => T): T {
  const env = new FunctionEnvironment(context.env, fn, undefined);
  env.thisStatus = 'initialized';
  env.thisValue = self;
  const inner: ExecutionContext = { fn, unit: fn.unit, strict: true, env, varEnv: env, privateEnv: context.privateEnv, node: place, coroutine: null };
  return enter(inner, () => run(inner));
}
