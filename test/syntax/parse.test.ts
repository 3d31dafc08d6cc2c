import assert from 'node:assert/strict';
import { test } from 'node:test';
import { extractFacts } from '../../server/core/facts/extract-facts.ts';
import { scanComments } from '../../server/core/syntax/comments.ts';
import { parse } from '../../server/core/syntax/parse.ts';

const calls = (file: string, text: string): string[] => extractFacts(parse(file, text)).calls.map(call => call.text);

const halfTyped: Record<string, string> = {
  'a member': 'first();\nfoo.',
  'a call': 'first();\nfoo(',
  'an import': 'first();\nimport {',
  'an import from': "first();\nimport { a } from ",
  'an export': 'first();\nexport { a } from',
  'a block': 'first();\nif (a) {',
  'an arrow': 'first();\nconst f = (a) =>',
  'a class': 'first();\nclass A { m(',
  'a string': "first();\nconst a = 'abc",
  'a template': 'first();\nconst a = `abc ${',
  'an object': 'first();\nconst a = { b: ',
  'an await': 'first();\nasync function f() { await',
  'a type': 'first();\nconst a: Map<string,',
  'a decorator': 'first();\n@Get(',
  'a tag': 'first();\nconst a = <div',
  'a switch': 'first();\nswitch (a) { case',
  'a regular expression': 'first();\nconst a = /abc',
  'a for': 'first();\nfor (const a of',
  'a return': 'first();\nfunction f() { return',
  'a comment': 'first();\n/* abc',
};
for (const [name, text] of Object.entries(halfTyped)) {
  test(`half-typed: ${name} keeps the rest`, () => {
    assert.ok(calls('a.ts', text).includes('first'), 'as TypeScript');
    assert.ok(calls('a.jsx', text).includes('first'), 'as JSX');
  });
}

test('reads what people write in files', () => {
  assert.deepEqual(calls('a.js', '#!/usr/bin/env node\nrun();'), ['run']);
  assert.deepEqual(calls('a.mjs', '\uFEFF#!/usr/bin/env node\r\nrun();\r\n'), ['run']);
  assert.deepEqual(calls('a.tsx', 'const a = <A on={() => run()}>{other()}</A>;'), ['run', 'other']);
  assert.deepEqual(calls('a.cts', "import fs = require('fs');\nfs.readFileSync('a');"), ['fs.readFileSync']);
  assert.deepEqual(calls('a.ts', '@Controller()\nclass A { @Get() m(@Body() b: B) { return run(); } }'), ['run']);
});

test('tells modules from scripts as Node does', () => {
  assert.equal(parse('a.js', 'await run();').hasModuleSyntax, true);
  assert.equal(parse('a.js', 'export {};').hasModuleSyntax, true);
  assert.equal(parse('a.js', 'async () => { await run(); };').hasModuleSyntax, false);
  assert.equal(parse('a.js', "const a = require('a');").hasModuleSyntax, false);
});

test('names the place of an error, 1-based', () => {
  const [error] = parse('a.js', 'let a = 1;\nlet b = ;\n').errors;
  assert.deepEqual([error!.line, error!.column], [2, 9]);
});

test('survives a text that is too deep for the stack', () => {
  const { errors, ast } = parse('a.js', '['.repeat(100_000));
  assert.equal(ast.body.length, 0);
  assert.match(errors[0]!.message, /too deeply/);
});

test('finds comments and nothing that only looks like one', () => {
  const text = "const a = '// no'; // one\nconst b = /[/]*/; /* two */ `// no ${/* three */ c /* four */} // no`; d / e / f; // five";
  assert.deepEqual(scanComments(text).map(comment => comment.value.trim()), ['one', 'two', 'three', 'four', 'five']);
});

test('an await at top level is one, also before a parenthesis, a bracket or a template', () => {
  for (const text of ['await (async () => { f(); })();', 'await (f());\ng();', 'const a = await [f()];', 'if (a) { await (f()); }']) {
    const source = parse('a.js', text);
    assert.deepEqual([source.hasModuleSyntax, source.errors], [true, []], text);
    assert.equal(calls('a.js', text).some(call => call.startsWith('await')), false, text);
  }
  assert.equal(parse('a.cjs', 'await (f());').hasModuleSyntax, false);
  assert.equal(parse('a.js', 'function g() { await (f()); }').hasModuleSyntax, false);
});
