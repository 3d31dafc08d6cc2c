import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import '../../server/core/syntax/load-reference-parser.ts';
import { createDiskProgram } from '../../server/host/disk-program.ts';

const root = realpathSync(mkdtempSync(join(tmpdir(), 'looplens-program-')));
after(() => rmSync(root, { recursive: true }));
function files(list: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(list)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
}
files({
  'main.js': '',
  'a.js': '',
  'data.json': '{}',
  'dir/index.js': '',
  'withmain/package.json': '{"main": "lib/start"}',
  'withmain/lib/start.js': '',
  'esm.js': 'export {};',
  'script.js': 'module.exports = 1;',
  'm.mjs': '',
  'c.cjs': '',
  'mod/package.json': '{"type": "module", "name": "self", "exports": {".": "./x.js", "./f/*.js": "./files/*.js"}, "imports": {"#x": {"require": "./r.cjs", "import": "./x.js"}}}',
  'mod/x.js': '',
  'mod/r.cjs': '',
  'mod/files/deep/one.js': '',
  'ts/a.ts': '',
  'ts/b.ts': 'export const b = 1;',
  'packages/shared/package.json': '{"name": "@org/shared", "exports": {"node": {"import": "./esm.mjs", "default": "./cjs.cjs"}}}',
  'packages/shared/esm.mjs': '',
  'packages/shared/cjs.cjs': '',
  'node_modules/lodash/index.js': '',
});
mkdirSync(join(root, 'node_modules/@org'));
symlinkSync('../../packages/shared', join(root, 'node_modules/@org/shared'));

const program = createDiskProgram(join(root, 'main.js'));
for (const [specifier, from, kind, expected] of [
  ['./a.js', 'main.js', 'import', 'a.js'],
  ['./a', 'main.js', 'require', 'a.js'],
  ['./a', 'main.js', 'import', null],
  ['./data', 'main.js', 'require', 'data.json'],
  ['./dir', 'main.js', 'require', 'dir/index.js'],
  ['./withmain', 'main.js', 'require', 'withmain/lib/start.js'],
  ['..', 'dir/index.js', 'require', null],
  ['.', 'dir/index.js', 'require', 'dir/index.js'],
  ['./b.js', 'ts/a.ts', 'import', 'ts/b.ts'],
  ['./b', 'ts/a.ts', 'import', 'ts/b.ts'],
  ['fs', 'main.js', 'require', null],
  ['node:fs', 'main.js', 'import', null],
  ['lodash', 'main.js', 'require', null],
  ['@org/shared', 'main.js', 'import', 'packages/shared/esm.mjs'],
  ['@org/shared', 'main.js', 'require', 'packages/shared/cjs.cjs'],
  ['#x', 'mod/x.js', 'import', 'mod/x.js'],
  ['#x', 'mod/x.js', 'require', 'mod/r.cjs'],
  ['self', 'mod/files/deep/one.js', 'import', 'mod/x.js'],
  ['self/f/deep/one.js', 'mod/x.js', 'import', 'mod/files/deep/one.js'],
  ['self/hidden.js', 'mod/x.js', 'import', null],
] as const) {
  test(`${kind} of ${specifier} from ${from} is ${expected}`, () => {
    const found = program.resolve(specifier, join(root, from), kind);
    assert.equal(found, expected && join(root, expected));
  });
}

for (const [file, node, expected] of [
  ['m.mjs', 18, 'module'],
  ['c.cjs', 18, 'commonjs'],
  ['mod/x.js', 18, 'module'],
  ['esm.js', 18, 'commonjs'],
  ['esm.js', 20, 'module'],
  ['script.js', 24, 'commonjs'],
  ['ts/b.ts', 18, 'module'],
] as const) {
  test(`${file} is ${expected} on Node ${node}`, () => assert.equal(program.moduleType(join(root, file), node), expected));
}

test('an editor’s text wins over the disk, also for files that are not saved yet', () => {
  const edited = createDiskProgram(join(root, 'main.js'), new Map([[join(root, 'a.js'), 'edited'], [join(root, 'new.js'), 'new']]));
  assert.equal(edited.read(join(root, 'a.js')), 'edited');
  assert.equal(edited.resolve('./new.js', join(root, 'main.js'), 'import'), join(root, 'new.js'));
  assert.equal(program.read(join(root, 'new.js')), null);
});

test('nothing outside of the workspace is read, unless that is asked for', () => {
  const outside = realpathSync(mkdtempSync(join(tmpdir(), 'looplens-outside-')));
  after(() => rmSync(outside, { recursive: true }));
  writeFileSync(join(outside, 'secret.json'), '{ "password": 1 }');
  writeFileSync(join(outside, 'package.json'), '{ "name": "secret", "main": "secret.json" }');
  files({ '.git/HEAD': 'ref: x', 'spy/a.js': '', 'spy/node_modules/.keep': '' });
  symlinkSync(join(outside, 'secret.json'), join(root, 'spy/link.json'));
  symlinkSync(outside, join(root, 'spy/node_modules/secret'));
  symlinkSync(outside, join(root, 'spy/folder'));
  const entry = join(root, 'spy/a.js');
  const specifiers = [join(outside, 'secret.json'), `file://${outside}/secret.json`, outside, './link.json', './folder/secret.json', './folder', 'secret', 'secret/secret.json'];
  const texts = (program: ReturnType<typeof createDiskProgram>): (string | null)[] =>
    specifiers.flatMap(specifier => (['require', 'import'] as const).map(kind => program.resolve(specifier, entry, kind))).flatMap(file => (file === null ? [] : [program.read(file)]));
  assert.ok(!texts(createDiskProgram(entry)).some(text => text?.includes('password')));
  assert.ok(texts(createDiskProgram(entry, new Map(), true)).some(text => text?.includes('password')));
});
