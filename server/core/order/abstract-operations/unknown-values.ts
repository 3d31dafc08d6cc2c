import { surroundingAgent } from '../agent.ts';
import { inexactMark, UnknownValue, type ObjectValue, type PropertyKey, type Value } from '../values.ts';
import { isCallable, type BuiltinFunction } from '../function-objects.ts';
import { call } from './operations-on-objects.ts';
import { assumptions, callOutside, isClass } from './outside-code.ts';

/** A builtin met an unknown operand: its result is unknown. Caught where builtins are called. */
export class UnknownOperand {
  constructor(readonly operand: UnknownValue, readonly wanted: 'string' | 'number' | 'object' = 'string') {}
  resultOf(fn: BuiltinFunction): UnknownValue {
    const agent = surroundingAgent;
    const isPure = pureBuiltins.test(fn.initialName);
    if (agent.withoutProgram && !isPure) agent.incompleteText(assumptions.validArguments);
    else if (!agent.withoutProgram && !isPure) agent.incomplete(`${fn.initialName || 'a builtin'}() on ${this.operand.origin}, whose value is unknown`);
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
  const origin = value.origin.length > 120 ? 'an unknown value' : value.origin === '' ? String(key) : /^\d+$/.test(String(key)) ? `${value.origin}[${String(key)}]` : `${value.origin}.${String(key)}`;
  const member = new UnknownValue(origin, key === 'length' || (key === 'size' && value.like !== undefined) ? 'number' : 'any');
  member.member = { owner: value, key };
  return member;
}

/** A call of an unknown function: an outside operation with an unknown result that may call its callbacks. */
export function callUnknown(fn: UnknownValue, args: readonly Value[]): Value {
  const agent = surroundingAgent;
  const name = fn.origin;
  if (agent.decorating > 0) return new UnknownValue(`${name}()`);
  if (agent.withoutProgram) return callOutside(fn, args);
  const callbacks = args.filter(arg => isCallable(arg) && !isClass(arg)) as ObjectValue[];
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

/** Whether a truthy value is the likelier one: most values are there, few are equal to another, errors are rare. */
function isLikely(value: UnknownValue): boolean {
  if (value.likely !== undefined) return Boolean(value.likely);
  // Most variables of the environment are not set.
  if (/^process\.env\.\w+(?: ={2,3} .*)?$/.test(value.origin)) return false;
  return !surroundingAgent.withoutProgram || !/ (?:={2,3}|instanceof) |(?:^|\.)err(?:or)?$/.test(value.origin);
}

/**
 * ToBoolean of an unknown: a choice, made once per value.
 * @param expected what is likelier where the value is, for all that its name tells
 */
export function decideTruthiness(value: UnknownValue, expected?: boolean): boolean {
  if (value.type === 'undefined') return false;
  if (value.type === 'object' || value.type === 'function' || value.type === 'symbol') return true;
  if (value.truthy !== undefined) return value.truthy;
  if (surroundingAgent.withoutProgram && surroundingAgent.inLibrary) return isLikely(value) && !value.member;
  const likely = expected ?? isLikely(value);
  const [why, yes, no] = value.type === 'boolean' ? [`whether ${value.origin}`, 'yes', 'no'] : [`whether ${value.origin} is truthy`, 'it is truthy', 'it is falsy'];
  value.truthy = (surroundingAgent.choose(why!, likely ? [yes!, no!] : [no!, yes!]) === 0) === likely;
  return value.truthy;
}
