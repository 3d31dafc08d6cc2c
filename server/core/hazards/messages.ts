import { labelText } from './label-words.ts';

/** Languages that findings can speak. */
export type Locale = 'en' | 'zh-cn';
export const locales: readonly Locale[] = ['en', 'zh-cn'];

/** One text in every language; `{name}` marks a place to fill. */
export type Text = Readonly<Record<Locale, string>>;
/** User-visible texts by key; a test holds the languages to the same places. */
export type MessageTable<Key extends string = string> = Readonly<Record<Key, Text>>;

/** Places that hold a label of the graph, which has a language of its own. */
const labels: ReadonlySet<string> = new Set(['entry', 'writer', 'reader']);

/** The text of a key in a language with its places filled. A place without an argument is an error of ours and throws. */
export function message<Key extends string>(table: MessageTable<Key>, key: Key, locale: Locale, args: Readonly<Record<string, string | number>> = {}): string {
  const text = table[key][locale].replace(/\{(\w+)\}/g, (place, name: string) => {
    const value = args[name];
    if (value === undefined) throw new Error(`message '${key}' has no argument for ${place}`);
    return labels.has(name) ? labelText(String(value), locale) : String(value);
  });
  // A place is set off by blanks for the names that it mostly holds; between two Han characters there is none.
  return locale === 'zh-cn' ? text.replace(/(?<=\p{Script=Han}) (?=\p{Script=Han})/gu, '') : text;
}

/** Sentences one after the other, as the language writes them; empty ones are left out. */
export function sentences(locale: Locale, parts: readonly string[]): string {
  return parts.filter(part => part !== '').join(locale === 'zh-cn' ? '' : ' ');
}

/** `a`, `a and b`, `a, b and c`. */
export function list(locale: Locale, items: readonly string[]): string {
  const [comma, and] = locale === 'zh-cn' ? ['、', '和'] : [', ', ' and '];
  return items.length < 2 ? items.join('') : items.slice(0, -1).join(comma) + and + items[items.length - 1]!;
}
