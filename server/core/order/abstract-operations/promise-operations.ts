import { mayBePromise, promiseOf } from './outside-code.ts';
import { locationOf, surroundingAgent, throwError, type StepOrigin } from '../agent.ts';
import type { TimelineLocation } from '../timeline.ts';
import { ProgramError } from '../event-loop/engine.ts';
import { type BuiltinSteps, BoundFunction, ECMAScriptFunction, isCallable, isConstructor } from '../function-objects.ts';
import { capture } from '../recurrence.ts';
import { ObjectValue, UnknownValue, type Value } from '../values.ts';
import { call, construct, createBuiltinFunction, get, speciesConstructor } from './operations-on-objects.ts';

/** Promise instance (ECMA-262 §27.2.6). */
export class PromiseObject extends ObjectValue {
  state: 'pending' | 'fulfilled' | 'rejected' = 'pending';
  result: Value = undefined;
  fulfillReactions: PromiseReaction[] = [];
  rejectReactions: PromiseReaction[] = [];
  isHandled = false;
  override get kind(): string {
    return 'Promise';
  }
}

/** PromiseCapability Record (ECMA-262 §27.2.1.1) */
export interface PromiseCapability {
  readonly promise: Value;
  readonly resolve: Value;
  readonly reject: Value;
}

/** What a reaction calls: a function of the program, or the machine itself (await). */
export type Handler = { readonly callback: ObjectValue } | { readonly host: (argument: Value) => void } | null;

/** PromiseReaction Record (ECMA-262 §27.2.1.2) */
interface PromiseReaction {
  readonly capability: PromiseCapability | null;
  readonly type: 'fulfill' | 'reject';
  readonly handler: Handler;
  readonly origin: ReactionOrigin;
  readonly asyncContext: Value;
}

/** What the step of a reaction is called and where its code is; no location: no step of its own. */
export interface ReactionOrigin {
  readonly label: string;
  readonly location: TimelineLocation | null;
  readonly resumes?: string;
}

/** Builtin reactions that stand for a function of the program (`finally`). */
export const stepLocations = new WeakMap<ObjectValue, ObjectValue>();

/** Where the code of a function of the program is; null for builtins and libraries. */
export function functionLocation(fn: Value): TimelineLocation | null {
  if (fn instanceof BoundFunction) return functionLocation(fn.target);
  if (fn instanceof ObjectValue && stepLocations.has(fn)) return functionLocation(stepLocations.get(fn));
  if (!(fn instanceof ECMAScriptFunction)) return null;
  if (fn.unit.internal) return surroundingAgent.userLocation();
  return locationOf(fn.unit, fn.place);
}

const none: ReactionOrigin = { label: '', location: null };

/** CreateResolvingFunctions (ECMA-262 §27.2.1.3) */
export function createResolvingFunctions(promise: PromiseObject): { resolve: ObjectValue; reject: ObjectValue } {
  const resolved = { already: false };
  const resolve = createBuiltinFunction('', 1, capture<BuiltinSteps>((_, [resolution]) => {
    if (!resolved.already) {
      resolved.already = true;
      resolvePromise(promise, resolution);
    }
    return undefined;
  }, promise, resolved, 'resolve'));
  const reject = createBuiltinFunction('', 1, capture<BuiltinSteps>((_, [reason]) => {
    if (!resolved.already) {
      resolved.already = true;
      rejectPromise(promise, reason);
    }
    return undefined;
  }, promise, resolved, 'reject'));
  return { resolve, reject };
}

/** Promise Resolve Functions (ECMA-262 §27.2.1.3.2), from step 7. */
export function resolvePromise(promise: PromiseObject, given: Value): void {
  // What comes of `return next()` is the affair of whoever has called; what has a name was looked at as a value.
  const resolution = mayBePromise(given) && given.made === undefined && !/^(?:next|done)\(/.test(given.origin) ? promiseOf(given) : given;
  // 7. If SameValue(resolution, promise) is true, reject with a TypeError.
  if (resolution === promise) {
    rejectPromise(promise, surroundingAgent.intrinsics.makeError('TypeError', 'Chaining cycle detected for promise #<Promise>'));
    return;
  }
  // 8. If resolution is not an Object, return FulfillPromise(promise, resolution).
  if (!(resolution instanceof ObjectValue)) {
    fulfillPromise(promise, resolution);
    return;
  }
  // 9. Let then be Completion(Get(resolution, "then")).
  let then: Value;
  try {
    then = get(resolution, 'then');
  } catch (error) {
    if (!(error instanceof ProgramError)) throw error;
    rejectPromise(promise, (error.value as Value));
    return;
  }
  // 12. If IsCallable(thenAction) is false, return FulfillPromise(promise, resolution).
  if (!isCallable(then)) {
    fulfillPromise(promise, resolution);
    return;
  }
  // 14. Let job be NewPromiseResolveThenableJob(promise, resolution, thenJobCallback).
  const location = functionLocation(then);
  surroundingAgent.enqueue(location ? surroundingAgent.origin('then() of a thenable', location) : null, capture(() => {
    const { resolve, reject } = createResolvingFunctions(promise);
    try {
      call(then, resolution, [resolve, reject]);
    } catch (error) {
      if (!(error instanceof ProgramError)) throw error;
      call(reject, undefined, [(error.value as Value)]);
    }
  }, promise, then, resolution));
}

/** FulfillPromise (ECMA-262 §27.2.1.4) */
export function fulfillPromise(promise: PromiseObject, value: Value): void {
  const reactions = promise.fulfillReactions;
  settle(promise, 'fulfilled', value);
  triggerPromiseReactions(reactions, value);
}

/** RejectPromise (ECMA-262 §27.2.1.7) */
export function rejectPromise(promise: PromiseObject, reason: Value): void {
  const reactions = promise.rejectReactions;
  settle(promise, 'rejected', reason);
  if (!promise.isHandled) surroundingAgent.host.promiseRejectionTracker(promise, 'reject', reason);
  triggerPromiseReactions(reactions, reason);
}

function settle(promise: PromiseObject, state: 'fulfilled' | 'rejected', result: Value): void {
  promise.state = state;
  promise.result = result;
  promise.fulfillReactions = [];
  promise.rejectReactions = [];
}

/** TriggerPromiseReactions (ECMA-262 §27.2.1.8) */
function triggerPromiseReactions(reactions: readonly PromiseReaction[], argument: Value): void {
  for (const reaction of reactions) enqueueReaction(reaction, argument);
}

function enqueueReaction(reaction: PromiseReaction, argument: Value): void {
  const { label, location, resumes } = reaction.origin;
  const origin: StepOrigin | null = location ? surroundingAgent.origin(label, location, resumes) : null;
  surroundingAgent.enqueue(origin, capture(() => runReaction(reaction, argument), reaction, argument), reaction.asyncContext);
}

/** NewPromiseReactionJob (ECMA-262 §27.2.2.1), the job's steps. */
function runReaction({ capability, type, handler }: PromiseReaction, argument: Value): void {
  let result: Value;
  try {
    if (handler === null) {
      if (type === 'reject') throw new ProgramError(argument);
      result = argument;
    } else if ('host' in handler) {
      handler.host(argument);
      return;
    } else result = call(handler.callback, undefined, [argument]);
  } catch (error) {
    if (!(error instanceof ProgramError) || !capability) throw error;
    call(capability.reject, undefined, [(error.value as Value)]);
    return;
  }
  if (capability) call(capability.resolve, undefined, [result]);
}

/** NewPromiseCapability (ECMA-262 §27.2.1.5) */
export function newPromiseCapability(constructor: Value): PromiseCapability {
  if (constructor === surroundingAgent.intrinsics.get('%Promise%')) {
    const promise = new PromiseObject(surroundingAgent.intrinsics.get('%Promise.prototype%'));
    return { promise, ...createResolvingFunctions(promise) };
  }
  if (!isConstructor(constructor)) throwError('TypeError', 'Promise resolve or reject function is not callable');
  let resolve: Value;
  let reject: Value;
  const executor = createBuiltinFunction('', 2, (_, [first, second]) => {
    if (resolve !== undefined || reject !== undefined) throwError('TypeError', 'Promise executor has already been invoked with non-undefined arguments');
    resolve = first;
    reject = second;
    return undefined;
  });
  const promise = construct(constructor, [executor]);
  if (!isCallable(resolve) || !isCallable(reject)) throwError('TypeError', 'Promise resolve or reject function is not callable');
  return { promise, resolve, reject };
}

/** PromiseResolve (ECMA-262 §27.2.4.7.1) */
export function promiseResolve(constructor: ObjectValue, value: Value): ObjectValue {
  if (value instanceof PromiseObject && get(value, 'constructor') === constructor) return value;
  if (constructor === surroundingAgent.intrinsics.get('%Promise%')) {
    if (mayBePromise(value)) return promiseOf(value);
    const promise = newPromise();
    resolvePromise(promise, value);
    return promise;
  }
  const capability = newPromiseCapability(constructor);
  call(capability.resolve, undefined, [value]);
  return capability.promise as ObjectValue;
}

/** A pending promise of the machine itself, to be settled with resolvePromise and rejectPromise. */
export function newPromise(): PromiseObject {
  return new PromiseObject(surroundingAgent.intrinsics.get('%Promise.prototype%'));
}

/** PerformPromiseThen (ECMA-262 §27.2.5.4.1) */
export function performPromiseThen(promise: PromiseObject, onFulfilled: Value, onRejected: Value, capability: PromiseCapability | null, label = 'then'): void {
  addReactions(promise, handlerOf(onFulfilled), handlerOf(onRejected), capability, originOf(onFulfilled, `${label} callback`), originOf(onRejected, label === 'then' ? 'then rejection callback' : `${label} callback`));
}

function handlerOf(callback: Value): Handler {
  if (callback instanceof UnknownValue) return null;
  return isCallable(callback) ? { callback } : null;
}

function originOf(callback: Value, label: string): ReactionOrigin {
  const location = functionLocation(callback);
  if (!location) return none;
  const name = callback instanceof ECMAScriptFunction ? callback.properties.get('name')?.value : '';
  return { label: typeof name === 'string' && name !== '' ? `${label} ${name}` : label, location };
}

/** Steps 6 to 12 of PerformPromiseThen. */
export function addReactions(promise: PromiseObject, onFulfilled: Handler, onRejected: Handler, capability: PromiseCapability | null, fulfillOrigin: ReactionOrigin = none, rejectOrigin: ReactionOrigin = fulfillOrigin): void {
  const { asyncContext } = surroundingAgent;
  const fulfillReaction: PromiseReaction = { capability, type: 'fulfill', handler: onFulfilled, origin: fulfillOrigin, asyncContext };
  const rejectReaction: PromiseReaction = { capability, type: 'reject', handler: onRejected, origin: rejectOrigin, asyncContext };
  if (promise.state === 'pending') {
    promise.fulfillReactions.push(fulfillReaction);
    promise.rejectReactions.push(rejectReaction);
  } else if (promise.state === 'fulfilled') enqueueReaction(fulfillReaction, promise.result);
  else {
    if (!promise.isHandled) surroundingAgent.host.promiseRejectionTracker(promise, 'handle', promise.result);
    enqueueReaction(rejectReaction, promise.result);
  }
  promise.isHandled = true;
}

/** Promise.prototype.then's work on a native promise, for the machine's own use. */
export function promiseThen(promise: PromiseObject, onFulfilled: Value, onRejected: Value, label?: string): Value {
  const constructor = speciesConstructor(promise, surroundingAgent.intrinsics.get('%Promise%'));
  const capability = newPromiseCapability(constructor);
  performPromiseThen(promise, onFulfilled, onRejected, capability, label);
  return capability.promise;
}
