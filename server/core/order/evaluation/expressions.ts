import { ProgramError } from '../event-loop/engine.ts';
import type { TSESTree } from '../../syntax/source-file.ts';
import { surroundingAgent, throwError, type ExecutionContext } from '../agent.ts';
import { FunctionEnvironment, getThisEnvironment } from '../environment-records.ts';
import { BuiltinFunction, ECMAScriptFunction, isCallable, isConstructor } from '../function-objects.ts';
import { inexactMark, ArrayObject, hole, ObjectValue, UnknownValue, type PropertyKey, type Value } from '../values.ts';
import { call, construct, copyDataProperties, createArrayFromList, createDataPropertyOrThrow, getV, definePropertyOrThrow, hasEffects, ordinaryObjectCreate, setIntegrityLevel } from '../abstract-operations/operations-on-objects.ts';
import { openObject } from '../abstract-operations/start-up.ts';
import { PromiseObject } from '../abstract-operations/promise-operations.ts';
import { noteNodeCall, noteStall } from '../abstract-operations/step-actions.ts';
import { toBoolean, toObject, toPropertyKey, toString } from '../abstract-operations/type-conversion.ts';
import { describeValue, printCallee } from '../abstract-operations/messages.ts';
import { getIterator, iteratorStepValue, iterationDone } from '../abstract-operations/iterator-operations.ts';
import { assumptions, nameUnknown } from '../abstract-operations/outside-code.ts';
import { UnknownOperand, unknownMember } from '../abstract-operations/unknown-values.ts';
import { evaluateClass, initializeInstanceElements as initializeInstance } from './classes.ts';
import { await_, drive, type Steps } from './coroutine.ts';
import { instantiateFunction } from './functions.ts';
import { evaluateYield } from './generators.ts';
import { applyBinaryOperator, applyUnaryOperator, concatenate, textOf, typeOf } from './operators.ts';
import { evaluateAssignment, evaluateUpdate } from './assignment.ts';
import { privateGet, privateHas } from './private-names.ts';
import { isAnonymousFunctionDefinition, suspends, unwrapExpression } from './static-semantics.ts';
import { createRegExp } from '../intrinsics/regexp.ts';

type Node = TSESTree.Node;

/** What an optional chain yields once it is cut short; only ChainExpression turns it into undefined. */
const shortCircuit = new UnknownValue('a short circuit');

/** Evaluation of an expression that meets no await and no yield. */
export function evaluate(node: Node, context: ExecutionContext): Value {
  surroundingAgent.count();
  switch (node.type) {
    case 'Literal': return evaluateLiteral(node);
    case 'Identifier': return resolveIdentifier(node.name, context);
    case 'ThisExpression': return resolveThisBinding(context);
    case 'MemberExpression': {
      if (node.object.type === 'Super' || node.property.type === 'PrivateIdentifier') break;
      const object = evaluate(node.object, context);
      if (object === shortCircuit || (node.optional && (object === undefined || object === null))) return shortCircuit;
      if (!node.computed) return getMember(object, (node.property as TSESTree.Identifier).name, node, context);
      return getMember(object, evaluate(node.property, context), node, context);
    }
    case 'CallExpression': {
      const { callee } = node;
      if (callee.type === 'Super' || node.arguments.some(isSpread)) break;
      let self: Value = undefined;
      let fn: Value;
      if (callee.type === 'MemberExpression' && callee.object.type !== 'Super' && callee.property.type !== 'PrivateIdentifier') {
        self = evaluate(callee.object, context);
        if (self === shortCircuit || (callee.optional && (self === undefined || self === null))) return shortCircuit;
        fn = getMember(self, callee.computed ? evaluate(callee.property, context) : (callee.property as TSESTree.Identifier).name, callee, context);
      } else if (callee.type === 'Identifier' || callee.type === 'FunctionExpression' || callee.type === 'ArrowFunctionExpression') {
        fn = evaluate(callee, context);
        if (callee.type === 'Identifier') self = withBase(callee.name, context);
      } else break;
      if (node.optional && (fn === undefined || fn === null)) return shortCircuit;
      const args: Value[] = [];
      for (const argument of node.arguments) args.push(evaluate(argument, context));
      return callFunction(node, fn, self, args, context);
    }
    case 'BinaryExpression': {
      if (node.left.type === 'PrivateIdentifier') break;
      const left = evaluate(node.left, context);
      const right = evaluate(node.right, context);
      context.node = node;
      return applyBinaryOperator(node.operator, left, right);
    }
    case 'LogicalExpression': {
      const left = evaluate(node.left, context);
      return skipsRight(node.operator, left) ? left : evaluate(node.right, context);
    }
    case 'ConditionalExpression': return toBoolean(evaluate(node.test, context)) ? evaluate(node.consequent, context) : evaluate(node.alternate, context);
    case 'UnaryExpression':
      if (node.operator === 'typeof' || node.operator === 'delete') break;
      return applyUnaryOperator(node.operator, evaluate(node.argument, context));
    case 'AssignmentExpression': {
      if (node.operator !== '=' || node.left.type !== 'Identifier') break;
      const value = evaluateNamed(node.right, context, node.left.name);
      if (value instanceof UnknownValue) nameUnknown(value, node.left.name);
      putIdentifier(node.left.name, value, context);
      return value;
    }
    case 'ArrowFunctionExpression':
    case 'FunctionExpression': return instantiateFunction(node, context, '');
    case 'ArrayExpression': {
      if (node.elements.some(element => element === null || element.type === 'SpreadElement')) break;
      if (node.elements.length === 0 && surroundingAgent.startingUp > 0) return filledSince('Array');
      const values: Value[] = [];
      for (const element of node.elements) values.push(evaluate(element!, context));
      return createArrayFromList(values);
    }
    case 'TSAsExpression':
    case 'TSNonNullExpression':
    case 'TSSatisfiesExpression':
    case 'TSTypeAssertion':
    case 'TSInstantiationExpression': return evaluate(node.expression, context);
  }
  return drive(evaluateInSteps(node, context));
}

/** Evaluation that may stop. */
export function* evaluateSteps(node: Node, context: ExecutionContext): Steps {
  if (!suspends(node)) return evaluate(node, context);
  surroundingAgent.count();
  return yield* evaluateInSteps(node, context);
}

/** Every production; `evaluate` has shorter ways for the common ones. */
function* evaluateInSteps(node: Node, context: ExecutionContext): Steps {
  switch (node.type) {
    case 'AwaitExpression': {
      const value = yield* evaluateSteps(node.argument, context);
      context.node = node;
      const result = yield* await_(value);
      context.node = node;
      return result;
    }
    case 'YieldExpression': return yield* evaluateYield(node, context);
    case 'MemberExpression': return (yield* evaluateReference(node, context)).value;
    case 'CallExpression': return yield* evaluateCall(node, context);
    case 'NewExpression': {
      const constructor = yield* evaluateSteps(node.callee, context);
      const args = yield* evaluateArguments(node.arguments, context);
      context.node = node;
      if (surroundingAgent.stalls !== null) noteStall(node, context);
      if (constructor instanceof UnknownValue) return new UnknownValue(`new ${constructor.origin}()`, 'object');
      if (surroundingAgent.startingUp > 0) {
        const left = leftByStartUp(constructor, args);
        if (left) return left;
      }
      if (!isConstructor(constructor)) throwError('TypeError', `${printCallee(node.callee)} is not a constructor`);
      if (surroundingAgent.withoutProgram && args.some(isOpen) && node.callee.type === 'Identifier' && /^(?:URL|URLSearchParams|Uint8Array|Date|RegExp)$/.test(node.callee.name)) {
        surroundingAgent.incompleteText(assumptions.validArguments);
        return new UnknownValue(`new ${node.callee.name}()`, 'object');
      }
      return construct(constructor, args);
    }
    case 'BinaryExpression': {
      if (node.left.type === 'PrivateIdentifier') {
        const object = yield* evaluateSteps(node.right, context);
        if (!(object instanceof ObjectValue)) throwError('TypeError', "Cannot use 'in' operator to search for '#" + node.left.name + "' in " + describeValue(object));
        return privateHas(object, node.left.name, context);
      }
      const left = yield* evaluateSteps(node.left, context);
      const right = yield* evaluateSteps(node.right, context);
      context.node = node;
      return applyBinaryOperator(node.operator, left, right);
    }
    case 'LogicalExpression': {
      const left = yield* evaluateSteps(node.left, context);
      return skipsRight(node.operator, left) ? left : yield* evaluateSteps(node.right, context);
    }
    case 'ConditionalExpression': return toBoolean(yield* evaluateSteps(node.test, context)) ? yield* evaluateSteps(node.consequent, context) : yield* evaluateSteps(node.alternate, context);
    case 'UnaryExpression': return yield* evaluateUnary(node, context);
    case 'UpdateExpression': return yield* evaluateUpdate(node, context);
    case 'AssignmentExpression': return yield* evaluateAssignment(node, context);
    case 'SequenceExpression': {
      let value: Value = undefined;
      for (const expression of node.expressions) value = yield* evaluateSteps(expression, context);
      return value;
    }
    case 'ChainExpression': {
      const value = yield* evaluateSteps(node.expression, context);
      return value === shortCircuit ? undefined : value;
    }
    case 'TemplateLiteral': return yield* evaluateTemplate(node, context);
    case 'TaggedTemplateExpression': {
      const { value: fn, self } = yield* evaluateReference(node.tag, context);
      const args: Value[] = [getTemplateObject(node.quasi)];
      for (const expression of node.quasi.expressions) args.push(yield* evaluateSteps(expression, context));
      context.node = node;
      if (!isCallable(fn) && !(fn instanceof UnknownValue)) throwError('TypeError', `${printCallee(node.tag)} is not a function`);
      return call(fn, self, args);
    }
    case 'ArrayExpression': return yield* evaluateArray(node, context);
    case 'ObjectExpression': return yield* evaluateObject(node, context);
    case 'ClassExpression': return yield* evaluateClass(node, context, node.id?.name ?? '');
    case 'MetaProperty': {
      if (node.meta.name === 'import') return surroundingAgent.host.importMeta(context.unit!);
      const env = getThisEnvironment(context.env);
      return env instanceof FunctionEnvironment ? env.newTarget : undefined;
    }
    case 'ImportExpression': {
      const specifier = yield* evaluateSteps(node.source, context);
      const options = node.options ? yield* evaluateSteps(node.options, context) : undefined;
      context.node = node;
      return surroundingAgent.host.importDynamically(context.unit!, specifier, options);
    }
    case 'TSAsExpression':
    case 'TSNonNullExpression':
    case 'TSSatisfiesExpression':
    case 'TSTypeAssertion':
    case 'TSInstantiationExpression': return yield* evaluateSteps(node.expression, context);
    case 'JSXElement':
    case 'JSXFragment':
      context.node = node;
      surroundingAgent.incomplete('JSX');
      return new UnknownValue('a JSX element', 'object');
    case 'Literal':
    case 'Identifier':
    case 'ThisExpression':
    case 'ArrowFunctionExpression':
    case 'FunctionExpression': return evaluate(node, context);
    default:
      context.node = node;
      surroundingAgent.incomplete(`${node.type} is not modelled`);
      return new UnknownValue(node.type);
  }
}

/** A collection that was empty when the program started. What is in it by now is not known. */
function filledSince(like: NonNullable<UnknownValue['like']>): UnknownValue {
  const value = new UnknownValue(like === 'Array' ? '[]' : `new ${like}()`, 'object');
  value.like = like;
  return value;
}

/** What start-up left of `new`, where that is not the object as it was made; undefined where it is. */
function leftByStartUp(constructor: Value, args: readonly Value[]): UnknownValue | undefined {
  if (constructor instanceof ECMAScriptFunction && hasEffects(constructor)) return new UnknownValue(`new ${String(constructor.properties.get('name')?.value ?? '')}()`, 'object');
  if (args.length > 0) return undefined;
  const like = (['Map', 'Set', 'WeakMap', 'WeakSet'] as const).find(name => constructor === surroundingAgent.intrinsics.get(`%${name}%`));
  return like && filledSince(like);
}

function evaluateLiteral(node: TSESTree.Literal): Value {
  if ('regex' in node) return createRegExp(node.regex.pattern, node.regex.flags);
  if ('bigint' in node) return BigInt(node.bigint);
  return node.value as string | number | boolean | null;
}

/** ResolveBinding and GetValue of an identifier (ECMA-262 §13.1.3). */
export function resolveIdentifier(name: string, context: ExecutionContext): Value {
  const env = context.env.lookup(name);
  if (env) return env.getValue(name);
  if (name === 'undefined') return undefined;
  if (surroundingAgent.withoutProgram) return new UnknownValue(name);
  throwError('ReferenceError', `${name} is not defined`);
}

function withBase(name: string, context: ExecutionContext): Value {
  return context.strict ? undefined : context.env.lookup(name)?.withBaseObject();
}

/** PutValue of an identifier (ECMA-262 §6.2.5.6). */
export function putIdentifier(name: string, value: Value, context: ExecutionContext): void {
  const env = context.env.lookup(name);
  if (env) env.setValue(name, value, context.strict);
  else if (context.strict) throwError('ReferenceError', `${name} is not defined`);
  else surroundingAgent.globalObject.set(name, value, surroundingAgent.globalObject);
}

/** ResolveThisBinding (ECMA-262 §9.4.4) */
export function resolveThisBinding(context: ExecutionContext): Value {
  const env = getThisEnvironment(context.env);
  if (!env) return surroundingAgent.globalObject;
  return env instanceof FunctionEnvironment ? env.getThisBinding() : env.thisValue;
}

/** The value of a property reference. */
export function getMember(object: Value, key: Value, node: TSESTree.MemberExpression, context: ExecutionContext): Value {
  if (typeof key === 'number' && object instanceof ArrayObject) {
    const element = object.at(key);
    if (element !== hole) return element as Value;
  }
  if (object instanceof ObjectValue && typeof key === 'string') {
    context.node = node;
    return object.get(key, object);
  }
  context.node = node;
  if (object === undefined || object === null) {
    if (object === undefined && key === Symbol.iterator) throwError('TypeError', 'undefined is not iterable (cannot read property Symbol(Symbol.iterator))');
    throwError('TypeError', `Cannot read properties of ${String(object)} (reading '${key instanceof ObjectValue ? '[object Object]' : String(key)}')`);
  }
  if (object instanceof UnknownValue) {
    if (isCutShort(object)) return object;
    return unknownMember(object, key instanceof UnknownValue || key instanceof ObjectValue ? '[…]' : typeof key === 'symbol' ? key : String(key));
  }
  if (key instanceof UnknownValue) return new UnknownValue(`a property named by ${key.origin}`);
  return getV(object, toPropertyKey(key));
}

function isCutShort(value: Value): boolean {
  return value === shortCircuit;
}

interface Referenced {
  readonly value: Value;
  /** `this` of a call of it. */
  readonly self: Value;
}

/** A callee: its value, and the object it was read from. */
export function* evaluateReference(node: Node, context: ExecutionContext): Steps<Referenced> {
  const inner = unwrapExpression(node);
  if (inner.type === 'ChainExpression') {
    const reference = yield* evaluateReference(inner.expression, context);
    return reference.value === shortCircuit ? { value: undefined, self: undefined } : reference;
  }
  if (inner.type !== 'MemberExpression') {
    return { value: yield* evaluateSteps(inner, context), self: inner.type === 'Identifier' ? withBase(inner.name, context) : undefined };
  }
  if (inner.object.type === 'Super') {
    const self = resolveThisBinding(context);
    const key = inner.computed ? toPropertyKey(yield* evaluateSteps(inner.property, context)) : (inner.property as TSESTree.Identifier).name;
    context.node = inner;
    return { value: superBase(context).get(key, self), self };
  }
  const object = yield* evaluateSteps(inner.object, context);
  if (object === shortCircuit || (inner.optional && (object === undefined || object === null))) return { value: shortCircuit, self: undefined };
  if (inner.property.type === 'PrivateIdentifier') {
    context.node = inner;
    return { value: privateGet(object, inner.property.name, context), self: object };
  }
  const key = inner.computed ? yield* evaluateSteps(inner.property, context) : (inner.property as TSESTree.Identifier).name;
  return { value: getMember(object, key, inner, context), self: object };
}

/** GetSuperBase (ECMA-262 §9.1.1.3.5) */
export function superBase(context: ExecutionContext): ObjectValue {
  const env = getThisEnvironment(context.env);
  const home = env instanceof FunctionEnvironment ? env.functionObject.homeObject : undefined;
  const base = home?.getPrototypeOf();
  if (!base) throwError('TypeError', "Cannot read properties of null (reading 'super')");
  return base;
}

function* evaluateCall(node: TSESTree.CallExpression, context: ExecutionContext): Steps {
  if (node.callee.type === 'Super') return yield* evaluateSuperCall(node, context);
  const { value: fn, self } = yield* evaluateReference(node.callee, context);
  if (fn === shortCircuit || (node.optional && (fn === undefined || fn === null))) return shortCircuit;
  const args = yield* evaluateArguments(node.arguments, context);
  return callFunction(node, fn, self, args, context);
}

function callFunction(node: TSESTree.CallExpression, fn: Value, self: Value, args: readonly Value[], context: ExecutionContext): Value {
  context.node = node;
  if (!(fn instanceof ObjectValue) && !(fn instanceof UnknownValue) || (fn instanceof ObjectValue && !isCallable(fn))) throw notAFunction(node.callee);
  const agent = surroundingAgent;
  if (agent.stalls !== null) noteStall(node, context);
  const known = fn instanceof UnknownValue && agent.calleeAt !== null && agent.startingUp === 0 && !agent.inLibrary ? agent.calleeAt(context.unit!.file, node.range[0]) : null;
  const result = known ? call(known.fn, known.self, args) : call(fn, self, args);
  context.node = node;
  if (agent.withoutProgram && result instanceof PromiseObject && isNodes(fn)) noteNodeCall(`${printCallee(node.callee)}()`, node, context, result);
  return result;
}

/** A function of Node, or one that makes one promise of several. */
function isNodes(fn: Value): boolean {
  return fn instanceof ECMAScriptFunction ? fn.unit.internal : fn instanceof BuiltinFunction && /^(?:all|allSettled|any|race)$/.test(fn.initialName);
}

/** V8 prints expressions in its own way, and constants after they were computed: such a message is not exact. */
function notAFunction(callee: TSESTree.Expression): ProgramError {
  const text = `${printCallee(callee)} is not a function`;
  surroundingAgent.doubt(`TypeError: ${text}`);
  const { intrinsics } = surroundingAgent;
  const error = intrinsics.makeError('TypeError', text);
  if (isOddlyPrinted(callee)) intrinsics.value(error, 'message', new UnknownValue('the message of an error', 'string', text));
  return new ProgramError(error);
}

/** What CallPrinter shows of it is not what `printCallee` does. */
function isOddlyPrinted(node: TSESTree.Node): boolean {
  switch (node.type) {
    case 'Identifier':
    case 'PrivateIdentifier':
    case 'ThisExpression':
    case 'Super':
    case 'Literal':
    case 'AwaitExpression':
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
      return false;
    case 'MemberExpression':
      return isOddlyPrinted(node.object) || (node.computed && isOddlyPrinted(node.property));
    case 'CallExpression':
      return isOddlyPrinted(node.callee);
    case 'ChainExpression':
      return isOddlyPrinted(node.expression);
    default:
      return true;
  }
}

/** ArgumentListEvaluation (ECMA-262 §13.3.8.1) */
function* evaluateArguments(nodes: readonly TSESTree.CallExpressionArgument[], context: ExecutionContext): Steps<Value[]> {
  const args: Value[] = [];
  for (const node of nodes) {
    if (node.type === 'SpreadElement') yield* spreadInto(args, node, context);
    else args.push(yield* evaluateSteps(node, context));
  }
  return args;
}

function isSpread(node: Node): boolean {
  return node.type === 'SpreadElement';
}

function* spreadInto(list: (Value | typeof hole)[], node: TSESTree.SpreadElement, context: ExecutionContext): Steps<void> {
  const value = yield* evaluateSteps(node.argument, context);
  context.node = node.argument;
  if (value instanceof UnknownValue) {
    if (!surroundingAgent.withoutProgram) surroundingAgent.incomplete(`${value.origin} is spread, whose elements are unknown`);
    else {
      surroundingAgent.incompleteText(assumptions.oneElement);
      list.push(new UnknownValue(`an element of ${value.origin}`));
    }
    return;
  }
  const iterator = getIterator(value, 'sync');
  for (;;) {
    const next = iteratorStepValue(iterator);
    if (next === iterationDone) return;
    surroundingAgent.count();
    list.push(next as Value);
  }
}

/** SuperCall (ECMA-262 §13.3.7.1) */
function* evaluateSuperCall(node: TSESTree.CallExpression, context: ExecutionContext): Steps {
  const env = getThisEnvironment(context.env) as FunctionEnvironment;
  // 3. Let func be GetSuperConstructor().
  const parent = env.functionObject.getPrototypeOf();
  // 4. Let argList be ? ArgumentListEvaluation of Arguments.
  const args = yield* evaluateArguments(node.arguments, context);
  context.node = node;
  // 5. If IsConstructor(func) is false, throw a TypeError exception.
  if (!isConstructor(parent)) throwError('TypeError', `Super constructor ${describeValue(parent)} of anonymous class is not a constructor`);
  // 6. Let result be ? Construct(func, argList, newTarget).
  const result = construct(parent, args, env.newTarget as ObjectValue);
  // 8. Perform ? thisER.BindThisValue(result).
  env.bindThisValue(result);
  // 11. Perform ? InitializeInstanceElements(result, F).
  initializeInstance(result, env.functionObject as ECMAScriptFunction);
  return result;
}


function skipsRight(operator: string, left: Value): boolean {
  if (operator === '??') {
    if (left instanceof UnknownValue) {
      if (left.type === 'undefined') return false;
      if (left.type !== 'any') return true;
      return surroundingAgent.choose(`whether ${left.origin} is null or undefined`, ['it has a value', 'it is null or undefined']) === 0;
    }
    return left !== undefined && left !== null;
  }
  return toBoolean(left) === (operator === '||');
}

/** `typeof` of an unknown value: open, but for Node's own checks of its arguments, which are taken to pass. */
function typeOfUnknown(value: UnknownValue): Value {
  if (!surroundingAgent.withoutProgram || !surroundingAgent.inLibrary) return new UnknownValue(`typeof ${value.origin}`, 'string');
  surroundingAgent.incompleteText(assumptions.validArguments);
  return /(?:^|\.)(?:callback|cb|next|done|fn|handler|listener)$/i.test(value.origin) ? 'function' : 'string';
}

/** Unknown, and not so much as a likely value is known: a text with a gap is none. */
function isOpen(value: Value): boolean {
  return value instanceof UnknownValue && (value.likely === undefined || String(value.likely).includes(inexactMark));
}

function* evaluateUnary(node: TSESTree.UnaryExpression, context: ExecutionContext): Steps {
  const argument = unwrapExpression(node.argument);
  if (node.operator === 'typeof') {
    if (argument.type === 'Identifier' && !context.env.lookup(argument.name)) return 'undefined';
    const value = yield* evaluateSteps(argument, context);
    return typeOf(value) ?? typeOfUnknown(value as UnknownValue);
  }
  if (node.operator === 'delete') return yield* evaluateDelete(argument, context);
  return applyUnaryOperator(node.operator, yield* evaluateSteps(argument, context));
}

/** The delete operator (ECMA-262 §13.5.1.2) */
function* evaluateDelete(argument: Node, context: ExecutionContext): Steps {
  if (argument.type === 'ChainExpression') {
    const { expression } = argument;
    if (expression.type === 'MemberExpression' && expression.optional) {
      const object = yield* evaluateSteps(expression.object, context);
      if (object === undefined || object === null) return true;
    }
    return yield* evaluateDelete(expression, context);
  }
  if (argument.type === 'Identifier') return context.env.lookup(argument.name)?.delete(argument.name) ?? true;
  if (argument.type !== 'MemberExpression') {
    yield* evaluateSteps(argument, context);
    return true;
  }
  const base = yield* evaluateSteps(argument.object, context);
  const key = argument.computed ? toPropertyKey(yield* evaluateSteps(argument.property, context)) : (argument.property as TSESTree.Identifier).name;
  context.node = argument;
  if (base === shortCircuit || base instanceof UnknownValue) return true;
  const object = toObject(base);
  const deleted = object.delete(key);
  if (!deleted && context.strict) throwError('TypeError', `Cannot delete property '${String(key)}' of ${describeValue(object)}`);
  return deleted;
}

/** Template literals (ECMA-262 §13.2.8.6): substitutions convert as they are met. */
function* evaluateTemplate(node: TSESTree.TemplateLiteral, context: ExecutionContext): Steps {
  let text = cooked(node.quasis[0]!);
  let unknown: UnknownValue | null = null;
  for (let i = 0; i < node.expressions.length; i++) {
    const value = yield* evaluateSteps(node.expressions[i]!, context);
    context.node = node.expressions[i]!;
    let part: string;
    if (value instanceof UnknownValue) {
      unknown = value;
      part = textOf(value);
    } else {
      try {
        part = toString(value);
      } catch (error) {
        if (!(error instanceof UnknownOperand)) throw error;
        unknown = error.operand;
        part = textOf(unknown);
      }
    }
    text = concatenate(concatenate(text, part), cooked(node.quasis[i + 1]!));
  }
  return unknown ? new UnknownValue(`a text with ${unknown.origin}`, 'string', text) : text;
}

/** Only tagged templates may hold escapes that mean nothing. */
function cooked(element: TSESTree.TemplateElement): string {
  return element.value.cooked ?? '';
}

/** GetTemplateObject (ECMA-262 §13.2.8.4): one per site. */
function getTemplateObject(node: TSESTree.TemplateLiteral): ObjectValue {
  const { templates } = surroundingAgent;
  const known = templates.get(node);
  if (known) return known;
  const template = createArrayFromList(node.quasis.map(quasi => quasi.value.cooked ?? undefined));
  const raw = createArrayFromList(node.quasis.map(quasi => quasi.value.raw));
  setIntegrityLevel(raw, 'frozen');
  definePropertyOrThrow(template, 'raw', { value: raw, writable: false, enumerable: false, configurable: false });
  setIntegrityLevel(template, 'frozen');
  templates.set(node, template);
  return template;
}

function* evaluateArray(node: TSESTree.ArrayExpression, context: ExecutionContext): Steps {
  const values: (Value | typeof hole)[] = [];
  for (const element of node.elements) {
    if (element === null) values.push(hole);
    else if (element.type === 'SpreadElement') yield* spreadInto(values, element, context);
    else values.push(yield* evaluateSteps(element, context));
  }
  return createArrayFromList(values);
}

export function* evaluatePropertyKey(node: { readonly computed: boolean; readonly key: Node }, context: ExecutionContext): Steps<PropertyKey> {
  if (node.computed) return toPropertyKey(yield* evaluateSteps(node.key, context));
  if (node.key.type === 'Identifier') return node.key.name;
  if (node.key.type === 'Literal') return toPropertyKey(evaluateLiteral(node.key));
  return toPropertyKey(evaluate(node.key, context));
}

/** PropertyDefinitionEvaluation (ECMA-262 §13.2.5.5) */
function* evaluateObject(node: TSESTree.ObjectExpression, context: ExecutionContext): Steps {
  const object = ordinaryObjectCreate();
  if (node.properties.length === 0 && surroundingAgent.startingUp > 0) return openObject(object, '{}');
  for (const property of node.properties) {
    if (property.type === 'SpreadElement') {
      copyDataProperties(object, yield* evaluateSteps(property.argument, context));
      continue;
    }
    if (!property.computed && !property.shorthand && !property.method && property.kind === 'init' && (property.key.type === 'Identifier' ? property.key.name : (property.key as TSESTree.Literal).value) === '__proto__') {
      const prototype = yield* evaluateSteps(property.value, context);
      if (prototype instanceof ObjectValue || prototype === null) object.setPrototypeOf(prototype);
      continue;
    }
    const key = yield* evaluatePropertyKey(property, context);
    if (property.kind === 'get' || property.kind === 'set') {
      const fn = instantiateFunction(property.value as TSESTree.FunctionExpression, context, key, 'method', property.kind);
      fn.homeObject = object;
      fn.sourceText = context.unit!.source.text.slice(...property.range);
      definePropertyOrThrow(object, key, { [property.kind]: fn, enumerable: true, configurable: true });
    } else if (property.method) {
      const fn = instantiateFunction(property.value as TSESTree.FunctionExpression, context, key, 'method');
      fn.homeObject = object;
      fn.sourceText = context.unit!.source.text.slice(...property.range);
      createDataPropertyOrThrow(object, key, fn);
    } else {
      const value = isAnonymousFunctionDefinition(property.value) ? evaluateNamed(property.value, context, key) : yield* evaluateSteps(property.value, context);
      if (!object.properties.has(key)) object.properties.set(key, { value, writable: true, enumerable: true, configurable: true });
      else createDataPropertyOrThrow(object, key, value);
    }
  }
  return object;
}

/** NamedEvaluation (ECMA-262 §8.4.5) for what is no await and no yield. */
export function evaluateNamed(node: Node, context: ExecutionContext, name: PropertyKey): Value {
  if (!isAnonymousFunctionDefinition(node)) return evaluate(node, context);
  const inner = unwrapExpression(node);
  if (inner.type === 'ClassExpression') return drive(evaluateClass(inner, context, name));
  return instantiateFunction(inner as TSESTree.FunctionExpression, context, name);
}

/** The same where the initializer may stop. */
export function* evaluateNamedSteps(node: Node, context: ExecutionContext, name: PropertyKey): Steps {
  if (isAnonymousFunctionDefinition(node)) {
    const inner = unwrapExpression(node);
    if (inner.type === 'ClassExpression') return yield* evaluateClass(inner, context, name);
    return evaluateNamed(node, context, name);
  }
  return yield* evaluateSteps(node, context);
}

