import { throwError, type ExecutionContext } from '../agent.ts';
import { call } from '../abstract-operations/operations-on-objects.ts';
import { describeValue } from '../abstract-operations/messages.ts';
import { chargeHeap, ObjectValue, UnknownValue, type PrivateElement, type PrivateName, type Value } from '../values.ts';

function resolve(name: string, context: ExecutionContext): PrivateName {
  const found = context.privateEnv?.resolve(name);
  if (!found) throwError('SyntaxError', `Private field '#${name}' must be declared in an enclosing class`);
  return found;
}

function find(object: Value, name: string, context: ExecutionContext, verb: 'read' | 'write'): PrivateElement {
  const privateName = resolve(name, context);
  if (!(object instanceof ObjectValue)) {
    if (object === undefined || object === null) throwError('TypeError', `Cannot ${verb === 'read' ? 'read' : 'set'} properties of ${describeValue(object)} (${verb === 'read' ? 'reading' : 'setting'} '#${name}')`);
    throwError('TypeError', `Cannot ${verb} private member #${name} ${verb === 'read' ? 'from' : 'to'} an object whose class did not declare it`);
  }
  const element = object.privateElements?.get(privateName);
  if (!element) throwError('TypeError', element === undefined && verb === 'read' ? `Cannot read private member #${name} from an object whose class did not declare it` : `Cannot write private member #${name} to an object whose class did not declare it`);
  return element;
}

/** PrivateGet (ECMA-262 §7.3.29) */
export function privateGet(object: Value, name: string, context: ExecutionContext): Value {
  if (object instanceof UnknownValue) return new UnknownValue(`${object.origin}.#${name}`);
  const element = find(object, name, context, 'read');
  if (element.kind !== 'accessor') return element.value;
  if (!element.get) throwError('TypeError', `'#${name}' was defined without a getter`);
  return call(element.get, object, []);
}

/** PrivateSet (ECMA-262 §7.3.30) */
export function privateSet(object: Value, name: string, value: Value, context: ExecutionContext): void {
  const element = find(object, name, context, 'write');
  if (element.kind === 'field') element.value = value;
  else if (element.kind === 'method') throwError('TypeError', `Private method '#${name}' is not writable`);
  else if (!element.set) throwError('TypeError', `'#${name}' was defined without a setter`);
  else call(element.set, object, [value]);
}

/** `#x in object` */
export function privateHas(object: ObjectValue, name: string, context: ExecutionContext): boolean {
  return object.privateElements?.has(resolve(name, context)) ?? false;
}

/** PrivateFieldAdd, PrivateMethodOrAccessorAdd (ECMA-262 §7.3.27, §7.3.28) */
export function privateAdd(object: ObjectValue, name: PrivateName, element: PrivateElement): void {
  const elements = (object.privateElements ??= new Map());
  if (elements.has(name)) throwError('TypeError', 'Cannot initialize private methods of class twice on the same object');
  chargeHeap(1);
  elements.set(name, element);
}
