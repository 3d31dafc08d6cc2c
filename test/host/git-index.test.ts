import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { seeded } from '../../scripts/lib/mutate.ts';
import { findFiles } from '../../server/host/find-files.ts';
import { trackedFiles } from '../../server/host/git-index.ts';

const home = realpathSync(mkdtempSync(join(tmpdir(), 'looplens-index-')));
after(() => rmSync(home, { recursive: true, force: true }));
let repositories = 0;

function repository(files: readonly string[], untracked: readonly string[] = []): { readonly root: string; git(...args: string[]): string } {
  const root = join(home, `${repositories++}`);
  const git = (...args: string[]): string => execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.org', ...args], { cwd: root, encoding: 'utf8' });
  const write = (file: string): void => {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), file.endsWith('.gitignore') ? 'ignored/\n' : 'export {};\n');
  };
  files.forEach(write);
  mkdirSync(root, { recursive: true });
  git('init', '-q');
  git('add', '-A', '-f');
  untracked.forEach(write);
  return { root, git };
}

const names = ['a.js', 'b/c.js', 'b/c/d.js', 'ä/名前.js', `long/${'x'.repeat(200)}.js`, 'b.js', ...Array.from({ length: 50 }, (_, index) => `many/${index}/file-${index * 7}.ts`)];

test('the index as git itself lists it, in each version', () => {
  const { root, git } = repository(names);
  symlinkSync('a.js', join(root, 'link.js'));
  git('add', 'link.js');
  for (const version of ['2', '3', '4']) {
    if (version === '3') git('update-index', '--skip-worktree', 'a.js');
    git('update-index', '--index-version', version);
    const listed = git('ls-files', '-z', '--format=%(objectmode) %(path)').split('\0').filter(line => line.startsWith('100')).map(line => line.slice(7));
    assert.deepEqual(trackedFiles(root), listed, version);
  }
});

test('an index that is damaged gives nothing or a list, and never throws', () => {
  const { root, git } = repository(names);
  const random = seeded(5);
  for (const version of ['2', '4']) {
    git('update-index', '--index-version', version);
    const index = readFileSync(join(root, '.git/index'));
    for (let round = 0; round < 300; round++) {
      const damaged = Buffer.from(round % 3 === 0 ? index.subarray(0, Math.floor(random() * index.length)) : index);
      for (let hits = 0; damaged.length > 0 && hits < 4; hits++) damaged[Math.floor(random() * damaged.length)] = Math.floor(random() * 256);
      writeFileSync(join(root, '.git/index'), damaged);
      const files = trackedFiles(root);
      assert.ok(files === null || Array.isArray(files));
    }
    writeFileSync(join(root, '.git/index'), index);
  }
  assert.equal(trackedFiles(home), null);
});

test('what is tracked in folders of others is a source, what is not is left out and told', () => {
  const { root } = repository(
    ['.gitignore', 'src/a.js', 'dist/own.js', 'packages/x/node_modules/y/index.js', 'vendor/build/lib/z.js', 'ignored/dist/q.js'],
    ['dist/made.js', 'node_modules/lib/index.js', 'out/b.js', 'packages/x/dist/c.js', 'ignored/node_modules/d.js'],
  );
  const found = findFiles(['.'], { cwd: root });
  const inside = (list: readonly string[]): string[] => list.map(path => path.slice(root.length + 1));
  assert.deepEqual(inside(found.sources), ['dist/own.js', 'packages/x/node_modules/y/index.js', 'src/a.js', 'vendor/build/lib/z.js']);
  assert.deepEqual(inside(found.leftOut), ['node_modules', 'out', 'packages/x/dist']);
  rmSync(join(root, 'out/b.js'));
  assert.deepEqual(inside(findFiles(['.'], { cwd: root }).leftOut), ['node_modules', 'packages/x/dist'], 'a folder without sources is nothing that is missed');
});

test('without a repository the name of the folder decides', () => {
  const root = join(home, 'plain');
  for (const file of ['src/a.js', 'dist/b.js', 'node_modules/c/index.js']) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), '');
  }
  const found = findFiles(['.'], { cwd: root });
  assert.deepEqual(found.sources, [join(root, 'src/a.js')]);
  assert.deepEqual(found.leftOut, [join(root, 'dist'), join(root, 'node_modules')]);
  assert.deepEqual(findFiles(['dist'], { cwd: root }).sources, [join(root, 'dist/b.js')], 'named folders are read');
});
