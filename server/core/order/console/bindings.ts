import { AsyncGeneratorObject } from '../abstract-operations/async-generator-operations.ts';
import { GeneratorObject } from '../abstract-operations/generator-operations.ts';
import { createDataProperty, ordinaryObjectCreate } from '../abstract-operations/operations-on-objects.ts';
import { PromiseObject } from '../abstract-operations/promise-operations.ts';
import { ProxyObject } from '../abstract-operations/proxy-objects.ts';
import { BuiltinIterator, DateObject, ErrorObject, MapObject, PrimitiveWrapper, RegExpObject, SetObject } from '../exotic-objects.ts';
import { ECMAScriptFunction } from '../function-objects.ts';
import { ArrayBufferObject, DataViewObject, TypedArrayObject } from '../intrinsics/typed-arrays.ts';
import type { Intrinsics } from '../intrinsics/intrinsics.ts';
import { inexactMark, ObjectValue, UnknownValue, type Value } from '../values.ts';
import { ModuleNamespace } from '../modules/module-namespace.ts';
import { format } from './format.ts';
import { createInspectContext, inspect } from './inspect.ts';

/** Text with marks is a string of which only the place of the unknown part is open. */
function asText(text: string): Value {
  return text.includes(inexactMark) ? new UnknownValue('an inexact text', 'string', text.replaceAll(inexactMark, '')) : text;
}

/** %inspect%: util.inspect as a function of the program. */
export function createInspect(intrinsics: Intrinsics): void {
  const fn = intrinsics.builtin('inspect', 2, (_, args) => {
    const [value, options] = args;
    // The older form: inspect(value, showHidden, depth, colors).
    if (typeof options === 'boolean' || args.length > 2) {
      const legacy = ordinaryObjectCreate();
      createDataProperty(legacy, 'showHidden', options);
      if (args[2] !== undefined) createDataProperty(legacy, 'depth', args[2]);
      createDataProperty(legacy, 'colors', args[3]);
      return asText(inspect(value, createInspectContext(legacy)));
    }
    return asText(inspect(value, createInspectContext(options)));
  });
  intrinsics.define('%inspect%', fn);
}

/** `internalBinding('inspect')` */
export function createInspectBinding(intrinsics: Intrinsics): ObjectValue {
  const binding = ordinaryObjectCreate();
  createDataProperty(binding, 'inspect', intrinsics.get('%inspect%'));
  createDataProperty(binding, 'format', intrinsics.builtin('format', 0, (_, args) => asText(format(args))));
  createDataProperty(binding, 'formatWithOptions', intrinsics.builtin('formatWithOptions', 1, (_, [options, ...args]) => asText(format(args, () => createInspectContext(options)))));
  return binding;
}

/** `internalBinding('types')`: util.types. */
export function createTypesBinding(intrinsics: Intrinsics): ObjectValue {
  const binding = ordinaryObjectCreate();
  const boxed = (type: string) => (value: Value): boolean => value instanceof PrimitiveWrapper && typeof value.data === type;
  const kind = (name: string) => (value: Value): boolean => value instanceof ObjectValue && value.kind === name;
  const tests: Readonly<Record<string, (value: Value) => boolean>> = {
    isAnyArrayBuffer: value => value instanceof ArrayBufferObject,
    isArgumentsObject: kind('Arguments'),
    isArrayBuffer: value => value instanceof ArrayBufferObject && !value.shared,
    isArrayBufferView: value => value instanceof TypedArrayObject || value instanceof DataViewObject,
    isAsyncFunction: value => value instanceof ECMAScriptFunction && value.node?.async === true,
    isBigInt64Array: kind('BigInt64Array'), isBigUint64Array: kind('BigUint64Array'),
    isBigIntObject: boxed('bigint'), isBooleanObject: boxed('boolean'), isNumberObject: boxed('number'), isStringObject: boxed('string'), isSymbolObject: boxed('symbol'),
    isBoxedPrimitive: value => value instanceof PrimitiveWrapper,
    isDataView: value => value instanceof DataViewObject,
    isDate: value => value instanceof DateObject,
    isExternal: () => false, isCryptoKey: () => false, isKeyObject: () => false,
    isFloat32Array: kind('Float32Array'), isFloat64Array: kind('Float64Array'), isInt8Array: kind('Int8Array'), isInt16Array: kind('Int16Array'), isInt32Array: kind('Int32Array'),
    isUint8Array: kind('Uint8Array'), isUint8ClampedArray: kind('Uint8ClampedArray'), isUint16Array: kind('Uint16Array'), isUint32Array: kind('Uint32Array'),
    isGeneratorFunction: value => value instanceof ECMAScriptFunction && value.node?.generator === true,
    isGeneratorObject: value => value instanceof GeneratorObject || value instanceof AsyncGeneratorObject,
    isMap: value => value instanceof MapObject,
    isMapIterator: value => value instanceof BuiltinIterator && value.iteratorKind === 'Map Iterator',
    isModuleNamespaceObject: value => value instanceof ModuleNamespace,
    isNativeError: value => value instanceof ErrorObject,
    isPromise: value => value instanceof PromiseObject,
    isProxy: value => value instanceof ProxyObject,
    isRegExp: value => value instanceof RegExpObject,
    isSet: value => value instanceof SetObject,
    isSetIterator: value => value instanceof BuiltinIterator && value.iteratorKind === 'Set Iterator',
    isSharedArrayBuffer: value => value instanceof ArrayBufferObject && value.shared,
    isTypedArray: value => value instanceof TypedArrayObject,
    isWeakMap: kind('WeakMap'), isWeakSet: kind('WeakSet'),
  };
  for (const name of Object.keys(tests)) createDataProperty(binding, name, intrinsics.builtin(name, 1, (_, [value]) => tests[name]!(value)));
  return binding;
}
