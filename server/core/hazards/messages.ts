/** Languages that findings can speak. */
export type Locale = 'en' | 'zh-cn';
export const locales: readonly Locale[] = ['en', 'zh-cn'];

/** One text in every language; `{name}` marks a place to fill. */
export type Text = Readonly<Record<Locale, string>>;
/** User-visible texts by key; a test holds the languages to the same places. */
export type MessageTable<Key extends string = string> = Readonly<Record<Key, Text>>;

/** The text of a key in a language with its places filled. A place without an argument is an error of ours and throws. */
export function message<Key extends string>(table: MessageTable<Key>, key: Key, locale: Locale, args: Readonly<Record<string, string | number>> = {}): string {
  return table[key][locale].replace(/\{(\w+)\}/g, (place, name: string) => {
    const value = args[name];
    if (value === undefined) throw new Error(`message '${key}' has no argument for ${place}`);
    return String(value);
  });
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
