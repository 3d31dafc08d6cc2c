import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Finding, SourceLocation } from '../../server/core/hazards/finding.ts';
import { mergeFixes } from '../../server/lsp/requests/code-action.ts';
import { createConverter } from '../../server/lsp/to-lsp.ts';

const text = 'a\r\n𝒳 = 1;\u2028x();\n'; // U+2028 ends a line of ECMAScript, not of the protocol
const convert = createConverter({ uriOf: file => `file:///${file}`, textOf: file => (file === 'a.js' ? text : null) });
const locationOf = (code: string): SourceLocation => ({ file: 'a.js', start: text.indexOf(code), end: text.indexOf(code) + code.length, line: 0, column: 0, endLine: 0, endColumn: 0 });

describe('positions', () => {
  test('count UTF-16 units, and lines as the protocol does', () => {
    assert.deepEqual(convert.range(locationOf('1')), { start: { line: 1, character: 5 }, end: { line: 1, character: 6 } });
    assert.deepEqual(convert.range(locationOf('x()')), { start: { line: 1, character: 8 }, end: { line: 1, character: 11 } });
  });

  test('go back to the same offsets, and stay inside the text', () => {
    for (let offset = 0; offset <= text.length; offset++) assert.equal(convert.offsetAt('a.js', convert.position('a.js', offset)), offset);
    assert.equal(convert.offsetAt('a.js', { line: 99, character: 0 }), text.length);
    assert.equal(convert.offsetAt('a.js', { line: -1, character: 3 }), 0);
    assert.equal(convert.offsetAt('gone.js', { line: 0, character: 0 }), null);
  });
});

test('a finding becomes a diagnostic with its path and the link to its rule', () => {
  const finding: Finding = {
    rule: 'blocking-fs',
    severity: 'warn',
    confidence: 'certain',
    category: 'blocking',
    message: 'blocks',
    location: locationOf('x()'),
    role: 'request',
    path: [{ location: locationOf('1'), label: 'handler' }],
    fixes: [],
    impact: { cost: '1 ms per MB', exposure: 'anybody', rank: 60 },
    group: null,
    fingerprint: 'f1',
    suppressed: null,
  };
  assert.deepEqual(convert.diagnostic(finding, rule => `rules:/${rule}`), {
    range: { start: { line: 1, character: 8 }, end: { line: 1, character: 11 } },
    severity: 2,
    source: 'looplens',
    code: 'blocking-fs',
    codeDescription: { href: 'rules:/blocking-fs' },
    message: 'blocks',
    relatedInformation: [{ location: { uri: 'file:///a.js', range: { start: { line: 1, character: 5 }, end: { line: 1, character: 6 } } }, message: 'handler' }],
    data: { fingerprint: 'f1' },
  });
  assert.equal('codeDescription' in convert.diagnostic(finding, () => null), false);
});

test('edits are in order, an insertion before what replaces the same place', () => {
  const { changes } = convert.workspaceEdit([
    { file: 'a.js', start: 3, end: 5, text: 'Y' },
    { file: 'a.js', start: 3, end: 3, text: 'await ' },
    { file: 'a.js', start: 0, end: 1, text: 'b' },
  ]);
  assert.deepEqual(changes!['file:///a.js']!.map(({ newText }) => newText), ['b', 'await ', 'Y']);
});

describe('fixes of several findings', () => {
  const fix = (...edits: [start: number, end: number, text: string][]) => ({ title: '', kind: 'safe' as const, edits: edits.map(([start, end, text]) => ({ file: 'a.js', start, end, text })) });

  test('are applied together, what they share once', () => {
    assert.deepEqual(mergeFixes([fix([0, 0, 'async '], [5, 6, 'x']), fix([0, 0, 'async '], [8, 9, 'y'])]).map(({ text }) => text), ['async ', 'x', 'y']);
  });

  test('wait where they touch one another', () => {
    assert.deepEqual(mergeFixes([fix([5, 8, 'x']), fix([7, 9, 'y']), fix([20, 21, 'z'])]).map(({ text }) => text), ['x', 'z']);
  });
});
