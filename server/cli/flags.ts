import { parseArgs, type ParseArgsConfig } from 'node:util';
import { didYouMean } from '../core/text/closest.ts';
import { UsageError } from './exit-code.ts';

type Options = NonNullable<ParseArgsConfig['options']>;

/**
 * Parses a command's arguments with node:util's parseArgs; what it does not know is a UsageError that names the
 * nearest flag. `--no-x` negates every boolean flag.
 */
export function parseFlags<const T extends Options>(args: readonly string[], options: T) {
  const known = Object.keys(options);
  for (const arg of args) {
    if (arg === '--') break;
    const name = /^--([^=]+)/.exec(arg)?.[1];
    if (name === undefined) continue;
    const base = name.startsWith('no-') && options[name.slice(3)]?.type === 'boolean' ? name.slice(3) : name;
    if (!known.includes(base)) throw new UsageError(`unknown option --${name}${didYouMean(name, known).replaceAll('"', '').replace('did you mean ', 'did you mean --')}`);
  }
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, allowNegative: true, strict: true });
  } catch (error) {
    throw new UsageError((error as Error).message.split('. To specify')[0]!);
  }
}

/** A flag's value as a whole number of at least `least`. */
export function wholeNumber(name: string, value: string | undefined, least: number): number | undefined {
  if (value === undefined) return undefined;
  const number = Number(value);
  if (!Number.isInteger(number) || number < least) throw new UsageError(`--${name} takes a whole number of at least ${least}, not "${value}"`);
  return number;
}

/** A flag's value as one of the words. */
export function oneOf<T extends string>(name: string, value: string, words: readonly T[]): T {
  const word = words.find(candidate => candidate === value);
  if (word === undefined) throw new UsageError(`--${name} takes ${words.join(', ')}; not "${value}"${didYouMean(value, words)}`);
  return word;
}
