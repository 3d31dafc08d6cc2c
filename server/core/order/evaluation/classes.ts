import type { TSESTree } from '../../syntax/source-file.ts';
import { surroundingAgent, throwError, type ExecutionContext } from '../agent.ts';
import { Environment, FunctionEnvironment, PrivateEnvironment } from '../environment-records.ts';
import { ECMAScriptFunction, isConstructor, type ClassField } from '../function-objects.ts';
import { ObjectValue, PrivateName, UnknownValue, type PrivateElement, type PropertyKey, type Value } from '../values.ts';
import { call, createBuiltinFunction, createDataPropertyOrThrow, definePropertyOrThrow, get, getPrototypeFromConstructor } from '../abstract-operations/operations-on-objects.ts';
import { openObject } from '../abstract-operations/start-up.ts';
import { describeValue } from '../abstract-operations/messages.ts';
import { drive, type Steps } from './coroutine.ts';
import { applyClassDecorators, decorateElement, evaluateDecorators, legacyDecorateClass, legacyDecorateElement, type DecoratorList } from './decorators.ts';
import { evaluate, evaluateNamed, evaluatePropertyKey, evaluateSteps } from './expressions.ts';
import { assignParameterProperties, evaluateAsMethod, instantiateFunction, setFunctionName } from './functions.ts';
import { privateAdd } from './private-names.ts';
import { evaluateStatementList } from './statements.ts';
import { functionFacts, isAnonymousFunctionDefinition, varDeclaredNames } from './static-semantics.ts';

type ClassNode = TSESTree.ClassDeclaration | TSESTree.ClassExpression;
type Element = TSESTree.MethodDefinition | TSESTree.PropertyDefinition | TSESTree.AccessorProperty;

/** ClassDefinitionEvaluation (ECMA-262 §15.7.14) */
export function* evaluateClass(node: ClassNode, context: ExecutionContext, name: PropertyKey): Steps<ECMAScriptFunction> {
  const { intrinsics } = surroundingAgent;
  const outerEnv = context.env;
  const outerPrivate = context.privateEnv;
  const legacy = context.unit!.legacyDecorators;
  const classDecorators = yield* evaluateDecorators(node.decorators, context);
  // 1-3. The class sees itself under its own name.
  const classEnv = new Environment(outerEnv);
  if (node.id) classEnv.createImmutable(node.id.name, true);
  const privateEnv = new PrivateEnvironment(outerPrivate);
  for (const element of node.body.body) {
    if ('key' in element && element.key.type === 'PrivateIdentifier' && !privateEnv.names.has(element.key.name)) privateEnv.names.set(element.key.name, new PrivateName(element.key.name));
  }
  context.env = classEnv;
  context.privateEnv = privateEnv;
  try {
    // 8. Let protoParent and constructorParent come from ClassHeritage.
    let protoParent: ObjectValue | null = intrinsics.get('%Object.prototype%');
    let constructorParent: ObjectValue = intrinsics.get('%Function.prototype%');
    if (node.superClass) {
      const superclass = yield* evaluateSteps(node.superClass, context);
      context.node = node.superClass;
      if (superclass === null) protoParent = null;
      else if (superclass instanceof UnknownValue) {
        if (!surroundingAgent.withoutProgram) surroundingAgent.incomplete(`the superclass ${superclass.origin} is unknown`);
        constructorParent = outsideClass(superclass);
        protoParent = get(constructorParent, 'prototype') as ObjectValue;
      }
      else {
        if (!isConstructor(superclass)) throwError('TypeError', `Class extends value ${describeValue(superclass)} is not a constructor or null`);
        const parent = get(superclass, 'prototype');
        if (!(parent instanceof ObjectValue) && parent !== null) throwError('TypeError', `Class extends value does not have valid prototype property ${describeValue(parent)}`);
        protoParent = parent;
        constructorParent = superclass;
      }
    }
    // 9-14. Prototype and constructor.
    const prototype = new ObjectValue(protoParent);
    const definition = node.body.body.find(element => element.type === 'MethodDefinition' && element.kind === 'constructor' && element.value.body) as TSESTree.MethodDefinition | undefined;
    const constructorNode = definition ? (definition.value as TSESTree.FunctionExpression) : null;
    const F = new ECMAScriptFunction(constructorParent, constructorNode, classEnv, privateEnv, context.unit!, true, 'method', node);
    F.isClassConstructor = true;
    F.constructorKind = node.superClass ? 'derived' : 'base';
    F.homeObject = prototype;
    F.properties.set('length', { value: constructorNode ? functionFacts(constructorNode).length : 0, writable: false, enumerable: false, configurable: true });
    setFunctionName(F, node.id?.name ?? name);
    F.properties.set('prototype', { value: prototype, writable: false, enumerable: false, configurable: false });
    prototype.properties.set('constructor', { value: F, writable: true, enumerable: false, configurable: true });

    // 24-27. Elements, in order.
    const instanceFields: ClassField[] = [];
    const staticFields: ClassField[] = [];
    const instancePrivate: [PrivateName, PrivateElement][] = [];
    const staticPrivate: [PrivateName, PrivateElement][] = [];
    const instanceInitializers: ((self: ObjectValue) => void)[] = [];
    const staticInitializers: ((self: ObjectValue) => void)[] = [];
    const legacyDecorations: (() => void)[] = [];
    for (const element of node.body.body) {
      if (element.type === 'StaticBlock') {
        staticFields.push({ name: '', isStaticBlock: true, initializer: self => evaluateStaticBlock(F, element, self, classEnv, privateEnv) });
        continue;
      }
      if (element.type !== 'MethodDefinition' && element.type !== 'PropertyDefinition' && element.type !== 'AccessorProperty') continue;
      if (element === definition || (element.type === 'MethodDefinition' && !element.value.body) || ('declare' in element && element.declare)) continue;
      const home = element.static ? F : prototype;
      const key = element.key.type === 'PrivateIdentifier' ? privateEnv.names.get(element.key.name)! : yield* evaluatePropertyKey(element, context);
      const decorators = yield* evaluateDecorators(element.decorators, context);
      const privates = element.static ? staticPrivate : instancePrivate;
      const fields = element.static ? staticFields : instanceFields;
      const initializers = element.static ? staticInitializers : instanceInitializers;
      if (element.type === 'MethodDefinition') defineMethod(element, home, key, context, privates, legacy ? [] : decorators, initializers);
      else fields.push(...defineField(element, home, key, F, context, privates, legacy ? [] : decorators, initializers));
      if (legacy && (decorators.length > 0 || hasParameterDecorators(element))) {
        const parameters = yield* parameterDecorators(element, context);
        legacyDecorations.push(() => legacyDecorateElement([...decorators, ...parameters], home, key as PropertyKey, element.type === 'MethodDefinition'));
      }
    }
    F.fields = instanceFields;
    F.privateMethods = instancePrivate;
    F.instanceInitializers = instanceInitializers;
    const constructorParameters = legacy && constructorNode ? yield* functionParameterDecorators(constructorNode, context) : [];
    // TypeScript decorates after the static members; the standard before them.
    let decorated: ObjectValue = F;
    let extra: readonly ((self: ObjectValue) => void)[] = [];
    if (!legacy && classDecorators.length > 0) [decorated, extra] = applyClassDecorators(classDecorators, F, node.id?.name ?? name);
    if (node.id) classEnv.initialize(node.id.name, decorated);
    // 31. Static private methods, fields and blocks.
    for (const [privateName, privateElement] of staticPrivate) privateAdd(F, privateName, privateElement);
    for (const initialize of staticInitializers) initialize(F);
    for (const field of staticFields) defineClassField(F, field);
    for (const initialize of extra) initialize(decorated);
    for (const decorate of legacyDecorations) decorate();
    if (legacy) decorated = legacyDecorateClass([...classDecorators, ...constructorParameters], F);
    return decorated as ECMAScriptFunction;
  } finally {
    context.env = outerEnv;
    context.privateEnv = outerPrivate;
  }
}

/** A class that stands for one from outside: its instances may have any member. */
function outsideClass({ origin }: UnknownValue): ObjectValue {
  const prototype = openObject(new ObjectValue(surroundingAgent.intrinsics.get('%Object.prototype%')), 'this');
  const constructor: ObjectValue = createBuiltinFunction(/^\w+$/.test(origin) ? origin : '', 0, (_, _args, newTarget) => new ObjectValue(getPrototypeFromConstructor(newTarget ?? constructor, '%Object.prototype%')), { constructible: true });
  constructor.properties.set('prototype', { value: prototype, writable: false, enumerable: false, configurable: false });
  return openObject(constructor, origin);
}

/** The text of a method as `toString` gives it: without decorators and `static`. */
function methodText(text: string, isStatic: boolean): string {
  return isStatic ? text.replace(/^(?:@[\s\S]*?)?static\b(?:\s|\/\*[\s\S]*?\*\/|\/\/.*\n)*/, '') : text;
}

/** DefineMethod and MethodDefinitionEvaluation (ECMA-262 §15.4). */
function defineMethod(element: TSESTree.MethodDefinition, home: ObjectValue, key: PropertyKey | PrivateName, context: ExecutionContext, privates: [PrivateName, PrivateElement][], decorators: DecoratorList, initializers: ((self: ObjectValue) => void)[]): void {
  const { kind } = element;
  const name = key instanceof PrivateName ? `#${key.description}` : key;
  const prefix = kind === 'get' || kind === 'set' ? kind : undefined;
  let fn: Value = instantiateFunction(element.value as TSESTree.FunctionExpression, context, name, 'method', prefix);
  (fn as ECMAScriptFunction).homeObject = home;
  (fn as ECMAScriptFunction).sourceText = methodText(context.unit!.source.text.slice(...element.range), element.static);
  if (decorators.length > 0) {
    const kindName = prefix === 'get' ? 'getter' : prefix === 'set' ? 'setter' : 'method';
    fn = decorateElement(decorators, kindName, fn, key, element.static, initializers);
  }
  if (key instanceof PrivateName) {
    if (!prefix) privates.push([key, { kind: 'method', value: fn }]);
    else {
      let pair = privates.find(([other]) => other === key);
      if (!pair) privates.push((pair = [key, { kind: 'accessor' }]));
      pair[1][prefix] = fn as ObjectValue;
    }
  } else if (prefix) definePropertyOrThrow(home, key, { [prefix]: fn as ObjectValue, enumerable: false, configurable: true });
  else definePropertyOrThrow(home, key, { value: fn, writable: true, enumerable: false, configurable: true });
}

/** ClassFieldDefinitionEvaluation (ECMA-262 §15.7.10); `accessor` fields get a private storage and two accessors. */
function defineField(element: TSESTree.PropertyDefinition | TSESTree.AccessorProperty, home: ObjectValue, key: PropertyKey | PrivateName, F: ECMAScriptFunction, context: ExecutionContext, privates: [PrivateName, PrivateElement][], decorators: DecoratorList, initializers: ((self: ObjectValue) => void)[]): ClassField[] {
  const env = context.env;
  const privateEnv = context.privateEnv;
  const { value } = element;
  const displayName = key instanceof PrivateName ? `#${key.description}` : key;
  const scope = Object.assign(Object.create(F) as ECMAScriptFunction, { homeObject: home });
  let initializer: ClassField['initializer'] = value
    ? self => evaluateAsMethod(scope, self, { env, privateEnv }, value, inner => (isAnonymousFunctionDefinition(value) ? evaluateNamed(value, inner, displayName) : evaluate(value, inner)))
    : null;
  if (element.type === 'AccessorProperty') {
    const storage = new PrivateName(`${String(displayName)} accessor storage`);
    const read = surroundingAgent.intrinsics.builtin(displayName, 0, self => (self instanceof ObjectValue ? self.privateElements?.get(storage)?.value : undefined), 'get');
    const write = surroundingAgent.intrinsics.builtin(displayName, 1, (self, [given]) => {
      const slot = self instanceof ObjectValue ? self.privateElements?.get(storage) : undefined;
      if (slot) slot.value = given;
      return undefined;
    }, 'set');
    const result = decorators.length > 0 ? decorateElement(decorators, 'accessor', { get: read, set: write }, key, element.static, initializers) as unknown as { get: ObjectValue; set: ObjectValue; init: ((self: ObjectValue, value: Value) => Value)[] } : { get: read, set: write, init: [] };
    if (key instanceof PrivateName) privates.push([key, { kind: 'accessor', get: result.get, set: result.set }]);
    else definePropertyOrThrow(home, key, { get: result.get, set: result.set, enumerable: false, configurable: true });
    const first = initializer;
    return [{ name: storage, initializer: self => result.init.reduce((current, init) => init(self, current), first ? first(self) : undefined) }];
  }
  if (decorators.length > 0) {
    const init = decorateElement(decorators, 'field', undefined, key, element.static, initializers) as unknown as ((self: ObjectValue, value: Value) => Value)[];
    const first = initializer;
    initializer = self => init.reduce((current, step) => step(self, current), first ? first(self) : undefined);
  }
  return [{ name: key, initializer }];
}

function evaluateStaticBlock(F: ECMAScriptFunction, block: TSESTree.StaticBlock, self: ObjectValue, env: Environment, privateEnv: PrivateEnvironment): Value {
  const scope = Object.assign(Object.create(F) as ECMAScriptFunction, { homeObject: F });
  evaluateAsMethod(scope, self, { env, privateEnv }, block, inner => {
    for (const name of varDeclaredNames(block.body)) inner.env.createVar(name, undefined);
    drive(evaluateStatementList(block, block.body, inner));
  });
  return undefined;
}

/** DefineField (ECMA-262 §7.3.32) */
function defineClassField(object: ObjectValue, field: ClassField): void {
  const value = field.initializer ? field.initializer(object) : undefined;
  if (field.isStaticBlock) return;
  if (field.name instanceof PrivateName) privateAdd(object, field.name, { kind: 'field', value });
  else createDataPropertyOrThrow(object, field.name, value);
}

/** InitializeInstanceElements (ECMA-262 §7.3.33) */
export function initializeInstanceElements(object: ObjectValue, constructor: ECMAScriptFunction): void {
  for (const [name, element] of constructor.privateMethods) privateAdd(object, name, element);
  for (const initialize of constructor.instanceInitializers) initialize(object);
  for (const field of constructor.fields) defineClassField(object, field);
  if (constructor.constructorKind === 'derived' && constructor.node) {
    const { parameterProperties } = functionFacts(constructor.node);
    const { context } = surroundingAgent;
    if (parameterProperties.length > 0 && context.varEnv instanceof FunctionEnvironment && context.varEnv.functionObject === constructor) assignParameterProperties(parameterProperties, context);
  }
}

function hasParameterDecorators(element: Element): boolean {
  return element.type === 'MethodDefinition' && 'params' in element.value && element.value.params.some(parameter => (parameter.decorators ?? []).length > 0);
}

function* parameterDecorators(element: Element, context: ExecutionContext): Steps<DecoratorList> {
  return element.type === 'MethodDefinition' && element.value.type === 'FunctionExpression' ? yield* functionParameterDecorators(element.value, context) : [];
}

/** TypeScript's parameter decorators, as functions of (target, key). */
function* functionParameterDecorators(fn: TSESTree.FunctionExpression, context: ExecutionContext): Steps<DecoratorList> {
  const list: { value: Value; self: Value }[] = [];
  for (const [index, parameter] of fn.params.entries()) {
    for (const { value, self } of yield* evaluateDecorators(parameter.decorators, context)) {
      list.push({ self, value: surroundingAgent.intrinsics.builtin('', 2, (_, [target, key]) => call(value, self, [target, key, index])) });
    }
  }
  return list;
}
