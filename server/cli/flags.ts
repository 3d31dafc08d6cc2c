import { parseArgs, type ParseArgsConfig } from 'node:util';
import { closest } from '../core/text/closest.ts';
import { UsageError } from './exit-code.ts';
import { hint, say } from './messages.ts';

type Options = NonNullable<ParseArgsConfig['options']>;

/**
 * Parses a command's arguments with node:util's parseArgs; what it does not know is a UsageError that names the
 * nearest flag. `--no-x` negates every boolean flag.
 * @param optional flags that may stand without their value, which is `''` then: `--changed`, `--changed=main`
 */
export function parseFlags<const T extends Options>(args: readonly string[], options: T, optional: readonly string[] = []) {
  const known = Object.keys(options);
  const given: string[] = [];
  let rest = false;
  for (const arg of args) {
    rest ||= arg === '--';
    const [, name, value] = (rest ? null : /^--([^=]+)(=[^]*)?$/.exec(arg)) ?? [];
    if (name !== undefined) {
      const base = name.startsWith('no-') && options[name.slice(3)]?.type === 'boolean' ? name.slice(3) : name;
      if (!known.includes(base)) throw new UsageError(say('unknownOption', { name, hint: hint(prefixed(closest(name, known))) }), true);
      if (options[base]!.type === 'boolean' && value !== undefined) throw new UsageError(say('unexpectedValue', { name }), true);
    }
    given.push(name !== undefined && value === undefined && optional.includes(name) ? `${arg}=` : arg);
  }
  try {
    return parseArgs({ args: given, options, allowPositionals: true, allowNegative: true, strict: true });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const name = /'(?:-\w, )?--([\w-]+)/.exec(message)?.[1];
    if (code === 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE' && name !== undefined) throw new UsageError(say('missingValue', { name }), true);
    throw new UsageError(message.split('. To specify')[0]!, true);
  }
}

function prefixed(name: string | null): string | null {
  return name === null ? null : `--${name}`;
}

/** A flag's value as a whole number of at least `least`. */
export function wholeNumber(name: string, value: string | undefined, least: number): number | undefined {
  if (value === undefined) return undefined;
  const number = Number(value);
  if (value.trim() === '' || !Number.isInteger(number) || number < least) throw new UsageError(say('wholeNumber', { name, least, value }), true);
  return number;
}

/** A flag's value as one of the words. */
export function oneOf<T extends string>(name: string, value: string, words: readonly T[]): T {
  const word = words.find(candidate => candidate === value);
  if (word === undefined) throw new UsageError(say('oneOf', { name, words: words.join(', '), value, hint: hint(quoted(closest(value, words))) }), true);
  return word;
}

function quoted(word: string | null): string | null {
  return word === null ? null : `"${word}"`;
}
