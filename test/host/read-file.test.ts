import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { linkSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { isInside, readBytes, readText, takeRefusals, type Trust } from '../../server/host/read-file.ts';

const home = mkdtempSync(join(tmpdir(), 'looplens-read-'));
after(() => rmSync(home, { recursive: true, force: true }));
const root = join(home, 'workspace');
mkdirSync(join(root, 'folder'), { recursive: true });
const put = (path: string, text: string): string => {
  writeFileSync(join(home, path), text);
  return join(home, path);
};
put('workspace/a.txt', 'inside');
put('outside.txt', 'secret');
symlinkSync('a.txt', join(root, 'link-inside'));
symlinkSync('../outside.txt', join(root, 'link-outside'));
symlinkSync('/dev/zero', join(root, 'zero'));
symlinkSync('..', join(root, 'up'));
symlinkSync('nowhere', join(root, 'broken'));
symlinkSync('circle', join(root, 'circle'));
execFileSync('mkfifo', [join(root, 'fifo')]);
linkSync(join(home, 'workspace/a.txt'), join(root, 'hard'));

const inRoot: Trust = { root };
const refused = (name: string, trust: Trust): string | null => readBytes(join(root, name), trust).refused;

test('what lies in the workspace is read, also through a link in it', () => {
  assert.equal(readText(join(root, 'a.txt'), inRoot), 'inside');
  assert.equal(readText(join(root, 'link-inside'), inRoot), 'inside');
  assert.equal(readText(join(root, 'hard'), 'walked'), 'inside');
  assert.equal(readText(join(home, 'outside.txt'), inRoot), 'secret', 'a plain file above the workspace, where convention looks for one');
});

test('devices, pipes and folders are not read, and nothing waits for them', () => {
  assert.equal(refused('fifo', 'named'), 'NOT_A_FILE');
  assert.equal(refused('fifo', inRoot), 'NOT_A_FILE');
  assert.equal(refused('zero', 'named'), 'NOT_A_FILE');
  assert.equal(refused('folder', inRoot), 'EISDIR');
  assert.equal(readBytes('/dev/zero', 'named').refused, 'NOT_A_FILE');
});

test('no link leads out of the workspace', () => {
  assert.equal(refused('link-outside', inRoot), 'OUTSIDE');
  assert.equal(refused('zero', inRoot), 'OUTSIDE');
  assert.equal(refused('up/outside.txt', inRoot), 'OUTSIDE');
  assert.equal(readText(join(root, 'link-outside'), 'named'), 'secret');
});

test('on a walk no link is read at all', () => {
  assert.equal(refused('link-inside', 'walked'), 'ELOOP');
  assert.equal(refused('a.txt', 'walked'), null);
});

test('what is not there, and links that lead nowhere', () => {
  assert.equal(refused('none', inRoot), 'ENOENT');
  assert.equal(refused('broken', inRoot), 'ENOENT');
  assert.equal(refused('circle', inRoot), 'ELOOP');
  assert.equal(refused('a.txt/b', inRoot), 'ENOTDIR');
  assert.equal(readBytes(`${root}/\0`, 'named').bytes, null);
});

test('the limit counts what is read, not what the size says', () => {
  const path = put('workspace/big.txt', 'x'.repeat(1000));
  assert.equal(readBytes(path, inRoot, 999).refused, 'TOO_LARGE');
  assert.equal(readBytes(path, inRoot, 1000).bytes?.length, 1000);
  // Files of /proc have the size 0 and a content.
  assert.ok(readBytes('/proc/self/status', 'named').bytes!.length > 100);
  assert.equal(readBytes('/proc/self/status', 'named', 100).refused, 'TOO_LARGE');
  assert.equal(readBytes(put('workspace/empty.txt', ''), inRoot, 0).bytes?.length, 0);
});

test('what was refused is told once', () => {
  takeRefusals();
  readText(join(root, 'zero'), inRoot);
  readText(join(root, 'zero'), inRoot);
  readText(join(root, 'none'), inRoot);
  assert.deepEqual(takeRefusals(), [{ path: join(root, 'zero'), reason: 'leads out of the workspace' }]);
  assert.deepEqual(takeRefusals(), []);
});

test('inside a folder', () => {
  const cases: [string, string, boolean][] = [['/a/b', '/a', true], ['/a', '/a', true], ['/ab', '/a', false], ['/a/..b', '/a', true], ['/', '/a', false], ['/a/../c', '/a', false], ['/x', '/', true]];
  for (const [path, folder, expected] of cases) assert.equal(isInside(path, folder), expected, `${path} in ${folder}`);
});
