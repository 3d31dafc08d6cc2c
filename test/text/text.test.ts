import assert from 'node:assert/strict';
import { test } from 'node:test';
import { closest } from '../../server/core/text/closest.ts';
import { applyEdits } from '../../server/core/text/edit.ts';
import { createLineIndex } from '../../server/core/text/line-index.ts';
import { ancestors, dirname, join, relativeInside } from '../../server/core/text/path.ts';

test('positions and offsets are inverse over every kind of line end', () => {
  const text = 'a\nbc\r\nd\re\u2028f😀g';
  const index = createLineIndex(text);
  assert.equal(index.lineStarts.length, 5);
  for (let offset = 0; offset <= text.length; offset++) {
    const { line, column } = index.positionAt(offset);
    if (text[offset] !== '\n' || text[offset - 1] !== '\r') assert.equal(index.offsetAt(line, column), offset);
  }
  assert.deepEqual(index.positionAt(99), index.positionAt(text.length));
});

test('edits apply together and never over each other', () => {
  assert.equal(applyEdits('abcdef', [{ start: 4, end: 5, text: 'X' }, { start: 0, end: 0, text: '<' }, { start: 1, end: 3, text: '' }]), '<adXf');
  assert.throws(() => applyEdits('abc', [{ start: 0, end: 2, text: '' }, { start: 1, end: 3, text: '' }]), RangeError);
});

test('paths', () => {
  assert.equal(join('a/b', '../c', './d'), 'a/c/d');
  assert.equal(join('/a', '../../b'), '/b');
  assert.equal(join('a', '../..'), '..');
  assert.equal(dirname('a.ts'), '.');
  assert.equal(relativeInside('src', 'src/a.ts'), 'a.ts');
  assert.equal(relativeInside('src', 'srcs/a.ts'), null);
  assert.equal(relativeInside('.', '../a.ts'), null);
  assert.deepEqual(ancestors('/a/b'), ['/a/b', '/a', '/']);
});

test('the closest word, or none', () => {
  assert.equal(closest('blocking-sf', ['blocking-fs', 'busy-wait']), 'blocking-fs');
  assert.equal(closest('zebra', ['blocking-fs', 'busy-wait']), null);
});
