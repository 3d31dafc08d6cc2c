import type { TimelineLocation } from './timeline.ts';
import { isArrayIndex, ObjectValue, sortedKeys, type Descriptor, type PropertyKey, type Value } from './values.ts';

/** An object with [[NumberData]], [[BooleanData]], [[BigIntData]] or [[SymbolData]]. */
export class PrimitiveWrapper extends ObjectValue {
  constructor(prototype: ObjectValue | null, readonly data: number | boolean | bigint | symbol | string) {
    super(prototype);
  }
  override get kind(): string {
    return typeof this.data === 'bigint' ? 'BigInt' : (typeof this.data).replace(/^./, first => first.toUpperCase());
  }
}

/** String exotic object (ECMA-262 §10.4.3). */
export class StringObject extends PrimitiveWrapper {
  declare readonly data: string;
  override get isExotic(): boolean {
    return true;
  }
  override getOwnProperty(key: PropertyKey): Descriptor | undefined {
    if (key === 'length') return { value: this.data.length, writable: false, enumerable: false, configurable: false };
    if (isArrayIndex(key) && Number(key) < this.data.length) return { value: this.data[Number(key)], writable: false, enumerable: true, configurable: false };
    return this.properties.get(key);
  }
  override hasProperty(key: PropertyKey): boolean {
    return this.getOwnProperty(key) !== undefined || (this.prototype !== null && this.prototype.hasProperty(key));
  }
  override ownPropertyKeys(): PropertyKey[] {
    return [...Array.from(this.data, (_, i) => String(i)).slice(0, this.data.length), ...(['length'] as PropertyKey[]), ...sortedKeys(this.properties.keys())];
  }
}

/** Arguments exotic object (ECMA-262 §10.4.4). */
export class ArgumentsObject extends ObjectValue {
  /** [[ParameterMap]]: the bindings that elements are the same as; in sloppy functions with simple parameters only. */
  map: Map<PropertyKey, { value: Value }> | null = null;
  override get kind(): string {
    return 'Arguments';
  }
  override get isExotic(): boolean {
    return this.map !== null;
  }
  override hasProperty(key: PropertyKey): boolean {
    return this.properties.has(key) || (this.prototype !== null && this.prototype.hasProperty(key));
  }
  override getOwnProperty(key: PropertyKey): Descriptor | undefined {
    const own = this.properties.get(key);
    const mapped = this.map?.get(key);
    if (own && mapped) own.value = mapped.value;
    return own;
  }
  override defineOwnProperty(key: PropertyKey, descriptor: Descriptor): boolean {
    const mapped = this.map?.get(key);
    this.getOwnProperty(key);
    if (!super.defineOwnProperty(key, descriptor)) return false;
    if (!mapped) return true;
    if ('get' in descriptor || 'set' in descriptor) this.map!.delete(key);
    else {
      if ('value' in descriptor) mapped.value = descriptor.value;
      if (descriptor.writable === false) this.map!.delete(key);
    }
    return true;
  }
  override set(key: PropertyKey, value: Value, receiver: Value): boolean {
    const mapped = receiver === this ? this.map?.get(key) : undefined;
    if (mapped) mapped.value = value;
    return super.set(key, value, receiver);
  }
  override delete(key: PropertyKey): boolean {
    if (!super.delete(key)) return false;
    this.map?.delete(key);
    return true;
  }
}

/** An object with [[ErrorData]]; its `stack` gets its first line when it is first read, as in V8. */
export class ErrorObject extends ObjectValue {
  /** Makes the text of `stack`; null once it is made. */
  pendingStack: (() => string) | null = null;
  /** The place of the program's code that made it. */
  madeAt: TimelineLocation | null = null;
  override get kind(): string {
    return 'Error';
  }
  override getOwnProperty(key: PropertyKey): Descriptor | undefined {
    const own = this.properties.get(key);
    if (key === 'stack' && this.pendingStack && own) {
      const make = this.pendingStack;
      this.pendingStack = null;
      own.value = make();
    }
    return own;
  }
}

export class DateObject extends ObjectValue {
  /** Made of the fields of a local time: which moment that is depends on the time zone. */
  local = false;
  /** What the clock said when it was made: printed it is not exact. */
  inexact = false;
  constructor(prototype: ObjectValue | null, public time: number) {
    super(prototype);
  }
  override get kind(): string {
    return 'Date';
  }
}

export class MapObject extends ObjectValue {
  readonly data = new GuestMap();
  override get kind(): string {
    return 'Map';
  }
}
export class SetObject extends ObjectValue {
  readonly data = new GuestMap();
  override get kind(): string {
    return 'Set';
  }
}

interface Entry {
  readonly key: Value;
  value: Value;
  deleted: boolean;
}

/** An insertion-ordered map whose iterations see entries that are added meanwhile (ECMA-262 §24.1). */
export class GuestMap {
  entries: Entry[] = [];
  private readonly index = new Map<Value, Entry>();
  get size(): number {
    return this.index.size;
  }
  has(key: Value): boolean {
    return this.index.has(key);
  }
  get(key: Value): Value {
    return this.index.get(key)?.value;
  }
  set(key: Value, value: Value): void {
    const entry = this.index.get(key);
    if (entry) entry.value = value;
    else {
      const added = { key: key === 0 ? 0 : key, value, deleted: false };
      this.index.set(key, added);
      this.entries.push(added);
    }
  }
  delete(key: Value): boolean {
    const entry = this.index.get(key);
    if (!entry) return false;
    entry.deleted = true;
    this.index.delete(key);
    // Deleted entries stay in place for iterations that are under way; they are dropped when nothing lives before them.
    return true;
  }
  clear(): void {
    for (const entry of this.entries) entry.deleted = true;
    this.index.clear();
  }
  *live(): Generator<Entry> {
    for (let i = 0; i < this.entries.length; i++) if (!this.entries[i]!.deleted) yield this.entries[i]!;
  }
}

export class WeakObject extends ObjectValue {
  readonly data = new Map<Value, Value>();
  constructor(prototype: ObjectValue | null, private readonly name: 'WeakMap' | 'WeakSet' | 'WeakRef' | 'FinalizationRegistry') {
    super(prototype);
  }
  override get kind(): string {
    return this.name;
  }
}

export class RegExpObject extends ObjectValue {
  constructor(prototype: ObjectValue | null, public source: string, public flags: string) {
    super(prototype);
  }
  override get kind(): string {
    return 'RegExp';
  }
}

/** An iterator that a builtin makes; `next` gives undefined at its end. */
export class BuiltinIterator extends ObjectValue {
  constructor(prototype: ObjectValue | null, readonly iteratorKind: string, public step: (() => { value: Value } | undefined) | null, readonly close: (() => void) | null = null) {
    super(prototype);
  }
  running = false;
  started = false;
  override get kind(): string {
    return this.iteratorKind;
  }
}
