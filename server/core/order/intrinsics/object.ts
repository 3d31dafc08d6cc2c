import { UnknownOperand } from '../abstract-operations/unknown-values.ts';
import { surroundingAgent, throwError } from '../agent.ts';
import { BoundFunction, BuiltinFunction, ECMAScriptFunction, isCallable, isConstructor, type BuiltinSteps } from '../function-objects.ts';
import { refuseNewerSyntax } from '../modules/code-unit.ts';
import { parseScript } from '../../syntax/parse-script.ts';
import { instantiateFunction } from '../evaluation/functions.ts';
import { absence, isAccessor, ObjectValue, UnknownValue, type PropertyKey, type Value } from '../values.ts';
import { call, construct, copyDataProperties, createArrayFromList, createBuiltinFunction, createListFromArrayLike, createDataPropertyOrThrow, definePropertyOrThrow, enumerableOwnProperties, fromPropertyDescriptor, get, getV, invoke, ordinaryHasInstance, ordinaryObjectCreate, set, setIntegrityLevel, testIntegrityLevel, toPropertyDescriptor, getPrototypeFromConstructor } from '../abstract-operations/operations-on-objects.ts';
import { describeValue } from '../abstract-operations/messages.ts';
import { ProxyObject } from '../abstract-operations/proxy-objects.ts';
import { forEachOf } from '../abstract-operations/iterator-operations.ts';
import { toObject, toPropertyKey, toString } from '../abstract-operations/type-conversion.ts';
import type { Intrinsics } from './intrinsics.ts';

/** HasOwnProperty (ECMA-262 §7.3.13) */
function hasOwn(object: ObjectValue, key: PropertyKey): boolean {
  return object.getOwnProperty(key) !== undefined || absence.mayHave(object, key);
}

/** Object (ECMA-262 §20.1) and %Object.prototype%. */
export function createObject(intrinsics: Intrinsics): void {
  const prototype = new ObjectValue(null);
  // [[SetPrototypeOf]] of %Object.prototype% (Immutable Prototype exotic object).
  prototype.setPrototypeOf = candidate => candidate === null;
  intrinsics.define('%Object.prototype%', prototype);
  const { constructor } = intrinsics.constructorAndPrototype('Object', 1, (_, [value], newTarget) => {
    if (newTarget && newTarget !== constructor) return new ObjectValue(getPrototypeFromConstructor(newTarget, '%Object.prototype%'));
    if (value === undefined || value === null) return ordinaryObjectCreate();
    return value instanceof UnknownValue ? value : toObject(value);
  }, { prototype });

  /** The accessor that reading or writing a property would call (ECMA-262 §B.2.2.4 and §B.2.2.5). */
  const lookup = (half: 'get' | 'set') => (self: Value, [key]: readonly Value[]): Value => {
    const name = toPropertyKey(key);
    for (let object: ObjectValue | null = toObject(self); object; object = object.getPrototypeOf()) {
      const own = object.getOwnProperty(name);
      if (own) return isAccessor(own) ? own[half] : undefined;
      absence.mayHave(object, name);
    }
    return undefined;
  };
  intrinsics.methods(prototype, {
    hasOwnProperty: [1, (self, [key]) => {
      const name = toPropertyKey(key);
      return hasOwn(toObject(self), name);
    }],
    isPrototypeOf: [1, (self, [value]) => {
      if (!(value instanceof ObjectValue)) return false;
      const object = toObject(self);
      for (let o = value.getPrototypeOf(); o; o = o.getPrototypeOf()) if (o === object) return true;
      return false;
    }],
    propertyIsEnumerable: [1, (self, [key]) => toObject(self).getOwnProperty(toPropertyKey(key))?.enumerable ?? false],
    toLocaleString: [0, self => invoke(self, 'toString')],
    toString: [0, objectToString],
    valueOf: [0, self => toObject(self)],
    __defineGetter__: [2, (self, [key, fn]) => {
      definePropertyOrThrow(toObject(self), toPropertyKey(key), { get: fn as ObjectValue, enumerable: true, configurable: true });
      return undefined;
    }],
    __defineSetter__: [2, (self, [key, fn]) => {
      definePropertyOrThrow(toObject(self), toPropertyKey(key), { set: fn as ObjectValue, enumerable: true, configurable: true });
      return undefined;
    }],
    __lookupGetter__: [1, lookup('get')],
    __lookupSetter__: [1, lookup('set')],
  });
  prototype.properties.set('__proto__', {
    get: intrinsics.builtin('__proto__', 0, self => toObject(self).getPrototypeOf(), 'get'),
    set: intrinsics.builtin('__proto__', 1, (self, [value]) => {
      if ((value instanceof ObjectValue || value === null) && self instanceof ObjectValue && !self.setPrototypeOf(value)) throwError('TypeError', self.isExtensible() ? (self.getPrototypeOf() === null && self === prototype ? 'Immutable prototype object \'Object.prototype\' cannot have their prototype set' : 'Cyclic __proto__ value') : '#<Object> is not extensible');
      return undefined;
    }, 'set'),
    enumerable: false, configurable: true,
  });

  const setPrototype = (value: Value, next: Value): Value => {
    if (value === undefined || value === null) throwError('TypeError', 'Object.setPrototypeOf called on null or undefined');
    if (!(next instanceof ObjectValue) && next !== null) throwError('TypeError', `Object prototype may only be an Object or null: ${String(next as string)}`);
    if (value instanceof ObjectValue && !value.setPrototypeOf(next)) throwError('TypeError', value.isExtensible() ? 'Cyclic __proto__ value' : '#<Object> is not extensible');
    return value;
  };
  const define = (object: ObjectValue, descriptors: Value): ObjectValue => {
    const source = toObject(descriptors);
    const list = source.ownPropertyKeys().filter(key => source.getOwnProperty(key)?.enumerable).map(key => [key, toPropertyDescriptor(get(source, key))] as const);
    for (const [key, descriptor] of list) definePropertyOrThrow(object, key, descriptor);
    return object;
  };
  const ownKeys = (value: Value, type: 'string' | 'symbol'): Value => createArrayFromList(toObject(value).ownPropertyKeys().filter(key => typeof key === type));

  intrinsics.methods(constructor, {
    assign: [2, (_, [target, ...sources]) => {
      const to = toObject(target);
      for (const source of sources) {
        if (source === undefined || source === null) continue;
        if (source instanceof UnknownValue) {
          copyDataProperties(to, source);
          continue;
        }
        const from = toObject(source);
        for (const key of from.ownPropertyKeys()) if (from.getOwnProperty(key)?.enumerable) set(to, key, get(from, key));
      }
      return to;
    }],
    create: [2, (_, [parent, descriptors]) => {
      if (!(parent instanceof ObjectValue) && parent !== null) throwError('TypeError', `Object prototype may only be an Object or null: ${String(parent as string)}`);
      const object = new ObjectValue(parent);
      return descriptors === undefined ? object : define(object, descriptors);
    }],
    defineProperties: [2, (_, [object, descriptors]) => {
      if (object instanceof UnknownValue) throw new UnknownOperand(object, 'object');
      if (!(object instanceof ObjectValue)) throwError('TypeError', 'Object.defineProperties called on non-object');
      return define(object, descriptors);
    }],
    defineProperty: [3, (_, [object, key, descriptor]) => {
      if (object instanceof UnknownValue) throw new UnknownOperand(object, 'object');
      if (!(object instanceof ObjectValue)) throwError('TypeError', 'Object.defineProperty called on non-object');
      definePropertyOrThrow(object, toPropertyKey(key), toPropertyDescriptor(descriptor));
      return object;
    }],
    entries: [1, (_, [value]) => createArrayFromList(enumerableOwnProperties(toObject(value), 'key+value'))],
    freeze: [1, (_, [value]) => {
      if (value instanceof ObjectValue && !setIntegrityLevel(value, 'frozen')) throwError('TypeError', 'Cannot freeze');
      return value;
    }],
    fromEntries: [1, (_, [iterable]) => {
      const object = ordinaryObjectCreate();
      forEachOf(iterable, entry => {
        if (!(entry instanceof ObjectValue)) throwError('TypeError', `Iterator value ${String(entry as string)} is not an entry object`);
        createDataPropertyOrThrow(object, toPropertyKey(get(entry, '0')), get(entry, '1'));
      });
      return object;
    }],
    getOwnPropertyDescriptor: [2, (_, [value, key]) => {
      const object = toObject(value);
      const name = toPropertyKey(key);
      const own = object.getOwnProperty(name);
      if (own === undefined) absence.mayHave(object, name);
      return fromPropertyDescriptor(own);
    }],
    getOwnPropertyDescriptors: [1, (_, [value]) => {
      const object = toObject(value);
      const result = ordinaryObjectCreate();
      for (const key of object.ownPropertyKeys()) {
        const descriptor = fromPropertyDescriptor(object.getOwnProperty(key));
        if (descriptor !== undefined) createDataPropertyOrThrow(result, key, descriptor);
      }
      return result;
    }],
    getOwnPropertyNames: [1, (_, [value]) => ownKeys(value, 'string')],
    getOwnPropertySymbols: [1, (_, [value]) => ownKeys(value, 'symbol')],
    getPrototypeOf: [1, (_, [value]) => toObject(value).getPrototypeOf()],
    ...(surroundingAgent.options.node < 22 ? {} : { groupBy: [2, (_: Value, [items, fn]: readonly Value[]): Value => {
      const groups = new Map<PropertyKey, Value[]>();
      let index = 0;
      forEachOf(items, item => {
        const key = toPropertyKey(call(fn, undefined, [item, index++]));
        const list = groups.get(key);
        if (list) list.push(item);
        else groups.set(key, [item]);
      });
      const result = new ObjectValue(null);
      for (const [key, list] of groups) createDataPropertyOrThrow(result, key, createArrayFromList(list));
      return result;
    }] as const }),
    hasOwn: [2, (_, [value, key]) => {
      const object = toObject(value);
      return hasOwn(object, toPropertyKey(key));
    }],
    is: [2, (_, [a, b]) => Object.is(a, b)],
    isExtensible: [1, (_, [value]) => value instanceof ObjectValue && value.isExtensible()],
    isFrozen: [1, (_, [value]) => !(value instanceof ObjectValue) || testIntegrityLevel(value, 'frozen')],
    isSealed: [1, (_, [value]) => !(value instanceof ObjectValue) || testIntegrityLevel(value, 'sealed')],
    keys: [1, (_, [value]) => createArrayFromList(enumerableOwnProperties(toObject(value), 'key'))],
    preventExtensions: [1, (_, [value]) => {
      if (value instanceof ObjectValue && !value.preventExtensions()) throwError('TypeError', 'Cannot prevent extensions');
      return value;
    }],
    seal: [1, (_, [value]) => {
      if (value instanceof ObjectValue && !setIntegrityLevel(value, 'sealed')) throwError('TypeError', 'Cannot seal');
      return value;
    }],
    setPrototypeOf: [2, (_, [value, next]) => setPrototype(value, next)],
    values: [1, (_, [value]) => createArrayFromList(enumerableOwnProperties(toObject(value), 'value'))],
  });
}

/** Object.prototype.toString (ECMA-262 §20.1.3.6) */
export function objectToString(self: Value): Value {
  if (self === undefined) return '[object Undefined]';
  if (self === null) return '[object Null]';
  const object = toObject(self);
  const builtinTag = /^(Array|Arguments|Function|Error|Boolean|Number|String|Date|RegExp)$/.test(object.kind) ? object.kind : object.kind === 'Proxy' && isCallable(object) ? 'Function' : 'Object';
  const tag = getV(object, Symbol.toStringTag);
  return `[object ${typeof tag === 'string' ? tag : builtinTag}]`;
}

/** Reflect (ECMA-262 §28.1) */
export function createReflect(intrinsics: Intrinsics): void {
  const reflect = ordinaryObjectCreate();
  intrinsics.define('%Reflect%', reflect);
  const target = (value: Value, name: string): ObjectValue => {
    if (value instanceof UnknownValue) throw new UnknownOperand(value, 'object');
    if (!(value instanceof ObjectValue)) throwError('TypeError', `Reflect.${name} called on non-object`);
    return value;
  };
  intrinsics.methods(reflect, {
    apply: [3, (_, [fn, self, args]) => call(fn, self, createListFromArrayLike(args))],
    construct: [2, (_, args) => {
      const [fn, list] = args;
      const newTarget = args.length > 2 ? args[2] : fn;
      if (!isConstructor(fn) || !isConstructor(newTarget)) throwError('TypeError', `${describeValue(isConstructor(fn) ? newTarget : fn)} is not a constructor`);
      return construct(fn, createListFromArrayLike(list), newTarget);
    }],
    defineProperty: [3, (_, [object, key, descriptor]) => target(object, 'defineProperty').defineOwnProperty(toPropertyKey(key), toPropertyDescriptor(descriptor))],
    deleteProperty: [2, (_, [object, key]) => target(object, 'deleteProperty').delete(toPropertyKey(key))],
    get: [2, (_, args) => target(args[0], 'get').get(toPropertyKey(args[1]), args.length > 2 ? args[2] : args[0])],
    getOwnPropertyDescriptor: [2, (_, [object, key]) => fromPropertyDescriptor(target(object, 'getOwnPropertyDescriptor').getOwnProperty(toPropertyKey(key)))],
    getPrototypeOf: [1, (_, [object]) => target(object, 'getPrototypeOf').getPrototypeOf()],
    has: [2, (_, [object, key]) => target(object, 'has').hasProperty(toPropertyKey(key))],
    isExtensible: [1, (_, [object]) => target(object, 'isExtensible').isExtensible()],
    ownKeys: [1, (_, [object]) => createArrayFromList(target(object, 'ownKeys').ownPropertyKeys())],
    preventExtensions: [1, (_, [object]) => target(object, 'preventExtensions').preventExtensions()],
    set: [3, (_, args) => target(args[0], 'set').set(toPropertyKey(args[1]), args[2], args.length > 3 ? args[3] : args[0])],
    setPrototypeOf: [2, (_, [object, prototype]) => {
      if (!(prototype instanceof ObjectValue) && prototype !== null) throwError('TypeError', 'Object prototype may only be an Object or null');
      return target(object, 'setPrototypeOf').setPrototypeOf(prototype);
    }],
  });
  intrinsics.value(reflect, Symbol.toStringTag, 'Reflect', 'tag');
}

/** Proxy (ECMA-262 §28.2) */
export function createProxy(intrinsics: Intrinsics): void {
  const create = (target: Value, handler: Value): ProxyObject => {
    if (!(target instanceof ObjectValue) || !(handler instanceof ObjectValue)) throwError('TypeError', 'Cannot create proxy with a non-object as target or handler');
    return new ProxyObject(target, handler);
  };
  const constructor = createBuiltinFunction('Proxy', 2, (_, [target, handler], newTarget) => {
    if (!newTarget) throwError('TypeError', "Constructor Proxy requires 'new'");
    return create(target, handler);
  }, { constructible: true });
  intrinsics.define('%Proxy%', constructor);
  intrinsics.method(constructor, 'revocable', 2, (_, [target, handler]) => {
    const proxy = create(target, handler);
    const result = ordinaryObjectCreate();
    createDataPropertyOrThrow(result, 'proxy', proxy);
    createDataPropertyOrThrow(result, 'revoke', intrinsics.builtin('', 0, () => {
      proxy.target = null;
      proxy.handler = null;
      return undefined;
    }));
    return result;
  });
}

/** CreateDynamicFunction (ECMA-262 §20.2.1.1.1): the text is code of the machine like any other, in the global scope. */
function createDynamicFunction(prefix: string, args: readonly Value[]): Value {
  const agent = surroundingAgent;
  const parameters = args.slice(0, -1).map(arg => toString(arg)).join(',');
  const body = args.length === 0 ? '' : toString(args[args.length - 1]);
  const text = `(${prefix} anonymous(${parameters}\n) {\n${body}\n})`;
  const source = parseScript('anonymous.js', text);
  if (source.errors.length > 0) throwError('SyntaxError', source.errors[0]!.message);
  refuseNewerSyntax(source);
  const [statement] = source.ast.body;
  if (source.ast.body.length !== 1 || statement?.type !== 'ExpressionStatement' || statement.expression.type !== 'FunctionExpression') throwError('SyntaxError', 'Unexpected token');
  const unit = { file: 'anonymous', source, internal: true, strict: false, legacyDecorators: false };
  agent.allocate(text.length);
  return instantiateFunction(statement.expression, { fn: null, unit, strict: false, env: agent.globalEnv, varEnv: agent.globalEnv, privateEnv: null, node: null, coroutine: null }, 'anonymous');
}

/** Function (ECMA-262 §20.2) */
export function createFunction(intrinsics: Intrinsics): void {
  const prototype = new BuiltinFunction(intrinsics.get('%Object.prototype%'), () => undefined, false, '');
  intrinsics.define('%Function.prototype%', prototype);
  intrinsics.value(prototype, 'length', 0, 'tag');
  intrinsics.value(prototype, 'name', '', 'tag');
  const dynamic = (prefix: string): BuiltinSteps => (_, args) => createDynamicFunction(prefix, args);
  const { constructor } = intrinsics.constructorAndPrototype('Function', 1, dynamic('function'), { prototype });
  intrinsics.methods(prototype, {
    apply: [2, (self, [thisArgument, list]) => {
      if (!isCallable(self) && !(self instanceof UnknownValue)) throwError('TypeError', 'Function.prototype.apply was called on a value that is not a function');
      return call(self, thisArgument, list === undefined || list === null ? [] : createListFromArrayLike(list));
    }],
    bind: [1, (self, [boundThis, ...boundArguments]) => {
      if (!isCallable(self)) throwError('TypeError', 'Bind must be called on a function');
      const bound = new BoundFunction(self.getPrototypeOf(), self, boundThis, boundArguments);
      const length = self.getOwnProperty('length') ? get(self, 'length') : 0;
      intrinsics.value(bound, 'length', typeof length === 'number' ? Math.max(0, length - boundArguments.length) : 0, 'tag');
      const name = get(self, 'name');
      intrinsics.value(bound, 'name', `bound ${typeof name === 'string' ? name : ''}`, 'tag');
      return bound;
    }],
    call: [1, (self, [thisArgument, ...args]) => {
      if (!isCallable(self) && !(self instanceof UnknownValue)) throwError('TypeError', 'Function.prototype.call was called on a value that is not a function');
      return call(self, thisArgument, args);
    }],
    toString: [0, self => {
      if (!isCallable(self)) throwError('TypeError', "Function.prototype.toString requires that 'this' be a Function");
      return describeValue(self);
    }],
  });
  // ECMA-262 §10.2.4: strict functions have no `caller` and no `arguments` of their own.
  const restricted = (name: 'caller' | 'arguments'): BuiltinSteps => self => {
    if (self instanceof ECMAScriptFunction && !self.strict && self.functionKind === 'normal' && self.node?.async !== true && self.node?.generator !== true) {
      surroundingAgent.incomplete(`${name} of a function`);
      return null;
    }
    throwError('TypeError', "'caller', 'callee', and 'arguments' properties may not be accessed on strict mode functions or the arguments objects for calls to them");
  };
  for (const name of ['caller', 'arguments'] as const) {
    const thrower = intrinsics.builtin('', 0, restricted(name));
    prototype.properties.set(name, { get: thrower, set: thrower, enumerable: false, configurable: true });
  }
  intrinsics.value(prototype, Symbol.hasInstance, intrinsics.builtin(Symbol.hasInstance, 1, (self, [value]) => ordinaryHasInstance(self, value)), 'constant');
  for (const [name, prefix] of [['AsyncFunction', 'async function'], ['GeneratorFunction', 'function*'], ['AsyncGeneratorFunction', 'async function*']] as const) {
    const own = new ObjectValue(prototype);
    intrinsics.define(`%${name}.prototype%`, own);
    const make = createBuiltinFunction(name, 1, dynamic(prefix), { constructible: true });
    make.prototype = constructor;
    intrinsics.value(make, 'prototype', own, 'constant');
    intrinsics.value(own, 'constructor', make, 'tag');
    intrinsics.value(own, Symbol.toStringTag, name, 'tag');
    intrinsics.define(`%${name}%`, make);
  }
}
