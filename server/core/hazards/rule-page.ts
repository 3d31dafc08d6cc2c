/** What the front matter of a rule's page says. */
export interface RulePage {
  readonly title: string;
  readonly titleZh: string;
  readonly category: string;
  readonly severity: string;
  readonly fix: string;
  readonly since: string;
  /** Where the claim comes from: Markdown links to documentation, Node's source, an issue, a CVE. */
  readonly source: string;
  /** The page without its front matter. */
  readonly body: string;
}

const keys = { title: 'title', titleZh: 'title-zh', category: 'category', severity: 'severity', fix: 'fix', since: 'since', source: 'source' } as const;

/** Reads a page: `key: value` lines between two lines of `---`, then Markdown. A key that is missing is ''. */
export function parseRulePage(markdown: string): RulePage {
  const text = markdown.replaceAll('\r\n', '\n');
  const matter = /^---\n([\s\S]*?)\n---\n/.exec(text);
  const values = new Map((matter?.[1] ?? '').split('\n').map(line => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]));
  const read = (key: keyof typeof keys): string => values.get(keys[key]) ?? '';
  return { title: read('title'), titleZh: read('titleZh'), category: read('category'), severity: read('severity'), fix: read('fix'), since: read('since'), source: read('source'), body: text.slice(matter?.[0].length ?? 0).trim() };
}
