import { locales, type Locale } from '../core/hazards/messages.ts';
import { UsageError } from './exit-code.ts';
import { say } from './messages.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The language of what is printed: `--locale`, which is taken out of the arguments, else `LOOPLENS_LOCALE`, else what POSIX says of
 * messages (`LC_ALL` before `LC_MESSAGES` before `LANG`). Throws a UsageError for a language that there is not.
 */
export function takeLocale(args: readonly string[], env: Environment): { readonly locale: Locale; readonly args: readonly string[] } {
  const rest: string[] = [];
  let asked: string | undefined;
  for (let i = 0; i < args.length; i++) {
    const arg = args[i]!;
    if (arg === '--') {
      rest.push(...args.slice(i));
      break;
    }
    if (arg === '--locale') asked = args[++i] ?? '';
    else if (arg.startsWith('--locale=')) asked = arg.slice('--locale='.length);
    else rest.push(arg);
  }
  if (asked === undefined) return { locale: localeOf(env), args: rest };
  const locale = localeNamed(asked);
  if (locale === null) throw new UsageError(say('badLocale', { words: locales.join(', '), value: asked }), true);
  return { locale, args: rest };
}

/** The language that an environment asks for; English where it names none of ours. */
export function localeOf(env: Environment): Locale {
  // An empty variable counts as unset (POSIX, Environment Variables, 8.2).
  const name = env['LOOPLENS_LOCALE'] || env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || 'en';
  return localeNamed(name) ?? 'en';
}

/** `zh-cn`, `zh_CN.UTF-8`, `zh-Hans`, `zh`; Traditional Chinese is another language to read. */
function localeNamed(name: string): Locale | null {
  const tag = name.toLowerCase().split(/[.@]/, 1)[0]!.replaceAll('_', '-');
  if (tag === 'zh' || /^zh-(?:cn|sg|hans)\b/.test(tag)) return 'zh-cn';
  return /^(?:en\b|c$|posix$)/.test(tag) ? 'en' : null;
}
