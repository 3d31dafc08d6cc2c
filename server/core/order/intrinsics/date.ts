import { surroundingAgent, throwError } from '../agent.ts';
import { DateObject } from '../exotic-objects.ts';
import { inexactMark, ObjectValue, UnknownValue, type Value } from '../values.ts';
import { call, getPrototypeFromConstructor, invoke } from '../abstract-operations/operations-on-objects.ts';
import { toNumber, toObject, toPrimitive, toString } from '../abstract-operations/type-conversion.ts';
import type { Intrinsics } from './intrinsics.ts';

/** Where the virtual clock stands when a program starts, ms since 1970; no program can rely on it, so it is never exact. */
const startOfProgram = Date.UTC(2026, 0, 1, 12);

/** Reading of the virtual clock: inexact, but usable in arithmetic and loop tests. */
function now(): UnknownValue {
  return new UnknownValue('the time', 'number', startOfProgram + surroundingAgent.host.readClock());
}

/** The text of a date as util.inspect shows it. */
export function dateText(date: DateObject): string {
  if (Number.isNaN(date.time)) return 'Invalid Date';
  return (date.inexact || date.local ? inexactMark : '') + new Date(date.time).toISOString();
}

function known(value: Value): number {
  if (value instanceof UnknownValue && typeof value.likely === 'number') return value.likely;
  return toNumber(value);
}

/** Date.parse; a text without a time zone is a local time. */
function parseDate(date: DateObject, text: string): number {
  const time = Date.parse(text);
  date.local = !Number.isNaN(time) && !/^[+-]?\d{4,6}(?:-\d\d(?:-\d\d)?)?$/.test(text) && !/(?:Z|GMT|UTC|[+-]\d\d:?\d\d)(?:\s*\(.*\))?$/i.test(text);
  return time;
}

/** Date (ECMA-262 §21.4) on the virtual clock, in the host's time zone. */
export function createDate(intrinsics: Intrinsics): void {
  const { constructor, prototype } = intrinsics.constructorAndPrototype('Date', 7, (_, args, newTarget) => {
    if (!newTarget) return new UnknownValue('the time', 'string', new Date(now().likely as number).toString());
    const date = new DateObject(getPrototypeFromConstructor(newTarget, '%Date.prototype%'), NaN);
    if (args.length === 0) {
      date.time = now().likely as number;
      date.inexact = true;
    } else if (args.length === 1) {
      const value = args[0] instanceof DateObject ? args[0].time : toPrimitive(args[0]!);
      if (args[0] instanceof DateObject) {
        date.inexact = args[0].inexact;
        date.local = args[0].local;
      }
      if (value instanceof UnknownValue) {
        date.inexact = true;
        date.time = typeof value.likely === 'number' ? value.likely : now().likely as number;
      } else date.time = typeof value === 'string' ? parseDate(date, value) : new Date(toNumber(value)).getTime();
    } else {
      date.inexact = args.some(arg => arg instanceof UnknownValue);
      const [year, month, day = 1, hours = 0, minutes = 0, seconds = 0, ms = 0] = args.map(known);
      date.time = new Date(year!, month!, day, hours, minutes, seconds, ms).getTime();
      date.local = true;
    }
    return date;
  });
  const self = (value: Value): DateObject => {
    if (!(value instanceof DateObject)) throwError('TypeError', 'this is not a Date object.');
    return value;
  };
  /** Local fields of a moment, and the moment of local fields, depend on the time zone. */
  const depends = (date: DateObject, name: string): boolean => !Number.isNaN(date.time) && (/UTC|ISO|Time$|^valueOf$/.test(name) && !/^to(?:Locale)?Time/.test(name) ? date.local : !date.local || /^to(?!.*Date)|Timezone/.test(name));
  const given = (date: DateObject, value: number | string, name = ''): Value => (date.inexact || depends(date, name) ? new UnknownValue('the time', typeof value as 'number' | 'string', value) : value);
  intrinsics.methods(constructor, {
    now: [0, () => now()],
    parse: [1, (_, [text]) => {
      const date = new DateObject(null, NaN);
      const time = parseDate(date, toString(text));
      return date.local ? new UnknownValue('the moment of a local time', 'number', time) : time;
    }],
    UTC: [7, (_, args) => {
      const [year, month = 0, ...rest] = args.map(known);
      return Date.UTC(year!, month, ...rest);
    }],
  });
  for (const name of ['getDate', 'getDay', 'getFullYear', 'getHours', 'getMilliseconds', 'getMinutes', 'getMonth', 'getSeconds', 'getTime', 'getTimezoneOffset', 'getUTCDate', 'getUTCDay', 'getUTCFullYear', 'getUTCHours', 'getUTCMilliseconds', 'getUTCMinutes', 'getUTCMonth', 'getUTCSeconds', 'valueOf'] as const) {
    intrinsics.method(prototype, name, 0, value => given(self(value), new Date(self(value).time)[name](), name));
  }
  for (const name of ['toString', 'toDateString', 'toTimeString', 'toUTCString', 'toISOString'] as const) {
    intrinsics.method(prototype, name, 0, value => {
      const date = self(value);
      if (Number.isNaN(date.time) && name === 'toISOString') throwError('RangeError', 'Invalid time value');
      return given(date, new Date(date.time)[name](), name);
    });
  }
  for (const name of ['toLocaleString', 'toLocaleDateString', 'toLocaleTimeString'] as const) {
    intrinsics.method(prototype, name, 0, (value, [locale, options]) => {
      const plain: Record<string, unknown> = {};
      if (options instanceof ObjectValue) for (const [key, property] of options.properties) if (typeof key === 'string' && !(property.value instanceof ObjectValue)) plain[key] = property.value;
      try {
        return given(Object.assign(Object.create(self(value)) as DateObject, { inexact: true }), new Date(self(value).time)[name](typeof locale === 'string' ? locale : 'en-US', plain));
      } catch (error) {
        if (error instanceof RangeError) throwError('RangeError', error.message);
        throw error;
      }
    });
  }
  for (const name of ['setDate', 'setFullYear', 'setHours', 'setMilliseconds', 'setMinutes', 'setMonth', 'setSeconds', 'setTime', 'setUTCDate', 'setUTCFullYear', 'setUTCHours', 'setUTCMilliseconds', 'setUTCMinutes', 'setUTCMonth', 'setUTCSeconds'] as const) {
    intrinsics.method(prototype, name, 1, (value, args) => {
      const date = self(value);
      const host = new Date(date.time);
      if (args.some(arg => arg instanceof UnknownValue)) date.inexact = true;
      (host[name] as (...numbers: number[]) => number)(...args.map(known));
      date.time = host.getTime();
      if (!name.includes('UTC') && name !== 'setTime' && !date.local) date.inexact ||= !Number.isNaN(date.time);
      return given(date, date.time, 'getTime');
    });
  }
  // ECMA-262 Annex B.2.3
  intrinsics.method(prototype, 'getYear', 0, value => given(self(value), new Date(self(value).time).getFullYear() - 1900, 'getFullYear'));
  intrinsics.method(prototype, 'setYear', 1, (value, [year]) => {
    const number = known(year);
    const whole = Math.trunc(number);
    return call(prototype.properties.get('setFullYear')!.value, value, [year instanceof UnknownValue ? year : whole >= 0 && whole <= 99 ? 1900 + whole : number]);
  });
  intrinsics.value(prototype, 'toGMTString', prototype.properties.get('toUTCString')!.value);
  intrinsics.method(prototype, 'toJSON', 1, value => {
    const primitive = toPrimitive(toObject(value), 'number');
    if (typeof primitive === 'number' && !Number.isFinite(primitive)) return null;
    return invoke(value, 'toISOString');
  });
  intrinsics.value(prototype, Symbol.toPrimitive, intrinsics.builtin(Symbol.toPrimitive, 1, (value, [hint]) => {
    if (!(value instanceof ObjectValue)) throwError('TypeError', 'Date.prototype[Symbol.toPrimitive] called on non-object');
    return hint === 'number' ? invoke(value, 'valueOf') : invoke(value, 'toString');
  }), 'tag');
}
