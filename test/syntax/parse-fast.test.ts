import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { extractFacts } from '../../server/core/facts/extract-facts.ts';
import { extractFast } from '../../server/core/facts/extract-fast.ts';
import { mayNestDeeper, parseFast } from '../../server/core/syntax/parse-fast.ts';
import { parse } from '../../server/core/syntax/parse.ts';
import { loadFastParser } from '../../server/host/fast-parser.ts';

const parser = (await loadFastParser())!;

/** Both parsers give the same facts and the same comments, or the fast one leaves the text to the reference. */
function agree(file: string, text: string): 'same' | 'left' {
  const fast = parseFast(file, text, parser, 2000);
  if (!fast) return 'left';
  const reference = parse(file, text);
  assert.deepEqual(reference.errors, [], `${file}: an error that the fast parser does not see`);
  assert.deepEqual(extractFacts(fast), extractFacts(reference), file);
  const plain = ({ comments }: typeof fast) => comments.map(({ type, value, start, end }) => ({ type, value, start, end }));
  assert.deepEqual(plain(fast), plain(reference), file);
  return 'same';
}

test('the native parser is there', () => assert.ok(parser));

describe('the same facts as of the reference parser', () => {
  const texts: Readonly<Record<string, string>> = {
    'script.js': "const fs = require('fs');\nfunction a() { return fs.readFileSync('a'); }\nmodule.exports = { a };\n",
    'return.js': 'if (a) return;\nb();\n',
    'sloppy.js': 'with (a) { b(010); }\nvar await = 1, yield = 2;\n',
    'shebang.js': '#!/usr/bin/env node\nrun();\n',
    'module.js': "import fs, { readFileSync as read } from 'fs';\nexport * as all from './a.js';\nexport default class { static { read('a'); } #x = 1; get y() { return this.#x; } }\n",
    'meta.js': 'console.log(import.meta.url);\n',
    'dynamic.js': "import('./a.js').then(a => a.run());\n",
    'top-level-await.mjs': "import a from 'a';\nawait a();\nfor await (const x of a) use(x);\n",
    'inner-await.js': 'async function f() { await (g()); await [1]; await `a`; }\n',
    'jsx.js': "const a = <A b={c()} {...d}>it's {e} <></> </A>;\n",
    'regex.js': "/a/ig.test(b); b.replace(/[/\\]]/gu, '');\n",
    'comments.js': "// looplens-disable-next-line blocking-fs\nrequire('fs').readFileSync('a'); /* b */ `// no comment ${/* c */ d}`;\n",
    'chains.js': "a?.b?.[c]?.(d)?.e.f(); (a?.b).c();\n",
    'literals.js': "const a = { 'b': 1, [c]: 2, d() {}, get e() { return 1; }, async *f() {}, __proto__: g, ...h }; 10n; 0x10; 'x\\u{1F600}'; `a${b}c`;\n",
    'patterns.js': "const { a = 1, b: { c }, ...d } = e, [f, , ...g] = h; ({ a, b: c.d } = e); for (const [k, v] of Object.entries(x)) k(v);\n",
    'labels.js': "a: for (;;) { for (const b in c) { if (b) continue a; else break a; } }\ndo x(); while (y);\nswitch (z) { case 1: default: q(); }\n",
    'astral.js': "const a = '😀'; /* ü */ b(a);\n",
    'types.ts': "import type { A } from './a';\nimport { type B, c } from './b';\nenum E { A = 1, B }\nnamespace N { export const x = c(); }\ndeclare function d(): void;\nabstract class F<T> extends G<T> implements H { private readonly i!: string; constructor(public j: K, @Inject() private l?: M) { super(); } abstract m(): void; @Get('/:id') async n(@Param('id') id: string): Promise<void> { await (this.j as any).o!<T>(id); } declare p: number; override accessor q = 1; }\nfunction r(a: string): void; function r(a: any) { a satisfies string; }\nlet s: typeof c; const t = <const T,>(x: T) => x;\nexport type { A }; export = F;\n",
    'equals.cts': "import fs = require('fs');\nexport = fs.readFileSync('a');\n",
    'global.ts': 'declare global { interface Window { a: string } }\nexport {};\n',
    'script.ts': 'const a: number = require("a");\n',
    'component.tsx': "export const A = <T,>({ b }: Props<T>) => <B<T> onClick={() => void b()}>{b}</B>;\n",
    'declarations.d.ts': "export declare const a: number;\nexport default function b(): void;\n",
    'using.js': 'async function f() { using a = b(); await using c = d(); }\n',
    'attributes.mjs': "import a from './a.json' with { type: 'json' };\nexport { a as 'b c' };\n",
  };
  for (const [file, text] of Object.entries(texts)) test(file, () => assert.equal(agree(file, text), 'same'));
});

describe('left to the reference parser', () => {
  const texts: Readonly<Record<string, string>> = {
    'half-typed.js': 'function a( {\n',
    'types.js': 'function a(b: string) {}\n',
    'bom.js': '\uFEFF#!/usr/bin/env node\na();\n',
    'await-call.js': 'await (a());\n',
    'top-level-await.js': 'await a();\n',
  };
  for (const [file, text] of Object.entries(texts)) test(file, () => assert.equal(agree(file, text), 'left'));
});

test('the same facts of our own sources', () => {
  const files = ['server/core', 'examples', 'client'].flatMap(folder => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map(name => join(folder, name)));
  const sources = files.filter(file => /\.[cm]?[jt]sx?$/.test(file)).sort();
  // Every seventh: all of them give the same, and take ten seconds.
  const same = sources.filter((file, index) => index % 7 === 0 && agree(file, readFileSync(file, 'utf8')) === 'same');
  assert.ok(same.length > 40, String(same.length));
});

describe('texts that are too deep for a stack', () => {
  const shapes: Readonly<Record<string, (n: number) => string>> = {
    brackets: n => '('.repeat(n) + 'a' + ')'.repeat(n),
    'brackets that comments close': n => '(/*)*/'.repeat(n),
    functions: n => 'function f(){'.repeat(n) + '}'.repeat(n),
    arrows: n => 'a=>'.repeat(n) + 'a',
    'prefix operators': n => 'typeof '.repeat(n) + 'a',
    constructors: n => 'new '.repeat(n) + 'a',
    'else if': n => 'if(a);else '.repeat(n) + ';',
    templates: n => '`${'.repeat(n) + 'a' + '}`'.repeat(n),
    labels: n => Array.from({ length: n }, (_, index) => `l${index}:`).join('') + ';',
    loops: n => 'do '.repeat(n) + ';' + 'while(a);'.repeat(n),
    elements: n => '<a>'.repeat(n) + '</a>'.repeat(n),
    assignments: n => 'a='.repeat(n) + 'a',
    conditionals: n => 'a?a:'.repeat(n) + 'a',
    imports: n => 'import('.repeat(n) + 'a' + ')'.repeat(n),
    powers: n => 'a' + '**a'.repeat(n),
  };
  for (const [name, shape] of Object.entries(shapes)) {
    test(name, () => {
      assert.ok(mayNestDeeper(shape(2001), 2000));
      // Were it given to the native parser, there would be no process left to fail.
      assert.equal(extractFast('a.js', shape(300_000), parser, 2000), null);
      assert.doesNotThrow(() => extractFast('a.js', shape(1000), parser, 2000));
    });
  }
  test('types', () => assert.equal(extractFast('a.ts', `let x: ${'A<'.repeat(300_000)}a${'>'.repeat(300_000)}`, parser, 2000), null));
});
