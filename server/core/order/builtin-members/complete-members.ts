import { surroundingAgent } from '../agent.ts';
import { BuiltinFunction, ECMAScriptFunction } from '../function-objects.ts';
import { call, construct, createBuiltinFunction, getPrototypeFromConstructor } from '../abstract-operations/operations-on-objects.ts';
import { openMember } from '../abstract-operations/start-up.ts';
import { callUnknown } from '../abstract-operations/unknown-values.ts';
import { isAccessor, ObjectValue, setAbsence, UnknownValue, type Descriptor, type PropertyKey, type Value } from '../values.ts';
import { hasNullPrototype, isFunctionPath, instanceNamesOf, membersOf, parentOf, unreadOptions, type Member } from './member-table.ts';

// What real Node has and the machine has not is not absent: each such property is there, with all that is known of it (its
// attributes, the type of its value), and what is done with it beyond that makes the answer incomplete.

/** The symbol that a name of the table stands for. */
function keyOf(name: string): PropertyKey {
  if (name.startsWith('@@')) {
    const { intrinsics: { wellKnown } } = surroundingAgent;
    const symbol = name === '@@dispose' ? wellKnown.dispose : name === '@@asyncDispose' ? wellKnown.asyncDispose : (Symbol as unknown as Record<string, unknown>)[name.slice(2)];
    return typeof symbol === 'symbol' ? symbol : name;
  }
  if (!name.startsWith('@')) return name;
  const key = name.slice(1);
  const { globalSymbols } = surroundingAgent;
  if (!globalSymbols.has(key)) globalSymbols.set(key, Symbol(key));
  return globalSymbols.get(key)!;
}

/** The path as people write it: `fs.promises.statfs`, `Buffer.prototype.readUIntBE`. */
function shownPath(path: string): string {
  return path.replace(/^node:/, '').replaceAll('%', '').replaceAll('.@@', ' Symbol.').replaceAll('.proto.', ' ');
}

const incomplete = (what: string): void => surroundingAgent.incomplete(`${what} is not modelled`);

/** A data property whose value is made when somebody reads it. */
export class LazyProperty implements Descriptor {
  private known: { readonly value: Value } | null = null;
  constructor(private readonly make: () => { readonly value: Value; readonly lasting: boolean }, public writable: boolean, public enumerable: boolean, public configurable: boolean) {}
  get value(): Value {
    if (this.known) return this.known.value;
    const { value, lasting } = this.make();
    if (lasting) this.known = { value };
    return value;
  }
  set value(value: Value) {
    this.known = { value };
  }
}

/** An accessor property whose getter gives nothing that is known. */
class MissingAccessor implements Descriptor {
  private getter: ObjectValue | undefined;
  private setter: ObjectValue | undefined;
  constructor(private readonly key: PropertyKey, private readonly shown: string, private readonly member: Member, public enumerable: boolean, public configurable: boolean) {}
  get get(): ObjectValue {
    const { shown, member } = this;
    return (this.getter ??= createBuiltinFunction(this.key, 0, () => {
      // The machine's own libraries do not know of it either.
      if (surroundingAgent.inLibrary) return undefined;
      if (member.givesFunction) return missingFunction(member, this.key);
      incomplete(shown);
      return new UnknownValue(shown);
    }, { prefix: 'get' }));
  }
  get set(): ObjectValue {
    return (this.setter ??= createBuiltinFunction(this.key, 1, (self, [value]) => {
      if (!surroundingAgent.inLibrary) incomplete(`${this.shown} = …`);
      if (self instanceof ObjectValue) self.properties.set(this.key, { value, writable: true, enumerable: true, configurable: true });
      return undefined;
    }, { prefix: 'set' }));
  }
}

/** The name of a function that only a path leads to: its prototype's constructor has it, else the last part. */
function nameOfPath(path: string): string {
  const constructor = membersOf(`${path}.prototype`, surroundingAgent.options.node)?.find(member => member.name === 'constructor');
  const last = path.split('.').at(-1)!;
  return constructor?.functionName ?? (last.startsWith('%') || last.startsWith('@') ? '' : last);
}

/** A function of Node of which the machine knows only that it is there. */
function missingFunction(member: Pick<Member, 'child' | 'kind' | 'constant' | 'givesFunction'> & { readonly functionName?: string | undefined }, key: PropertyKey, above: ObjectValue | null = null): ObjectValue {
  const known = surroundingAgent.builtins.get(member.child);
  if (known) return known;
  const { intrinsics, options: { node } } = surroundingAgent;
  const shown = shownPath(member.child);
  const constructible = member.kind === 'constructor' || member.givesFunction;
  const fn: BuiltinFunction = createBuiltinFunction(member.functionName ?? (key === '' ? nameOfPath(member.child) : key), typeof member.constant === 'number' ? member.constant : 0, (self, args, newTarget) => {
    if (above !== null) return newTarget ? construct(above, args, newTarget) : call(above, self, args);
    incomplete(`${newTarget ? 'new ' : ''}${shown}()`);
    if (newTarget && newTarget !== fn) return new ObjectValue(getPrototypeFromConstructor(newTarget, '%Object.prototype%'));
    return callUnknown(new UnknownValue(newTarget ? `new ${shown}` : shown, 'function'), args);
  }, { constructible });
  if (constructible) {
    const prototype = builtinAt(`${member.child}.prototype`) ?? new ObjectValue(intrinsics.get('%Object.prototype%'));
    // The prototype of a generator function has no constructor.
    const described = membersOf(`${member.child}.prototype`, node);
    if (described && !described.some(one => one.name === 'constructor')) prototype.properties.delete('constructor');
    else if (!(prototype.properties.get('constructor') instanceof LazyProperty)) prototype.properties.set('constructor', { value: fn, writable: true, enumerable: false, configurable: true });
    else prototype.properties.get('constructor')!.value = fn;
    fn.properties.set('prototype', { value: prototype, writable: false, enumerable: false, configurable: false });
  }
  const parent = parentOf(member.child, node);
  if (parent !== undefined) fn.prototype = builtinAt(parent) ?? missingFunction({ child: parent, kind: 'constructor', constant: 0, givesFunction: false }, '');
  completeMembers(fn, member.child);
  return fn;
}

/** The object at a path: the machine's where it is known by then, else one of which only the names are known; null where the table has none. */
export function builtinAt(path: string): ObjectValue | null {
  const { builtins, intrinsics, options: { node } } = surroundingAgent;
  const known = builtins.get(path);
  if (known) return known;
  if (/^[A-Z]\w+(?:\.prototype)?$/.test(path) && intrinsics.knows(`%${path}%`)) return intrinsics.get(`%${path}%`);
  if (isFunctionPath(path) || (!membersOf(path, node) && membersOf(`${path}.prototype`, node))) return missingFunction({ child: path, kind: 'constructor', constant: 0, givesFunction: false }, '');
  if (!membersOf(path, node)) return null;
  const parent = parentOf(path, node);
  const object = new ObjectValue(hasNullPrototype(path, node) ? null : (parent === undefined ? null : builtinAt(parent)) ?? intrinsics.get('%Object.prototype%'));
  completeMembers(object, path);
  return object;
}

function missingValue(path: string, member: Member, key: PropertyKey): { readonly value: Value; readonly lasting: boolean } {
  switch (member.kind) {
    case 'function':
    case 'constructor':
      // The machine's libraries look for methods that a class may have or not: theirs are all that there are.
      if (surroundingAgent.inLibrary) return { value: undefined, lasting: false };
      return { value: missingFunction(member, key), lasting: true };
    case 'undefined':
      return { value: undefined, lasting: true };
    case 'object': {
      const object = builtinAt(member.child);
      if (object === null) break;
      return { value: object, lasting: true };
    }
    case 'null':
      if (path.endsWith('.prototype')) return { value: null, lasting: true };
      break;
    case 'symbol':
      if (typeof member.constant === 'string') return { value: keyOf(member.constant) as symbol, lasting: true };
      break;
    default:
      if (member.constant !== undefined) return { value: member.constant, lasting: true };
  }
  if (surroundingAgent.inLibrary) return { value: undefined, lasting: false };
  const shown = shownPath(member.child);
  incomplete(shown);
  return { value: new UnknownValue(shown, member.kind === 'null' || member.kind === 'accessor' ? 'any' : member.kind), lasting: false };
}

/** Own names of the instances of a class, by its prototype. */
const instanceNames = new WeakMap<ObjectValue, { readonly names: ReadonlySet<string>; readonly path: string }>();

/**
 * Gives the object the properties that the real one has on this version of Node and the machine's has not, and theirs in turn.
 * @param path which object it is (member-table.ts)
 * @param stands the machine's object stands for one that it has elsewhere too
 * @param foreign drops properties that the real object has not; for objects that no library of the machine relies on
 */
export function completeMembers(object: ObjectValue, path: string, foreign: 'keep' | 'drop' = 'keep', stands: 'for itself' | 'for another' = 'for itself'): void {
  const { completed, builtins, intrinsics, options: { node } } = surroundingAgent;
  if (completed.has(object)) return;
  completed.set(object, path);
  if (stands === 'for itself' && !builtins.has(path)) builtins.set(path, object);
  const names = instanceNamesOf(path, node);
  if (names) instanceNames.set(object, { names, path });
  if (object instanceof ECMAScriptFunction || object instanceof BuiltinFunction) {
    const unread = unreadOptions(path, node);
    if (unread && unread.size > 0) {
      optionsOf.set(object, { path, unread });
      object.checkArguments = args => checkOptions(object, args);
    }
  }
  const isFunction = object instanceof ECMAScriptFunction || object instanceof BuiltinFunction;
  const members = membersOf(path, node);
  if (members) {
    const before = object.properties;
    const after = new Map<PropertyKey, Descriptor>();
    if (isFunction) for (const key of ['length', 'name', 'prototype', 'arguments', 'caller']) if (before.has(key)) after.set(key, before.get(key)!);
    for (const member of members) {
      const key = keyOf(member.name);
      const own = before.get(key);
      if (own && isPlain(own) && own.value instanceof ObjectValue && (member.kind === 'function' || member.kind === 'constructor') && member.name !== 'constructor') nameFunction(own.value, member, key);
      if (own && member.kind !== 'accessor' && isAccessor(own) && !(own instanceof MissingAccessor)) {
        // The library makes it when it is first read.
        const { get: make } = own;
        after.set(key, new LazyProperty(() => {
          const value = make === undefined ? undefined : call(make, object, []);
          if (value instanceof ObjectValue) completeMembers(value, member.child);
          return { value, lasting: true };
        }, member.writable, member.enumerable, member.configurable));
      } else if (own) {
        own.enumerable = member.enumerable;
        if (isAccessor(own)) {
          if (!path.endsWith('.prototype') && own.get !== undefined) completeWhenRead(own, member);
        } else if (!(own instanceof LazyProperty) && !(own instanceof MissingAccessor) && own.value instanceof ObjectValue && member.name !== 'constructor') completeMembers(own.value, member.child);
        // What was measured, not what a library remembers.
        if (member.constant !== undefined && isPlain(own) && typeof own.value === typeof member.constant) own.value = member.constant;
        after.set(key, own);
      } else if (inheritedOf(object, member, key)) after.set(key, { ...inheritedOf(object, member, key), enumerable: member.enumerable, configurable: member.configurable });
      else if (member.kind === 'accessor') after.set(key, new MissingAccessor(key, shownPath(member.child), member, member.enumerable, member.configurable));
      else after.set(key, new LazyProperty(() => missingValue(path, member, key), member.writable, member.enumerable, member.configurable));
    }
    if (foreign === 'keep') for (const [key, own] of before) if (!after.has(key)) after.set(key, own);
    object.properties = after;
  }
  const prototype = isFunction ? object.properties.get('prototype') : undefined;
  if (prototype && prototype.value instanceof ObjectValue) completeMembers(prototype.value, `${path}.prototype`);
  if (hasNullPrototype(path, node) && object.prototype === intrinsics.get('%Object.prototype%')) object.prototype = null;
  const parent = parentOf(path, node);
  if (parent === undefined || object.prototype === null) return;
  if (isNamed(object.prototype, parent)) completeMembers(object.prototype, parent);
  // The real class has one above it that the machine has not.
  if (completed.get(object.prototype) === parent || (!membersOf(parent, node) && !membersOf(`${parent}.prototype`, node))) return;
  const above = builtins.get(parent) ?? between(parent, object.prototype, isFunction);
  if (above !== object.prototype && !inherits(above, object)) object.prototype = above;
}

function inherits(object: ObjectValue, from: ObjectValue): boolean {
  for (let one: ObjectValue | null = object; one !== null; one = one.prototype) if (one === from) return true;
  return false;
}

/** Whether that is the object that the path names: its constructor is called so. */
function isNamed(object: ObjectValue, path: string): boolean {
  const own = object.properties.get(object instanceof ECMAScriptFunction || object instanceof BuiltinFunction ? 'name' : 'constructor')?.value;
  const name = own instanceof ObjectValue ? own.properties.get('name')?.value : own;
  const wanted = path === 'node:events' || path === 'node:events.prototype' ? 'EventEmitter' : path.replace(/\.prototype$/, '').split(/[.:]/).at(-1)!;
  return name === wanted || name === wanted.replace(/^%(.+)%$/, '$1');
}

/** A class of Node between two of the machine's: it does what the one above does. */
function between(path: string, above: ObjectValue, isFunction: boolean): ObjectValue {
  if (isFunction) {
    const fn = missingFunction({ child: path, kind: 'constructor', constant: 0, givesFunction: false }, '', above);
    if (fn.prototype === surroundingAgent.intrinsics.get('%Function.prototype%')) fn.prototype = above;
    return fn;
  }
  const object = new ObjectValue(above);
  completeMembers(object, path);
  return object;
}

/** Options that real Node reads and the machine's function does not, by function. */
const optionsOf = new WeakMap<ObjectValue, { readonly path: string; readonly unread: ReadonlySet<string> }>();

/** A call from the program's own code: an option that nobody looks at in the machine leaves open what Node does with it. */
function checkOptions(fn: ObjectValue, args: readonly Value[]): void {
  const known = optionsOf.get(fn);
  if (!known || surroundingAgent.inLibrary) return;
  for (const argument of args) {
    if (!(argument instanceof ObjectValue)) continue;
    for (const [key, own] of argument.properties) {
      if (typeof key === 'string' && known.unread.has(key) && !(!isAccessor(own) && own.value === undefined)) incomplete(`the option ${key} of ${shownPath(known.path)}()`);
    }
  }
}

/** A method that the real class has anew and the machine's inherits: the one above does the same. */
function inheritedOf(object: ObjectValue, member: Member, key: PropertyKey): Descriptor | undefined {
  if (member.name === 'constructor' || (member.kind !== 'function' && member.kind !== 'constructor' && member.kind !== 'accessor')) return undefined;
  const { intrinsics } = surroundingAgent;
  for (let above = object.prototype; above !== null; above = above.prototype) {
    if (above === intrinsics.get('%Object.prototype%') || above === intrinsics.get('%Function.prototype%')) return undefined;
    const own = above.properties.get(key);
    if (own && !(own instanceof LazyProperty) && !(own instanceof MissingAccessor)) return own;
  }
  return undefined;
}

/** A data property with a value that was made. */
function isPlain(own: Descriptor): own is Descriptor & { value?: Value } {
  return !isAccessor(own) && !(own instanceof LazyProperty);
}

/** What the machine's own function is called, and its length, are those of the real one. */
function nameFunction(fn: ObjectValue, member: Member, key: PropertyKey): void {
  const name = fn.properties.get('name');
  const length = fn.properties.get('length');
  const wanted = member.functionName ?? (typeof key === 'symbol' ? `[${key.description ?? ''}]` : key);
  if (name && isPlain(name) && name.writable !== true) name.value = wanted;
  if (length && isPlain(length) && typeof member.constant === 'number') length.value = member.constant;
}

/** A module's getter loads what it gives. */
function completeWhenRead(own: Descriptor, member: Member): void {
  const make = own.get!;
  own.get = createBuiltinFunction(member.name, 0, self => {
    const value = call(make, self, []);
    if (value instanceof ObjectValue) completeMembers(value, member.child);
    return value;
  }, { prefix: 'get' });
}

/** The class among the prototypes of an object whose instances have that name in Node. */
function classWith(object: ObjectValue, key: PropertyKey): string | null {
  if (typeof key !== 'string') return null;
  for (let prototype = object.prototype; prototype !== null; prototype = prototype.prototype) {
    const known = instanceNames.get(prototype);
    if (known?.names.has(key)) return known.path;
  }
  return null;
}

const instanceOf = (path: string): string => shownPath(path).replace(/\.prototype$/, '');

setAbsence({
  read(receiver, key) {
    const open = receiver instanceof ObjectValue && surroundingAgent.withoutProgram ? openMember(receiver, key) : undefined;
    if (open) return open;
    const path = receiver instanceof ObjectValue ? classWith(receiver, key) : null;
    if (path === null || surroundingAgent.inLibrary) return undefined;
    const shown = `the property ${String(key)} of a ${instanceOf(path)}`;
    incomplete(shown);
    return new UnknownValue(shown);
  },
  mayHave(object, key) {
    const open = surroundingAgent.withoutProgram ? openMember(object, key) : undefined;
    if (open) {
      surroundingAgent.incomplete(`whether ${open.origin} is there is not known`);
      return true;
    }
    const path = classWith(object, key);
    if (path === null || surroundingAgent.inLibrary) return false;
    incomplete(`the property ${String(key)} of a ${instanceOf(path)}`);
    return true;
  },
  enumerated(object) {
    const owner = surroundingAgent.withoutProgram ? surroundingAgent.openObjects.get(object) : undefined;
    if (owner && !surroundingAgent.inLibrary) surroundingAgent.incomplete(`the names of the properties of ${owner.origin} are not known`);
    // The own names of an object of Node itself are complete, also where it inherits from a prototype of Node.
    if (surroundingAgent.completed.has(object)) return;
    for (let prototype = object.prototype; prototype !== null; prototype = prototype.prototype) {
      const known = instanceNames.get(prototype);
      if (!known) continue;
      const missing = [...known.names].find(name => !name.startsWith('@') && !object.properties.has(name));
      if (missing !== undefined && !surroundingAgent.inLibrary) incomplete(`the list of the properties of a ${instanceOf(known.path)}`);
      return;
    }
  },
});
