import type { TSESTree } from '../../syntax/source-file.ts';
import { boundNames, children, isFunctionNode, unwrapParameter } from '../evaluation/static-semantics.ts';
import { ECMAScriptFunction } from '../function-objects.ts';
import { ObjectValue, PrivateName, UnknownValue, type Value } from '../values.ts';
import { construct } from '../abstract-operations/operations-on-objects.ts';
import { atStartUp, openObject } from '../abstract-operations/start-up.ts';
import { nameParts, type Declared, type StartedModule } from './started-program.ts';

type Node = TSESTree.Node;
type ClassNode = TSESTree.ClassDeclaration | TSESTree.ClassExpression;

/** The objects that stand for instances of the program's classes: one a class, as a container that injects them makes it. */
export interface Instances {
  /** What `this` is in the methods of a class. */
  ofClass(constructor: ECMAScriptFunction, from: StartedModule): ObjectValue;
  /** What is injected for a parameter of a constructor by its type; undefined where the type is no class of the program. */
  ofParameter(parameter: TSESTree.Parameter, from: StartedModule): ObjectValue | undefined;
}

export interface InstanceHost {
  declarationOf(from: StartedModule, name: string): Declared | null;
  classOf(declared: Declared): Value;
  moduleOf(file: string): StartedModule | null;
}

export function createInstances(host: InstanceHost): Instances {
  const made = new Map<Node, ObjectValue>();

  /** The instance of a class whose constructor runs when something of it is asked for: it may be injected where nobody uses it. */
  const lazyInstance = ({ module, node }: Declared, name: string): ObjectValue => {
    const known = made.get(node);
    if (known) return known;
    const instance = new ObjectValue(null);
    made.set(node, instance);
    const fill = (): void => {
      Object.defineProperty(instance, 'properties', { value: new Map(), writable: true, configurable: true });
      Object.defineProperty(instance, 'prototype', { value: null, writable: true, configurable: true });
      const constructor = host.classOf({ module, node });
      if (constructor instanceof ECMAScriptFunction) fillInstance(instance, constructor, module, name);
      else openObject(instance, name);
    };
    for (const part of ['properties', 'prototype'] as const) {
      Object.defineProperty(instance, part, {
        configurable: true,
        get() {
          fill();
          return instance[part];
        },
        set(value: never) {
          fill();
          instance[part] = value;
        },
      });
    }
    return instance;
  };

  const fillInstance = (instance: ObjectValue, constructor: ECMAScriptFunction, from: StartedModule, name: string): void => {
    const parameters = constructorOf(constructor);
    const home = parameters ? (host.moduleOf(parameters.unit.file) ?? from) : from;
    const args = (parameters?.node?.params ?? []).map(parameter => ofParameter(parameter, home) ?? new UnknownValue(unwrapParameter(parameter).type === 'ObjectPattern' ? '' : boundNames(parameter)[0] ?? 'an argument'));
    const built = atStartUp(from.context, name, () => construct(constructor, args));
    if (built instanceof ObjectValue) {
      instance.properties = built.properties;
      instance.prototype = built.prototype;
      instance.privateElements = built.privateElements;
    } else {
      const prototype = constructor.properties.get('prototype')?.value;
      instance.prototype = prototype instanceof ObjectValue ? prototype : null;
    }
    openObject(instance, name);
    // It may be one of a class that derives from this one.
    if (instance.prototype) openObject(instance.prototype, name);
    nameParts(instance, name);
    for (let at: ObjectValue | null = constructor; at instanceof ECMAScriptFunction; at = at.prototype) {
      if (at.place.type === 'ClassDeclaration' || at.place.type === 'ClassExpression') settleFields(instance, at.place, host.moduleOf(at.unit.file) ?? from, name);
    }
  };

  /** What the fields hold when the object is in use: those that methods assign to are unknown, those that nobody assigned to are injected. */
  const settleFields = (instance: ObjectValue, node: ClassNode, from: StartedModule, name: string): void => {
    const own = node.body.body.filter(element => element.type === 'PropertyDefinition' && !element.static && !element.value && !element.declare) as TSESTree.PropertyDefinition[];
    for (const field of own) {
      if (field.key.type !== 'Identifier' || field.computed) continue;
      const current = instance.properties.get(field.key.name);
      if (current && current.value !== undefined) continue;
      const injected = (field.decorators ?? []).length > 0 && field.typeAnnotation ? ofType(field.typeAnnotation, field.key.name, from) : undefined;
      instance.properties.set(field.key.name, { value: injected ?? new UnknownValue(`${name}.${field.key.name}`), writable: true, enumerable: true, configurable: true });
    }
    for (const mark of changedFields(node)) {
      const field = mark.replace('()', '');
      const current = instance.properties.get(field);
      // `delete` of a service is no method of a collection.
      if (field !== mark && !isCollection(current?.value)) continue;
      if (field.startsWith('#')) {
        const element = [...instance.privateElements ?? []].find(([{ description }]: [PrivateName, unknown]) => description === field.slice(1))?.[1];
        if (element?.kind === 'field') element.value = changedValue(element.value, `${name}.${field}`);
      } else if (!current || 'value' in current) instance.properties.set(field, { value: changedValue(current?.value, `${name}.${field}`), writable: true, enumerable: true, configurable: true });
    }
  };

  const ofParameter = (parameter: TSESTree.Parameter, from: StartedModule): ObjectValue | undefined => {
    const inner = unwrapParameter(parameter);
    const target = inner.type === 'AssignmentPattern' ? inner.left : inner;
    return target.type === 'Identifier' && target.typeAnnotation ? ofType(target.typeAnnotation, target.name, from) : undefined;
  };

  const ofType = ({ typeAnnotation }: TSESTree.TSTypeAnnotation, name: string, from: StartedModule): ObjectValue | undefined => {
    if (typeAnnotation.type !== 'TSTypeReference' || typeAnnotation.typeName.type !== 'Identifier') return undefined;
    const declared = host.declarationOf(from, typeAnnotation.typeName.name);
    const isClass = declared?.node.type === 'ClassDeclaration' || declared?.node.type === 'ClassExpression';
    // Of an abstract class another one's instance is injected.
    return isClass && !(declared.node as ClassNode).abstract ? lazyInstance(declared, name) : undefined;
  };

  return {
    ofParameter,
    ofClass(constructor, from) {
      const { place } = constructor;
      const known = made.get(place);
      if (known) return known;
      const instance = new ObjectValue(null);
      made.set(place, instance);
      fillInstance(instance, constructor, from, 'this');
      return instance;
    },
  };
}

/** The nearest constructor that is written out. */
function constructorOf(constructor: ECMAScriptFunction): ECMAScriptFunction | null {
  for (let at: ObjectValue | null = constructor; at instanceof ECMAScriptFunction; at = at.prototype) if (at.node) return at;
  return null;
}

const changes = new WeakMap<Node, ReadonlySet<string>>();
const mutates = /^(?:set|add|delete|clear|push|pop|shift|unshift|splice|sort|reverse|fill)$/;

/** Fields that something else than the constructor and the initialisers assigns to, or changes by a method that a collection may have: `list()`. */
function changedFields(node: ClassNode): ReadonlySet<string> {
  const known = changes.get(node);
  if (known) return known;
  const found = new Set<string>();
  const fieldOf = (at: Node): string | null => {
    let member: Node = at;
    while (member.type === 'MemberExpression' && member.object.type === 'MemberExpression') member = member.object;
    if (member.type !== 'MemberExpression' || member.object.type !== 'ThisExpression') return null;
    if (member.property.type === 'PrivateIdentifier') return `#${member.property.name}`;
    return member.property.type === 'Identifier' && !member.computed ? member.property.name : null;
  };
  const visit = (at: Node, later: boolean): void => {
    if (later) {
      const target = at.type === 'AssignmentExpression' ? at.left : at.type === 'UpdateExpression' ? at.argument : at.type === 'UnaryExpression' && at.operator === 'delete' ? at.argument
        : at.type === 'CallExpression' && at.callee.type === 'MemberExpression' && at.callee.property.type === 'Identifier' && mutates.test(at.callee.property.name) ? at.callee.object : null;
      const field = target && fieldOf(target);
      if (field) found.add(at.type === 'CallExpression' ? `${field}()` : field);
    }
    for (const child of children(at)) visit(child, later || isFunctionNode(child));
  };
  for (const element of node.body.body) {
    if (element.type === 'MethodDefinition') visit(element.value, element.kind !== 'constructor');
    else if (element.type === 'PropertyDefinition' && element.value) visit(element.value, isFunctionNode(element.value));
  }
  changes.set(node, found);
  return found;
}

/** What changes by its methods. */
export function isCollection(value: Value): boolean {
  return value instanceof UnknownValue ? value.like !== undefined : value instanceof ObjectValue && /^(?:Array|Map|Set|WeakMap|WeakSet)$/.test(value.kind);
}

/** Unknown, but of the kind that it was made as. */
function changedValue(value: Value, name: string): UnknownValue {
  const unknown = new UnknownValue(name, value instanceof ObjectValue && value.kind !== 'Object' ? 'object' : 'any');
  if (value instanceof ObjectValue && isCollection(value)) unknown.like = value.kind as UnknownValue['like'];
  else if (value instanceof UnknownValue) unknown.like = value.like;
  return unknown;
}
