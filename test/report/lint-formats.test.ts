import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import MarkdownIt from 'markdown-it';
import type { Log } from 'sarif';
import type { Finding, SourceLocation } from '../../server/core/hazards/finding.ts';
import { renderAgent } from '../../server/core/report/agent.ts';
import { renderCheckstyle } from '../../server/core/report/checkstyle.ts';
import { renderGithub } from '../../server/core/report/github.ts';
import { renderGitlab } from '../../server/core/report/gitlab.ts';
import { renderHtml } from '../../server/core/report/html.ts';
import { renderJson } from '../../server/core/report/json.ts';
import { renderJunit } from '../../server/core/report/junit.ts';
import { fullCoverage, type LintReport } from '../../server/core/report/lint-report.ts';
import { renderMarkdown } from '../../server/core/report/markdown.ts';
import { renderRdjson } from '../../server/core/report/rdjson.ts';
import { informationUri, renderSarif } from '../../server/core/report/sarif.ts';
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
  impact: { cost: '1 ms per MB', exposure: 'anybody', rank: 60 },
  group: null,
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
  return { tool: { name: 'looplens', version: '1.2.3' }, locale: 'en', files: 7, analysed: 7, root: '/home/me/my app', fromRepository: '', maxWarnings: -1, durationMs: 12.5, findings, errors, coverage: fullCoverage, view: 'page', ruleHelp: rule => `https://example.org/rules#${rule}`, text: () => null };
}
const broken = { file: 'src/b.ts', line: 2, column: 9, message: 'Expected ")".', kind: 'syntax' } as const;
const unread = { file: 'src/c.ts', line: 0, column: 0, message: 'cannot be read (EACCES)', kind: 'unread' } as const;
const full = report([plainFinding, hostile, hushed, based], [broken, unread]);

const many = (count: number, change: (index: number) => Partial<Finding>): Finding[] => Array.from({ length: count }, (_, index) => ({ ...plainFinding, fixes: [], path: [], location: at(`src/${String(index).padStart(3, '0')}.ts`, 1, 1), fingerprint: String(index), ...change(index) }));

test('stylish: the worst causes in full, the others in a line each, and what was left', () => {
  const findings = many(70, index => ({ message: `Number ${index} blocks. Do not.`, impact: { cost: '1 ms', exposure: 'anybody', rank: index } }));
  const text = renderStylish(report(findings), plain);
  assert.match(text, /^src\/069\.ts:1:1 /);
  assert.equal(text.match(/^ {2}Number \d+ blocks\. Do not\.$/gm)?.length, 10);
  assert.equal(text.match(/^error {2}src\/\d+\.ts:1 {2}Number \d+ blocks\. {2}blocking-fs$/gm)?.length, 40);
  assert.match(text, /… and 20 more causes with 20 findings/);
  assert.match(text, /70 findings of 70 causes, the worst first; --all shows each of them/);
  assert.equal(renderStylish({ ...report(findings), view: 'all' }, plain).match(/^ {2}Number \d+ blocks\. Do not\.$/gm)?.length, 70);
  assert.match(renderStylish({ ...report(findings), view: 'file' }, plain), /^src\/000\.ts:1:1 /);
});

test('stylish: findings with one cause are told once, with their places', () => {
  const findings = many(36, () => ({ group: 'async-express4-handler ', message: 'Express 4 ignores it.' }));
  const text = renderStylish(report(findings), plain);
  assert.equal(text.match(/Express 4 ignores it\./g)?.length, 1);
  assert.match(text, /The same cause in 35 more places: src\/001\.ts:1, src\/002\.ts:1, src\/003\.ts:1, src\/004\.ts:1, … and 31 more/);
  assert.match(text, /36 errors/);
  assert.match(renderStylish({ ...report(findings.slice(0, 2)), locale: 'zh-cn' }, plain), /同一原因还出现在另外 1 处：src\/001\.ts:1/);
});

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
  for (const [, uri] of text.matchAll(/"uri": "([^"]*)"/g)) assert.match(uri!, /^(?:file:\/\/)?([\w.!~*'()/-]|%[0-9A-F]{2})+$/);
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
  assert.deepEqual([root.name, root.attributes], ['testsuites', { name: 'looplens', tests: '4', failures: '1', errors: '2' }]);
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

test('junit: fails where the exit code does', () => {
  const failures = (maxWarnings: number): string | undefined => parseXml(renderJunit({ ...full, maxWarnings })).attributes['failures'];
  assert.deepEqual([failures(-1), failures(1), failures(0)], ['1', '1', '2']);
  assert.match(renderJunit(full), /looplens\/busy-wait:1:1"><system-out>/);
});

test('sarif: says who made it and where its paths start', () => {
  const [run] = (JSON.parse(renderSarif(full)) as Log).runs;
  assert.equal(run!.tool.driver.informationUri, (JSON.parse(readFileSync('package.json', 'utf8')) as { homepage: string }).homepage);
  assert.equal(informationUri, run!.tool.driver.informationUri);
  assert.deepEqual(run!.originalUriBaseIds, { '%SRCROOT%': { uri: 'file:///home/me/my%20app/' } });
  assert.equal((JSON.parse(renderSarif({ ...full, root: 'C:/my app' })) as Log).runs[0]!.originalUriBaseIds!['%SRCROOT%']!.uri, 'file:///C:/my%20app/');
});

test('gitlab: paths count from the root of the repository', () => {
  const paths = (fromRepository: string, file: string): string => (JSON.parse(renderGitlab({ ...report([{ ...plainFinding, location: at(file, 1, 1) }]), fromRepository })) as { location: { path: string } }[])[0]!.location.path;
  assert.deepEqual([paths('', 'a.js'), paths('packages/web/', 'a.js'), paths('packages/web/', '../api/b.js'), paths('packages/web/', '/else/c.js')], ['a.js', 'packages/web/a.js', 'packages/api/b.js', '/else/c.js']);
});

test('agent: short, worst first, English, bounded', () => {
  const chinese: LintReport = { ...full, locale: 'zh-cn' };
  const lines = renderAgent(chinese).trimEnd().split('\n');
  assert.deepEqual(lines.slice(0, 3), [
    'src/my file, v2: ä.ts:3:5 error blocking-fs (certain): `readFileSync()` blocks, 100 % of "it" <b>',
    '  path: GET /report handler (src/server.ts:8) > readFileSync() (src/my file, v2: ä.ts:3)',
    `  fix: ${plainFinding.fixes[0]!.title} (looplens lint --fix)`,
  ]);
  assert.match(lines[3]!, /busy-wait/);
  assert.deepEqual(lines.slice(-2), ['1 errors, 1 warnings, 0 info; 7 files reported, 7 analysed', 'why and how to fix: looplens rules blocking-fs (also: busy-wait)']);
  assert.match(renderAgent(report(Array.from({ length: 60 }, () => plainFinding))), /^10 more findings; narrow with/m);
});

test('checkstyle: well-formed, a file per file, errors among them', () => {
  const root = parseXml(renderCheckstyle(full));
  assert.deepEqual([root.name, root.children.length], ['checkstyle', 4]);
  const own = root.children.find(file => file.attributes['name'] === 'src/my file, v2: ä.ts')!.children[0]!.attributes;
  assert.deepEqual([own['line'], own['column'], own['severity'], own['source']], ['3', '5', 'error', 'looplens.blocking-fs']);
});

test('rdjson: columns in bytes of UTF-8, suggestions for fixes of one file', () => {
  const text = 'ä = 1;\n/* 名 */ readFileSync();\n';
  const finding = { ...plainFinding, location: at('a.js', 2, 9, 21), fixes: [{ title: 'Await', kind: 'safe' as const, edits: [{ file: 'a.js', start: 15, end: 19, text: 'await read' }] }] };
  const { diagnostics } = JSON.parse(renderRdjson({ ...report([finding]), text: () => text })) as { diagnostics: { location: { range: object }; suggestions: { range: object; text: string }[]; code: object; severity: string }[] };
  assert.deepEqual(diagnostics[0]!.location.range, { start: { line: 2, column: 11 }, end: { line: 2, column: 23 } });
  assert.deepEqual(diagnostics[0]!.suggestions, [{ range: { start: { line: 2, column: 11 }, end: { line: 2, column: 15 } }, text: 'await read' }]);
  assert.deepEqual([diagnostics[0]!.severity, diagnostics[0]!.code], ['ERROR', { value: 'blocking-fs', url: 'https://example.org/rules#blocking-fs' }]);
});

test('markdown: the worst ten, nothing of names and messages is markup', () => {
  const text = renderMarkdown(report([hostile, ...Array.from({ length: 12 }, () => ({ ...plainFinding, message: '`a|b` <img src=x onerror=y> @team #1 [x](javascript:1) | https://evil' }))]));
  assert.equal(text.split('\n').filter(line => line.startsWith('| error')).length, 10);
  assert.match(text, /and 3 more/);
  const html = new MarkdownIt({ html: true, linkify: true }).render(text);
  assert.deepEqual([...new Set([...html.matchAll(/<(\w+)/g)].map(match => match[1]!))].sort(), ['br', 'code', 'h2', 'p', 'sub', 'table', 'tbody', 'td', 'th', 'thead', 'tr']);
  assert.match(html, /<code>a\|b<\/code> &lt;img src=x onerror=y&gt; @team #1 \[x\]\(javascript:1\) \| https:\/\/evil</);
});

test('html: one page that runs its own script only, and shows what code says as text', () => {
  const text = renderHtml(report([{ ...plainFinding, message: '<script>alert(1)</script> `x<y`' }], [broken]));
  assert.equal(text.split('<script>').length, 2);
  assert.match(text, /default-src 'none'; style-src 'sha256-[\w+/=]+'; script-src 'sha256-[\w+/=]+'/);
  assert.match(text, /<code>x&lt;y<\/code>/);
  assert.match(renderHtml({ ...full, locale: 'zh-cn' }), /<html lang="zh-CN">[^]*Looplens 报告/);
});

for (const [name, render] of Object.entries({ stylish: (r: LintReport) => renderStylish(r, plain), json: renderJson, agent: renderAgent, checkstyle: renderCheckstyle, github: renderGithub, gitlab: renderGitlab, html: renderHtml, junit: renderJunit, markdown: renderMarkdown, rdjson: renderRdjson, sarif: renderSarif, unix: renderUnix })) {
  test(`${name}: no control character but the line feed, no false line, the same text twice`, () => {
    const text = render(full);
    assert.doesNotMatch(text, /[\u0000-\u0009\u000B-\u001F\u007F-\u009F]/);
    assert.doesNotMatch(text, /^::error file=x/m);
    assert.equal(render(full), text);
  });
}

// Text that shows another text than there is (Trojan Source, CVE-2021-42574), steers a terminal, or breaks out of its place.
const names = ['a\u202Etxt.js', 'b\u2066c\u2069.js', 'd\u200Be.js', '\u001B]8;;https://evil\u0007f.js', 'g\u009B31m.js', 'h\ni.js', '\uFEFFj.js', 'k\u{E0041}.js', '::error file=x::l.js', '</script><script>m.js', ']]>&n.js', "o' onload='p.js", '`q`.js', '%0A.js', '\uD800r.js'];

for (const [format, render] of Object.entries({ agent: renderAgent, checkstyle: renderCheckstyle, github: renderGithub, gitlab: renderGitlab, html: renderHtml, json: renderJson, junit: renderJunit, markdown: renderMarkdown, rdjson: renderRdjson, sarif: renderSarif, stylish: (value: LintReport) => renderStylish({ ...value, text: () => names.join('\u202E \u001B[31m') }, plain), unix: renderUnix })) {
  test(`${format}: hostile names of files, routes and rules' texts are shown, and act nowhere`, () => {
    const findings = names.map((name, index): Finding => ({ ...plainFinding, location: at(name, 1, 1), message: `\`${name}()\` in GET /${name}`, path: [{ location: at(name, 1, 1), label: `GET /${name} handler` }], fixes: [{ title: name, kind: 'safe', edits: [] }], fingerprint: String(index) }));
    const text = render(report(findings, names.map(name => ({ file: name, line: 1, column: 1, message: name, kind: 'syntax' as const }))));
    assert.doesNotMatch(text, /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u00AD\u061C\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\u2028\u2029\uFEFF]/);
    assert.doesNotMatch(text, /[\u{E0000}-\u{E007F}]/u);
    if (format === 'html') assert.doesNotMatch(text, /<\/script><script>m/);
    if (format === 'github') for (const line of text.trimEnd().split('\n')) assert.match(line, /^::(?:error|warning|notice) /);
    if (format === 'gitlab' || format === 'json' || format === 'rdjson' || format === 'sarif') JSON.parse(text);
    if (format === 'checkstyle' || format === 'junit') parseXml(text);
  });
}
