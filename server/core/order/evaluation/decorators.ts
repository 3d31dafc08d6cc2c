import type { TSESTree } from '../../syntax/source-file.ts';
import { surroundingAgent, throwError, type ExecutionContext } from '../agent.ts';
import { isCallable } from '../function-objects.ts';
import { ObjectValue, PrivateName, UnknownValue, type PropertyKey, type Value } from '../values.ts';
import { call, createDataProperty, definePropertyOrThrow, fromPropertyDescriptor, get, ordinaryObjectCreate, set, toPropertyDescriptor } from '../abstract-operations/operations-on-objects.ts';
import type { Steps } from './coroutine.ts';
import { evaluateReference } from './expressions.ts';

export type DecoratorList = readonly { readonly value: Value; readonly self: Value }[];

export function* evaluateDecorators(decorators: readonly TSESTree.Decorator[] | undefined, context: ExecutionContext): Steps<DecoratorList> {
  const list: { value: Value; self: Value }[] = [];
  // What a factory is handed describes what it decorates: nothing of it is called.
  surroundingAgent.decorating++;
  try {
    for (const { expression } of decorators ?? []) list.push(yield* evaluateReference(expression, context));
  } finally {
    surroundingAgent.decorating--;
  }
  // A decorator from outside of the program leaves what it decorates as it is: frameworks note it down.
  return list.filter(({ value }) => !(value instanceof UnknownValue));
}

type ElementKind = 'method' | 'getter' | 'setter' | 'field' | 'accessor';
type Initializer = (self: ObjectValue) => void;

/**
 * Applies the decorators of one element, innermost first (tc39/proposal-decorators, ApplyDecoratorsToElementDefinition).
 * @returns the function for methods; `{get, set, init}` for accessors; the list of initializers for fields
 */
export function decorateElement(decorators: DecoratorList, kind: ElementKind, value: Value | { get: ObjectValue; set: ObjectValue }, key: PropertyKey | PrivateName, isStatic: boolean, initializers: Initializer[]): Value {
  const init: ((self: ObjectValue, value: Value) => Value)[] = [];
  let current = value;
  for (const { value: decorator, self } of [...decorators].reverse()) {
    const context = contextObject(kind, key instanceof PrivateName ? `#${key.description}` : key, initializers);
    createDataProperty(context, 'static', isStatic);
    createDataProperty(context, 'private', key instanceof PrivateName);
    createDataProperty(context, 'access', accessObject(key));
    let given: Value;
    if (kind === 'accessor') {
      const pair = current as { get: ObjectValue; set: ObjectValue };
      given = ordinaryObjectCreate();
      createDataProperty(given as ObjectValue, 'get', pair.get);
      createDataProperty(given as ObjectValue, 'set', pair.set);
    } else given = current as Value;
    const result = call(decorator, self, [given, context]);
    if (result === undefined || result instanceof UnknownValue) continue;
    if (kind === 'field') {
      if (!isCallable(result)) throwError('TypeError', 'Field decorators must return a function or undefined');
      init.push((object, initial) => call(result, object, [initial]));
    } else if (kind === 'accessor') {
      if (!(result instanceof ObjectValue)) throwError('TypeError', 'Accessor decorators must return an object or undefined');
      const pair = current as { get: ObjectValue; set: ObjectValue };
      const initialize = get(result, 'init');
      current = { get: (get(result, 'get') as ObjectValue) ?? pair.get, set: (get(result, 'set') as ObjectValue) ?? pair.set };
      if (initialize !== undefined) init.push((object, initial) => call(initialize, object, [initial]));
    } else current = result;
  }
  if (kind === 'field') return init as unknown as Value;
  if (kind === 'accessor') return { ...(current as object), init } as unknown as Value;
  return current as Value;
}

function contextObject(kind: string, name: PropertyKey, initializers: Initializer[]): ObjectValue {
  const context = ordinaryObjectCreate();
  createDataProperty(context, 'kind', kind);
  createDataProperty(context, 'name', name);
  createDataProperty(context, 'metadata', ordinaryObjectCreate(null));
  createDataProperty(context, 'addInitializer', surroundingAgent.intrinsics.builtin('addInitializer', 1, (_, [fn]) => {
    if (!isCallable(fn)) throwError('TypeError', 'An initializer must be a function');
    initializers.push(self => void call(fn, self, []));
    return undefined;
  }));
  return context;
}

function accessObject(key: PropertyKey | PrivateName): ObjectValue {
  const access = ordinaryObjectCreate();
  const { intrinsics } = surroundingAgent;
  const read = (self: Value): Value => {
    if (!(self instanceof ObjectValue)) throwError('TypeError', 'access.get called on a non-object');
    return key instanceof PrivateName ? self.privateElements?.get(key)?.value : get(self, key);
  };
  createDataProperty(access, 'get', intrinsics.builtin('get', 1, (_, [self]) => read(self)));
  createDataProperty(access, 'set', intrinsics.builtin('set', 2, (_, [self, value]) => {
    if (!(self instanceof ObjectValue)) throwError('TypeError', 'access.set called on a non-object');
    const element = key instanceof PrivateName ? self.privateElements?.get(key) : undefined;
    if (element) element.value = value;
    else if (!(key instanceof PrivateName)) set(self, key, value);
    return undefined;
  }));
  createDataProperty(access, 'has', intrinsics.builtin('has', 1, (_, [self]) => self instanceof ObjectValue && (key instanceof PrivateName ? self.privateElements?.has(key) ?? false : self.hasProperty(key))));
  return access;
}

/** Class decorators of the standard proposal: the class that stands for it, and what `addInitializer` was given. */
export function applyClassDecorators(decorators: DecoratorList, constructor: ObjectValue, name: PropertyKey): [ObjectValue, readonly Initializer[]] {
  const initializers: Initializer[] = [];
  let current = constructor;
  for (const { value, self } of [...decorators].reverse()) {
    const result = call(value, self, [current, contextObject('class', name, initializers)]);
    if (isCallable(result)) current = result;
    else if (result !== undefined && !(result instanceof UnknownValue)) throwError('TypeError', 'Class decorators must return a function or undefined');
  }
  return [current, initializers];
}

/** TypeScript's `__decorate` for a member: decorators get (target, key, descriptor). */
export function legacyDecorateElement(decorators: DecoratorList, target: ObjectValue, key: PropertyKey, hasDescriptor: boolean): void {
  let descriptor = hasDescriptor ? fromPropertyDescriptor(target.getOwnProperty(key)) : undefined;
  for (const { value, self } of [...decorators].reverse()) {
    const result = call(value, self, [target, key, descriptor]);
    if (result instanceof ObjectValue) descriptor = result;
  }
  if (hasDescriptor && descriptor instanceof ObjectValue) definePropertyOrThrow(target, key, toPropertyDescriptor(descriptor));
}

/** TypeScript's `__decorate` for a class. */
export function legacyDecorateClass(decorators: DecoratorList, constructor: ObjectValue): ObjectValue {
  let current = constructor;
  for (const { value, self } of [...decorators].reverse()) {
    const result = call(value, self, [current]);
    if (isCallable(result)) current = result;
  }
  return current;
}
