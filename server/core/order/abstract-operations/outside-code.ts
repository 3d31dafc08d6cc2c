import { surroundingAgent } from '../agent.ts';
import { ECMAScriptFunction, isCallable } from '../function-objects.ts';
import { ObjectValue, UnknownValue, type Value } from '../values.ts';
import { boundNames } from '../evaluation/static-semantics.ts';
import { call, createArrayFromList, invoke } from './operations-on-objects.ts';
import { noteAwait, noteOutsideCall } from './step-actions.ts';
import { fulfillPromise, functionLocation, newPromise, rejectPromise, type PromiseObject } from './promise-operations.ts';

// A function that is explained without its program meets databases, libraries and the rest of its program as unknown code.

/** What is taken for granted where one function is explained; each that was needed makes the answer incomplete. */
export const assumptions = {
  validArguments: 'Node’s own functions are taken to get valid arguments',
  oneElement: 'lists of unknown length are taken to have one element',
  oneCall: 'unknown code is taken to call its callbacks once',
} as const;

const reactions = /^(?:then|catch|finally)$/;
const listeners = /^(?:on|once|addListener|prependListener|addEventListener|subscribe)$/;
/** Methods of arrays that call their callback before they return. */
const iterates = /^(?:forEach|map|flatMap|filter|some|every|find|findIndex|findLast|findLastIndex|reduce|reduceRight|sort|toSorted)$/;

/** A call of an unknown function in an explained function: promise methods and array methods are known by their names. */
export function callOutside(fn: UnknownValue, args: readonly Value[]): Value {
  const { member } = fn;
  const key = typeof member?.key === 'string' ? member.key : '';
  const instance = instanceFromContainer(key, args);
  if (instance) return instance;
  // While the program starts it hands out callbacks for later.
  if (surroundingAgent.startingUp > 0) return returned(fn);
  const callbacks = args.flatMap(callbacksIn);
  const passesOn = !member && /^(?:next|done)$/.test(key === '' ? fn.origin : key);
  if (callbacks.length === 0 || passesOn) return member?.owner.like !== undefined && collections.test(key) ? collectionMethod(fn, key, args) : noted(fn, args, returned(fn));
  if (member && reactions.test(key)) return invoke(promiseOf(member.owner), key, args);
  if (member && iterates.test(key)) return iterate(fn, member.owner, key, callbacks[0]!, args);
  // What is registered is called when its event comes, which is another story.
  if (member && registers(key, args)) return noted(fn, args, returned(fn));
  surroundingAgent.incompleteText(assumptions.oneCall);
  const result = noted(fn, args, returned(fn));
  for (const callback of callbacks) callLater(fn, callback, listeners.test(key) && args[0] === 'error');
  return result;
}

/** Whether a call hands handlers to a framework: a route by its path or an object with a `handler`, a hook, a plugin. */
function registers(key: string, args: readonly Value[]): boolean {
  const [first] = args;
  if (/^(?:use|addHook|register|setErrorHandler|setNotFoundHandler|decorate|decorateRequest|decorateReply)$/.test(key)) return true;
  if (!/^(?:get|post|put|patch|delete|head|options|all|route|ws)$/.test(key)) return false;
  return (typeof first === 'string' && (first.startsWith('/') || first === '*')) || (first instanceof ObjectValue && first.properties.has('handler'));
}

/** `Container.get(AuthService)`: containers give the instance of a class of the program, by the class itself. */
function instanceFromContainer(key: string, args: readonly Value[]): ObjectValue | undefined {
  const [asked] = args;
  return /^(?:get|resolve|getInstance|make)$/.test(key) && asked instanceof ECMAScriptFunction && asked.isClassConstructor ? surroundingAgent.instanceOf?.(asked) : undefined;
}

function noted(fn: UnknownValue, args: readonly Value[], result: UnknownValue): UnknownValue {
  noteOutsideCall(fn, args, result);
  return result;
}

/** Methods of collections whose results are known to be no promises of outside code. */
const collections = /^(?:has|delete|includes|push|unshift|indexOf|lastIndexOf|findIndex|set|add|clear|get|pop|shift|at)$/;

function returned(fn: UnknownValue): UnknownValue {
  const value = new UnknownValue(`${fn.origin}()`);
  value.place = surroundingAgent.userLocation();
  return value;
}

/** The functions that unknown code can get at through an argument: itself, or those in an object that was written for it. */
function callbacksIn(argument: Value): ObjectValue[] {
  if (isCallable(argument)) return isClass(argument) ? [] : [argument];
  if (!(argument instanceof ObjectValue) || !argument.isPlain) return [];
  return [...argument.properties.values()].flatMap(({ value }) => (isCallable(value) && !isClass(value) ? [value] : []));
}

/** Outside code that is handed a class makes instances of it, at most: it cannot be called. */
export function isClass(fn: Value): boolean {
  return fn instanceof ECMAScriptFunction && fn.isClassConstructor;
}

/** What a method of a collection of the language gives whose contents are unknown. */
function collectionMethod({ member, origin }: UnknownValue, key: string, args: readonly Value[]): Value | undefined {
  const text = `${origin}(${args.length > 0 && args[0] instanceof UnknownValue ? args[0].origin : ''})`;
  const given = (type: UnknownValue['type']): UnknownValue => {
    const value = new UnknownValue(text, type);
    value.settled = true;
    return value;
  };
  if (/^(?:has|delete|includes)$/.test(key)) return given('boolean');
  if (/^(?:push|unshift|indexOf|lastIndexOf|findIndex)$/.test(key)) return given('number');
  if (/^(?:set|add)$/.test(key)) return member!.owner;
  return key === 'clear' ? undefined : given('any');
}

/** One round of the callback, as of a list with one element. */
function iterate(fn: UnknownValue, owner: UnknownValue, key: string, callback: ObjectValue, args: readonly Value[]): Value {
  surroundingAgent.incompleteText(assumptions.oneElement);
  const element = new UnknownValue(`an element of ${owner.origin}`);
  if (/^reduce/.test(key)) return call(callback, undefined, [args.length > 1 ? args[1] : element, element, 0, owner]);
  if (/ort/.test(key)) {
    call(callback, undefined, [element, new UnknownValue(element.origin)]);
    return owner;
  }
  const result = call(callback, undefined, [element, 0, owner]);
  switch (key) {
    case 'forEach':
      return undefined;
    case 'map':
      return createArrayFromList([result]);
    case 'flatMap':
      return result;
    case 'filter':
      return createArrayFromList([element]);
    case 'find':
    case 'findLast':
      return element;
    default:
      return new UnknownValue(`${fn.origin}()`, key === 'some' || key === 'every' ? 'boolean' : 'number');
  }
}

/** Unknown code was handed a callback: it calls it in a later poll phase, at once, or not at all. */
function callLater(fn: UnknownValue, callback: ObjectValue, rare: boolean): void {
  const agent = surroundingAgent;
  const alternatives = rare ? ['not at all', 'later'] : ['later', 'at once', 'not at all'];
  const when = alternatives[agent.choose(`when ${fn.origin}() calls its callback`, alternatives)];
  if (when === 'not at all') return;
  const run = (): void => void call(callback, undefined, parametersOf(callback, fn));
  if (when === 'at once') run();
  else agent.host.startOutside(agent.origin(`callback of ${fn.origin}()`, functionLocation(callback) ?? agent.userLocation()), fn.origin, run);
}

/** An unknown value for each parameter, by its name. */
function parametersOf(callback: ObjectValue, fn: UnknownValue): Value[] {
  if (!(callback instanceof ECMAScriptFunction) || !callback.node) return [new UnknownValue(`an argument of the callback of ${fn.origin}()`)];
  return callback.node.params.map(parameter => new UnknownValue(boundNames(parameter)[0] ?? `an argument of the callback of ${fn.origin}()`));
}

/** Whether an unknown value is what a call of unknown code returned, which may be a promise. */
export function mayBePromise(value: Value): value is UnknownValue {
  return surroundingAgent.withoutProgram && value instanceof UnknownValue && !value.settled && value.type === 'any' && outsideName(value).endsWith(')');
}

/** What the program wrote to get at a value: `User.findById()`, whatever it calls it since. */
function outsideName(value: UnknownValue): string {
  return value.made ?? value.origin;
}

/** An unknown value that came out of a call or a list is called by the name of the variable that holds it. */
export function nameUnknown(value: Value, name: string): void {
  if (!surroundingAgent.withoutProgram || surroundingAgent.inLibrary || !(value instanceof UnknownValue) || value.made !== undefined || value.likely !== undefined || !/[([]/.test(value.origin)) return;
  value.made = value.origin;
  value.origin = name;
}

/** The promise that a call of unknown code returned: it settles in a poll phase, or has settled already, one way or the other. */
export function promiseOf(value: UnknownValue): PromiseObject {
  if (value.promise) return value.promise as PromiseObject;
  const agent = surroundingAgent;
  const promise = newPromise();
  value.promise = promise;
  noteAwait(value);
  // What is awaited while the program starts is done by the time that somebody asks.
  if (agent.startingUp > 0) return promise;
  const name = outsideName(value);
  const settle = (): void => {
    const fails = agent.choose(`whether ${name} succeeds`, ['it does', 'it fails']) === 1;
    const result = new UnknownValue(fails ? `the error of ${name}` : name, fails ? 'object' : 'any');
    result.settled = true;
    result.place = value.place;
    if (fails) rejectPromise(promise, result);
    else fulfillPromise(promise, result);
  };
  // Where nothing else waits, settling now and settling later cannot be told apart.
  const now = agent.host.othersWait() && agent.choose(`when ${name} settles`, ['in a later poll phase', 'at once']) === 1;
  if (now) settle();
  else agent.host.startOutside(agent.origin(`${name} settles`, value.place ?? agent.userLocation()), name, settle);
  return promise;
}
