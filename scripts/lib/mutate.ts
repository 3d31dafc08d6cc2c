/** A generator of numbers in [0, 1) that a seed decides (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const token = /[\p{ID_Start}$_][\p{ID_Continue}$]*|\d[\w.]*|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|[{}()[\]]|=>|\?\.|\.\.\.|[-+*/%&|^=<>!?]+|[;,.:@#`]|\s+/gu;
/** What a person has typed at some moment, or a tool has left. */
const fragments = ['<div>', '<a.b', '</', '<>', '</div>', '{', '}', '(', ')', '[', ']', '`', '${', '`${`', 'import(', 'import', 'import.', 'import.meta', 'export *', 'export default', 'for (const of x)', 'for (let', 'async', 'await', 'yield', 'new', 'new.', 'super', 'super.', 'class', 'class extends', 'static {', 'get', 'set', '#x', 'a?.', 'a?.#x', '...', '=>', 'function*', '@', '@a', 'enum E {', 'type X =', 'interface', 'as', 'satisfies', '<T>', '<T,', '/', '/(', '/a+*/', '\0', '\uD800', '\uDFFF', '\u2028', '\u202E', '\uFEFF', '<!--', '-->', '#!', '0755', "'\\033'", '1n', '1_', '0x', '"', "'", '\\', '\\u', '\\u{', 'let', 'const', 'var {', 'switch (x) { case', 'try {', 'catch {', 'with (x)', 'label:', 'break x', 'if (', 'else', 'do', 'return', 'throw', 'delete', 'typeof', 'void', 'in', 'of', 'instanceof', 'using x', 'await using x = y', 'declare', 'namespace N {', 'abstract', 'debugger'];

/** A text that differs from `text` as a text in the middle of an edit does: by one to four changes of tokens, or cut off. */
export function mutate(text: string, random: () => number): string {
  let result = text;
  for (let count = 1 + Math.floor(random() * 4); count > 0; count--) result = change(result, random);
  return result;
}

function change(text: string, random: () => number): string {
  const at = Math.floor(random() * (text.length + 1));
  // The tokens around one place, not of the whole text: that would cost more than what is tried.
  const from = Math.max(0, at - 300);
  const tokens = [...text.slice(from, at + 300).matchAll(token)];
  const pick = (): { start: number; end: number; text: string } => {
    const match = tokens[Math.floor(random() * tokens.length)];
    if (!match) return { start: at, end: at, text: '' };
    return { start: from + match.index, end: from + match.index + match[0].length, text: match[0] };
  };
  const [one, other] = [pick(), pick()].sort((a, b) => a.start - b.start) as [ReturnType<typeof pick>, ReturnType<typeof pick>];
  const fragment = fragments[Math.floor(random() * fragments.length)]!;
  switch (Math.floor(random() * 9)) {
    case 0:
      return text.slice(0, one.start) + text.slice(one.end);
    case 1:
      return text.slice(0, one.end) + one.text + text.slice(one.end);
    case 2:
      return one.end <= other.start ? text.slice(0, one.start) + other.text + text.slice(one.end, other.start) + one.text + text.slice(other.end) : text;
    case 3:
      return text.slice(0, at);
    case 4:
      return text.slice(0, one.start) + fragment + text.slice(one.end);
    case 5:
      return `${text.slice(0, at)}\n${fragment}\n${text.slice(at)}`;
    case 6:
      return text.slice(0, one.start) + text.slice(other.end);
    case 7:
      return text.slice(at);
    default:
      return text.slice(0, one.start) + fragment + text.slice(one.start);
  }
}
