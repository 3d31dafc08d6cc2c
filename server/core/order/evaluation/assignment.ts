import { nameUnknown } from '../abstract-operations/outside-code.ts';
import { noteAssignment } from '../abstract-operations/step-actions.ts';
import type { TSESTree } from '../../syntax/source-file.ts';
import { surroundingAgent, throwError, type ExecutionContext } from '../agent.ts';
import { ArrayObject, hole, ObjectValue, UnknownValue, type PropertyKey, type Value } from '../values.ts';
import { copyDataProperties, createArrayFromList, getV, ordinaryObjectCreate, prototypeOfPrimitive, throwReadOnly } from '../abstract-operations/operations-on-objects.ts';
import { toBoolean, toNumeric, toPropertyKey } from '../abstract-operations/type-conversion.ts';
import { getIterator, iterationDone, iteratorClose, iteratorStepValue } from '../abstract-operations/iterator-operations.ts';
import { printCallee } from '../abstract-operations/messages.ts';
import type { Steps } from './coroutine.ts';
import { evaluateNamedSteps, evaluatePropertyKey, evaluateSteps, getMember, putIdentifier, resolveIdentifier, resolveThisBinding, superBase } from './expressions.ts';
import { applyBinaryOperator, unknownResult } from './operators.ts';
import { privateGet, privateSet } from './private-names.ts';
import { unwrapExpression } from './static-semantics.ts';

type Node = TSESTree.Node;

/** Reference Record (ECMA-262 §6.2.5) of an assignment target. */
interface Reference {
  get(): Value;
  put(value: Value): void;
  readonly name: string;
}

/** An assignment target whose object and key have been evaluated. */
function* evaluateTarget(target: Node, context: ExecutionContext): Steps<Reference> {
  const node = unwrapExpression(target);
  if (node.type === 'Identifier') {
    const { name } = node;
    // The binding is resolved before the right side is evaluated.
    const env = context.env.lookup(name);
    return {
      name,
      get: () => resolveIdentifier(name, context),
      put: value => (env ? env.setValue(name, value, context.strict) : putIdentifier(name, value, context)),
    };
  }
  if (node.type !== 'MemberExpression') throwError('SyntaxError', 'Invalid left-hand side in assignment');
  if (node.object.type === 'Super') {
    const self = resolveThisBinding(context);
    const key = node.computed ? toPropertyKey(yield* evaluateSteps(node.property, context)) : (node.property as TSESTree.Identifier).name;
    return { name: '', get: () => superBase(context).get(key, self), put: value => void superBase(context).set(key, value, self) };
  }
  const object = yield* evaluateSteps(node.object, context);
  if (node.property.type === 'PrivateIdentifier') {
    const { name } = node.property;
    return {
      name: '',
      get: () => privateGet(object, name, context),
      put: value => {
        context.node = node;
        privateSet(object, name, value, context);
      },
    };
  }
  const keyValue = node.computed ? yield* evaluateSteps(node.property, context) : (node.property as TSESTree.Identifier).name;
  let key: PropertyKey | undefined;
  return {
    name: '',
    get: () => getMember(object, keyValue, node, context),
    put: value => {
      context.node = node;
      if (typeof keyValue === 'number' && object instanceof ArrayObject && object.elements && object.at(keyValue) !== hole) object.elements[keyValue] = value;
      else if (keyValue instanceof UnknownValue) surroundingAgent.incomplete(`a property named by ${keyValue.origin} is set, whose value is unknown`);
      else {
        if (object === undefined || object === null) throwError('TypeError', `Cannot set properties of ${String(object)} (setting '${keyValue instanceof ObjectValue ? '[object Object]' : String(keyValue)}')`);
        putMember(object, (key ??= toPropertyKey(keyValue)), value, context.strict);
      }
    },
  };
}

/** PutValue of a property reference (ECMA-262 §6.2.5.6, step 3). */
function putMember(object: Value, key: PropertyKey, value: Value, strict: boolean): void {
  if (object instanceof ObjectValue) {
    if (!object.set(key, value, object) && strict) throwReadOnly(object, key);
    return;
  }
  if (object === undefined || object === null) throwError('TypeError', `Cannot set properties of ${String(object)} (setting '${String(key)}')`);
  if (object instanceof UnknownValue) {
    if (typeof key === 'string') noteAssignment(object, key);
    return;
  }
  const done = prototypeOfPrimitive(object).set(key, value, object);
  if (!done && strict) throwError('TypeError', `Cannot create property '${String(key)}' on ${typeof object} '${String(object)}'`);
}

/** AssignmentExpression (ECMA-262 §13.15.2) */
export function* evaluateAssignment(node: TSESTree.AssignmentExpression, context: ExecutionContext): Steps {
  if (node.left.type === 'ObjectPattern' || node.left.type === 'ArrayPattern') {
    const value = yield* evaluateSteps(node.right, context);
    yield* bindPattern(node.left, value, context, 'assign', node.right);
    return value;
  }
  const target = yield* evaluateTarget(node.left, context);
  const named = unwrapExpression(node.left).type === 'Identifier' ? target.name : '';
  if (node.operator === '=') {
    const value = yield* evaluateNamedSteps(node.right, context, named);
    if (typeof named === 'string' && named !== '') nameUnknown(value, named);
    target.put(value);
    return value;
  }
  const left = target.get();
  if (node.operator === '&&=' || node.operator === '||=' || node.operator === '??=') {
    const keeps = node.operator === '??=' ? left !== undefined && left !== null && !(left instanceof UnknownValue && left.type === 'undefined') : toBoolean(left) === (node.operator === '||=');
    if (keeps) return left;
    const value = yield* evaluateNamedSteps(node.right, context, named);
    target.put(value);
    return value;
  }
  const right = yield* evaluateSteps(node.right, context);
  context.node = node;
  const value = applyBinaryOperator(node.operator.slice(0, -1), left, right);
  target.put(value);
  return value;
}

/** UpdateExpression (ECMA-262 §13.4) */
export function* evaluateUpdate(node: TSESTree.UpdateExpression, context: ExecutionContext): Steps {
  const target = yield* evaluateTarget(node.argument, context);
  const old = toNumeric(target.get());
  const operator = node.operator === '++' ? '+' : '-';
  const updated = old instanceof UnknownValue ? unknownResult(operator, old, 1) : typeof old === 'bigint' ? (operator === '+' ? old + 1n : old - 1n) : operator === '+' ? old + 1 : old - 1;
  target.put(updated);
  return node.prefix ? updated : old;
}

/** What binding a name means: assigning, initializing a declaration, or setting a `var`. */
export type BindingMode = 'assign' | 'initialize' | 'parameter';

/**
 * BindingInitialization and DestructuringAssignmentEvaluation (ECMA-262 §8.6.2, §13.15.5.2).
 * @param source the node that the value comes from, for messages
 */
export function* bindPattern(pattern: Node, value: Value, context: ExecutionContext, mode: BindingMode, source: Node | null = null): Steps<void> {
  switch (pattern.type) {
    case 'Identifier':
      nameUnknown(value, pattern.name);
      if (mode === 'assign') putIdentifier(pattern.name, value, context);
      else context.env.initialize(pattern.name, value);
      return;
    case 'TSParameterProperty': return yield* bindPattern(pattern.parameter, value, context, mode);
    case 'AssignmentPattern': {
      const resolved = value === undefined ? yield* evaluateNamedSteps(pattern.right, context, pattern.left.type === 'Identifier' ? pattern.left.name : '') : value;
      return yield* bindPattern(pattern.left, resolved, context, mode, pattern.right);
    }
    case 'ObjectPattern': return yield* bindObjectPattern(pattern, value, context, mode, source);
    case 'ArrayPattern': return yield* bindArrayPattern(pattern, value, context, mode, source);
    default: (yield* evaluateTarget(pattern, context)).put(value);
  }
}

function* bindObjectPattern(pattern: TSESTree.ObjectPattern, value: Value, context: ExecutionContext, mode: BindingMode, source: Node | null): Steps<void> {
  if (value === undefined || value === null) {
    context.node = pattern;
    const first = pattern.properties[0];
    const shown = source ? printCallee(source) : String(value);
    const name = first?.type === 'Property' && !first.computed ? (first.key.type === 'Identifier' ? first.key.name : String((first.key as TSESTree.Literal).value)) : null;
    throwError('TypeError', name === null ? `Cannot destructure '${shown}' as it is ${String(value)}.` : `Cannot destructure property '${name}' of '${shown}' as it is ${String(value)}.`);
  }
  const used: PropertyKey[] = [];
  for (const property of pattern.properties) {
    if (property.type === 'RestElement') {
      const rest = ordinaryObjectCreate();
      if (value instanceof UnknownValue) yield* bindPattern(property.argument, new UnknownValue(`the rest of ${value.origin}`, 'object'), context, mode);
      else {
        const target = mode === 'assign' && property.argument.type === 'MemberExpression' ? yield* evaluateTarget(property.argument, context) : null;
        copyDataProperties(rest, value, used);
        if (target) target.put(rest);
        else yield* bindPattern(property.argument, rest, context, mode);
      }
      continue;
    }
    const key = yield* evaluatePropertyKey(property, context);
    used.push(key);
    const [target, initializer] = property.value.type === 'AssignmentPattern' ? [property.value.left, property.value.right] : [property.value, null];
    // §13.15.5.6: the reference comes before the value.
    const reference = mode === 'assign' && unwrapExpression(target).type === 'MemberExpression' ? yield* evaluateTarget(target, context) : null;
    let member = getV(value, key);
    if (member === undefined && initializer) member = yield* evaluateNamedSteps(initializer, context, target.type === 'Identifier' ? target.name : '');
    if (reference) reference.put(member);
    else yield* bindPattern(target, member, context, mode);
  }
}

function* bindArrayPattern(pattern: TSESTree.ArrayPattern, value: Value, context: ExecutionContext, mode: BindingMode, source: Node | null): Steps<void> {
  context.node = source ?? pattern;
  if (value instanceof UnknownValue) {
    for (const [index, element] of pattern.elements.entries()) {
      if (element) yield* bindPattern(element.type === 'RestElement' ? element.argument : element.type === 'AssignmentPattern' ? element.left : element, new UnknownValue(`${value.origin}[${index}]`), context, mode);
    }
    return;
  }
  const iterator = getIterator(value, 'sync', source ?? undefined);
  try {
    for (const element of pattern.elements) {
      if (!element) {
        if (!iterator.done) iteratorStepValue(iterator);
        continue;
      }
      const inner = element.type === 'RestElement' ? element.argument : element.type === 'AssignmentPattern' ? element.left : element;
      const reference = mode === 'assign' && unwrapExpression(inner).type === 'MemberExpression' ? yield* evaluateTarget(inner, context) : null;
      let item: Value;
      if (element.type === 'RestElement') {
        const rest: Value[] = [];
        while (!iterator.done) {
          const next = iteratorStepValue(iterator);
          if (next !== iterationDone) rest.push(next as Value);
        }
        item = createArrayFromList(rest);
      } else {
        const next = iterator.done ? iterationDone : iteratorStepValue(iterator);
        item = next === iterationDone ? undefined : (next as Value);
        if (item === undefined && element.type === 'AssignmentPattern') item = yield* evaluateNamedSteps(element.right, context, inner.type === 'Identifier' ? inner.name : '');
      }
      if (reference) reference.put(item);
      else yield* bindPattern(inner, item, context, mode);
    }
  } catch (error) {
    if (!iterator.done) iteratorClose(iterator, error);
    throw error;
  }
  if (!iterator.done) iteratorClose(iterator, undefined);
}
