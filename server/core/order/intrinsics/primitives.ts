import { surroundingAgent, throwError } from '../agent.ts';
import { PrimitiveWrapper } from '../exotic-objects.ts';
import { UnknownValue, ObjectValue, type Value } from '../values.ts';
import { getPrototypeFromConstructor, ordinaryObjectCreate } from '../abstract-operations/operations-on-objects.ts';
import { toBigInt, toBoolean, toIndex, toIntegerOrInfinity, toNumber, toNumeric, toPrimitive, toString } from '../abstract-operations/type-conversion.ts';
import { UnknownOperand } from '../abstract-operations/unknown-values.ts';
import type { Intrinsics } from './intrinsics.ts';

function thisValueOf<T>(self: Value, type: string, what: string): T {
  if (typeof self === type) return self as T;
  if (self instanceof PrimitiveWrapper && typeof self.data === type) return self.data as T;
  if (self instanceof UnknownValue) throw new UnknownOperand(self);
  throwError('TypeError', `${what} requires that 'this' be a ${type.replace(/^./, c => c.toUpperCase())}`);
}

/** Boolean (ECMA-262 §20.3) */
export function createBoolean(intrinsics: Intrinsics): void {
  const { prototype } = intrinsics.constructorAndPrototype('Boolean', 1, (_, [value], newTarget) => {
    if (value instanceof UnknownValue && !newTarget) return value.type === 'boolean' ? value : new UnknownValue(`Boolean(${value.origin})`, 'boolean', value.likely === undefined ? undefined : Boolean(value.likely));
    const boolean = toBoolean(value);
    return newTarget ? new PrimitiveWrapper(getPrototypeFromConstructor(newTarget, '%Boolean.prototype%'), boolean) : boolean;
  }, { prototype: new PrimitiveWrapper(intrinsics.get('%Object.prototype%'), false) });
  intrinsics.methods(prototype, {
    toString: [0, self => String(thisValueOf<boolean>(self, 'boolean', 'Boolean.prototype.toString'))],
    valueOf: [0, self => thisValueOf<boolean>(self, 'boolean', 'Boolean.prototype.valueOf')],
  });
}

/** Symbol (ECMA-262 §20.4) */
export function createSymbol(intrinsics: Intrinsics): void {
  const { constructor, prototype } = intrinsics.constructorAndPrototype('Symbol', 0, (_, [description], newTarget) => {
    if (newTarget) throwError('TypeError', 'Symbol is not a constructor');
    return Symbol(description === undefined ? undefined : toString(description));
  });
  for (const name of ['asyncIterator', 'hasInstance', 'isConcatSpreadable', 'iterator', 'match', 'matchAll', 'replace', 'search', 'species', 'split', 'toPrimitive', 'toStringTag', 'unscopables'] as const) {
    intrinsics.value(constructor, name, Symbol[name], 'constant');
  }
  intrinsics.value(constructor, 'dispose', intrinsics.wellKnown.dispose, 'constant');
  intrinsics.value(constructor, 'asyncDispose', intrinsics.wellKnown.asyncDispose, 'constant');
  intrinsics.methods(constructor, {
    for: [1, (_, [key]) => {
      const { globalSymbols } = surroundingAgent;
      const name = toString(key);
      const symbol = globalSymbols.get(name) ?? Symbol(name);
      globalSymbols.set(name, symbol);
      return symbol;
    }],
    keyFor: [1, (_, [symbol]) => {
      if (typeof symbol !== 'symbol') throwError('TypeError', `${String(symbol as string)} is not a symbol`);
      for (const [key, known] of surroundingAgent.globalSymbols) if (known === symbol) return key;
      return undefined;
    }],
  });
  intrinsics.methods(prototype, {
    toString: [0, self => String(thisValueOf<symbol>(self, 'symbol', 'Symbol.prototype.toString'))],
    valueOf: [0, self => thisValueOf<symbol>(self, 'symbol', 'Symbol.prototype.valueOf')],
  });
  intrinsics.getter(prototype, 'description', self => thisValueOf<symbol>(self, 'symbol', 'Symbol.prototype.description').description);
  intrinsics.value(prototype, Symbol.toStringTag, 'Symbol', 'tag');
  intrinsics.value(prototype, Symbol.toPrimitive, intrinsics.builtin(Symbol.toPrimitive, 1, self => thisValueOf<symbol>(self, 'symbol', 'Symbol.prototype [ @@toPrimitive ]')), 'tag');
}

/** Number (ECMA-262 §21.1) */
export function createNumber(intrinsics: Intrinsics): void {
  const { constructor, prototype } = intrinsics.constructorAndPrototype('Number', 1, (_, args, newTarget) => {
    let number: number | bigint | UnknownValue = args.length === 0 ? 0 : toNumeric(args[0]);
    if (number instanceof UnknownValue) return newTarget ? number : new UnknownValue(`Number(${number.origin})`, 'number', typeof number.likely === 'number' ? number.likely : undefined);
    number = Number(number);
    return newTarget ? new PrimitiveWrapper(getPrototypeFromConstructor(newTarget, '%Number.prototype%'), number) : number;
  }, { prototype: new PrimitiveWrapper(intrinsics.get('%Object.prototype%'), 0) });
  for (const name of ['EPSILON', 'MAX_SAFE_INTEGER', 'MAX_VALUE', 'MIN_SAFE_INTEGER', 'MIN_VALUE', 'NaN', 'NEGATIVE_INFINITY', 'POSITIVE_INFINITY'] as const) intrinsics.value(constructor, name, Number[name], 'constant');
  const test = (fn: (value: number) => boolean) => [1, (_: Value, [value]: readonly Value[]): Value => {
    if (value instanceof UnknownValue) throw new UnknownOperand(value);
    return typeof value === 'number' && fn(value);
  }] as const;
  intrinsics.methods(constructor, { isFinite: test(Number.isFinite), isInteger: test(Number.isInteger), isNaN: test(Number.isNaN), isSafeInteger: test(Number.isSafeInteger) });
  for (const name of ['parseFloat', 'parseInt']) intrinsics.value(constructor, name, intrinsics.get(`%${name}%`));
  const self = (value: Value, method: string): number => thisValueOf<number>(value, 'number', `Number.prototype.${method}`);
  const digits = (value: Value, min: number, max: number, name: string): number => {
    const n = toIntegerOrInfinity(value);
    if (n < min || n > max) throwError('RangeError', `${name}() ${name === 'toString' ? 'radix must be between 2 and 36' : `argument must be between ${min} and ${max}`}`);
    return n;
  };
  intrinsics.methods(prototype, {
    toString: [1, (value, [radix]) => self(value, 'toString').toString(radix === undefined ? 10 : digits(radix, 2, 36, 'toString'))],
    toFixed: [1, (value, [n]) => self(value, 'toFixed').toFixed(digits(n, 0, 100, 'toFixed'))],
    toPrecision: [1, (value, [n]) => (n === undefined ? String(self(value, 'toPrecision')) : self(value, 'toPrecision').toPrecision(digits(n, 1, 100, 'toPrecision')))],
    toExponential: [1, (value, [n]) => self(value, 'toExponential').toExponential(n === undefined ? undefined : digits(n, 0, 100, 'toExponential'))],
    toLocaleString: [0, (value, [locale, options]) => formatNumber(self(value, 'toLocaleString'), locale, options)],
    valueOf: [0, value => self(value, 'valueOf')],
  });
}

/** Intl.NumberFormat through the host, for options that are plain. */
export function formatNumber(value: number | bigint, locale: Value, options: Value): string {
  const plain: Record<string, unknown> = {};
  if (options instanceof ObjectValue) for (const [key, property] of options.properties) if (typeof key === 'string' && !(property.value instanceof ObjectValue)) plain[key] = property.value;
  try {
    return value.toLocaleString(typeof locale === 'string' ? locale : 'en-US', plain);
  } catch (error) {
    throwError('RangeError', (error as Error).message);
  }
}

/** BigInt (ECMA-262 §21.2) */
export function createBigInt(intrinsics: Intrinsics): void {
  const { constructor, prototype } = intrinsics.constructorAndPrototype('BigInt', 1, (_, [value], newTarget) => {
    if (newTarget) throwError('TypeError', 'BigInt is not a constructor');
    const primitive = toPrimitive(value, 'number');
    if (typeof primitive === 'number') {
      if (!Number.isInteger(primitive)) throwError('RangeError', `The number ${primitive} cannot be converted to a BigInt because it is not an integer`);
      return BigInt(primitive);
    }
    return toBigInt(primitive);
  });
  const bits = (value: Value): number => {
    const n = toIndex(value);
    if (n > 1_000_000) throwError('RangeError', 'Maximum BigInt size exceeded');
    return n;
  };
  intrinsics.methods(constructor, {
    asIntN: [2, (_, [n, value]) => BigInt.asIntN(bits(n), toBigInt(value))],
    asUintN: [2, (_, [n, value]) => BigInt.asUintN(bits(n), toBigInt(value))],
  });
  intrinsics.methods(prototype, {
    toString: [0, (self, [radix]) => thisValueOf<bigint>(self, 'bigint', 'BigInt.prototype.toString').toString(radix === undefined ? 10 : toNumber(radix))],
    toLocaleString: [0, (self, [locale, options]) => formatNumber(thisValueOf<bigint>(self, 'bigint', 'BigInt.prototype.toLocaleString'), locale, options)],
    valueOf: [0, self => thisValueOf<bigint>(self, 'bigint', 'BigInt.prototype.valueOf')],
  });
  intrinsics.value(prototype, Symbol.toStringTag, 'BigInt', 'tag');
}

/** Math (ECMA-262 §21.3); random is unknown. */
export function createMath(intrinsics: Intrinsics): void {
  const math = ordinaryObjectCreate();
  intrinsics.define('%Math%', math);
  for (const name of ['E', 'LN10', 'LN2', 'LOG10E', 'LOG2E', 'PI', 'SQRT1_2', 'SQRT2'] as const) intrinsics.value(math, name, Math[name], 'constant');
  for (const name of ['abs', 'acos', 'acosh', 'asin', 'asinh', 'atan', 'atanh', 'atan2', 'cbrt', 'ceil', 'clz32', 'cos', 'cosh', 'exp', 'expm1', 'floor', 'fround', 'hypot', 'imul', 'log', 'log1p', 'log10', 'log2', 'max', 'min', 'pow', 'round', 'sign', 'sin', 'sinh', 'sqrt', 'tan', 'tanh', 'trunc'] as const) {
    const fn = Math[name] as (...args: number[]) => number;
    intrinsics.method(math, name, fn.length, (_, args) => {
      let inexact: UnknownValue | null = null;
      const numbers = args.map(arg => {
        if (arg instanceof UnknownValue && typeof arg.likely === 'number') {
          inexact = arg;
          return arg.likely;
        }
        return toNumber(arg);
      });
      const result = fn(...numbers);
      return inexact ? new UnknownValue(`Math.${name}(${(inexact as UnknownValue).origin})`, 'number', result) : result;
    });
  }
  intrinsics.method(math, 'random', 0, () => new UnknownValue('Math.random()', 'number'));
  intrinsics.value(math, Symbol.toStringTag, 'Math', 'tag');
}

/** Functions of the global object (ECMA-262 §19.2); eval is not modelled. */
export function createGlobalFunctions(intrinsics: Intrinsics): void {
  const define = (name: string, length: number, fn: (args: readonly Value[]) => Value): void => intrinsics.define(`%${name}%`, intrinsics.builtin(name, length, (_, args) => fn(args)));
  define('parseInt', 2, ([text, radix]) => parseInt(toString(text), radix === undefined ? undefined : toNumber(radix)));
  define('parseFloat', 1, ([text]) => parseFloat(toString(text)));
  define('isNaN', 1, ([value]) => Number.isNaN(toNumber(value)));
  define('isFinite', 1, ([value]) => Number.isFinite(toNumber(value)));
  for (const [name, fn] of [['encodeURIComponent', encodeURIComponent], ['encodeURI', encodeURI], ['decodeURIComponent', decodeURIComponent], ['decodeURI', decodeURI], ['escape', escape], ['unescape', unescape]] as const) {
    define(name, 1, ([text]) => {
      const input = toString(text);
      try {
        return fn(input);
      } catch {
        throwError('URIError', 'URI malformed');
      }
    });
  }
  define('eval', 1, ([code]) => {
    if (typeof code !== 'string') return code;
    surroundingAgent.incomplete('eval');
    return new UnknownValue('the result of eval');
  });
}

