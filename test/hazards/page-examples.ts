/** A mark in an example: a finding that is expected on a line, or on the columns of its carets. */
export interface ExpectedFinding {
  readonly file: string;
  readonly line: number;
  /** 1-based, of the carets. */
  readonly columns: readonly [start: number, end: number] | null;
  /** `possible` stands for a finding that is not shown by default. */
  readonly level: 'error' | 'warn' | 'info' | 'possible' | null;
  readonly rule: string | null;
  /** Part of the message. */
  readonly text: string;
}

/** One program of a rule's page, with what is expected of it. */
export interface Example {
  readonly name: string;
  /** Texts without their marks. */
  readonly files: Readonly<Record<string, string>>;
  readonly options: Readonly<Record<string, unknown>>;
  readonly expected: readonly ExpectedFinding[];
  /** Texts after the fix, by path; null where the page shows none. */
  readonly fixed: { readonly kind: string; readonly files: Readonly<Record<string, string>> } | null;
}

interface Block {
  readonly path: string | null;
  readonly language: string;
  readonly flags: readonly string[];
  readonly text: string;
}

/**
 * Reads the fenced blocks of a page. Those under one heading are one program where their paths are given
 * (`` `path.ts`: `` on the line before), else each is a program of its own. `fixed safe` or `fixed suggestion` after the
 * language marks the text after the fix of the program above, `options` (with json) the rule's options, `explain` a program whose
 * order the page shows (rule-traces.test.ts).
 */
export function readExamples(markdown: string): Example[] {
  const examples: Example[] = [];
  for (const section of sections(markdown)) {
    const code = section.blocks.filter(block => /^(?:[cm]?[jt]s|[jt]sx|json|dockerfile|ini|sh)$/.test(block.language) && block.flags[0] !== 'explain');
    const programs: Block[][] = [];
    for (const block of code) {
      const current = programs.at(-1);
      const onlyOptions = current?.every(({ flags }) => flags[0] === 'options') ?? false;
      const joins = block.path !== null || block.flags[0] === 'fixed' || onlyOptions;
      if (current && joins) current.push(block);
      else programs.push([block]);
    }
    programs.forEach((blocks, index) => examples.push(exampleOf(programs.length > 1 ? `${section.name} (${index + 1})` : section.name, blocks)));
  }
  return examples;
}

function sections(markdown: string): { readonly name: string; readonly blocks: Block[] }[] {
  const found: { name: string; blocks: Block[] }[] = [];
  let blocks: Block[] = [];
  let previous = '';
  const lines = markdown.split('\n');
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i]!;
    const heading = /^#+ (.*)$/.exec(line);
    const fence = /^```(\w+)(?: (.*))?$/.exec(line);
    if (heading) found.push({ name: heading[1]!, blocks: (blocks = []) });
    if (fence) {
      const end = lines.indexOf('```', i + 1);
      if (end < 0) throw new Error(`line ${i + 1}: the block is not closed`);
      blocks.push({ path: /^`([^`]+)`:$/.exec(previous)?.[1] ?? null, language: fence[1]!, flags: fence[2]?.split(' ') ?? [], text: `${lines.slice(i + 1, end).join('\n')}\n` });
      i = end;
    }
    if (line !== '') previous = line;
  }
  return found;
}

function exampleOf(name: string, blocks: readonly Block[]): Example {
  const files: Record<string, string> = {};
  const expected: ExpectedFinding[] = [];
  let options: Readonly<Record<string, unknown>> = {};
  let fixed: { kind: string; files: Record<string, string> } | null = null;
  let first = '';
  for (const block of blocks) {
    const path = block.path ?? (block.flags[0] === 'fixed' ? first : `example.${block.language}`);
    first ||= path;
    if (block.flags[0] === 'options') options = JSON.parse(block.text) as Readonly<Record<string, unknown>>;
    else if (block.flags[0] === 'fixed') ((fixed ??= { kind: block.flags[1] ?? '', files: {} }).files)[path] = block.text;
    else files[path] = takeMarks(path, block.text, expected);
  }
  return { name, files, options, expected, fixed };
}

/** The text without its marks, which are added to `expected`. */
function takeMarks(file: string, text: string, expected: ExpectedFinding[]): string {
  const kept: string[] = [];
  for (const line of text.split('\n')) {
    const carets = /^\s*\/\/(\s*)(\^+) (.*)$/.exec(line);
    if (carets) {
      const start = line.indexOf('^') + 1;
      expected.push({ file, line: kept.length, columns: [start, start + carets[2]!.length], level: null, rule: null, text: carets[3]! });
      continue;
    }
    const marks = /^(.*?)\s*((?:\/\/ (?:error|warn|info|possible): \[[\w-]+\](?: "[^"]*")?\s*)+)$/.exec(line);
    kept.push(marks ? marks[1]! : line);
    for (const mark of (marks?.[2] ?? '').matchAll(/\/\/ (error|warn|info|possible): \[([\w-]+)\](?: "([^"]*)")?/g)) {
      expected.push({ file, line: kept.length, columns: null, level: mark[1] as ExpectedFinding['level'], rule: mark[2]!, text: mark[3] ?? '' });
    }
  }
  return kept.join('\n');
}
