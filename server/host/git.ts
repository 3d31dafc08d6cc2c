import { execFile } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gitRoot } from './project-root.ts';

const run = promisify(execFile);

/** What `git` said, or that it cannot be run. */
export class GitError extends Error {}

/** A repository as far as choosing files needs it. */
export interface Repository {
  /** Root of the work tree, absolute. */
  readonly root: string;
  /** Files of the work tree that differ from a commit, untracked ones among them; absolute, those that are gone left out. */
  changedSince(commit: string): Promise<readonly string[]>;
  /** Files whose content in the index differs from HEAD; absolute. */
  staged(): Promise<readonly string[]>;
  /** Tracked files whose content in the work tree differs from the index, or that are gone there; absolute. */
  unstaged(): Promise<readonly string[]>;
  /** The text of a file in the index. */
  indexText(file: string): Promise<string>;
  /** The commit where the history of HEAD and that of another commit parted. */
  mergeBase(commit: string): Promise<string>;
}

/**
 * Opens the repository around a folder. Throws a GitError where there is none or `git` is not installed.
 * No hook, file-system monitor, external diff or filter that a repository's settings name is run.
 */
export async function openRepository(folder: string): Promise<Repository> {
  const git = async (args: readonly string[], cwd = folder): Promise<string> => {
    const safe = ['--no-optional-locks', '-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null', '-c', 'core.quotePath=false', '-c', 'diff.external='];
    try {
      return (await run('git', [...safe, ...args], { cwd, maxBuffer: 512 * 1024 * 1024, encoding: 'utf8' })).stdout;
    } catch (error) {
      const { code, stderr, message } = error as { code?: unknown; stderr?: string; message: string };
      throw new GitError(code === 'ENOENT' ? 'git is not installed' : (stderr?.trim().split('\n')[0] ?? '') || message);
    }
  };
  const reported = (await git(['rev-parse', '--show-toplevel'])).replace(/\r?\n$/, '');
  // Git resolves links; the caller names files from where it stands.
  const near = gitRoot(folder);
  const root = near !== null && realpathSync(near) === realpathSync(reported) ? near : reported;
  const paths = (output: string): string[] => output.split('\0').filter(path => path !== '').map(path => join(root, path));
  const diff = async (args: readonly string[]): Promise<string[]> => paths(await git(['diff', '--name-only', '-z', '--no-ext-diff', '--no-textconv', '--diff-filter=d', ...args, '--'], root));
  /** A revision of the user, never an option: `--output=…` would be one to `git diff`. */
  const commitOf = async (revision: string): Promise<string> => (await git(['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`], root).catch(() => Promise.reject(new GitError(`there is no commit "${revision}"`)))).trim();
  return {
    root,
    async changedSince(commit) {
      return [...new Set([...(await diff([await commitOf(commit)])), ...paths(await git(['ls-files', '-z', '--others', '--exclude-standard'], root))])];
    },
    async staged() {
      return diff(['--cached']);
    },
    async unstaged() {
      return paths(await git(['diff', '--name-only', '-z', '--no-ext-diff', '--no-textconv', '--'], root));
    },
    async indexText(file) {
      const inside = file.slice(root.length + 1).replaceAll('\\', '/');
      return git(['cat-file', 'blob', `:${inside}`], root);
    },
    async mergeBase(commit) {
      return (await git(['merge-base', await commitOf(commit), 'HEAD'], root)).trim();
    },
  };
}
