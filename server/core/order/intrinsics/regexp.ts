import { surroundingAgent, throwError } from '../agent.ts';
import { BuiltinIterator, RegExpObject } from '../exotic-objects.ts';
import { isCallable } from '../function-objects.ts';
import { ObjectValue, type Value } from '../values.ts';
import { call, construct, createArrayFromList, createDataPropertyOrThrow, get, getPrototypeFromConstructor, set, speciesConstructor } from '../abstract-operations/operations-on-objects.ts';
import { describeValue } from '../abstract-operations/messages.ts';
import { toBoolean, toIntegerOrInfinity, toLength, toObject, toString, toUint32 } from '../abstract-operations/type-conversion.ts';
import { builtinIterator } from './iterators.ts';
import { compilePattern } from './regexp-matcher.ts';
import type { Intrinsics } from './intrinsics.ts';

/** RegExpCreate (ECMA-262 §22.2.3.1) */
export function createRegExp(source: string, flags: string, prototype: ObjectValue = surroundingAgent.intrinsics.get('%RegExp.prototype%')): RegExpObject {
  if (!/^[dgimsuvy]*$/.test(flags) || new Set(flags).size !== flags.length || (flags.includes('u') && flags.includes('v'))) throwError('SyntaxError', `Invalid flags supplied to RegExp constructor '${flags}'`);
  try {
    compilePattern(source, flags);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    let message = error.message;
    try {
      new RegExp(source, flags);
    } catch (own) {
      message = (own as Error).message;
    }
    throwError('SyntaxError', message);
  }
  const regexp = new RegExpObject(prototype, source, flags);
  regexp.properties.set('lastIndex', { value: 0, writable: true, enumerable: false, configurable: false });
  return regexp;
}

/** RegExpBuiltinExec (ECMA-262 §22.2.7.2) */
function regExpBuiltinExec(regexp: RegExpObject, text: string): ObjectValue | null {
  const { flags } = regexp;
  const moving = flags.includes('g') || flags.includes('y');
  const lastIndex = toLength(get(regexp, 'lastIndex'));
  const pattern = compilePattern(regexp.source, flags);
  let index = moving ? lastIndex : 0;
  let match: ReturnType<typeof pattern.match> = null;
  for (; index <= text.length; index++) {
    surroundingAgent.count();
    match = pattern.match(text, index);
    if (match || flags.includes('y')) break;
  }
  if (!match) {
    if (moving) set(regexp, 'lastIndex', 0);
    return null;
  }
  if (moving) set(regexp, 'lastIndex', match.end);
  const textOf = (range: readonly [number, number] | undefined): Value => (range ? text.slice(range[0], range[1]) : undefined);
  const captures = match.captures.slice(1);
  const result = createArrayFromList([text.slice(index, match.end), ...captures.map(textOf)]);
  createDataPropertyOrThrow(result, 'index', index);
  createDataPropertyOrThrow(result, 'input', text);
  const grouped = (pick: (range: readonly [number, number] | undefined) => Value): Value => {
    if (pattern.groupNames.length === 0) return undefined;
    const groups = new ObjectValue(null);
    for (const [name, numbers] of pattern.groupNames) createDataPropertyOrThrow(groups, name, pick(numbers.map(number => match!.captures[number]).find(range => range !== undefined)));
    return groups;
  };
  createDataPropertyOrThrow(result, 'groups', grouped(textOf));
  if (flags.includes('d')) {
    const range = (pair: readonly [number, number] | undefined): Value => (pair ? createArrayFromList(pair) : undefined);
    const indices = createArrayFromList([createArrayFromList([index, match.end]), ...captures.map(range)]);
    createDataPropertyOrThrow(indices, 'groups', grouped(range));
    createDataPropertyOrThrow(result, 'indices', indices);
  }
  return result;
}

/** RegExpExec (ECMA-262 §22.2.7.1) */
function regExpExec(regexp: ObjectValue, text: string): ObjectValue | null {
  const exec = get(regexp, 'exec');
  if (isCallable(exec)) {
    const result = call(exec, regexp, [text]);
    if (result !== null && !(result instanceof ObjectValue)) throwError('TypeError', `object null is not a function`);
    return result;
  }
  if (!(regexp instanceof RegExpObject)) throwError('TypeError', 'RegExp.prototype.exec called on incompatible receiver');
  return regExpBuiltinExec(regexp, text);
}

function advanceStringIndex(text: string, index: number, unicode: boolean): number {
  return index + (unicode && index + 1 < text.length && text.codePointAt(index)! > 0xffff ? 2 : 1);
}

/** GetSubstitution (ECMA-262 §22.1.3.19.1) */
export function getSubstitution(matched: string, text: string, position: number, captures: readonly Value[], namedCaptures: Value, template: string): string {
  return template.replace(/\$(?:\$|&|`|'|(\d{1,2})|<([^>]*)>)/g, (whole, digits?: string, name?: string) => {
    if (whole === '$$') return '$';
    if (whole === '$&') return matched;
    if (whole === '$`') return text.slice(0, position);
    if (whole === "$'") return text.slice(position + matched.length);
    if (digits !== undefined) {
      let number = Number(digits);
      let rest = '';
      if (number > captures.length && digits.length === 2) {
        number = Number(digits[0]);
        rest = digits[1]!;
      }
      if (number < 1 || number > captures.length) return whole;
      const capture = captures[number - 1];
      return (capture === undefined ? '' : toString(capture)) + rest;
    }
    if (namedCaptures === undefined) return whole;
    const capture = get(toObject(namedCaptures), name!);
    return capture === undefined ? '' : toString(capture);
  });
}

/** RegExp (ECMA-262 §22.2) */
export function createRegExpIntrinsics(intrinsics: Intrinsics): void {
  const { constructor, prototype } = intrinsics.constructorAndPrototype('RegExp', 2, (_, [pattern, flags], newTarget) => {
    if (!newTarget && pattern instanceof RegExpObject && flags === undefined && get(pattern, 'constructor') === constructor) return pattern;
    const source = pattern instanceof RegExpObject ? pattern.source : pattern === undefined ? '(?:)' : toString(pattern) || '(?:)';
    const own = flags === undefined ? (pattern instanceof RegExpObject ? pattern.flags : '') : toString(flags);
    return createRegExp(source, own, newTarget ? getPrototypeFromConstructor(newTarget, '%RegExp.prototype%') : undefined);
  });
  intrinsics.species(constructor);
  const object = (self: Value, name: string): ObjectValue => {
    if (!(self instanceof ObjectValue)) throwError('TypeError', `RegExp.prototype.${name} requires that 'this' be an Object`);
    return self;
  };
  for (const [name, letter] of [['dotAll', 's'], ['global', 'g'], ['hasIndices', 'd'], ['ignoreCase', 'i'], ['multiline', 'm'], ['sticky', 'y'], ['unicode', 'u'], ['unicodeSets', 'v']] as const) {
    intrinsics.getter(prototype, name, self => (self instanceof RegExpObject ? self.flags.includes(letter) : undefined));
  }
  intrinsics.getter(prototype, 'flags', self => {
    const regexp = object(self, 'flags');
    return [['hasIndices', 'd'], ['global', 'g'], ['ignoreCase', 'i'], ['multiline', 'm'], ['dotAll', 's'], ['unicode', 'u'], ['unicodeSets', 'v'], ['sticky', 'y']].map(([name, letter]) => (toBoolean(get(regexp, name!)) ? letter : '')).join('');
  });
  intrinsics.getter(prototype, 'source', self => (self instanceof RegExpObject ? escapedSource(self.source) : '(?:)'));
  intrinsics.methods(prototype, {
    exec: [1, (self, [text]) => {
      if (!(self instanceof RegExpObject)) throwError('TypeError', `Method RegExp.prototype.exec called on incompatible receiver ${describeValue(self)}`);
      return regExpBuiltinExec(self, toString(text));
    }],
    test: [1, (self, [text]) => regExpExec(object(self, 'test'), toString(text)) !== null],
    toString: [0, self => `/${toString(get(object(self, 'toString'), 'source'))}/${toString(get(object(self, 'toString'), 'flags'))}`],
  });
  intrinsics.method(prototype, Symbol.match, 1, (self, [value]) => {
    const regexp = object(self, '@@match');
    const text = toString(value);
    const flags = toString(get(regexp, 'flags'));
    if (!flags.includes('g')) return regExpExec(regexp, text);
    set(regexp, 'lastIndex', 0);
    const list: Value[] = [];
    for (let result = regExpExec(regexp, text); result; result = regExpExec(regexp, text)) {
      const matched = toString(get(result, '0'));
      list.push(matched);
      if (matched === '') set(regexp, 'lastIndex', advanceStringIndex(text, toLength(get(regexp, 'lastIndex')), /[uv]/.test(flags)));
    }
    return list.length === 0 ? null : createArrayFromList(list);
  });
  intrinsics.method(prototype, Symbol.matchAll, 1, (self, [value]) => {
    const regexp = object(self, '@@matchAll');
    const text = toString(value);
    const flags = toString(get(regexp, 'flags'));
    const matcher = construct(speciesConstructor(regexp, constructor), [regexp, flags]);
    set(matcher, 'lastIndex', toLength(get(regexp, 'lastIndex')));
    let done = false;
    return new BuiltinIterator(builtinIterator(intrinsics, 'RegExp String Iterator'), 'RegExp String Iterator', () => {
      if (done) return undefined;
      const result = regExpExec(matcher, text);
      if (!result) return undefined;
      if (!flags.includes('g')) done = true;
      else if (toString(get(result, '0')) === '') set(matcher, 'lastIndex', advanceStringIndex(text, toLength(get(matcher, 'lastIndex')), /[uv]/.test(flags)));
      return { value: result };
    });
  });
  intrinsics.method(prototype, Symbol.search, 1, (self, [value]) => {
    const regexp = object(self, '@@search');
    const text = toString(value);
    const previous = get(regexp, 'lastIndex');
    set(regexp, 'lastIndex', 0);
    const result = regExpExec(regexp, text);
    set(regexp, 'lastIndex', previous);
    return result ? get(result, 'index') : -1;
  });
  intrinsics.method(prototype, Symbol.replace, 2, (self, [value, replacement]) => {
    const regexp = object(self, '@@replace');
    const text = toString(value);
    const template = isCallable(replacement) ? null : toString(replacement);
    const flags = toString(get(regexp, 'flags'));
    const global = flags.includes('g');
    if (global) set(regexp, 'lastIndex', 0);
    const results: ObjectValue[] = [];
    for (let result = regExpExec(regexp, text); result; result = global ? regExpExec(regexp, text) : null) {
      results.push(result);
      if (global && toString(get(result, '0')) === '') set(regexp, 'lastIndex', advanceStringIndex(text, toLength(get(regexp, 'lastIndex')), /[uv]/.test(flags)));
    }
    let output = '';
    let from = 0;
    for (const result of results) {
      const count = Math.max(toLength(get(result, 'length')) - 1, 0);
      const matched = toString(get(result, '0'));
      const position = Math.max(Math.min(toIntegerOrInfinity(get(result, 'index')), text.length), 0);
      const captures: Value[] = [];
      for (let n = 1; n <= count; n++) {
        const capture = get(result, String(n));
        captures.push(capture === undefined ? undefined : toString(capture));
      }
      const named = get(result, 'groups');
      const replaced = template === null
        ? toString(call(replacement, undefined, [matched, ...captures, position, text, ...(named === undefined ? [] : [named])]))
        : getSubstitution(matched, text, position, captures, named, template);
      if (position >= from) {
        output += text.slice(from, position) + replaced;
        from = position + matched.length;
      }
    }
    return output + text.slice(from);
  });
  intrinsics.method(prototype, Symbol.split, 2, (self, [value, limit]) => {
    const regexp = object(self, '@@split');
    const text = toString(value);
    const flags = toString(get(regexp, 'flags'));
    const splitter = construct(speciesConstructor(regexp, constructor), [regexp, flags.includes('y') ? flags : `${flags}y`]);
    const most = limit === undefined ? 4294967295 : toUint32(limit);
    const list: Value[] = [];
    if (most === 0) return createArrayFromList(list);
    if (text === '') return regExpExec(splitter, text) ? createArrayFromList([]) : createArrayFromList([text]);
    let from = 0;
    for (let at = 0; at < text.length;) {
      set(splitter, 'lastIndex', at);
      const result = regExpExec(splitter, text);
      const end = result ? Math.min(toLength(get(splitter, 'lastIndex')), text.length) : from;
      if (!result || end === from) {
        at = advanceStringIndex(text, at, /[uv]/.test(flags));
        continue;
      }
      list.push(text.slice(from, at));
      if (list.length === most) return createArrayFromList(list);
      from = end;
      const count = Math.max(toLength(get(result, 'length')) - 1, 0);
      for (let n = 1; n <= count; n++) {
        list.push(get(result, String(n)));
        if (list.length === most) return createArrayFromList(list);
      }
      at = from;
    }
    list.push(text.slice(from));
    return createArrayFromList(list);
  });
}

/** EscapeRegExpPattern (ECMA-262 §22.2.6.13.1) */
export function escapedSource(source: string): string {
  return source === '' ? '(?:)' : source.replace(/(\\.)|\//g, (_, escape?: string) => escape ?? '\\/').replace(/\n/g, '\\n');
}
