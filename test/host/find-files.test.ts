import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, closeSync, lstatSync, mkdirSync, mkdtempSync, openSync, readFileSync, readSync, readdirSync, readlinkSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { after, test } from 'node:test';
import { findFiles, isSource, type FindOptions } from '../../server/host/find-files.ts';
import { workspacePath } from '../../server/host/load-workspace.ts';
import { writeFileAtomically } from '../../server/host/write-file.ts';

const home = mkdtempSync(join(tmpdir(), 'looplens-host-'));
after(() => rmSync(home, { recursive: true }));
let count = 0;

function tree(...files: readonly string[]): string {
  const root = join(home, String(count++));
  for (const file of files) {
    const [path, content = ''] = file.split(' <- ') as [string, string?];
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return root;
}

function find(cwd: string, paths: readonly string[] = ['.'], options: Partial<FindOptions> = {}): { sources: string[]; config: string[]; project: string[]; problems: string[] } {
  const { sources, configFiles, projectFiles, problems } = findFiles(paths, { cwd, ...options });
  const inside = (list: readonly string[]): string[] => list.map(path => relative(cwd, path));
  return { sources: inside(sources), config: inside(configFiles), project: inside(projectFiles), problems: problems.map(({ message }) => message) };
}

test('names that are read and names that are not', () => {
  const yes = ['a.js', 'a.mjs', 'a.cjs', 'a.jsx', 'a.ts', 'a.mts', 'a.cts', 'a.tsx', 'd.ts', 'admin.js', 'min.js'];
  const no = ['a.d.ts', 'a.d.mts', 'a.d.css.ts', 'a.min.js', 'a-min.js', 'a.json', 'a.vue', 'a', '.js'];
  assert.deepEqual([...yes, ...no].filter(isSource), yes);
});

test('each path once, whatever names it; configs and project files of the folders above', () => {
  const root = tree('looplens.config.json', 'package.json', 'a/tsconfig.build.json', 'a/b.js', 'a/c.ts', 'd.js');
  assert.deepEqual(find(join(root, 'a'), ['.', 'b.js', './b.js', join(root, 'a')]), { sources: ['b.js', 'c.ts'], config: ['../looplens.config.json'], project: ['tsconfig.build.json', '../package.json'], problems: [] });
});

test('globs, also for names that look like one', () => {
  const root = tree('a/x.test.ts', 'a/y.ts', 'b/z.ts', '[id].ts');
  assert.deepEqual(find(root, ['a/**/*.test.ts']).sources, ['a/x.test.ts']);
  assert.deepEqual(find(root, ['{a,b}/[xyz].ts']).sources, ['a/y.ts', 'b/z.ts']);
  assert.deepEqual(find(root, ['[id].ts']).sources, ['[id].ts']);
  assert.deepEqual(find(root, ['none/*.ts', 'none.ts']).problems, ['no file matches this pattern', 'there is no such file or folder']);
});

test('.gitignore: the deepest file that says anything decides, up to the root of the repository', () => {
  const root = tree('.gitignore <- *.js', 'r/.git/HEAD <- ref', 'r/.gitignore <- /out2\n*.ts\n!keep.ts', 'r/a.js', 'r/a.ts', 'r/keep.ts', 'r/out2/b.js', 'r/in/out2/b.js', 'r/in/.gitignore <- !a.ts', 'r/in/a.ts');
  assert.deepEqual(find(join(root, 'r')).sources, ['a.js', 'in/a.ts', 'in/out2/b.js', 'keep.ts']);
  assert.deepEqual(find(join(root, 'r/in')).sources, ['a.ts', 'out2/b.js']);
  assert.deepEqual(find(join(root, 'r'), ['.'], { gitignore: false }).sources.length, 6);
  assert.deepEqual(find(join(root, 'r'), ['.'], { ignorePatterns: ['in', '!keep.ts'] }).sources, ['a.js', 'keep.ts']);
});

test('a link that is named is followed, one that is met is not', () => {
  const root = tree('a/b.js');
  symlinkSync('a', join(root, 'link'));
  symlinkSync('..', join(root, 'a/up'));
  assert.deepEqual(find(root).sources, ['a/b.js']);
  assert.equal(find(root, ['link']).sources.length, 1);
});

test('paths that lead nowhere are problems of their own, or none where the caller says so', () => {
  const root = tree('a.js');
  symlinkSync('self', join(root, 'self'));
  const found = find(root, ['self', 'a.js/x', 'n'.repeat(300), `{${'b,'.repeat(300)}a}.js`]);
  assert.deepEqual([found.sources, found.problems], [['a.js'], ['cannot be read (ELOOP)', 'there is no such file or folder', 'there is no such file or folder']]);
  assert.deepEqual(find(root, ['none.js', 'none/*.js'], { unmatchedIsProblem: false }).problems, []);
});

test('a file that is not on the disk has the configs of the folders above it', () => {
  const root = tree('looplens.config.json', 'a/package.json', 'a/b/c.js');
  assert.deepEqual(find(root, [], { otherFiles: ['a/b/new.js'] }), { sources: [], config: ['looplens.config.json'], project: ['a/package.json'], problems: [] });
});

test('names relative to the root, absolute outside of it', () => {
  assert.deepEqual(['/r/a/b.js', '/r/..a.js', '/r2/b.js', '/b.js'].map(path => workspacePath('/r', path)), ['a/b.js', '..a.js', '/r2/b.js', '/b.js']);
});

test('a file is replaced in one step, folders are made, nothing is left after a failure', () => {
  const root = tree('a.txt <- old');
  writeFileAtomically(join(root, 'a.txt'), 'new');
  writeFileAtomically(join(root, 'x/y/b.bin'), new Uint8Array([1, 2]));
  assert.deepEqual([readFileSync(join(root, 'a.txt'), 'utf8'), [...readFileSync(join(root, 'x/y/b.bin'))]], ['new', [1, 2]]);
  mkdirSync(join(root, 'folder/full'), { recursive: true });
  assert.throws(() => writeFileAtomically(join(root, 'folder'), 'x'), /EISDIR|EEXIST|ENOTEMPTY/);
  assert.deepEqual(readdirSync(root).sort(), ['a.txt', 'folder', 'x']);
});

test('a file that is written keeps its permissions, a link its target, a pipe its kind', () => {
  const root = tree('a.sh <- old');
  chmodSync(join(root, 'a.sh'), 0o755);
  symlinkSync('a.sh', join(root, 'link'));
  writeFileAtomically(join(root, 'link'), 'new');
  assert.deepEqual([readFileSync(join(root, 'a.sh'), 'utf8'), statSync(join(root, 'a.sh')).mode & 0o777, readlinkSync(join(root, 'link'))], ['new', 0o755, 'a.sh']);

  const pipe = join(root, 'pipe');
  assert.equal(spawnSync('mkfifo', [pipe]).status, 0);
  // Open for both, so that neither end waits for the other (fifo(7)).
  const descriptor = openSync(pipe, 'r+');
  try {
    writeFileAtomically(pipe, 'report');
    const bytes = Buffer.alloc(6);
    readSync(descriptor, bytes);
    assert.deepEqual([bytes.toString(), lstatSync(pipe).isFIFO()], ['report', true]);
  } finally {
    closeSync(descriptor);
  }
});
