import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Finding } from '../../server/core/hazards/finding.ts';
import { applyBaseline, emptyBaseline, extendBaseline, parseBaseline, pruneBaseline, renderBaseline } from '../../server/core/suppress/baseline.ts';
import { createWorkspace } from '../../server/core/workspace.ts';

const head = "import express from 'express';\nimport fs from 'node:fs';\nconst app = express();\n";

async function lint(body: string): Promise<readonly Finding[]> {
  const workspace = createWorkspace();
  workspace.setText('a.js', head + body);
  return (await workspace.snapshot()).findings();
}
/** Rule, line after the head, and why it is not shown. */
const brief = (findings: readonly Finding[]): unknown[] => findings.map(({ rule, location, suppressed }) => [rule, location.line - 3, suppressed?.reason ?? null]);
const call = "app.get('/', () => fs.readFileSync('a'));";

test('disable-next-line and disable-line cover their line, with a reason', async () => {
  assert.deepEqual(brief(await lint(`// looplens-disable-next-line blocking-fs -- tiny -- really\n${call}\n${call}\n`)), [['blocking-fs', 2, 'tiny -- really'], ['blocking-fs', 3, null]]);
  assert.deepEqual(brief(await lint(`${call} // looplens-disable-line\n`)), [['blocking-fs', 1, '']]);
  assert.deepEqual(brief(await lint(`/* looplens-disable-next-line\n  blocking-zlib, blocking-fs */\n${call}\n`)).filter(item => (item as unknown[])[0] === 'blocking-fs'), [['blocking-fs', 3, '']]);
});

test('disable and enable are block comments and cover what stands between', async () => {
  assert.deepEqual(brief(await lint(`/* looplens-disable blocking-fs */\n${call}\n/* looplens-enable blocking-fs */\n${call}\n`)), [['blocking-fs', 2, ''], ['blocking-fs', 4, null]]);
  assert.deepEqual(brief(await lint(`/* looplens-disable */\n${call}\n${call}\n`)), [['blocking-fs', 2, ''], ['blocking-fs', 3, '']]);
  assert.deepEqual(brief(await lint(`// looplens-disable blocking-fs\n${call}\n`)), [['blocking-fs', 2, null]]);
});

test('what is no comment, or another word, covers nothing', async () => {
  assert.deepEqual(brief(await lint(`const s = '// looplens-disable-next-line';\n${call}\n// looplens-disable-next-lines\n${call}\n`)), [['blocking-fs', 2, null], ['blocking-fs', 4, null]]);
});

test('unused comments are reported, each rule of them by itself', async () => {
  const rules = async (body: string): Promise<unknown[]> => brief(await lint(body)).map(item => (item as unknown[]).slice(0, 2));
  assert.deepEqual(await rules('// looplens-disable-next-line\nconst a = 1;\n'), [['unused-disable-comment', 1]]);
  assert.deepEqual(await rules(`// looplens-disable-next-line blocking-fs, blocking-zlib\n${call}\n`), [['unused-disable-comment', 1], ['blocking-fs', 2]]);
});

test('the baseline: what it takes it hides, what is gone is left over and can be pruned', async () => {
  const findings = await lint(`${call}\n${call}\n`);
  const baseline = parseBaseline(renderBaseline(extendBaseline(emptyBaseline, findings, null)));
  assert.deepEqual(applyBaseline(findings, baseline).findings.map(finding => finding.suppressed?.kind), ['baseline', 'baseline']);
  const fewer = await lint(`\n\n${call}\n`);
  const { findings: marked, unmatched } = applyBaseline(fewer, baseline);
  assert.deepEqual(marked.map(finding => finding.suppressed?.kind), ['baseline']);
  assert.equal(unmatched.files['a.js']?.['blocking-fs']?.length, 1);
  const pruned = pruneBaseline(baseline, unmatched);
  assert.equal(pruned.files['a.js']?.['blocking-fs']?.length, 1);
  assert.deepEqual(applyBaseline(fewer, pruned).unmatched, emptyBaseline);
  assert.equal(renderBaseline(pruneBaseline(pruned, pruned)), renderBaseline(emptyBaseline));
});

test('a run over some of the files leaves the entries of the others', async () => {
  const baseline = extendBaseline(emptyBaseline, await lint(`${call}\n`), null);
  assert.deepEqual(applyBaseline([], baseline, file => file !== 'a.js').unmatched, emptyBaseline);
  assert.deepEqual(applyBaseline([], baseline, file => file === 'a.js').unmatched, baseline);
});

test('a baseline that only takes some rules leaves the others', async () => {
  const findings = await lint(`${call}\n`);
  assert.deepEqual(extendBaseline(emptyBaseline, findings, ['blocking-zlib']), emptyBaseline);
});

test('damaged baselines say so', () => {
  for (const text of ['', '{', '[]', '{"version":2,"files":{}}', '{"version":1}', '{"version":1,"files":{"a":[]}}', '{"version":1,"files":{"a":{"r":[1]}}}']) assert.throws(() => parseBaseline(text), /^Error: (?:is|has) /, text);
});
