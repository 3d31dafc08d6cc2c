import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Log } from 'sarif';
import type { Finding, SourceLocation } from '../../server/core/hazards/finding.ts';
import { renderGithub } from '../../server/core/report/github.ts';
import { renderGitlab } from '../../server/core/report/gitlab.ts';
import { renderJson } from '../../server/core/report/json.ts';
import { renderJunit } from '../../server/core/report/junit.ts';
import type { LintReport } from '../../server/core/report/lint-report.ts';
import { renderSarif } from '../../server/core/report/sarif.ts';
import { plain, renderStylish } from '../../server/core/report/stylish.ts';
import { renderUnix } from '../../server/core/report/unix.ts';
import { parseXml } from './parse-xml.ts';

const at = (file: string, line: number, column: number, endColumn = column + 4, endLine = line): SourceLocation => ({ file, start: 10, end: 14, line, column, endLine, endColumn });

const plainFinding: Finding = {
  rule: 'blocking-fs',
  severity: 'error',
  confidence: 'certain',
  category: 'blocking',
  message: '`readFileSync()` blocks, 100 % of "it" <b>',
  location: at('src/my file, v2: ä.ts', 3, 5),
  role: 'request',
  path: [
    { location: at('src/server.ts', 8, 1), label: 'GET /report handler' },
    { location: at('src/my file, v2: ä.ts', 3, 5), label: 'readFileSync()' },
  ],
  fixes: [{ title: 'Use readFile', kind: 'safe', edits: [{ file: 'src/my file, v2: ä.ts', start: 10, end: 14, text: 'x' }] }],
  fingerprint: '00000000000000aa',
  suppressed: null,
};
const hostile: Finding = {
  ...plainFinding,
  rule: 'busy-wait',
  severity: 'warn',
  message: 'a\u001B[31m{0}\r\n::error::[x](y)\u0000\uFFFE\uD800',
  location: at('a\n::error file=x::\u001B]0;b\u0007.js', 1, 1, 2, 4),
  path: [],
  fixes: [],
  fingerprint: '00000000000000bb',
};
const hushed: Finding = { ...plainFinding, severity: 'info', fingerprint: '00000000000000cc', suppressed: { kind: 'comment', reason: 'only at start' } };
const based: Finding = { ...hushed, fingerprint: '00000000000000dd', suppressed: { kind: 'baseline', reason: '' } };

function report(findings: readonly Finding[], errors: LintReport['errors'] = []): LintReport {
  return { tool: { name: 'looplens', version: '1.2.3' }, files: 7, durationMs: 12.5, findings, errors, ruleHelp: rule => `https://example.org/rules#${rule}`, text: () => null };
}
const broken = { file: 'src/b.ts', line: 2, column: 9, message: 'Expected ")".', kind: 'syntax' } as const;
const unread = { file: 'src/c.ts', line: 0, column: 0, message: 'cannot be read (EACCES)', kind: 'unread' } as const;
const full = report([plainFinding, hostile, hushed, based], [broken, unread]);

test('sarif: rules, levels, places, code flow, suppressions and notifications', () => {
  const [run] = (JSON.parse(renderSarif(full)) as Log).runs;
  const results = run!.results!;
  assert.deepEqual(run!.tool.driver.rules!.map(({ id, helpUri }) => [id, helpUri]), [['looplens/blocking-fs', 'https://example.org/rules#blocking-fs'], ['looplens/busy-wait', 'https://example.org/rules#busy-wait']]);
  assert.deepEqual(results.map(({ ruleId, ruleIndex, level }) => [ruleId, ruleIndex, level]), [['looplens/blocking-fs', 0, 'error'], ['looplens/busy-wait', 1, 'warning'], ['looplens/blocking-fs', 0, 'note'], ['looplens/blocking-fs', 0, 'note']]);
  for (const result of results) assert.equal(run!.tool.driver.rules![result.ruleIndex!]!.id, result.ruleId);
  assert.deepEqual(results[0]!.locations![0]!.physicalLocation, { artifactLocation: { uri: 'src/my%20file%2C%20v2%3A%20%C3%A4.ts', uriBaseId: '%SRCROOT%' }, region: { startLine: 3, startColumn: 5, endLine: 3, endColumn: 9 } });
  assert.deepEqual(results[0]!.codeFlows![0]!.threadFlows[0]!.locations.map(step => step.location!.message!.text), ['GET /report handler', 'readFileSync()']);
  assert.deepEqual(results[0]!.fixes![0]!.artifactChanges[0]!.replacements, [{ deletedRegion: { charOffset: 10, charLength: 4 }, insertedContent: { text: 'x' } }]);
  assert.deepEqual(results.map(result => result.suppressions), [[], [], [{ kind: 'inSource', justification: 'only at start' }], [{ kind: 'external' }]]);
  assert.deepEqual(results.map(result => result.partialFingerprints!['looplens/v1']), ['00000000000000aa', '00000000000000bb', '00000000000000cc', '00000000000000dd']);
  const [invocation] = run!.invocations!;
  // SARIF 2.1.0 §3.20.14: whether the tool has run to its end; a file that is no program is a result of it.
  assert.equal(invocation!.executionSuccessful, true);
  const failed = { file: '', line: 0, column: 0, message: 'TypeError: x', kind: 'fault', rule: 'busy-wait' } as const;
  assert.equal((JSON.parse(renderSarif(report([], [failed]))) as Log).runs[0]!.invocations![0]!.executionSuccessful, false);
  assert.deepEqual(invocation!.toolExecutionNotifications!.map(item => item.locations![0]!.physicalLocation!.region), [{ startLine: 2, startColumn: 9 }, undefined]);
  assert.equal((JSON.parse(renderSarif(report([]))) as Log).runs[0]!.invocations![0]!.executionSuccessful, true);
});

test('sarif: braces and links in messages are literal, every uri is one', () => {
  const text = renderSarif(full);
  assert.match(text, /\{\{0\}\}/);
  assert.match(text, /\\\\\[x\]\(y\)/);
  for (const [, uri] of text.matchAll(/"uri": "([^"]*)"/g)) assert.match(uri!, /^([\w.!~*'()/-]|%[0-9A-F]{2})+$/);
  const outside = renderSarif(report([{ ...plainFinding, location: at('/else where/a.js', 1, 1) }]));
  assert.match(outside, /"uri": "file:\/\/\/else%20where\/a\.js"\n/);
});

test('github: one command per finding, escaped, with the place in the text', () => {
  const lines = renderGithub(full).trimEnd().split('\n');
  assert.equal(lines.length, 4);
  assert.equal(
    lines[0],
    '::error file=src/my file%2C v2%3A ä.ts,line=3,endLine=3,col=5,endColumn=9,title=looplens/blocking-fs::src/my file, v2: ä.ts:3:5 `readFileSync()` blocks, 100 %25 of "it" <b>%0AGET /report handler (src/server.ts:8) → readFileSync() (src/my file, v2: ä.ts:3)',
  );
  assert.match(lines[1]!, /^::warning file=a%0A%3A%3Aerror file=x%3A%3A[^,]*,line=1,endLine=4,title=looplens\/busy-wait::a /);
  assert.equal(lines[3], '::error file=src/c.ts,title=looplens: not analysed in full::src/c.ts cannot be read (EACCES)'.replace('looplens:', 'looplens%3A'));
  assert.equal(renderGithub(report([])), '');
});

test('gitlab: fingerprints are unique, severities and lines are mapped', () => {
  const issues = JSON.parse(renderGitlab(full)) as { fingerprint: string; severity: string; check_name: string; location: unknown }[];
  assert.deepEqual(issues.map(issue => [issue.check_name, issue.severity, issue.location]), [
    ['looplens/blocking-fs', 'major', { path: 'src/my file, v2: ä.ts', lines: { begin: 3, end: 3 } }],
    ['looplens/busy-wait', 'minor', { path: 'a\n::error file=x::\u001B]0;b\u0007.js', lines: { begin: 1, end: 4 } }],
    ['looplens/not-analysed', 'critical', { path: 'src/b.ts', lines: { begin: 2, end: 2 } }],
    ['looplens/not-analysed', 'critical', { path: 'src/c.ts', lines: { begin: 1, end: 1 } }],
  ]);
  assert.equal(new Set(issues.map(issue => issue.fingerprint)).size, 4);
  assert.equal(renderGitlab(report([])), '[]\n');
});

test('junit: well-formed, a suite per file, counts that add up', () => {
  const root = parseXml(renderJunit(full));
  assert.deepEqual([root.name, root.attributes], ['testsuites', { name: 'looplens', tests: '4', failures: '2', errors: '2' }]);
  assert.deepEqual(root.children.map(suite => suite.children.length), [1, 1, 1, 1]);
  const own = root.children.find(suite => suite.attributes['name'] === 'src/my file, v2: ä.ts')!;
  assert.equal(own.children[0]!.attributes['name'], 'looplens/blocking-fs:3:5');
  assert.equal(own.children[0]!.children[0]!.attributes['message'], plainFinding.message);
  const empty = parseXml(renderJunit(report([])));
  assert.deepEqual([empty.attributes['tests'], empty.children[0]!.children[0]!.attributes['name']], ['1', 'nothing found in 7 files']);
});

test('unix: a line per finding and their number', () => {
  const lines = renderUnix(full).split('\n');
  assert.equal(lines[0], 'src/my file, v2: ä.ts:3:5: `readFileSync()` blocks, 100 % of "it" <b> [error/blocking-fs]');
  assert.equal(lines[3], 'src/c.ts:1:1: cannot be read (EACCES) [error/not-analysed]');
  assert.deepEqual(lines.slice(4), ['', '4 problems', '']);
  assert.equal(renderUnix(report([])), '');
});

test('stylish: code frame, path, page and summary', () => {
  const source = 'const fs = require("fs");\nfunction f() {\n\tlet readX = 1;\n}\n';
  const text = renderStylish({ ...report([{ ...plainFinding, location: at('a.js', 3, 6, 11) }, hushed]), text: () => source }, plain);
  assert.ok(text.includes('a.js:3:6  error  blocking-fs\n'));
  assert.ok(text.includes('  3 |   let readX = 1;\n    |       ~~~~~\n'), text);
  assert.ok(text.includes('GET /report handler  src/server.ts:8\n'));
  assert.match(text, /1 error \(7 files, 1 suppressed, 0\.01 s\)\n1 can be fixed with --fix\n$/);
});

test('stylish: a minified line of a megabyte is cut around the span', () => {
  const text = renderStylish({ ...report([{ ...plainFinding, location: at('a.js', 1, 500_001) }]), text: () => `${'x'.repeat(500_000)}read${'y'.repeat(500_000)}` }, plain);
  assert.ok(text.length < 1500, String(text.length));
  assert.match(text, /read/);
});

for (const [name, render] of Object.entries({ stylish: (r: LintReport) => renderStylish(r, plain), json: renderJson, sarif: renderSarif, github: renderGithub, gitlab: renderGitlab, junit: renderJunit, unix: renderUnix })) {
  test(`${name}: no control character but the line feed, no false line, the same text twice`, () => {
    const text = render(full);
    assert.doesNotMatch(text, /[\u0000-\u0009\u000B-\u001F\u007F-\u009F]/);
    assert.doesNotMatch(text, /^::error file=x/m);
    assert.equal(render(full), text);
  });
}
