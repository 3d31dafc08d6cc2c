import type { TSESTree } from '../syntax/source-file.ts';
import type { CodeUnit } from './agent.ts';
import type { Environment, PrivateEnvironment } from './environment-records.ts';
import { ObjectValue, type PrivateElement, type PrivateName, type PropertyKey, type Value } from './values.ts';

export type FunctionNode = TSESTree.FunctionDeclaration | TSESTree.FunctionExpression | TSESTree.ArrowFunctionExpression;

/** Anything with [[Call]]. */
export abstract class FunctionObject extends ObjectValue {
  /** Looks at the arguments of a call: options that Node's function reads and the machine's does not. */
  checkArguments: ((args: readonly Value[]) => void) | undefined;
  override get kind(): string {
    return 'Function';
  }
  abstract get isConstructor(): boolean;
}

export interface ClassField {
  readonly name: PropertyKey | PrivateName;
  /** Evaluates the initializer with `this`; null where there is none. */
  readonly initializer: ((self: ObjectValue) => Value) | null;
  /** Runs after the field is there (decorators' addInitializer). */
  readonly isStaticBlock?: boolean;
}

/** ECMAScript Function Object (ECMA-262 §10.2). */
export class ECMAScriptFunction extends FunctionObject {
  homeObject: ObjectValue | undefined;
  constructorKind: 'none' | 'base' | 'derived' = 'none';
  isClassConstructor = false;
  fields: readonly ClassField[] = [];
  privateMethods: readonly (readonly [PrivateName, PrivateElement])[] = [];
  /** Runs before the fields: initializers that decorators added. */
  instanceInitializers: readonly ((self: ObjectValue) => void)[] = [];
  sourceText: string | undefined;

  constructor(
    prototype: ObjectValue | null,
    /** Null for the default constructor of a class. */
    readonly node: FunctionNode | null,
    readonly environment: Environment,
    readonly privateEnvironment: PrivateEnvironment | null,
    readonly unit: CodeUnit,
    readonly strict: boolean,
    readonly functionKind: 'normal' | 'arrow' | 'method',
    /** The class, for the location of a default constructor. */
    readonly place: TSESTree.Node,
  ) {
    super(prototype);
  }
  override get isConstructor(): boolean {
    return this.constructorKind !== 'none';
  }
}

export type BuiltinSteps = (self: Value, args: readonly Value[], newTarget: ObjectValue | undefined) => Value;

/** Built-in Function Object (ECMA-262 §10.3). */
export class BuiltinFunction extends FunctionObject {
  constructor(prototype: ObjectValue | null, readonly steps: BuiltinSteps, readonly constructible: boolean, readonly initialName: string) {
    super(prototype);
  }
  override get isConstructor(): boolean {
    return this.constructible;
  }
}

/** Bound Function exotic object (ECMA-262 §10.4.1). */
export class BoundFunction extends FunctionObject {
  constructor(prototype: ObjectValue | null, readonly target: ObjectValue, readonly boundThis: Value, readonly boundArguments: readonly Value[]) {
    super(prototype);
  }
  override get isConstructor(): boolean {
    return isConstructor(this.target);
  }
}

/** Proxy exotic object's place in this file's tests; its methods are in abstract-operations/proxy-objects.ts. */
export interface ProxyLike extends ObjectValue {
  readonly callable: boolean;
  readonly constructible: boolean;
}

/** IsCallable (ECMA-262 §7.2.3) */
export function isCallable(value: Value): value is ObjectValue {
  return value instanceof FunctionObject || (value instanceof ObjectValue && value.kind === 'Proxy' && (value as ProxyLike).callable);
}

/** IsConstructor (ECMA-262 §7.2.4) */
export function isConstructor(value: Value): value is ObjectValue {
  return value instanceof FunctionObject ? value.isConstructor : value instanceof ObjectValue && value.kind === 'Proxy' && (value as ProxyLike).constructible;
}
