import { surroundingAgent, type Agent } from './agent.ts';
import { builtinAt, completeMembers } from './builtin-members/complete-members.ts';
import type { GuestValue, HostFunction, Primitive, Realm } from './node-bindings/realm.ts';
import { ErrorObject } from './exotic-objects.ts';
import { isCallable } from './function-objects.ts';
import { instantiateFunction } from './evaluation/functions.ts';
import { inexactMark, ArrayObject, ObjectValue, UnknownValue, type Value } from './values.ts';
import { call, createArrayFromList, createDataProperty, createListFromArrayLike, getV, ordinaryObjectCreate, set } from './abstract-operations/operations-on-objects.ts';
import { functionLocation } from './abstract-operations/promise-operations.ts';
import { toBoolean } from './abstract-operations/type-conversion.ts';
import { inspect } from './console/inspect.ts';
import { createInspectBinding, createTypesBinding } from './console/bindings.ts';
import { textOf } from './evaluation/operators.ts';
import { ArrayBufferObject, DataViewObject, TypedArrayObject } from './intrinsics/typed-arrays.ts';
import { parseOnce } from './modules/code-unit.ts';

/** What Node's bindings see of the machine (node-bindings/realm.ts). */
export function createGuestRealm(agent: Agent): Realm {
  const asValue = (value: GuestValue): Value => value as Value;
  const bindings = new Map<string, GuestValue>();
  return {
    node: agent.options.node,
    func: (name: string, body: HostFunction) => agent.intrinsics.builtin(name, 0, (self, args) => asValue(body(args, self))),
    object(properties) {
      const object = ordinaryObjectCreate();
      for (const key of Object.keys(properties)) createDataProperty(object, key, asValue(properties[key]));
      return object;
    },
    array: values => createArrayFromList(values as readonly Value[]),
    primitive: (value: Primitive) => value,
    host(value) {
      if (value instanceof ObjectValue || typeof value === 'symbol') return undefined;
      if (value instanceof UnknownValue) return value.likely;
      return value as Primitive;
    },
    get: (object, key) => getV(asValue(object), key),
    set(object, key, value) {
      if (object instanceof ObjectValue) set(object, key, asValue(value));
    },
    elements: array => (array instanceof ArrayObject && array.elements ? (array.elements as readonly Value[]) : createListFromArrayLike(asValue(array))),
    call: (fn, self, args) => call(asValue(fn), asValue(self), args as readonly Value[]),
    truthy: value => toBoolean(asValue(value)),
    library: (id, text) => compileLibrary(id, text),
    unknown: (origin, type) => new UnknownValue(origin, type as UnknownValue['type']),
    isUnknown: value => value instanceof UnknownValue,
    originOf: value => (value instanceof UnknownValue ? value.origin : ''),
    isOpen: value => value instanceof UnknownValue && (value.likely === undefined || String(value.likely).includes(`${inexactMark}<`)),
    inexact(value, what) {
      if (typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean' || typeof value === 'bigint') return new UnknownValue(what, typeof value as 'number', value);
      return value;
    },
    forgetBytes(bytes, what, length) {
      const buffer = bufferOf(bytes);
      if (!buffer) return;
      buffer.unknownBytes = what;
      if (length) buffer.unknownLength = true;
    },
    unknownBytes: bytes => bufferOf(bytes)?.unknownBytes ?? undefined,
    bytes(value) {
      const buffer = bufferOf(value);
      if (!buffer || buffer.unknownBytes !== null) return undefined;
      return value instanceof TypedArrayObject ? new Uint8Array(buffer.bytes.buffer.slice(value.host.byteOffset, value.host.byteOffset + value.host.byteLength) as ArrayBuffer) : buffer.bytes.slice();
    },
    get asyncContext() {
      return agent.asyncContext;
    },
    set asyncContext(value: GuestValue) {
      agent.asyncContext = asValue(value);
    },
    origin: (label, callback) => agent.origin(label, functionLocation(asValue(callback)) ?? agent.userLocation()),
    place: () => agent.userContext()?.node ?? null,
    write: (stream, text) => agent.write(stream, textOf(asValue(text))),
    writeDirectly: (stream, text) => agent.writeDirectly(stream, textOf(asValue(text))),
    describeError: error => describeError(asValue(error)),
    incomplete: what => agent.incomplete(what),
    complete(object, path) {
      if (object instanceof ObjectValue) completeMembers(object, path);
    },
    builtinAt: path => builtinAt(path) ?? ordinaryObjectCreate(),
    binding(name) {
      const known = bindings.get(name);
      if (known !== undefined) return known;
      const made = name === 'inspect' ? createInspectBinding(agent.intrinsics) : name === 'types' ? createTypesBinding(agent.intrinsics) : undefined;
      if (made !== undefined) bindings.set(name, made);
      return made;
    },
  };
}

function bufferOf(value: GuestValue): ArrayBufferObject | undefined {
  return value instanceof ArrayBufferObject ? value : value instanceof TypedArrayObject || value instanceof DataViewObject ? value.buffer : undefined;
}

/** What Node prints for an error that nobody handled. */
function describeError(error: Value): string {
  if (error instanceof ErrorObject) return inspect(error);
  if (error instanceof ObjectValue && !isCallable(error)) return `Uncaught:\n${inspect(error)}`;
  return `Uncaught ${inspect(error)}`;
}

const parameters = '(exports, require, module, internalBinding, process)';

/** A guest library as a function of its parameters; its frames are not the program's. */
function compileLibrary(id: string, text: string): Value {
  const agent = surroundingAgent;
  const source = parseOnce(`node-lib/${id}.js`, `(function ${parameters} {${text}\n});`);
  if (source.errors.length > 0) throw new Error(`library ${id}, line ${source.errors[0]!.line}: ${source.errors[0]!.message}`);
  const [statement] = source.ast.body;
  if (statement?.type !== 'ExpressionStatement' || statement.expression.type !== 'FunctionExpression') throw new Error(`library ${id} is no function body`);
  const unit = { file: id, source, internal: true, strict: true, legacyDecorators: false };
  const context = { fn: null, unit, strict: true, env: agent.globalEnv, varEnv: agent.globalEnv, privateEnv: null, node: null, coroutine: null };
  return instantiateFunction(statement.expression, context, '');
}

