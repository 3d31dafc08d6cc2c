import type { GuestValue, Realm } from './realm.ts';

const parts = ['href', 'origin', 'protocol', 'username', 'password', 'host', 'hostname', 'port', 'pathname', 'search', 'hash'] as const;
const changeable: ReadonlySet<string> = new Set(['protocol', 'username', 'password', 'host', 'hostname', 'port', 'pathname', 'search', 'hash']);

/** `internalBinding('url')`: `parse(input, base | null)` gives the parts or null; `change(href, part, value)` gives the parts afterwards. */
export function createUrlBinding(realm: Realm): GuestValue {
  /** What comes from a text that is not to be trusted is not either. */
  const record = (url: URL, doubtful: boolean): GuestValue => realm.object(Object.fromEntries(parts.map(part => {
    const value = realm.primitive(url[part]);
    return [part, doubtful && /^(?:href|origin|host|port|search|pathname)$/.test(part) ? realm.inexact(value, `url.${part}`) : value];
  })));
  return realm.object({
    parse: realm.func('parse', ([input, base]) => {
      try {
        const from = realm.host(base);
        return record(new URL(String(realm.host(input)), typeof from === 'string' ? from : undefined), realm.isUnknown(input) || realm.isUnknown(base));
      } catch {
        return realm.primitive(null);
      }
    }),
    change: realm.func('change', ([href, part, value]) => {
      const url = new URL(String(realm.host(href)));
      const name = String(realm.host(part));
      if (changeable.has(name)) url[name as 'search'] = String(realm.host(value));
      return record(url, realm.isUnknown(href) || realm.isUnknown(value));
    }),
  });
}
