const intrinsics: Readonly<Record<string, string>> = {
  '%ArrayIteratorPrototype%': 'Object.getPrototypeOf([][Symbol.iterator]())', '%StringIteratorPrototype%': "Object.getPrototypeOf(''[Symbol.iterator]())",
  '%MapIteratorPrototype%': 'Object.getPrototypeOf(new Map().keys())', '%SetIteratorPrototype%': 'Object.getPrototypeOf(new Set().keys())',
  '%RegExpStringIteratorPrototype%': "Object.getPrototypeOf('a'.matchAll(/a/g))", '%TypedArray%': 'Object.getPrototypeOf(Uint8Array)', '%AsyncFunction%': '(async () => {}).constructor',
  '%GeneratorFunction%': '(function* () {}).constructor', '%AsyncGeneratorFunction%': '(async function* () {}).constructor', '%Timeout%': 'clearLater(setTimeout(() => {}, 1)).constructor',
  '%Immediate%': 'clearLater(setImmediate(() => {})).constructor', '%AsyncIteratorPrototype%': 'Object.getPrototypeOf(Object.getPrototypeOf(Object.getPrototypeOf((async function* () {})())))',
};

/** What the expressions need at the head of a program. */
export const memberPrelude = 'const clearLater = timer => (clearTimeout(timer), clearImmediate(timer), timer);';

/** An expression of a CommonJS program that leads to the object at a path of the table of members; null where none does. */
export function memberExpression(path: string): string | null {
  if (path === 'global') return 'globalThis';
  if (path === 'Iterator.prototype') return 'Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]()))';
  const [, root = '', rest = ''] = /^(node:[\w/]+|%\w+%|[\w$]+)(.*)$/.exec(path)!;
  const start = root.startsWith('node:') ? `require('${root}')` : root.startsWith('%') ? intrinsics[root] : `globalThis.${root}`;
  if (start === undefined) return null;
  let text = start;
  for (const part of rest.split('.').slice(1)) {
    if (part === '%proto%') text = `Object.getPrototypeOf(${text})`;
    else if (part.startsWith('@@')) text = `${text}[Symbol.${part.slice(2)}]`;
    else text = `${text}[${JSON.stringify(part)}]`;
  }
  return text;
}
