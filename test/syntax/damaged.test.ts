import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { mutate, seeded } from '../../scripts/lib/mutate.ts';
import { readFileSync } from 'node:fs';
import { createGuard } from '../../server/core/faults/guard.ts';
import { extractText } from '../../server/core/facts/extract-text.ts';
import { parse } from '../../server/core/syntax/parse.ts';
import { createWorkspace } from '../../server/core/workspace.ts';

/** Puts texts through facts, link and all rules; gives what threw. */
async function faultsOf(files: Readonly<Record<string, string>>): Promise<string[]> {
  const guard = createGuard();
  const workspace = createWorkspace({ guard });
  for (const [file, text] of Object.entries(files)) workspace.setText(file, text);
  (await workspace.snapshot()).findings();
  return guard.faults.map(({ part, message }) => `${part}: ${message}`);
}

// One text for each construct; each is cut after each of its tokens, as typing leaves it.
const constructs: readonly (readonly [string, string])[] = [
  ['a.jsx', 'const x = <a.b c="1" {...d}><e:f>{g}</e:f><></>text{/* c */}</a.b>;'],
  ['a.tsx', 'const f = <T,>(x: T) => <div<string> key={x as any}>{...y}</div>;'],
  ['a.js', "import a, { b as c, 'd' as e } from 'f' with { type: 'json' }; import * as g from 'h'; import 'i';"],
  ['a.js', "export { a as b, c as 'd' }; export * as e from 'f'; export * from 'g'; export default class extends h {}"],
  ['a.js', "const a = await import('b', { with: { type: 'json' } }); import.meta.url; new.target;"],
  ['a.js', 'for (const a of b) c(a); for await (const { d = e, ...f } of g) h(); for (let i = 0, j; i < 1; i++) {} for (var k in l);'],
  ['a.js', 'class A extends B(C) { static #a = 1; static { this.#a; } get b() {} set b(c) {} async *[d]() { yield* e; } constructor(...f) { super(...f); } }'],
  ['a.js', 'const { a, b: { c = 1, ...d }, [e]: f } = g, [h, , i = j, ...k] = l; ({ m: n.o, p: [q.r] } = s);'],
  ['a.js', 'a?.b?.[c]?.(d)?.#e; a ?? b; a ||= b; a **= b; delete a.b; typeof a; void 0; !a; -a; a++; --b;'],
  ['a.js', 'label: while (a) { do { if (b) continue label; else break; } while (c); } switch (d) { case 1: default: e(); }'],
  ['a.js', 'try { a(); } catch ({ message }) { throw new Error(message, { cause: b }); } finally { return; }'],
  ['a.js', 'const a = `b${c`d${e}`}f`; const g = tag`h`; const i = /[j/](?<k>l)+/giu.exec(m); with (n) o;'],
  ['a.js', 'async function* a(b = c, { d }, ...e) { yield await b; } const f = async (g) => ({ h, async i() {}, *j() {}, get k() { return 1; }, [l]: m, ...n }); (async x => x)();'],
  ['a.ts', 'enum A { B = 1, C } namespace D.E { export const f = 1; } declare module "g" { export = h; } import i = require("j"); export import k = l.m;'],
  ['a.ts', '@a @b() class A<T extends B = C> extends D<T> implements E, F { @c() private readonly d?: string; declare e: number; abstract f(): void; constructor(public g: H, @i() j) { super(); } accessor k = 1; [l: string]: any; }'],
  ['a.ts', 'type A<T> = T extends (infer U)[] ? { [K in keyof U as `x${K & string}`]?: U[K] } : unique symbol; interface B extends C<D> { new (e: F): G; (h): i; readonly j: k; get l(): m; }'],
  ['a.ts', 'function a(this: B, c?: D): asserts c is E; function a<const T>(f: T) { return f satisfies G as H; } let i = <J>k!; abstract class L {} using m = n; await using o = p;'],
];
const tokens = /[\p{ID_Start}$_#@][\p{ID_Continue}$]*|\d+|'[^']*'|"[^"]*"|=>|\?\.|\.\.\.|\s+|./gu;

describe('every construct, cut after each of its tokens', () => {
  for (const [file, text] of constructs) {
    test(text.slice(0, 40), async () => {
      const texts = [...text.matchAll(tokens)].map(match => text.slice(0, match.index + match[0].length));
      for (const cut of texts) {
        for (const around of [cut, `function before() { one(); }\n${cut}`, `function outer() {\n${cut}\n}\nfunction behind() { two(); }\n`]) {
          assert.doesNotThrow(() => extractText(file, around), around);
        }
      }
      const program = Object.fromEntries(texts.map((cut, index) => [`${index}${file.slice(1)}`, cut]));
      assert.deepEqual(await faultsOf(program), []);
    });
  }
});

describe('what stands beside a mistake stays', () => {
  for (const broken of ['x = <div>', 'x = <div><b></div>', 'import(', 'import.defer()', 'for (const of y) {}', 'class A { @ }', 'foo(a => { bar( })', 'const = 1;', 'label:', 'export *', '`${', 'x = <a.b.', 'new', 'a?.', 'async (', 'switch (x) { case', '({ get', 'function* (']) {
    test(broken, () => {
      const { facts } = extractText('a.jsx', `function one() { first(); }\n${broken}\n`);
      assert.ok(facts.calls.some(call => call.text === 'first'), JSON.stringify(facts.calls.map(call => call.text)));
    });
  }
});

test('mutants of real files', async () => {
  const files = ['examples/shop/src/lib/passwords.js', 'examples/shop/src/routes/reports.ts', 'server/lsp/session.ts', 'client/webview/main.ts'].map(file => [file, readFileSync(file, 'utf8')] as const);
  const random = seeded(11);
  for (let round = 0; round < 8; round++) {
    const program = Object.fromEntries(files.flatMap(([file, text]) => Array.from({ length: 4 }, (_, index) => [`${round}-${index}/${file}`, mutate(text, random)])));
    assert.deepEqual(await faultsOf(program), []);
  }
});

test('texts that are no programs at all', async () => {
  const texts = ['\0'.repeat(1000), '\uD800', '\uDC00\uD800', '\uFEFF\uFEFF#!x', '\u2028\u2029', '#!', '#!/usr/bin/env node', '<!--', '-->', '/*', '//', '"', '\\u{110000}', '\\', '`', '😀'.repeat(100), '{}'.repeat(5000), ';'.repeat(50_000), 'a();'.repeat(20_000), 'if(a)'.repeat(300), '((((((((((', '))))))))))', '}'.repeat(1000)];
  assert.deepEqual(await faultsOf(Object.fromEntries(texts.flatMap((text, index) => [[`${index}.js`, text], [`${index}.ts`, text], [`${index}.tsx`, text]]))), []);
});

// What Node runs is a program. The oracle is this Node itself, which parses each with --check.
const folder = mkdtempSync(join(tmpdir(), 'looplens-syntax-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const valid: readonly (readonly [string, string])[] = [
  ['private.js', 'class P { #s = 1; s() { return this?.#s; } }'],
  ['octal.cjs', "const red = '\\033[31m'; require('fs').mkdirSync('x', 0755); 010 || 08.5;"],
  ['html.cjs', 'x = 1; <!-- a comment\n--> another\n'],
  ['for-let.cjs', 'for (let in {}); for (let of of []) ; for (var of of []) ; for (async in {}) ; var let = 1; let\n= 2'],
  ['arrow-block.cjs', 'x => ({ a: 1 })\n{ b: 2 }'],
  ['await.cjs', 'var await = 1; function f(await) { return await + 1; } await\n(2)'],
  ['yield.cjs', 'var yield = 1; yield\n* 2; function f(yield) {}'],
  ['return.cjs', 'if (x) return; return 1;\nvar x = new.target;'],
  ['annex-b.cjs', 'if (a) function f() {} else function g() {} label: function h() {} try {} catch (e) { var e; for (var e of []) ; }'],
  ['duplicate.cjs', 'function f(a, a) { delete a; with (a) b; arguments = 1; eval = 2 } var static, interface, package, implements'],
  ['escape.cjs', "var \\u0061b = '\\8\\9\\0'; var \\u{62} = 1; /[\\d-x]\\c\\8/;"],
  ['regex.js', '/(?<a>x)|(?<b>y)/; /[\\p{L}--[a-z]]/v; a = b / c / d; if (x) /y/.test(z)'],
  ['module.mjs', "import a, * as b from './x.mjs'; export { a as 'string name' }; await 0; for await (const x of y); import.meta.url; export default async () => {}"],
  ['detected.js', "import fs from 'fs'; export const a = await 1;"],
  ['shebang.js', '#!/usr/bin/env node\nvar await;'],
  ['unicode.js', "var ünï = '\u2028', 𠮷 = 1; ünï\u2028𠮷"],
  ['class.js', 'class A { static async *#a() {} static { label: 1; } get; set; static; async; static static = 1; "constructor"() {} }'],
  ['optional.js', 'a?.b.c(d)?.[e]; a?.5:1; new (a?.b)();'],
  ['numbers.cjs', '1_000; 0b11n; 0xFFn; .5e-3; 1..toString(); 1 .toString(); 0777; 09.5'],
  ['asi.cjs', 'a\n++b\nlet\nx\nvar c = 1\n/y/g.exec(z)\ndo ; while (0) d\nreturn\n{}'],
  ['async-names.cjs', 'async\nfunction f() {} var async = 1; async = async => async; async (x); ({ async, get: 1, set: 2, async await() {} });'],
];

describe('what Node runs is analysed without an error', () => {
  for (const [name, text] of valid) {
    test(name, () => {
      const path = join(folder, name);
      writeFileSync(path, text);
      execFileSync(process.execPath, ['--no-warnings', '--check', path], { stdio: 'pipe' });
      const source = parse(name, text);
      assert.deepEqual([source.errors.map(error => error.message), source.partly], [[], false]);
    });
  }
});

describe('what Node refuses is an error, where it is one', () => {
  for (const [name, text, line] of [['octal.mjs', "const a = 1;\nconst red = '\\033[31m';", 2], ['strict.cjs', '"use strict";\n010;', 2], ['await.mjs', 'a;\nvar await;', null], ['import.cjs', "const a = 1;\nimport b from 'c';", null], ['open.js', 'a;\nfoo(', 2], ['private.js', 'class A {}\nthis.#x;', null]] as const) {
    test(name, () => {
      const path = join(folder, `bad-${name}`);
      writeFileSync(path, text);
      assert.throws(() => execFileSync(process.execPath, ['--no-warnings', '--check', path], { stdio: 'pipe' }));
      if (line !== null) assert.equal(parse(name, text).errors[0]?.line, line);
    });
  }
});

describe('types in JavaScript', () => {
  for (const text of ['// @flow\nclass A { static f: (a, any[]) => void; }\nexport type B = {| a: ?string |};\nfoo();', '/**\n * @flow strict\n */\nconst f = (x: ?number): %checks => !!x;\nfoo();', '/* @flow */ import typeof T from "x"; declare var y: number; opaque type Z = string; foo();', 'const f = <T>(x) => x; foo();']) {
    test(`analysed in part: ${text.slice(0, 30)}`, () => {
      const extracted = extractText('a.js', text);
      assert.deepEqual([extracted.errors, extracted.partly], [[], true]);
      assert.ok(extracted.facts.calls.some(call => call.text === 'foo'));
    });
  }

  test('without a word of Flow a mistake is a mistake', () => {
    assert.ok(extractText('a.js', 'class A { static f: (a, any[]) => void; }').errors.length > 0);

  });
});
