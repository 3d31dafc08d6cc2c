import { throwError } from './agent.ts';
import { ObjectValue, PrivateName, type Value } from './values.ts';
import { definePropertyOrThrow } from './abstract-operations/operations-on-objects.ts';

/** A binding; `uninitialized` is the temporal dead zone. */
export interface Binding {
  value: Value;
  initialized: boolean;
  readonly mutable: boolean;
  /** Assigning to it throws in sloppy code too (const, unlike the name of a function expression). */
  readonly strict: boolean;
  /** An import binding reads through to the exporting module (ECMA-262 §9.1.1.5.5). */
  readonly indirect?: () => Binding;
}

/** Environment Record (ECMA-262 §9.1); subclasses differ in where bindings live and in `this`. */
export class Environment {
  readonly bindings = new Map<string, Binding>();
  constructor(readonly outer: Environment | null) {}

  /** ResolveBinding's walk: the record that has the name, or null. */
  lookup(name: string): Environment | null {
    for (let env: Environment | null = this; env !== null; env = env.outer) if (env.has(name)) return env;
    return null;
  }
  has(name: string): boolean {
    return this.bindings.has(name);
  }
  createMutable(name: string): void {
    this.bindings.set(name, { value: undefined, initialized: false, mutable: true, strict: true });
  }
  createImmutable(name: string, strict: boolean): void {
    this.bindings.set(name, { value: undefined, initialized: false, mutable: false, strict });
  }
  /** A var or parameter: initialized to `value`. */
  createVar(name: string, value: Value): void {
    this.bindings.set(name, { value, initialized: true, mutable: true, strict: false });
  }
  createImport(name: string, indirect: () => Binding): void {
    this.bindings.set(name, { value: undefined, initialized: true, mutable: false, strict: true, indirect });
  }
  initialize(name: string, value: Value): void {
    const binding = this.bindings.get(name)!;
    binding.value = value;
    binding.initialized = true;
  }
  /** GetBindingValue */
  getValue(name: string): Value {
    let binding = this.bindings.get(name)!;
    if (binding.indirect) binding = binding.indirect();
    if (!binding.initialized) throwError('ReferenceError', name === 'this' ? "Must call super constructor in derived class before accessing 'this' or returning from derived constructor" : `Cannot access '${name}' before initialization`);
    return binding.value;
  }
  /** SetMutableBinding */
  setValue(name: string, value: Value, strict: boolean): void {
    let binding = this.bindings.get(name)!;
    // What start-up left of a variable can be assigned to, an import cannot.
    if (binding.indirect && binding.mutable) binding = binding.indirect();
    if (!binding.initialized) throwError('ReferenceError', `Cannot access '${name}' before initialization`);
    if (binding.mutable) binding.value = value;
    else if (binding.strict || strict) throwError('TypeError', 'Assignment to constant variable.');
  }
  delete(_name: string): boolean {
    return false;
  }
  /** The object of a with statement. */
  withBaseObject(): ObjectValue | undefined {
    return undefined;
  }
}

/** Function Environment Record (ECMA-262 §9.1.1.3). */
export class FunctionEnvironment extends Environment {
  thisStatus: 'lexical' | 'initialized' | 'uninitialized' = 'lexical';
  thisValue: Value = undefined;
  constructor(outer: Environment | null, readonly functionObject: ObjectValue & { homeObject?: ObjectValue }, readonly newTarget: Value) {
    super(outer);
  }
  bindThisValue(value: Value): void {
    if (this.thisStatus === 'initialized') throwError('ReferenceError', 'Super constructor may only be called once');
    this.thisValue = value;
    this.thisStatus = 'initialized';
  }
  getThisBinding(): Value {
    if (this.thisStatus === 'uninitialized') throwError('ReferenceError', "Must call super constructor in derived class before accessing 'this' or returning from derived constructor");
    return this.thisValue;
  }
}

/** Module and CommonJS-free top level: `this` is a fixed value. */
export class TopEnvironment extends Environment {
  constructor(outer: Environment | null, readonly thisValue: Value) {
    super(outer);
  }
}

/** Object Environment Record: the global object, and `with`. */
export class ObjectEnvironment extends Environment {
  constructor(outer: Environment | null, readonly object: ObjectValue, readonly isWith: boolean) {
    super(outer);
  }
  override has(name: string): boolean {
    if (!this.object.hasProperty(name)) return false;
    if (!this.isWith) return true;
    const unscopables = this.object.get(Symbol.unscopables, this.object);
    return !(unscopables instanceof ObjectValue && Boolean(unscopables.get(name, unscopables)));
  }
  override createVar(name: string, value: Value): void {
    definePropertyOrThrow(this.object, name, { value, writable: true, enumerable: true, configurable: false });
  }
  override initialize(name: string, value: Value): void {
    this.object.set(name, value, this.object);
  }
  override getValue(name: string): Value {
    return this.object.get(name, this.object);
  }
  override setValue(name: string, value: Value, strict: boolean): void {
    if (!this.object.set(name, value, this.object) && strict) throwError('TypeError', `Cannot assign to read only property '${name}' of object`);
  }
  override delete(name: string): boolean {
    return this.object.delete(name);
  }
  override withBaseObject(): ObjectValue | undefined {
    return this.isWith ? this.object : undefined;
  }
}

/** GetThisEnvironment (ECMA-262 §9.4.3) */
export function getThisEnvironment(env: Environment): FunctionEnvironment | TopEnvironment | null {
  for (let e: Environment | null = env; e !== null; e = e.outer) {
    if (e instanceof FunctionEnvironment && e.thisStatus !== 'lexical') return e;
    if (e instanceof TopEnvironment) return e;
  }
  return null;
}

/** PrivateEnvironment Record (ECMA-262 §9.2). */
export class PrivateEnvironment {
  readonly names = new Map<string, PrivateName>();
  constructor(readonly outer: PrivateEnvironment | null) {}
  /** ResolvePrivateIdentifier */
  resolve(identifier: string): PrivateName | undefined {
    for (let env: PrivateEnvironment | null = this; env !== null; env = env.outer) {
      const name = env.names.get(identifier);
      if (name) return name;
    }
    return undefined;
  }
}
