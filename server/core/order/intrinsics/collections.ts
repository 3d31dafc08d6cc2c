import { surroundingAgent, throwError } from '../agent.ts';
import { BuiltinIterator, MapObject, SetObject, WeakObject, type GuestMap } from '../exotic-objects.ts';
import { isCallable } from '../function-objects.ts';
import { chargeHeap, ObjectValue, type Value } from '../values.ts';
import { call, createArrayFromList, get, getPrototypeFromConstructor } from '../abstract-operations/operations-on-objects.ts';
import { forEachOf, getIteratorDirect, iterationDone, iteratorClose, iteratorStepValue } from '../abstract-operations/iterator-operations.ts';
import { describeValue } from '../abstract-operations/messages.ts';
import { toBoolean, toIntegerOrInfinity, toNumber } from '../abstract-operations/type-conversion.ts';
import { builtinIterator } from './iterators.ts';
import type { Intrinsics } from './intrinsics.ts';

function requireNew(newTarget: ObjectValue | undefined, name: string): asserts newTarget {
  if (!newTarget) throwError('TypeError', `Constructor ${name} requires 'new'`);
}

/** An iterator over the entries of a Map or Set that sees what is added meanwhile. */
function collectionIterator(data: GuestMap, kind: 'Map Iterator' | 'Set Iterator', pick: (key: Value, value: Value) => Value): BuiltinIterator {
  const entries = data.live();
  return new BuiltinIterator(builtinIterator(surroundingAgent.intrinsics, kind), kind, () => {
    const { done, value } = entries.next();
    return done ? undefined : { value: pick(value.key, value.value) };
  });
}

/** Map (ECMA-262 §24.1) */
export function createMap(intrinsics: Intrinsics): void {
  const data = (self: Value, method: string): GuestMap => {
    if (!(self instanceof MapObject)) throwError('TypeError', `Method Map.prototype.${method} called on incompatible receiver ${describeValue(self)}`);
    return self.data;
  };
  const { constructor, prototype } = intrinsics.constructorAndPrototype('Map', 0, (_, [iterable], newTarget) => {
    requireNew(newTarget, 'Map');
    const map = new MapObject(getPrototypeFromConstructor(newTarget, '%Map.prototype%'));
    if (iterable === undefined || iterable === null) return map;
    const adder = get(map, 'set');
    if (!isCallable(adder)) throwError('TypeError', `'${describeValue(adder)}' returned for property 'set' of object '#<Map>' is not a function`);
    forEachOf(iterable, entry => {
      if (!(entry instanceof ObjectValue)) throwError('TypeError', `Iterator value ${typeof entry === 'string' ? entry : describeValue(entry)} is not an entry object`);
      call(adder, map, [get(entry, '0'), get(entry, '1')]);
    });
    return map;
  });
  intrinsics.species(constructor);
  if (surroundingAgent.options.node >= 22) intrinsics.method(constructor, 'groupBy', 2, (_, [items, fn]) => {
    const map = new MapObject(intrinsics.get('%Map.prototype%'));
    const lists = new Map<Value, Value[]>();
    let index = 0;
    forEachOf(items, item => {
      const key = call(fn, undefined, [item, index++]);
      const list = lists.get(key);
      if (list) list.push(item);
      else lists.set(key, [item]);
    });
    for (const [key, list] of lists) map.data.set(key, createArrayFromList(list));
    return map;
  });
  intrinsics.methods(prototype, {
    get: [1, (self, [key]) => data(self, 'get').get(key)],
    set: [2, (self, [key, value]) => {
      chargeHeap(1);
      data(self, 'set').set(key, value);
      return self;
    }],
    has: [1, (self, [key]) => data(self, 'has').has(key)],
    delete: [1, (self, [key]) => data(self, 'delete').delete(key)],
    clear: [0, self => void data(self, 'clear').clear()],
    entries: [0, self => collectionIterator(data(self, 'entries'), 'Map Iterator', (key, value) => createArrayFromList([key, value]))],
    forEach: [1, (self, [fn, thisArgument]) => {
      if (!isCallable(fn)) throwError('TypeError', `${describeValue(fn)} is not a function`);
      for (const { key, value } of data(self, 'forEach').live()) call(fn, thisArgument, [value, key, self]);
      return undefined;
    }],
    keys: [0, self => collectionIterator(data(self, 'keys'), 'Map Iterator', key => key)],
    values: [0, self => collectionIterator(data(self, 'values'), 'Map Iterator', (_, value) => value)],
  });
  intrinsics.getter(prototype, 'size', self => data(self, 'size').size);
  intrinsics.value(prototype, Symbol.iterator, prototype.properties.get('entries')!.value);
  intrinsics.value(prototype, Symbol.toStringTag, 'Map', 'tag');
}

/** Set (ECMA-262 §24.2) with its set operations. */
export function createSet(intrinsics: Intrinsics): void {
  const data = (self: Value, method: string): GuestMap => {
    if (!(self instanceof SetObject)) throwError('TypeError', `Method Set.prototype.${method} called on incompatible receiver ${describeValue(self)}`);
    return self.data;
  };
  const { constructor, prototype } = intrinsics.constructorAndPrototype('Set', 0, (_, [iterable], newTarget) => {
    requireNew(newTarget, 'Set');
    const set = new SetObject(getPrototypeFromConstructor(newTarget, '%Set.prototype%'));
    if (iterable === undefined || iterable === null) return set;
    const adder = get(set, 'add');
    if (!isCallable(adder)) throwError('TypeError', `'${describeValue(adder)}' returned for property 'add' of object '#<Set>' is not a function`);
    forEachOf(iterable, value => void call(adder, set, [value]));
    return set;
  });
  intrinsics.species(constructor);
  intrinsics.methods(prototype, {
    add: [1, (self, [value]) => {
      chargeHeap(1);
      const key = value === 0 ? 0 : value;
      data(self, 'add').set(key, key);
      return self;
    }],
    has: [1, (self, [value]) => data(self, 'has').has(value)],
    delete: [1, (self, [value]) => data(self, 'delete').delete(value)],
    clear: [0, self => void data(self, 'clear').clear()],
    entries: [0, self => collectionIterator(data(self, 'entries'), 'Set Iterator', key => createArrayFromList([key, key]))],
    forEach: [1, (self, [fn, thisArgument]) => {
      if (!isCallable(fn)) throwError('TypeError', `${describeValue(fn)} is not a function`);
      for (const { key } of data(self, 'forEach').live()) call(fn, thisArgument, [key, key, self]);
      return undefined;
    }],
    values: [0, self => collectionIterator(data(self, 'values'), 'Set Iterator', key => key)],
  });
  const values = prototype.properties.get('values')!.value;
  intrinsics.value(prototype, 'keys', values);
  intrinsics.value(prototype, Symbol.iterator, values);
  intrinsics.getter(prototype, 'size', self => data(self, 'size').size);
  intrinsics.value(prototype, Symbol.toStringTag, 'Set', 'tag');
  if (surroundingAgent.options.node < 22) return;

  /** GetSetRecord (ECMA-262 §24.2.1.2) */
  const record = (other: Value): { size: number; has: (value: Value) => boolean; each: (visit: (value: Value) => boolean | void) => void } => {
    if (!(other instanceof ObjectValue)) throwError('TypeError', `${describeValue(other)} is not an object`);
    const size = toNumber(get(other, 'size'));
    if (Number.isNaN(size)) throwError('TypeError', "The 'size' property must be a number");
    const has = get(other, 'has');
    const keys = get(other, 'keys');
    if (!isCallable(has) || !isCallable(keys)) throwError('TypeError', `'has' and 'keys' of a set-like must be functions`);
    return {
      size: toIntegerOrInfinity(size),
      has: value => toBoolean(call(has, other, [value])),
      each: visit => {
        const iterator = getIteratorDirect(call(keys, other, []) as ObjectValue);
        for (let next = iteratorStepValue(iterator); next !== iterationDone; next = iteratorStepValue(iterator)) {
          if (visit(next as Value) === false) {
            iteratorClose(iterator, undefined);
            return;
          }
        }
      },
    };
  };
  const result = (keys: Iterable<Value>): SetObject => {
    const set = new SetObject(intrinsics.get('%Set.prototype%'));
    for (const key of keys) set.data.set(key, key);
    return set;
  };
  const keysOf = (self: GuestMap): Value[] => [...self.live()].map(({ key }) => key);
  const operation = (name: string, run: (self: GuestMap, other: ReturnType<typeof record>) => Value) => intrinsics.method(prototype, name, 1, (self, [other]) => run(data(self, name), record(other)));
  operation('union', (self, other) => {
    const keys = keysOf(self);
    other.each(value => void keys.push(value));
    return result(keys);
  });
  operation('intersection', (self, other) => {
    if (self.size <= other.size) return result(keysOf(self).filter(key => other.has(key)));
    const keys: Value[] = [];
    other.each(value => { if (self.has(value)) keys.push(value); });
    return result(keys);
  });
  operation('difference', (self, other) => {
    if (self.size <= other.size) return result(keysOf(self).filter(key => !other.has(key)));
    const keys = new Set(keysOf(self));
    other.each(value => void keys.delete(value));
    return result(keys);
  });
  operation('symmetricDifference', (self, other) => {
    const keys = new Set(keysOf(self));
    other.each(value => {
      if (self.has(value)) keys.delete(value);
      else keys.add(value);
    });
    return result(keys);
  });
  operation('isSubsetOf', (self, other) => self.size <= other.size && keysOf(self).every(key => other.has(key)));
  operation('isSupersetOf', (self, other) => {
    if (self.size < other.size) return false;
    let all = true;
    other.each(value => (all = self.has(value)));
    return all;
  });
  operation('isDisjointFrom', (self, other) => {
    if (self.size <= other.size) return !keysOf(self).some(key => other.has(key));
    let none = true;
    other.each(value => (none = !self.has(value)));
    return none;
  });
}

/** WeakMap, WeakSet, WeakRef, FinalizationRegistry (ECMA-262 §24.3, §24.4, §26): nothing is ever collected. */
export function createWeak(intrinsics: Intrinsics): void {
  const holdable = (value: Value): boolean => value instanceof ObjectValue || (typeof value === 'symbol' && ![...surroundingAgent.globalSymbols.values()].includes(value));
  const make = (name: 'WeakMap' | 'WeakSet' | 'WeakRef' | 'FinalizationRegistry', construct: (object: WeakObject, args: readonly Value[]) => void): { prototype: ObjectValue; data: (self: Value) => Map<Value, Value> } => {
    const { prototype } = intrinsics.constructorAndPrototype(name, name.length < 8 ? 0 : 1, (_, args, newTarget) => {
      requireNew(newTarget, name);
      const object = new WeakObject(getPrototypeFromConstructor(newTarget, `%${name}.prototype%`), name);
      construct(object, args);
      return object;
    });
    intrinsics.value(prototype, Symbol.toStringTag, name, 'tag');
    return { prototype, data: self => {
      if (!(self instanceof WeakObject) || self.kind !== name) throwError('TypeError', `Method ${name}.prototype called on incompatible receiver ${describeValue(self)}`);
      return self.data;
    } };
  };
  const weakMap = make('WeakMap', (object, [iterable]) => {
    if (iterable === undefined || iterable === null) return;
    const adder = get(object, 'set');
    forEachOf(iterable, entry => void call(adder, object, [get(entry as ObjectValue, '0'), get(entry as ObjectValue, '1')]));
  });
  intrinsics.methods(weakMap.prototype, {
    get: [1, (self, [key]) => weakMap.data(self).get(key)],
    set: [2, (self, [key, value]) => {
      const map = weakMap.data(self);
      if (!holdable(key)) throwError('TypeError', `Invalid value used as weak map key`);
      map.set(key, value);
      return self;
    }],
    has: [1, (self, [key]) => weakMap.data(self).has(key)],
    delete: [1, (self, [key]) => weakMap.data(self).delete(key)],
  });
  const weakSet = make('WeakSet', (object, [iterable]) => {
    if (iterable === undefined || iterable === null) return;
    const adder = get(object, 'add');
    forEachOf(iterable, value => void call(adder, object, [value]));
  });
  intrinsics.methods(weakSet.prototype, {
    add: [1, (self, [value]) => {
      if (!holdable(value)) throwError('TypeError', 'Invalid value used in weak set');
      weakSet.data(self).set(value, true);
      return self;
    }],
    has: [1, (self, [value]) => weakSet.data(self).has(value)],
    delete: [1, (self, [value]) => weakSet.data(self).delete(value)],
  });
  const weakRef = make('WeakRef', (object, [target]) => {
    if (!holdable(target)) throwError('TypeError', 'WeakRef: target must be an object');
    object.data.set('target', target);
  });
  intrinsics.methods(weakRef.prototype, { deref: [0, self => weakRef.data(self).get('target')] });
  const registry = make('FinalizationRegistry', (_, [cleanup]) => {
    if (!isCallable(cleanup)) throwError('TypeError', 'FinalizationRegistry: cleanup must be callable');
  });
  intrinsics.methods(registry.prototype, {
    register: [2, self => void registry.data(self)],
    unregister: [1, self => {
      registry.data(self);
      return false;
    }],
  });
}
