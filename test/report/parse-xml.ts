/** An element of an XML document. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  readonly text: string;
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Reads the part of XML 1.0 that reports use: elements, attributes in double quotes, text. Throws on anything else. */
export function parseXml(source: string): XmlElement {
  if (/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u.test(source)) throw new Error('a character that XML does not allow');
  const token = /<\?xml [^?]*\?>|<([\w-]+)((?: [\w-]+="[^"<]*")*)(\/?)>|<\/([\w-]+)>|([^<]+)/gy;
  const root = { name: '', attributes: {}, children: [] as XmlElement[], text: '' };
  const stack: { name: string; attributes: Record<string, string>; children: XmlElement[]; text: string }[] = [root];
  while (token.lastIndex < source.length) {
    const at = token.lastIndex;
    const match = token.exec(source);
    if (!match) throw new Error(`not well-formed at ${at}: ${source.slice(at, at + 40)}`);
    const [, open, attributes, closed, close, text] = match;
    const top = stack.at(-1)!;
    if (open) {
      const element = { name: open, attributes: Object.fromEntries([...attributes!.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, key, value]) => [key!, decode(value!)])), children: [], text: '' };
      top.children.push(element);
      if (!closed) stack.push(element);
    } else if (close) {
      if (stack.pop()?.name !== close) throw new Error(`</${close}> closes another element`);
    } else if (text) top.text += decode(text);
  }
  if (stack.length !== 1 || root.children.length !== 1) throw new Error('not one closed root element');
  return root.children[0]!;
}

function decode(text: string): string {
  return text.replace(/&(\w*;?)/g, (_, name: string) => {
    const value = entities[name.slice(0, -1)];
    if (value === undefined || !name.endsWith(';')) throw new Error(`unknown entity &${name}`);
    return value;
  });
}
