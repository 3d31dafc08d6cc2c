import { test } from 'node:test';
import assert from 'node:assert/strict';
import { parse } from '../server/core/syntax/parse.ts';
test('parse', () => {
  const s = parse('a.ts', 'const x: number = await f(); // hi\nfoo.');
  assert.equal(s.ast.body.length, 2);
  assert.ok(s.hasModuleSyntax);
  console.log(s.errors, s.comments, s.scopes.scopes.length);
  const deep = parse('a.js', '['.repeat(100000));
  console.log(deep.errors.length, deep.errors[0]);
  console.log(parse('x.mjs','\uFEFF#!/usr/bin/env node\nimport a from "a"').errors);
});
