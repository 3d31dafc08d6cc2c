import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { readProjectFiles } from '../../server/host/load-workspace.ts';

const home = mkdtempSync(join(tmpdir(), 'looplens-locks-'));
after(() => rmSync(home, { recursive: true }));
let count = 0;

type Files = Readonly<Record<string, string | object>>;

/** The versions that are known of the dependencies, as `folder name version`. */
function locked(files: Files): string[] {
  const root = join(home, String(count++));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), typeof content === 'string' ? content : JSON.stringify(content));
  }
  const manifests = Object.keys(files).filter(path => /(?:^|\/)package\.json$/.test(path) && !path.includes('node_modules'));
  const found = readProjectFiles(manifests.map(path => join(root, path)), root).lockedVersions!;
  return [...found].flatMap(([folder, versions]) => [...versions].map(([name, version]) => `${folder} ${name} ${version}`)).sort();
}

const app = { dependencies: { express: '^4.17.0', '@s/a': '^1.0.0' } };
const workspaces = { 'package.json': { workspaces: ['packages/*'], devDependencies: { express: '^5.0.0' } }, 'packages/web/package.json': { dependencies: { express: '^4.17.0', '@s/a': '^1.0.0' } } };
const npm3 = {
  lockfileVersion: 3,
  packages: {
    '': { devDependencies: { express: '^5.0.0' } },
    'packages/web': { dependencies: { express: '^4.17.0', '@s/a': '^1.0.0' } },
    'node_modules/express': { version: '5.1.0' },
    'packages/web/node_modules/express': { version: '4.18.2' },
    'node_modules/@s/a': { version: '1.2.3' },
  },
};
const ofWorkspaces = ['. express 5.1.0', 'packages/web @s/a 1.2.3', 'packages/web express 4.18.2'];

test('npm: all versions of the lock file', () => {
  const dependencies = { express: { version: '4.18.2' }, '@s/a': { version: '1.2.3-rc.1+5' }, other: { version: '9.9.9' } };
  for (const name of ['package-lock.json', 'npm-shrinkwrap.json']) assert.deepEqual(locked({ 'package.json': app, [name]: { lockfileVersion: 1, dependencies } }), ['. @s/a 1.2.3-rc.1', '. express 4.18.2']);
  assert.deepEqual(locked({ ...workspaces, 'package-lock.json': npm3 }), ofWorkspaces);
  assert.deepEqual(locked({ 'package.json': app, 'package-lock.json': { lockfileVersion: 2, dependencies, packages: { '': app, 'node_modules/express': { version: '4.17.1' } } } }), ['. express 4.17.1']);
});

test('npm-shrinkwrap.json goes before package-lock.json', () => {
  const lock = (version: string): object => ({ lockfileVersion: 3, packages: { '': app, 'node_modules/express': { version } } });
  assert.deepEqual(locked({ 'package.json': app, 'package-lock.json': lock('4.18.2'), 'npm-shrinkwrap.json': lock('4.17.1') }), ['. express 4.17.1']);
});

test('Yarn 1', () => {
  const lock = '# yarn lockfile v1\n\n\n"@s/a@^1.0.0", "@s/a@^1.2.0":\n  version "1.2.3"\n  dependencies:\n    express "^3.0.0"\n\nexpress@^3.0.0:\n  version "3.0.0"\n\nexpress@4, express@^4.17.0:\n  version "4.18.2"\n\nexpress@^5.0.0:\n  version "5.1.0"\n';
  assert.deepEqual(locked({ ...workspaces, 'yarn.lock': lock }), ofWorkspaces);
  assert.deepEqual(locked({ ...workspaces, 'yarn.lock': lock.replaceAll('\n', '\r\n') }), ofWorkspaces);
});

test('Yarn 2 and later', () => {
  const lock = '__metadata:\n  version: 8\n\n"@s/a@npm:^1.0.0, @s/a@npm:^1.2.0":\n  version: 1.2.3\n  resolution: "@s/a@npm:1.2.3"\n\n"express@npm:4, express@npm:^4.17.0":\n  version: 4.18.2\n\n"express@npm:^5.0.0":\n  version: 5.1.0\n';
  assert.deepEqual(locked({ ...workspaces, 'yarn.lock': lock }), ofWorkspaces);
});

test('pnpm: lockfileVersion 5, 6 and 9, one project and several', () => {
  const nine = "lockfileVersion: '9.0'\n\nimporters:\n\n  .:\n    devDependencies:\n      express:\n        specifier: ^5.0.0\n        version: 5.1.0\n\n  packages/web:\n    dependencies:\n      '@s/a':\n        specifier: ^1.0.0\n        version: 1.2.3(b@1.0.0(c@2.0.0))\n      express:\n        specifier: ^4.17.0\n        version: 4.18.2\n\npackages:\n\n  express@3.0.0:\n    dependencies:\n      express: 3.0.0\n";
  assert.deepEqual(locked({ ...workspaces, 'pnpm-lock.yaml': nine }), ofWorkspaces);
  assert.deepEqual(locked({ ...workspaces, 'pnpm-lock.yaml': nine.replaceAll('\n', '\r\n') }), ofWorkspaces);
  const six = "lockfileVersion: '6.0'\n\ndependencies:\n  '@s/a':\n    specifier: ^1.0.0\n    version: 1.2.3\n  express:\n    specifier: ^4.17.0\n    version: 4.18.2\n\npackages:\n\n  /express@4.18.2:\n    dev: false\n";
  const five = "lockfileVersion: 5.4\n\nspecifiers:\n  '@s/a': ^1.0.0\n  express: ^4.17.0\n\ndependencies:\n  '@s/a': 1.2.3_b@1.0.0\n  express: 4.18.2\n";
  for (const lock of [six, five]) assert.deepEqual(locked({ 'package.json': app, 'pnpm-lock.yaml': lock }), ['. @s/a 1.2.3', '. express 4.18.2']);
  const workspaceFive = "lockfileVersion: 5.4\n\nimporters:\n\n  .:\n    specifiers:\n      express: ^5.0.0\n    devDependencies:\n      express: 5.1.0\n\n  packages/web:\n    specifiers:\n      '@s/a': ^1.0.0\n      express: ^4.17.0\n    dependencies:\n      '@s/a': 1.2.3\n      express: 4.18.2\n";
  assert.deepEqual(locked({ ...workspaces, 'pnpm-lock.yaml': workspaceFive }), ofWorkspaces);
});

test('a package that the lock file of a folder above does not know has its range only', () => {
  const example = { 'package.json': app, 'example/package.json': app };
  assert.deepEqual(locked({ ...example, 'package-lock.json': { lockfileVersion: 3, packages: { '': app, 'node_modules/express': { version: '4.18.2' } } } }), ['. express 4.18.2']);
  assert.deepEqual(locked({ ...example, 'yarn.lock': 'express@^4.17.0:\n  version "4.18.2"\n' }), ['. express 4.18.2']);
});

test('an entry for another range than package.json has now does not count', () => {
  const changed = { dependencies: { express: '^5.0.0' } };
  assert.deepEqual(locked({ 'package.json': changed, 'package-lock.json': { lockfileVersion: 3, packages: { '': app, 'node_modules/express': { version: '4.18.2' } } } }), []);
  assert.deepEqual(locked({ 'package.json': changed, 'pnpm-lock.yaml': 'importers:\n\n  .:\n    dependencies:\n      express:\n        specifier: ^4.17.0\n        version: 4.18.2\n' }), []);
  assert.deepEqual(locked({ 'package.json': changed, 'yarn.lock': 'express@^4.17.0:\n  version "4.18.2"\n' }), []);
});

test('several managers: that of packageManager, else what they agree on', () => {
  const locks = { 'yarn.lock': 'express@^4.17.0:\n  version "4.18.2"\n"@s/a@^1.0.0":\n  version "1.2.3"\n', 'package-lock.json': { lockfileVersion: 1, dependencies: { express: { version: '4.17.1' }, '@s/a': { version: '1.2.3' } } } };
  assert.deepEqual(locked({ 'package.json': app, ...locks }), ['. @s/a 1.2.3']);
  assert.deepEqual(locked({ 'package.json': { ...app, packageManager: 'yarn@1.22.22' }, ...locks }), ['. @s/a 1.2.3', '. express 4.18.2']);
});

test('links, addresses and aliases fix no version', () => {
  const lock = { lockfileVersion: 3, packages: { '': {}, 'node_modules/express': { version: '1.0.0', name: 'fork' }, 'node_modules/@s/a': { resolved: 'a', link: true } } };
  assert.deepEqual(locked({ 'package.json': app, 'package-lock.json': lock }), []);
  assert.deepEqual(locked({ 'package.json': app, 'package-lock.json': { dependencies: { express: { version: 'npm:fork@1.0.0' }, '@s/a': { version: 'github:s/a#1.0.0' } } } }), []);
  assert.deepEqual(locked({ 'package.json': { dependencies: { express: 'npm:fork@^1.0.0' } }, 'yarn.lock': '"express@npm:fork@^1.0.0":\n  version "1.0.0"\n' }), []);
  assert.deepEqual(locked({ 'package.json': app, 'pnpm-lock.yaml': "dependencies:\n  express: link:../express\n  '@s/a': /fork/1.0.0\n" }), []);
});

test('what others are to bring is not fixed by the lock file', () => {
  const peers = { peerDependencies: { express: '^4.17.0 || ^5.0.0' } };
  assert.deepEqual(locked({ 'package.json': peers, 'package-lock.json': { lockfileVersion: 3, packages: { '': peers, 'node_modules/express': { version: '4.18.2', peer: true } } } }), []);
});

test('what is installed says it where neither a lock file nor the range names a version', () => {
  const installed = { 'node_modules/express/package.json': { name: 'express', version: '4.18.2' }, 'node_modules/@s/a/package.json': { name: '@s/a', version: '1.2.3' } };
  assert.deepEqual(locked({ 'package.json': { dependencies: { express: '*', '@s/a': 'latest' } }, ...installed }), ['. @s/a 1.2.3', '. express 4.18.2']);
  assert.deepEqual(locked({ 'sub/package.json': { dependencies: { express: 'catalog:web5', '@s/a': '^1.0.0', '../../../etc': '*' } }, ...installed }), ['sub express 4.18.2']);
  assert.deepEqual(locked({ 'package.json': { dependencies: { express: '*' } }, 'node_modules/express/package.json': '{"name": "express", "ver' }), []);
});

test('damaged lock files, cut anywhere, are ignored or read up to the cut', () => {
  const complete: Readonly<Record<string, string>> = {
    'package-lock.json': JSON.stringify({ lockfileVersion: 3, packages: { '': app, 'node_modules/express': { version: '4.18.21' } } }),
    'yarn.lock': 'express@4, express@^4.17.0:\n  version "4.18.21"\n',
    'pnpm-lock.yaml': "lockfileVersion: '9.0'\n\nimporters:\n\n  .:\n    dependencies:\n      express:\n        specifier: ^4.17.0\n        version: 4.18.21\n",
  };
  for (const [name, text] of Object.entries(complete)) {
    assert.deepEqual(locked({ 'package.json': app, [name]: text }), ['. express 4.18.21'], name);
    for (let end = 0; end < text.length; end++) assert.deepEqual(locked({ 'package.json': app, [name]: text.slice(0, end) }), [], `${name} cut at ${end}`);
    assert.deepEqual(locked({ 'package.json': app, [name]: `<<<<<<< HEAD\n${text}=======\n>>>>>>> other\n` }), [], name);
    assert.deepEqual(locked({ 'package.json': app, [`${name}/x`]: '' }), [], `${name} is a folder`);
  }
  for (const text of ['null', '[]', '7', '{"packages": 3}', '{"packages": {"": 4, "node_modules/express": "x"}}', '{"packages": {"": {"dependencies": 1}, "node_modules/express": {"version": 4}}}', '{"dependencies": {"express": null}}', '\0\0']) {
    assert.deepEqual(locked({ 'package.json': { dependencies: { express: '^4.17.0', __proto__: '1', constructor: '*' } }, 'package-lock.json': text, 'yarn.lock': text, 'pnpm-lock.yaml': text }), [], text);
  }
  assert.deepEqual(locked({ 'package.json': { dependencies: 'x', devDependencies: { express: 4 } }, 'yarn.lock': 'express@^4.17.0:\n  version "4.18.2"\n' }), []);
});
