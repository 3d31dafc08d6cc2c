import { throwError } from '../agent.ts';
import type { Binding } from '../environment-records.ts';
import { ObjectValue, type Descriptor, type PropertyKey, type Value } from '../values.ts';

/** Module Namespace exotic object (ECMA-262 §10.4.6). */
export class ModuleNamespace extends ObjectValue {
  /** @param exports names in code unit order, each with the binding that it resolves to */
  constructor(private readonly exports: ReadonlyMap<string, () => Binding>) {
    super(null);
    this.properties.set(Symbol.toStringTag, { value: 'Module', writable: false, enumerable: false, configurable: false });
    this.extensible = false;
  }
  override get kind(): string {
    return 'Module';
  }
  override get isExotic(): boolean {
    return true;
  }
  override setPrototypeOf(prototype: ObjectValue | null): boolean {
    return prototype === null;
  }
  private read(name: string): Value {
    const binding = this.exports.get(name)!();
    if (!binding.initialized) throwError('ReferenceError', `Cannot access '${name}' before initialization`);
    return binding.indirect ? binding.indirect().value : binding.value;
  }
  override getOwnProperty(key: PropertyKey): Descriptor | undefined {
    if (typeof key === 'symbol') return this.properties.get(key);
    return this.exports.has(key) ? { value: this.read(key), writable: true, enumerable: true, configurable: false } : undefined;
  }
  override hasProperty(key: PropertyKey): boolean {
    return typeof key === 'symbol' ? this.properties.has(key) : this.exports.has(key);
  }
  override get(key: PropertyKey): Value {
    if (typeof key === 'symbol') return this.properties.get(key)?.value;
    return this.exports.has(key) ? this.read(key) : undefined;
  }
  override set(): boolean {
    return false;
  }
  override defineOwnProperty(): boolean {
    return false;
  }
  override delete(key: PropertyKey): boolean {
    return typeof key === 'symbol' ? !this.properties.has(key) : !this.exports.has(key);
  }
  override ownPropertyKeys(): PropertyKey[] {
    return [...[...this.exports.keys()].sort(), Symbol.toStringTag];
  }
}
