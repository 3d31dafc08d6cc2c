import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { rulesDirectory } from '../../scripts/lib/rule-index.ts';
import type { ProgramGraph } from '../../server/core/graph/program-graph.ts';
import { createRuleCheck, isAboutFiles, type FindingDraftWithRule } from '../../server/core/hazards/check-rules.ts';
import { rules } from '../../server/core/hazards/registry.ts';
import type { Rule, RuleContext } from '../../server/core/hazards/rule.ts';
import { link } from './check-program.ts';
import { readExamples } from './page-examples.ts';

// A rule is asked about files. Whatever the parts are in which the files of a program are asked about, and in which order, together the
// answers are what is found in all of them at once.

/** The programs of a rule's page, one beside the other as packages of one repository. */
function programsOf(page: string): Record<string, string> {
  const files: Record<string, string> = {};
  readExamples(page).forEach((example, index) => {
    for (const [path, text] of Object.entries(example.files)) files[`p${index}/${path}`] = text;
    files[`p${index}/package.json`] ??= '{ "name": "p" }';
  });
  return files;
}

function ask(graph: ProgramGraph, rule: Rule, parts: readonly (readonly string[])[]): unknown[] {
  const check = createRuleCheck(graph, [rule], { optionsFor: () => ({}), nodeFor: () => null }, 'en', (_part, run) => run());
  return parts.flatMap(part => check.all(part)).map(plain).sort();
}

const plain = ({ rule, fixes: _, ...draft }: FindingDraftWithRule): string => JSON.stringify([rule.id, draft]);

const pages = readdirSync(rulesDirectory).filter(file => /^[\w-]+\.md$/.test(file) && !file.endsWith('.zh-cn.md'));

for (const name of pages) {
  const id = name.replace(/\.md$/, '');
  test(`${id}: asked about one file after the other as about all`, () => {
    const rule = rules.find(({ meta }) => meta.id === id)!;
    const program = programsOf(readFileSync(join(rulesDirectory, name), 'utf8'));
    const { files } = link(program);
    // Each time a new graph, so that nothing is known from the question before.
    const whole = ask(link(program), rule, [files]);
    const single = files.map(file => [file]);
    assert.deepEqual(ask(link(program), rule, single), whole);
    assert.deepEqual(ask(link(program), rule, [...single].reverse()), whole);
    assert.deepEqual(ask(link(program), rule, [files.filter((_, index) => index % 2 === 1), files.filter((_, index) => index % 2 === 0)]), whole);
  });
}

test('a rule that does not say that it is about the program looks at the files that it is asked about', () => {
  const graphs = pages.map(name => link(programsOf(readFileSync(join(rulesDirectory, name), 'utf8'))));
  const looks = (rule: Rule): boolean => {
    let looked = false;
    const context = (graph: ProgramGraph): RuleContext => ({ graph, get files() { looked = true; return graph.linkedFiles; }, locale: 'en', optionsFor: () => ({}), oldestNode: () => null, report: () => {} });
    for (const graph of graphs) rule.check(context(graph));
    return looked;
  };
  assert.deepEqual(rules.filter(rule => looks(rule) !== isAboutFiles(rule)).map(({ meta }) => meta.id), []);
});
