import { surroundingAgent, throwError } from '../agent.ts';
import { BuiltinIterator, RegExpObject, StringObject } from '../exotic-objects.ts';
import { isCallable } from '../function-objects.ts';
import { inexactMark, chargeHeap, ObjectValue, UnknownValue, type Value } from '../values.ts';
import { call, createArrayFromList, get, getMethod, getPrototypeFromConstructor, invoke } from '../abstract-operations/operations-on-objects.ts';
import { toAbsoluteIndex, toIntegerOrInfinity, toLength, toNumber, toObject, toString, toUint32 } from '../abstract-operations/type-conversion.ts';
import { textOf } from '../evaluation/operators.ts';
import { createRegExp, getSubstitution } from './regexp.ts';
import { builtinIterator } from './iterators.ts';
import type { Intrinsics } from './intrinsics.ts';

/** How the frames of a stack begin (intrinsics.ts). */
const stackFrame = `\n    at ${inexactMark}`;

function thisString(self: Value, method: string): string {
  // How many frames a stack has depends on Node's own code above the program's.
  if (typeof self === 'string' && self.includes(stackFrame) && !surroundingAgent.inLibrary) surroundingAgent.incomplete('the frames of a stack, whose number is not known');
  if (typeof self === 'string') return self;
  if (self === undefined || self === null) throwError('TypeError', `String.prototype.${method} called on null or undefined`);
  return toString(self);
}

function isRegExp(value: Value): boolean {
  if (!(value instanceof ObjectValue)) return false;
  const matcher = get(value, Symbol.match);
  return matcher !== undefined ? Boolean(matcher) : value instanceof RegExpObject;
}

/** Method, element and attribute (ECMA-262 §B.2.2.2 to §B.2.2.14). */
const htmlMethods = [
  ['anchor', 'a', 'name'], ['big', 'big', ''], ['blink', 'blink', ''], ['bold', 'b', ''], ['fixed', 'tt', ''], ['fontcolor', 'font', 'color'], ['fontsize', 'font', 'size'],
  ['italics', 'i', ''], ['link', 'a', 'href'], ['small', 'small', ''], ['strike', 'strike', ''], ['sub', 'sub', ''], ['sup', 'sup', ''],
] as const;

/** String (ECMA-262 §22.1) */
export function createString(intrinsics: Intrinsics): void {
  const { constructor, prototype } = intrinsics.constructorAndPrototype('String', 1, (_, args, newTarget) => {
    const [value] = args;
    if (value instanceof UnknownValue) return value.type === 'string' ? value : new UnknownValue(`String(${value.origin})`, 'string', textOf(value));
    const text = args.length === 0 ? '' : typeof value === 'symbol' && !newTarget ? String(value) : toString(value);
    return newTarget ? new StringObject(getPrototypeFromConstructor(newTarget, '%String.prototype%'), text) : text;
  }, { prototype: new StringObject(intrinsics.get('%Object.prototype%'), '') });

  intrinsics.methods(constructor, {
    fromCharCode: [1, (_, codes) => String.fromCharCode(...codes.map(code => toUint32(code) & 0xffff))],
    fromCodePoint: [1, (_, codes) => String.fromCodePoint(...codes.map(code => {
      const point = toNumber(code);
      if (!Number.isInteger(point) || point < 0 || point > 0x10ffff) throwError('RangeError', `Invalid code point ${toString(code)}`);
      return point;
    }))],
    raw: [1, (_, [template, ...substitutions]) => {
      const raw = toObject(get(toObject(template), 'raw'));
      const length = toLength(get(raw, 'length'));
      let text = '';
      for (let i = 0; i < length; i++) text += toString(get(raw, String(i))) + (i + 1 < length && i < substitutions.length ? toString(substitutions[i]) : '');
      return text;
    }],
  });

  const search = (name: 'includes' | 'startsWith' | 'endsWith') => [1, (self: Value, [pattern, position]: readonly Value[]): Value => {
    const text = thisString(self, name);
    if (isRegExp(pattern)) throwError('TypeError', `First argument to String.prototype.${name} must not be a regular expression`);
    const wanted = toString(pattern);
    if (name === 'endsWith') return text.endsWith(wanted, position === undefined ? undefined : toIntegerOrInfinity(position));
    return text[name](wanted, position === undefined ? undefined : toIntegerOrInfinity(position));
  }] as const;
  const simple = (name: 'trim' | 'trimStart' | 'trimEnd' | 'toLowerCase' | 'toUpperCase') => [0, (self: Value): Value => thisString(self, name)[name]()] as const;
  const grow = (units: number): void => {
    // V8's String::kMaxLength on 64 bits.
    if (units > 536_870_888) throwError('RangeError', 'Invalid string length');
    chargeHeap(units >> 2);
  };

  intrinsics.methods(prototype, {
    at: [1, (self, [index]) => {
      const text = thisString(self, 'at');
      return text.at(toIntegerOrInfinity(index));
    }],
    charAt: [1, (self, [index]) => thisString(self, 'charAt').charAt(toIntegerOrInfinity(index))],
    charCodeAt: [1, (self, [index]) => thisString(self, 'charCodeAt').charCodeAt(toIntegerOrInfinity(index))],
    codePointAt: [1, (self, [index]) => thisString(self, 'codePointAt').codePointAt(toIntegerOrInfinity(index))],
    concat: [1, (self, args) => thisString(self, 'concat').concat(...args.map(arg => toString(arg)))],
    endsWith: search('endsWith'),
    includes: search('includes'),
    indexOf: [1, (self, [pattern, position]) => thisString(self, 'indexOf').indexOf(toString(pattern), toIntegerOrInfinity(position))],
    isWellFormed: [0, self => !/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/.test(thisString(self, 'isWellFormed'))],
    lastIndexOf: [1, (self, [pattern, position]) => {
      const from = toNumber(position);
      return thisString(self, 'lastIndexOf').lastIndexOf(toString(pattern), Number.isNaN(from) ? Infinity : from);
    }],
    localeCompare: [1, (self, [other, locale, options]) => {
      const plain: Record<string, unknown> = {};
      if (options instanceof ObjectValue) for (const [key, property] of options.properties) if (typeof key === 'string') plain[key] = property.value;
      return thisString(self, 'localeCompare').localeCompare(toString(other), typeof locale === 'string' ? locale : undefined, plain);
    }],
    normalize: [0, (self, [form]) => {
      const name = form === undefined ? 'NFC' : toString(form);
      if (!/^NFK?[CD]$/.test(name)) throwError('RangeError', `The normalization form should be one of NFC, NFD, NFKC, NFKD.`);
      return thisString(self, 'normalize').normalize(name);
    }],
    padEnd: [1, (self, [length, fill]) => {
      const n = toLength(length);
      grow(n);
      return thisString(self, 'padEnd').padEnd(n, fill === undefined ? ' ' : toString(fill));
    }],
    padStart: [1, (self, [length, fill]) => {
      const n = toLength(length);
      grow(n);
      return thisString(self, 'padStart').padStart(n, fill === undefined ? ' ' : toString(fill));
    }],
    repeat: [1, (self, [count]) => {
      const text = thisString(self, 'repeat');
      const n = toIntegerOrInfinity(count);
      if (n < 0 || n === Infinity) throwError('RangeError', `Invalid count value: ${toString(count)}`);
      grow(text.length * n);
      return text.repeat(n);
    }],
    slice: [2, (self, [start, end]) => {
      const text = thisString(self, 'slice');
      const from = toAbsoluteIndex(start, text.length, 0);
      return text.slice(from, Math.max(from, toAbsoluteIndex(end, text.length, text.length)));
    }],
    startsWith: search('startsWith'),
    substr: [2, (self, [start, length]) => thisString(self, 'substr').substr(toIntegerOrInfinity(start), length === undefined ? undefined : toIntegerOrInfinity(length))],
    substring: [2, (self, [start, end]) => thisString(self, 'substring').substring(toIntegerOrInfinity(start), end === undefined ? undefined : toIntegerOrInfinity(end))],
    toLocaleLowerCase: [0, self => thisString(self, 'toLocaleLowerCase').toLowerCase()],
    toLocaleUpperCase: [0, self => thisString(self, 'toLocaleUpperCase').toUpperCase()],
    toLowerCase: simple('toLowerCase'),
    toString: [0, stringValue],
    toUpperCase: simple('toUpperCase'),
    toWellFormed: [0, self => thisString(self, 'toWellFormed').replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, '\uFFFD')],
    trim: simple('trim'),
    trimEnd: simple('trimEnd'),
    trimStart: simple('trimStart'),
    valueOf: [0, stringValue],
    match: [1, (self, [pattern]) => delegate(self, pattern, Symbol.match, '')],
    matchAll: [1, (self, [pattern]) => {
      if (pattern instanceof RegExpObject && !toString(get(pattern, 'flags')).includes('g')) throwError('TypeError', 'String.prototype.matchAll called with a non-global RegExp argument');
      return delegate(self, pattern, Symbol.matchAll, 'g');
    }],
    search: [1, (self, [pattern]) => delegate(self, pattern, Symbol.search, '')],
    replace: [2, (self, [pattern, replacement]) => replace(self, pattern, replacement, false)],
    replaceAll: [2, (self, [pattern, replacement]) => {
      if (pattern instanceof RegExpObject && !toString(get(pattern, 'flags')).includes('g')) throwError('TypeError', 'replaceAll must be called with a global RegExp');
      return replace(self, pattern, replacement, true);
    }],
    split: [2, (self, [separator, limit]) => {
      if (separator !== undefined && separator !== null && typeof separator !== 'string') {
        const splitter = getMethod(separator, Symbol.split);
        if (splitter !== undefined) return call(splitter, separator, [self, limit]);
      }
      const text = thisString(self, 'split');
      const parts = separator === undefined ? [text] : text.split(toString(separator));
      return createArrayFromList(limit === undefined ? parts : parts.slice(0, toUint32(limit)));
    }],
  });
  // ECMA-262 Annex B.2.2: older names are the same functions; the others make HTML.
  for (const [older, name] of [['trimLeft', 'trimStart'], ['trimRight', 'trimEnd']] as const) intrinsics.value(prototype, older, prototype.properties.get(name)!.value);
  for (const [name, tag, attribute] of htmlMethods) {
    intrinsics.method(prototype, name, attribute === '' ? 0 : 1, (self, [value]) => {
      const text = thisString(self, name);
      const opening = attribute === '' ? tag : `${tag} ${attribute}="${toString(value).replaceAll('"', '&quot;')}"`;
      return `<${opening}>${text}</${tag}>`;
    });
  }
  intrinsics.method(prototype, Symbol.iterator, 0, self => {
    const characters = Array.from(thisString(self, '[Symbol.iterator]'))[Symbol.iterator]();
    return new BuiltinIterator(builtinIterator(intrinsics, 'String Iterator'), 'String Iterator', () => {
      const { done, value } = characters.next();
      return done ? undefined : { value };
    });
  });
}

function stringValue(self: Value): Value {
  if (typeof self === 'string') return self;
  if (self instanceof StringObject) return self.data;
  throwError('TypeError', "String.prototype.valueOf requires that 'this' be a String");
}

/** match, matchAll, search: through the pattern's own method, or a new RegExp. */
function delegate(self: Value, pattern: Value, symbol: symbol, flags: string): Value {
  if (self === undefined || self === null) throwError('TypeError', 'String.prototype.match called on null or undefined');
  if (pattern !== undefined && pattern !== null && typeof pattern !== 'string') {
    const method = getMethod(pattern, symbol);
    if (method !== undefined) return call(method, pattern, [self]);
  }
  const text = toString(self);
  return invoke(createRegExp(pattern === undefined ? '' : toString(pattern), flags), symbol, [text]);
}

function replace(self: Value, pattern: Value, replacement: Value, all: boolean): Value {
  if (pattern !== undefined && pattern !== null && typeof pattern !== 'string') {
    const replacer = getMethod(pattern, Symbol.replace);
    if (replacer !== undefined) return call(replacer, pattern, [self, replacement]);
  }
  const text = thisString(self, all ? 'replaceAll' : 'replace');
  const wanted = toString(pattern);
  const template = isCallable(replacement) ? null : toString(replacement);
  let result = '';
  let from = 0;
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + Math.max(1, wanted.length))) {
    surroundingAgent.count();
    result += text.slice(from, at) + (template === null ? toString(call(replacement, undefined, [wanted, at, text])) : getSubstitution(wanted, text, at, [], undefined, template));
    from = at + wanted.length;
    if (!all || (wanted === '' && at >= text.length)) break;
  }
  return result + text.slice(from);
}
