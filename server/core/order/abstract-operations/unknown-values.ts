import { surroundingAgent } from '../agent.ts';
import { inexactMark, UnknownValue, type ObjectValue, type PropertyKey, type Value } from '../values.ts';
import { isCallable, type BuiltinFunction } from '../function-objects.ts';
import { call } from './operations-on-objects.ts';

/** A builtin met an unknown operand: its result is unknown. Caught where builtins are called. */
export class UnknownOperand {
  constructor(readonly operand: UnknownValue, readonly wanted: 'string' | 'number' | 'object' = 'string') {}
  resultOf(fn: BuiltinFunction): UnknownValue {
    const agent = surroundingAgent;
    if (!pureBuiltins.test(fn.initialName)) agent.incomplete(`${fn.initialName || 'a builtin'}() on ${this.operand.origin}, whose value is unknown`);
    return new UnknownValue(`${fn.initialName}(${this.operand.origin})`, resultType(fn.initialName));
  }
}

/** Builtins without effect on anything but their result. */
const pureBuiltins = /^(abs|acos|asin|atan|atan2|cbrt|ceil|cos|exp|floor|fround|hypot|log|log10|log2|max|min|pow|round|sign|sin|sqrt|tan|trunc|isInteger|isFinite|isNaN|isSafeInteger|parseInt|parseFloat|toFixed|toPrecision|toString|toLocaleString|valueOf|at|charAt|charCodeAt|codePointAt|concat|endsWith|includes|indexOf|lastIndexOf|localeCompare|match|normalize|padEnd|padStart|repeat|search|slice|split|startsWith|substring|substr|toLowerCase|toUpperCase|trim|trimStart|trimEnd|test|exec|encodeURIComponent|decodeURIComponent|String|Number|Boolean|BigInt|stringify|toISOString|toJSON|getTime|from|inspect|join|keys|values|entries|Date|now)$/;

function resultType(name: string): UnknownValue['type'] {
  if (/^(test|includes|startsWith|endsWith|isInteger|isFinite|isNaN|isSafeInteger)$/.test(name)) return 'boolean';
  if (/^(toFixed|toPrecision|toString|toLocaleString|concat|padEnd|padStart|repeat|slice|substring|substr|toLowerCase|toUpperCase|trim|trimStart|trimEnd|String|stringify|toISOString|charAt|encodeURIComponent|decodeURIComponent|join)$/.test(name)) return 'string';
  if (/^(abs|acos|asin|atan|atan2|cbrt|ceil|cos|exp|floor|fround|hypot|log|log10|log2|max|min|pow|round|sign|sin|sqrt|tan|trunc|parseInt|parseFloat|charCodeAt|codePointAt|indexOf|lastIndexOf|localeCompare|Number|getTime)$/.test(name)) return 'number';
  return 'any';
}

/** A property of an unknown value. */
export function unknownMember(value: UnknownValue, key: PropertyKey): UnknownValue {
  const origin = value.origin.length > 120 ? 'an unknown value' : `${value.origin}.${String(key)}`;
  return new UnknownValue(origin, key === 'length' ? 'number' : 'any');
}

/** A call of an unknown function: an outside operation with an unknown result that may call its callbacks. */
export function callUnknown(fn: UnknownValue, args: readonly Value[]): Value {
  const agent = surroundingAgent;
  const name = fn.origin;
  const callbacks = args.filter(arg => isCallable(arg)) as ObjectValue[];
  if (callbacks.length > 0) {
    const when = agent.choose(`when ${name}() calls its callback`, ['later, if at all', 'at once']);
    agent.incomplete(`${name}() is unknown code that is given a callback`);
    if (when === 1) for (const callback of callbacks) call(callback, undefined, [new UnknownValue(`an argument of the callback of ${name}()`), new UnknownValue(`an argument of the callback of ${name}()`)]);
  }
  return new UnknownValue(`${name}()`);
}

/** Text that stands for an unknown value in output: printed it makes the line inexact. */
export function unknownText(value: UnknownValue): string {
  if (value.likely !== undefined) return `${inexactMark}${String(value.likely)}`;
  return `${inexactMark}<${value.origin}>`;
}

/** ToBoolean of an unknown: a choice, made once per value. */
export function decideTruthiness(value: UnknownValue): boolean {
  if (value.type === 'undefined') return false;
  if (value.type === 'object' || value.type === 'function' || value.type === 'symbol') return true;
  value.truthy ??= surroundingAgent.choose(`whether ${value.origin} is truthy`, value.likely === undefined || value.likely ? ['it is truthy', 'it is falsy'] : ['it is falsy', 'it is truthy']) === (value.likely === undefined || value.likely ? 0 : 1);
  return value.truthy;
}
