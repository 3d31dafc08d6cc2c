import { surroundingAgent, throwError } from '../agent.ts';
import { ErrorObject } from '../exotic-objects.ts';
import { ObjectValue, UnknownValue, type Value } from '../values.ts';
import { createArrayFromList, get, getPrototypeFromConstructor } from '../abstract-operations/operations-on-objects.ts';
import { forEachOf } from '../abstract-operations/iterator-operations.ts';
import { toString } from '../abstract-operations/type-conversion.ts';
import { textOf } from '../evaluation/operators.ts';
import { installErrorStack, type Intrinsics } from './intrinsics.ts';

/** InstallErrorCause (ECMA-262 §20.5.8.1) */
function installErrorCause(intrinsics: Intrinsics, error: ObjectValue, options: Value): void {
  if (options instanceof ObjectValue && options.hasProperty('cause')) intrinsics.value(error, 'cause', get(options, 'cause'));
}

/** Error, its native subclasses, AggregateError and SuppressedError (ECMA-262 §20.5). */
export function createErrors(intrinsics: Intrinsics): void {
  const make = (name: string, parent: ObjectValue | undefined, prototypeParent: ObjectValue | undefined): { constructor: ObjectValue; prototype: ObjectValue } => {
    const own = intrinsics.constructorAndPrototype(name, name === 'AggregateError' ? 2 : name === 'SuppressedError' ? 3 : 1, (_, args, newTarget = own.constructor) => {
      const error = new ErrorObject(getPrototypeFromConstructor(newTarget, `%${name}.prototype%`));
      const [message, options] = name === 'AggregateError' ? [args[1], args[2]] : name === 'SuppressedError' ? [args[2], undefined] : args;
      const text = message === undefined ? '' : message instanceof UnknownValue ? textOf(message) : toString(message);
      installErrorStack(error, newTarget === own.constructor ? undefined : newTarget);
      if (message !== undefined) intrinsics.value(error, 'message', text);
      installErrorCause(intrinsics, error, options);
      if (name === 'AggregateError') {
        const errors: Value[] = [];
        forEachOf(args[0], item => void errors.push(item));
        intrinsics.value(error, 'errors', createArrayFromList(errors));
      } else if (name === 'SuppressedError') {
        intrinsics.value(error, 'error', args[0]);
        intrinsics.value(error, 'suppressed', args[1]);
      }
      return error;
    }, { parent, prototypeParent });
    intrinsics.value(own.prototype, 'name', name);
    intrinsics.value(own.prototype, 'message', '');
    return own;
  };
  const { constructor, prototype } = make('Error', undefined, undefined);
  constructor.properties.set('stackTraceLimit', { value: 10, writable: true, enumerable: true, configurable: true });
  intrinsics.methods(prototype, {
    toString: [0, self => {
      if (!(self instanceof ObjectValue)) throwError('TypeError', 'Error.prototype.toString requires that \'this\' be a JSReceiver');
      const name = get(self, 'name');
      const message = get(self, 'message');
      const head = name === undefined ? 'Error' : toString(name);
      const text = message === undefined ? '' : toString(message);
      return head === '' ? text : text === '' ? head : `${head}: ${text}`;
    }],
  });
  intrinsics.methods(constructor, {
    captureStackTrace: [2, (_, [object, skip]) => {
      if (!(object instanceof ObjectValue)) throwError('TypeError', `Invalid argument`);
      installErrorStack(object, skip instanceof ObjectValue ? skip : undefined);
      return undefined;
    }],
    ...(surroundingAgent.options.node >= 24 ? { isError: [1, (_: Value, [value]: readonly Value[]) => value instanceof ErrorObject] as const } : {}),
  });
  for (const name of ['EvalError', 'RangeError', 'ReferenceError', 'SyntaxError', 'TypeError', 'URIError', 'AggregateError', 'SuppressedError']) make(name, constructor, prototype);
}

