import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import type { Finding } from '../../server/core/hazards/finding.ts';
import { findRule } from '../../server/core/hazards/registry.ts';
import { parseRulePage } from '../../server/core/hazards/rule-page.ts';
import { rulesDirectory } from '../../scripts/lib/rule-index.ts';
import { applyFix, check } from './check-program.ts';
import { readExamples, type Example, type ExpectedFinding } from './page-examples.ts';

const sections = ['What it does', 'Why it is bad', 'How to fix', 'When not to use it', 'Options', 'Examples'];

const chineseSections = ['它做什么', '为什么不好', '如何修复', '何时不用', '选项', '示例'];

for (const file of readdirSync(rulesDirectory).filter(name => name.endsWith('.md'))) {
  describe(file, () => {
    const page = parseRulePage(readFileSync(join(rulesDirectory, file), 'utf8'));
    const id = file.replace(/(?:\.zh-cn)?\.md$/, '');
    const translated = file.endsWith('.zh-cn.md');

    test('front matter says what the rule says', () => {
      const { category, defaultSeverity, fix, since } = findRule(id)!.meta;
      assert.deepEqual({ category: page.category, severity: page.severity, fix: page.fix, since: page.since }, { category, severity: defaultSeverity, fix, since });
      assert.match(page.title, /^\S/);
      assert.match(page.titleZh, /\p{Script=Han}/u);
    });

    test('says where the claim comes from', () => assert.match(page.source, /\S/));

    test('has its sections in order', () => {
      const headings = [...page.body.matchAll(/^## (.*)$/gm)].map(match => match[1]);
      assert.deepEqual(headings, translated ? chineseSections : sections);
    });

    test('explains each option', () => {
      const properties = (findRule(id)!.meta.options as { readonly properties?: object } | undefined)?.properties ?? {};
      for (const option of Object.keys(properties)) assert.ok(page.body.includes(`- \`${option}\`${translated ? '：' : ': '}`), option);
    });

    // A translation shows the programs of the page that it translates, which are run there.
    if (translated) {
      test('has the code of the English page, a heading for each of its headings, and text in Chinese', () => {
        const english = parseRulePage(readFileSync(join(rulesDirectory, `${id}.md`), 'utf8'));
        const code = (body: string): string[] => [...body.matchAll(/^(?:`[^`\n]+`:\n\n)?```[^]*?^```$/gm)].map(([text]) => text);
        const names = (body: string): string[] => body.match(/^### .*$/gm) ?? [];
        assert.deepEqual(code(page.body), code(english.body));
        assert.equal(names(page.body).length, names(english.body).length);
        const { body: _body, ...matter } = page;
        const { body: _english, ...englishMatter } = english;
        assert.deepEqual(matter, englishMatter);
        for (const paragraph of page.body.replace(/^(?:`[^`\n]+`:\n\n)?```[^]*?^```$/gm, '').split('\n').filter(line => line !== '' && !line.startsWith('#'))) {
          // Code, links and names aside, what is left is Chinese.
          const words = paragraph.replace(/`[^`]*`/g, '').replace(/\]\([^)]*\)/g, '').match(/[a-z]+(?: [a-z]+){3,}/g) ?? [];
          assert.deepEqual(words, [], paragraph);
        }
      });
      return;
    }

    const examples = readExamples(page.body);
    test('shows what is reported and what is not', () => {
      assert.ok(examples.some(example => example.expected.some(({ rule }) => rule === id)));
      assert.ok(examples.some(example => example.expected.length === 0));
    });
    for (const example of examples) test(`example: ${example.name}`, () => checkExample(id, example));
  });
}

test('every rule has a page in Chinese', () => {
  const names = readdirSync(rulesDirectory);
  assert.deepEqual(names.filter(name => name.endsWith('.ts') && !names.includes(name.replace(/\.ts$/, '.zh-cn.md'))), []);
});

/** What other rules say of an example counts only where its marks name them. */
function checkExample(id: string, example: Example): void {
  const only = new Set([id, ...example.expected.flatMap(({ rule }) => rule ?? [])]);
  const findings = check(example.files, { options: example.options, only });
  const open = [...findings];
  for (const expected of example.expected) {
    const index = open.findIndex(finding => matches(finding, expected));
    // A caret line adds to the mark of the line above it.
    if (index < 0 && expected.columns && findings.some(finding => matches(finding, expected))) continue;
    assert.ok(index >= 0, `not found: ${JSON.stringify(expected)}\nfindings:\n${findings.map(show).join('\n')}`);
    open.splice(index, 1);
  }
  assert.deepEqual(open.map(show), [], 'findings without a mark');
  for (const finding of findings) assert.deepEqual(finding.path.at(-1)?.location ?? finding.location, finding.location, 'the witness path ends at the finding');
  if (!example.fixed) return;
  const fix = findings.flatMap(finding => finding.fixes)[0];
  assert.ok(fix, 'no finding has a fix');
  assert.equal(fix.kind, example.fixed.kind);
  const result = applyFix(example.files, fix);
  for (const [path, text] of Object.entries(example.fixed.files)) assert.equal(result[path], text);
  for (const path of Object.keys(result)) if (!(path in example.fixed.files)) assert.equal(result[path], example.files[path], `${path} is changed, but the page does not show it`);
}

function matches({ location, rule, message, severity, confidence }: Finding, expected: ExpectedFinding): boolean {
  const level = confidence === 'possible' ? 'possible' : severity;
  return (
    location.file === expected.file &&
    location.line === expected.line &&
    (expected.level === null || level === expected.level) &&
    (expected.rule === null || rule === expected.rule) &&
    (expected.columns === null || (location.column === expected.columns[0] && location.endColumn === expected.columns[1])) &&
    message.includes(expected.text)
  );
}

function show({ location, rule, message, severity, confidence }: Finding): string {
  return `${location.file}:${location.line}:${location.column} ${severity} ${confidence} [${rule}] ${message}`;
}
